"""Handing a question over to a person at the clinic."""

from telegram import Message

from bot.domain import hours
from bot.handlers import talk
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context

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


async def handed_over(message: Message, context: Context) -> bool:
    """Whether the message was the question for a person; then it is on its way."""
    work, desk = context.work, context.desk
    replied = message.reply_to_message
    if replied is None or work.client is None:
        return False
    key = await work.tx.shown.key_of(work.chat_id, replied.message_id)
    if key is None or not key.startswith(PERSON):
        return False
    client = work.client
    if not await talk.given(
        message.text,
        _person_key(context),
        context,
        lambda told: desk.talk.hand_over(work.tx, client, told, work.now),
    ):
        return True
    by = hours.told_answer_by(desk.clinic, work.now)
    when = desk.texts.when(by, work.language) if by else ""
    work.say(desk.views.menus.plain("person.sent", work.language, when=when))
    return True
