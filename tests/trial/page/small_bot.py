"""A tiny bot for trying the page: buttons, edits, toasts, files, keyboards, one answer for the rest."""

import asyncio
from io import BytesIO

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from bot.trial.samples import sample

RICH = (
    "<b>Sleep</b> and <i>rest</i>: <a href='https://example.org'>a source</a>, <code>code</code>, "
    "<tg-spoiler>hidden</tg-spoiler>. Call 0120-279-338 or /help.\n"
    "<blockquote expandable>One line.\nTwo lines.\nThree lines.\nFour lines.\nFive lines.</blockquote>"
)


def keys(*rows: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


class SmallBot:
    """Polls until it is cancelled. Taps on `slow` wait for `go`."""

    def __init__(self, bot: Bot, group_id: int) -> None:
        self.bot = bot
        self.group_id = group_id
        self.go = asyncio.Event()

    async def introduce(self) -> None:
        await self.bot.set_my_description("Ask about massage, sleep and worries, or ask for an appointment.")
        await self.bot.set_my_description(
            "もみほぐし、眠り、不安のこと。ご予約もどうぞ。", language_code="ja"
        )
        english = [BotCommand("book", "Ask for an appointment"), BotCommand("help", "What I can do")]
        await self.bot.set_my_commands(english)
        japanese = [BotCommand("book", "予約をお願いする"), BotCommand("help", "できること")]
        await self.bot.set_my_commands(japanese, language_code="ja")
        today = [BotCommand("today", "Today's appointments")]
        await self.bot.set_my_commands(today, BotCommandScopeChat(self.group_id))

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=20):
                offset = update.update_id + 1
                await self.handle(update)

    async def handle(self, update: Update) -> None:
        if update.callback_query is not None:
            await self.tapped(update.callback_query)
        elif update.inline_query is not None:
            said = InputTextMessageContent("<b>Rest</b> helps", parse_mode="HTML")
            await update.inline_query.answer(
                [InlineQueryResultArticle("1", "Sleep", said, description="One answer")]
            )
        elif update.message is not None and update.message.pinned_message is None:
            await self.told(update.message)

    async def told(self, message: Message) -> None:
        text = message.text or ""
        japanese = message.from_user is not None and message.from_user.language_code == "ja"
        if text.startswith("/start"):
            welcome = "こんにちは。手当てへようこそ。" if japanese else "Hello, this is Teate."
            choices = keys(
                (("60分" if japanese else "60 min", "m:60"), ("90分" if japanese else "90 min", "m:90"))
            )
            await message.reply_html(f"<b>{welcome}</b>", reply_markup=choices)
        elif text == "rich":
            await message.reply_html(RICH, reply_markup=keys((("Alert", "alert"), ("Slow", "slow"))))
        elif text == "calendar":
            week = tuple((f"({day})", f"d:{day}") for day in range(22, 29))
            long = (("Massage and exercise with all that belongs to it, 90 min", "m:90"),)
            await message.reply_html("Which day?", reply_markup=keys(week, long))
        elif text == "file":
            await message.reply_document(
                BytesIO(b"BEGIN:VCALENDAR"), filename="visit.ics", caption="Your visit"
            )
            await message.reply_photo(sample("photo").data, caption="Your week")
        elif text == "contact":
            asked = ReplyKeyboardMarkup(
                [[KeyboardButton("Share my number", request_contact=True)], ["No, thanks"]]
            )
            await message.reply_text("May we call you?", reply_markup=asked)
        elif text == "force":
            await message.reply_text(
                "What is your name?", reply_markup=ForceReply(input_field_placeholder="Your name")
            )
        elif text == "typing":
            await message.reply_chat_action("typing")
        elif message.contact is not None:
            await message.reply_text(
                f"Thank you, {message.contact.phone_number}", reply_markup=ReplyKeyboardRemove()
            )
        else:
            await message.reply_text(f"You said: {text or 'something'}", do_quote=True)

    async def tapped(self, query: CallbackQuery) -> None:
        data = str(query.data)
        if data == "slow":
            await self.go.wait()
        await query.answer("A long thought" if data == "alert" else "Noted", show_alert=data == "alert")
        if data.startswith("m:"):
            await query.edit_message_text(f"Chosen: {data[2:]} minutes")
            card = f"New request: {data[2:]} minutes, for {query.from_user.first_name}"
            await self.bot.send_message(
                self.group_id, card, reply_markup=keys((("Accept", "ok"), ("Decline", "no")))
            )
