"""What the people at the clinic and a client say to each other: replies in the group, and in the chat."""

from collections.abc import Awaitable, Callable

from telegram import Message

from bot.domain.errors import Forged, MoveRefused, TooLong
from bot.domain.requests import Request
from bot.handlers.bookings import own
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.message_keys import (
    ABOUT,
    ASKED,
    CARD,
    HANDOVER,
    PASSED,
    asked_key,
    number_in,
    passed_key,
    reply_key,
)
from bot.handlers.staff import by, in_group
from bot.services.screens import Screen
from bot.services.talk import Passed


async def on_reply(message: Message, context: Context, *, edited: bool = False) -> bool:
    """In the group: a reply to a card asks the client; a reply to a handed-over question answers it.

    `edited`, it reaches nobody, and whoever wrote it is told: the client has read the words as they were.
    """
    work, desk = context.work, context.desk
    replied = message.reply_to_message
    if replied is None or not await in_group(context):
        return False
    key = await work.tx.shown.key_of(work.chat_id, replied.message_id)
    question, request = number_in(key, HANDOVER), number_in(key, CARD, ABOUT)
    # What has lost its person has lost its key too, and a reply to it is no question to the bot.
    nobodys = question is None and request is None
    if nobodys and not _is_for_nobody(message, replied, context):
        return False
    told, values, text = f"staff.{Passed.NOBODY}", {}, message.text or ""
    try:
        if edited and not nobodys:
            told = "staff.edited"
        elif not nobodys and not text:
            told = "staff.only_words"
        elif question is not None:
            told = f"staff.{await desk.talk.reply(work.tx, question, text, work.now)}"
        elif request is not None:
            told = f"staff.{await desk.talk.ask(work.tx, request, text, by(context), work.now)}"
    except MoveRefused as refused:
        work.say(desk.views.cards.refused(refused.reason, refused.request, desk.announcer.lang))
        return True
    except TooLong as refused:
        told, values = "staff.too_long", {"longest": f"{refused.longest:,}"}
    screen = Screen(desk.texts.html(told, desk.announcer.lang, None, **values))
    # One word about all edits of a reply.
    work.say(screen, key=reply_key(message) if edited else None, reply_to=message.message_id)
    return True


def _is_for_nobody(message: Message, replied: Message, context: Context) -> bool:
    """A reply to a message of the bot that does not name it."""
    name, author = context.desk.bot_name.lower(), replied.from_user
    is_bots = author is not None and (author.username or "").lower() == name
    return is_bots and f"@{name}" not in (message.text or "").lower()


async def answered_clinic(message: Message, context: Context, gone: str | None) -> bool:
    """The client's reply to a question of the clinic, or what has gone there (as `gone`) and is edited now.

    False where the message is something else.
    """
    work, desk = context.work, context.desk
    shown, replied = work.tx.shown, message.reply_to_message
    passed = number_in(gone, PASSED)
    asked = number_in(await shown.key_of(work.chat_id, replied.message_id), ASKED) if replied else None
    number, edited = asked if passed is None else passed, passed is not None
    request = await work.tx.requests.get(number) if number is not None else None
    if request is None or work.client is None or request.client_id != work.client.id:
        return False
    # Telegram tells of edits, too, that change no words.
    if edited and await desk.talk.has_read(work.tx, request, message.text or ""):
        return True
    if await _passed_on(request, message, context, edited=edited):
        work.say(desk.views.bookings.answer_passed_on(request, work.language, edited=edited))
    return True


async def offer_to_pass_on(message: Message, context: Context) -> None:
    """What is no reply may be meant for the clinic while it waits for an answer or just had one."""
    work, desk = context.work, context.desk
    if work.client is None or not message.text:
        return
    request = await desk.talk.under_way(work.tx, work.client, work.now)
    # After an alarm words are for the bot alone.
    if request is not None and await work.tx.threads.concern(work.client.id, work.now) is None:
        screen = desk.views.bookings.offer_to_pass_on(request, work.language)
        work.say(screen, reply_to=message.message_id)


async def pass_on(tap: Tap, context: Context, message_id: int) -> None:
    """What the client wrote goes to the clinic, once. Nobody kept it meanwhile: it comes with the tap."""
    request = await own(tap, context)
    work, desk = context.work, context.desk
    if work.about is None or not work.about.text:
        raise Forged("what was written is gone")
    passed = await work.tx.shown.key_of(work.chat_id, work.about.message_id)
    if passed is None and not await _passed_on(request, work.about, context):
        return
    work.edit(desk.views.bookings.answer_passed_on(request, work.language), message_id)


async def _passed_on(request: Request, message: Message, context: Context, *, edited: bool = False) -> bool:
    work, desk = context.work, context.desk

    async def passes(told: str) -> None:
        await desk.talk.answer(work.tx, request, told, work.now, edited=edited)
        key = passed_key(request, message.message_id)
        await work.tx.shown.remember(work.chat_id, key, message.message_id, work.now)

    return await given(message.text, asked_key(request), context, passes)


async def given(
    text: str | None, key: str, context: Context, passes: Callable[[str], Awaitable[object]]
) -> bool:
    """The client's words `passes` on. False where they are none, or too many: then the client reads so, in a
    message of this key, and a reply to that counts."""
    work, menus = context.work, context.desk.views.menus
    if not text:
        work.say(menus.question("talk.only_words", work.language), key=key)
        return False
    try:
        await passes(text)
    except TooLong as refused:
        work.say(menus.too_long(refused.longest, work.language), key=key)
        return False
    return True
