"""The one visible, ordered list of handlers, and the way in: an update's JSON and its transaction."""

import json
from datetime import datetime

from telegram import Message, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.answers.normalise import language_of
from bot.answers.route import Router
from bot.domain.clients import Client
from bot.domain.language import Language
from bot.handlers import (
    booking,
    bookings,
    care,
    care_reminders,
    check_ins,
    inline,
    menus,
    messages,
    privacy,
    staff,
    staff_help,
    staff_lists,
    taps,
)
from bot.handlers.context import Context, Desk, TeateApplication
from bot.handlers.work import Work, current
from bot.services.ports import Transaction
from bot.services.remind_care import stop as stop_reminders
from bot.services.screens import Outgoing, Screen

PRIVATE = filters.ChatType.PRIVATE
WORDS = filters.TEXT & ~filters.COMMAND
ANYTHING = ~filters.COMMAND & ~filters.StatusUpdate.ALL


class _Mentioned(filters.MessageFilter):
    """The bot is named, or one of its messages is replied to."""

    def __init__(self, bot_name: str) -> None:
        super().__init__()
        self._mention = f"@{bot_name}".lower()

    def filter(self, message: object) -> bool:
        text = getattr(message, "text", None) or ""
        replied = getattr(message, "reply_to_message", None)
        author = getattr(replied, "from_user", None)
        named = self._mention in text.lower()
        return named or (author is not None and f"@{author.username}".lower() == self._mention)


class _InDanger(filters.MessageFilter):
    """The words, those of a command too, tell of what comes before everything else."""

    def __init__(self, router: Router) -> None:
        super().__init__()
        self._router = router

    def filter(self, message: Message) -> bool:
        return self._router.stops_everything(message.text or "", messages.STOPS_EVERYTHING)


class Dispatcher:
    """Hands an update to the first handler that takes it."""

    def __init__(self, bot: "ExtBot[None]", desk: Desk) -> None:
        self._bot = bot
        self._desk = desk
        self._application = _application(bot, desk)

    async def start(self) -> None:
        await self._application.initialize()

    async def stop(self) -> None:
        await self._application.shutdown()

    async def handle(self, tx: Transaction, content: str, now: datetime) -> Work:
        """Work on one update inside `tx`; whatever a handler raises is raised here.

        Returns what must go out once the transaction is committed.
        """
        update = Update.de_json(json.loads(content), self._bot)
        chat, user = update.effective_chat, update.effective_user
        work = Work(tx=tx, now=now, chat_id=chat.id if chat else (user.id if user else 0))
        if user is not None and (not user.is_bot or _writes_as_group(update)):
            work.user = user
            known = await tx.clients.get(user.id)
            work.client = await _client(tx, update, user.id, known, now)
            work.stranger = known is None and _is_private_tap(update)
        token = current.set(work)
        try:
            await self._application.process_update(update)
        finally:
            current.reset(token)
        if work.error is not None:
            raise work.error
        client = None if work.stranger else work.client
        if client is not None and any(each.chat_id == client.id for each in work.outgoing):
            await tx.threads.turn_to(client.id, work.subject, now)
        return work

    def apology(self, chat_id: int) -> Outgoing:
        """What a client reads whose message could not be worked on."""
        both = "\n\n".join(self._desk.texts.html("apology", each) for each in self._desk.clinic.languages)
        return Outgoing(chat_id, Screen(both))


async def _client(
    tx: Transaction, update: Update, user_id: int, known: Client | None, now: datetime
) -> Client:
    """Who writes. Words in a private chat make a client of somebody, and so do a few taps (`taps.BEGINS`).

    By other taps, in a group, in inline mode and by blocking the bot they stay what they were, known or not.
    """
    suggested = _written_in(update)
    if known is not None and (suggested is None or await tx.forms.under_way(user_id)):
        # A tap says nothing about the language, and neither does a name typed into a form: there the
        # handlers tell once the words are understood.
        suggested = known.suggested
    suggested = suggested or _of_app(update)
    chat = update.effective_chat
    change = update.my_chat_member
    wordless = change is not None or update.callback_query is not None
    if chat is None or chat.type != chat.PRIVATE or (wordless and known is None):
        return known or Client(user_id, None, suggested, now)
    client = await tx.clients.meet(user_id, suggested, now)
    if change is not None and change.new_chat_member.status == ChatMemberStatus.BANNED:
        await tx.clients.mark_gone(user_id)
        await stop_reminders(tx, user_id)
    return client


def _is_private_tap(update: Update) -> bool:
    """By nobody known it is of one that had everything deleted."""
    chat = update.effective_chat
    return update.callback_query is not None and chat is not None and chat.type == chat.PRIVATE


def _writes_as_group(update: Update) -> bool:
    """An administrator who stays anonymous: Telegram puts a bot of its own in their place."""
    message, chat = update.effective_message, update.effective_chat
    sender = message.sender_chat if message is not None else None
    return sender is not None and chat is not None and sender.id == chat.id


def _written_in(update: Update) -> Language | None:
    """The language of this message, if words tell it."""
    if update.inline_query:
        return language_of(update.inline_query.query)
    message = update.effective_message if update.callback_query is None else None
    text = (message.text or message.caption or "") if message else ""
    return language_of(text) if text and not text.startswith("/") else None


def _of_app(update: Update) -> Language:
    """The language of the client's app; English where Teate does not speak it."""
    code = (update.effective_user.language_code or "") if update.effective_user else ""
    return next((each for each in Language if code.split("-")[0] == each.value), Language.EN)


def _application(bot: "ExtBot[None]", desk: Desk) -> TeateApplication:
    application: TeateApplication = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.bot_data["desk"] = desk
    in_danger, mentioned = filters.COMMAND & _InDanger(desk.router), _Mentioned(desk.bot_name)
    application.add_handlers(
        [
            # Danger behind a command comes before the command; at other words their handlers look.
            MessageHandler(PRIVATE & in_danger, messages.on_text),
            MessageHandler(filters.ChatType.GROUPS & mentioned & in_danger, messages.on_group_message),
            CommandHandler("start", menus.start, PRIVATE),
            CommandHandler("help", menus.help_, PRIVATE),
            CommandHandler("topics", menus.topics, PRIVATE),
            CommandHandler("language", menus.language, PRIVATE),
            CommandHandler("settings", menus.settings, PRIVATE),
            CommandHandler("book", booking.book, PRIVATE),
            CommandHandler("mybookings", bookings.mybookings, PRIVATE),
            CommandHandler("cancel", booking.cancel_command, PRIVATE),
            CommandHandler("selfcare", care.selfcare, PRIVATE),
            CommandHandler("mood", check_ins.mood, PRIVATE),
            CommandHandler("reminders", care_reminders.reminders, PRIVATE),
            CommandHandler("privacy", privacy.privacy, PRIVATE),
            CommandHandler("mydata", privacy.mydata, PRIVATE),
            CommandHandler("delete", privacy.delete, PRIVATE),
            CommandHandler("sos", menus.sos, PRIVATE),
            CommandHandler("today", staff_lists.today, filters.ChatType.GROUPS),
            CommandHandler("week", staff_lists.week, filters.ChatType.GROUPS),
            CommandHandler(["help", "start"], staff_help.help_, filters.ChatType.GROUPS),
            CommandHandler("language", staff_help.language, filters.ChatType.GROUPS),
            MessageHandler(filters.StatusUpdate.MIGRATE, staff.on_migrated),
            CallbackQueryHandler(taps.on_tap),
            InlineQueryHandler(inline.on_inline),
            MessageHandler(PRIVATE & filters.COMMAND, messages.on_unknown_command),
            MessageHandler(PRIVATE & WORDS, messages.on_text),
            MessageHandler(filters.ChatType.GROUPS & ANYTHING & mentioned, messages.on_group_message),
            MessageHandler(PRIVATE & ANYTHING, messages.on_something_else),
        ]
    )
    application.add_error_handler(_keep)
    return application


async def _keep(update: object, context: Context) -> None:
    """PTB swallows what a handler raises; the transaction must not."""
    context.work.error = context.error
