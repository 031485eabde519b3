"""Telegram as a channel: send or edit a screen, and sort what can go wrong."""

from contextlib import suppress
from datetime import timedelta

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.adapters.channels.given import Given
from bot.domain.errors import TryLater, TryNever, TrySoon
from bot.services.deliver import Moved
from bot.services.ports import Delivery
from bot.services.screens import Outgoing, Screen
from bot.services.tell import TELEGRAM

NAME = TELEGRAM
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

UNCHANGED = "message is not modified"
CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked")
MAY_NOT_WRITE = (
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
)

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


class TelegramChannel:
    """At least once: a send whose answer was lost is repeated; what must not be doubled has a reference."""

    name = NAME

    def __init__(self, bot: Bot, group: int | None = None) -> None:
        self._bot = bot
        self._group = group

    @property
    def clinic_address(self) -> str | None:
        return None if self._group is None else str(self._group)

    async def send(self, delivery: Delivery, known: int | None) -> int | None:
        """`known` is the message that shows the delivery's key now, if any."""
        outgoing = Outgoing.from_json(int(delivery.address), delivery.key, delivery.content)
        message_id = outgoing.message_id or known
        try:
            if outgoing.takes_away:
                await self._take_away(outgoing)
                return None
            if outgoing.only_edits:
                await self._edit_if_there(outgoing)
                return None
            if message_id is not None and outgoing.screen.attachment is None:
                try:
                    return await self._edit(outgoing, message_id)
                except BadRequest as error:
                    if not str(error).lower().startswith(CANNOT_EDIT):
                        raise
                    # Too old, or deleted by the reader: the same words in a new message.
            return await self._send(outgoing)
        except TelegramError as error:
            raise _sorted(error) from error

    async def _take_away(self, outgoing: Outgoing) -> None:
        # A group that moved counts anew: there the number would mean another message.
        if outgoing.message_id is None:
            return
        chat_id, message_id, screen = outgoing.chat_id, outgoing.message_id, outgoing.screen
        with suppress(BadRequest):  # Its reader has deleted it already.
            try:
                await self._bot.delete_message(chat_id, message_id)
            except BadRequest:
                # Telegram lets nobody delete what is older than two days: it is emptied instead.
                if screen.attachment is None:
                    await self._edit(outgoing, message_id)
                else:
                    picture = InputMediaPhoto(screen.attachment.content, screen.html, ParseMode.HTML)
                    await self._bot.edit_message_media(picture, chat_id, message_id)

    async def _edit_if_there(self, outgoing: Outgoing) -> None:
        if outgoing.message_id is not None:
            with suppress(BadRequest):  # Its reader has deleted it, or it is too old: then nobody is misled.
                await self._edit(outgoing, outgoing.message_id)

    async def _edit(self, outgoing: Outgoing, message_id: int) -> int:
        markup = _markup(outgoing.screen)
        try:
            await self._bot.edit_message_text(
                outgoing.screen.html,
                chat_id=outgoing.chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=markup if isinstance(markup, InlineKeyboardMarkup) else None,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if UNCHANGED not in str(error).lower():
                raise
        return message_id

    async def _send(self, outgoing: Outgoing) -> int:
        screen = outgoing.screen
        reply = (
            ReplyParameters(outgoing.reply_to, allow_sending_without_reply=True)
            if outgoing.reply_to
            else None
        )
        if screen.attachment is not None:
            file = InputFile(screen.attachment.content, filename=screen.attachment.name)
            if screen.attachment.mime.startswith("image/"):
                message = await self._bot.send_photo(
                    outgoing.chat_id,
                    file,
                    caption=screen.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_markup(screen),
                    reply_parameters=reply,
                )
            else:
                message = await self._bot.send_document(
                    outgoing.chat_id,
                    file,
                    caption=screen.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_markup(screen),
                    reply_parameters=reply,
                )
        else:
            message = await self._bot.send_message(
                outgoing.chat_id,
                screen.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(screen),
                reply_parameters=reply,
                link_preview_options=NO_PREVIEW,
            )
        return message.message_id


def build(given: Given) -> TelegramChannel:
    """Always: clients are on Telegram, also where the clinic is told by other ways."""
    group = given.setting("CLINIC_CHAT_ID")
    return TelegramChannel(given.bot, int(group) if group else None)


def _markup(screen: Screen) -> Markup | None:
    if screen.buttons:
        return InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(each.text, callback_data=each.data, url=each.url) for each in row]
                for row in screen.buttons
            ]
        )
    if screen.ask_contact is not None:
        button = KeyboardButton(screen.ask_contact, request_contact=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if screen.force_reply:
        return ForceReply(selective=True)
    return ReplyKeyboardRemove() if screen.drop_keyboard else None


def _sorted(error: TelegramError) -> Exception:
    """By what to do next; see research on limits: 30 messages a second, 1 a chat, 20 a minute in a group."""
    told = str(error).lower()
    match error:
        case RetryAfter():
            after = error.retry_after
            return TrySoon("flood limit", after if isinstance(after, timedelta) else timedelta(seconds=after))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return TryNever("the reader has blocked the bot or removed it", shut=True)
        case InvalidToken():
            return TryLater("the token is refused")
        case BadRequest() if any(each in told for each in NOBODY_THERE):
            return TryNever("there is no such chat", shut=True)
        case BadRequest() if any(each in told for each in MAY_NOT_WRITE):
            return TryNever("the bot may not write there", shut=True)
        case BadRequest():
            return TryNever(f"refused: {error}"[:200])
        case TimedOut() | NetworkError():
            return TrySoon("no connection")
        case _:
            return TryLater("the API is out of order")
