"""Whatever a client writes in plain words, and whatever is not words."""

import re

from telegram import Message, Update

from bot.answers.model import Route
from bot.handlers.context import Context
from bot.services.ask import ask


def reply_key(message: Message) -> str:
    """Under this key lies the reply to a message, so that an edited message has its reply edited."""
    return f"reply:{message.message_id}"


async def on_text(update: Update, context: Context) -> None:
    """A question, a wish, a greeting, or somebody in danger: safety is looked at first."""
    message = update.effective_message
    if message is None or context.work.client is None:
        return
    text = message.text or message.caption or ""
    await answer(message, text, context)


async def on_group_text(update: Update, context: Context) -> None:
    """In a group only where the bot is mentioned or replied to."""
    message = update.effective_message
    if message is None or message.text is None or context.work.client is None:
        return
    text = re.sub(rf"@{re.escape(context.desk.bot_name)}\b", " ", message.text, flags=re.IGNORECASE).strip()
    if text:
        await answer(message, text, context)


async def answer(message: Message, text: str, context: Context) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    routed = await ask(work.tx, desk.router, work.client, text, work.now)
    turn = 0
    if routed.route in (Route.CRISIS, Route.RED_FLAG):
        # The message's number varies the words without keeping anything about who was in danger.
        turn = message.message_id
    work.say(desk.views.reply(routed, turn), key=reply_key(message), reply_to=_quoted(message))


def _quoted(message: Message) -> int | None:
    """In a group the reply hangs on what it answers; in a private chat that is plain to see."""
    return None if message.chat.type == message.chat.PRIVATE else message.message_id


async def on_something_else(update: Update, context: Context) -> None:
    """Voice, pictures, stickers, places: a sensible word, and what Teate can read."""
    message = update.effective_message
    if message is None or message.chat.type != message.chat.PRIVATE:
        return
    if message.caption:
        await on_text(update, context)
        return
    kind = next(
        (
            name
            for name, held in {
                "voice": message.voice or message.audio or message.video_note,
                "picture": message.photo or message.video or message.animation,
                "sticker": message.sticker or message.dice,
                "place": message.location or message.venue,
                "document": message.document,
                "contact": message.contact,
            }.items()
            if held
        ),
        "unknown",
    )
    work = context.work
    work.say(context.desk.views.menus.plain(f"cannot_read.{kind}", work.language), key=reply_key(message))


async def on_unknown_command(update: Update, context: Context) -> None:
    """A command that is not ours, in a private chat."""
    work = context.work
    work.say(context.desk.views.menus.plain("command.unknown", work.language))
