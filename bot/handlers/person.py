"""Handing a question over to a person at the clinic."""

from telegram import Message

from bot.domain import hours
from bot.handlers import talk
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.message_keys import HANDOVER, handover_key, number_in

PERSON = "person:"
"""The key of the message that asks for the question."""


async def ask_for_question(tap: Tap, context: Context, message_id: int) -> None:
    await ask(context)


async def ask(context: Context) -> None:
    """What goes to the clinic is what the client writes now, and nothing else."""
    work, desk = context.work, context.desk
    if await desk.announcer.group(work.tx) is None:
        work.say(desk.views.menus.plain("person.contact", work.language, phone=desk.clinic.phone or ""))
        return
    work.say(
        desk.views.menus.question("person.ask", work.language, phone=desk.clinic.phone or ""),
        key=_person_key(context),
    )


def _person_key(context: Context) -> str:
    """Of a new message each time: only that makes a phone ask for a reply."""
    return f"{PERSON}{int(context.work.now.timestamp())}"


async def handed_over(message: Message, context: Context, gone: str | None) -> bool:
    """Whether the message was the question for a person, or is that edited; then it is on its way.

    `gone`: the key under which it has gone to the clinic before.
    """
    work, desk = context.work, context.desk
    shown, replied, client = work.tx.shown, message.reply_to_message, work.client
    number = number_in(gone, HANDOVER)
    asked = await shown.key_of(work.chat_id, replied.message_id) if replied else None
    if client is None or (number is None and not (asked or "").startswith(PERSON)):
        return False
    earlier = await work.tx.remarks.handover(number) if number is not None else None
    # Telegram tells of edits, too, that change no words.
    if earlier is not None and earlier.text == message.text:
        return True

    async def passes(told: str) -> None:
        anew = await desk.talk.hand_over(work.tx, client, told, work.now, earlier)
        if number is not None:
            await shown.forget(work.chat_id, handover_key(number))
        await shown.remember(work.chat_id, handover_key(anew), message.message_id, work.now)

    if not await talk.given(message.text, _person_key(context), context, passes):
        return True
    by = hours.told_answer_by(desk.clinic, work.now)
    when = desk.texts.when(by, work.language) if by else ""
    sent = "person.sent" if earlier is None else "person.sent.edited"
    work.say(desk.views.menus.plain(sent, work.language, when=when))
    return True
