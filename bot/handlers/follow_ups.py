"""A bare "why?" or "more" soon after an answer: what the answer's button does, in a new message."""

from typing import Final

from bot.domain.subject import Subject
from bot.handlers import booking
from bot.handlers.context import Context
from bot.handlers.form_words import says

WHY: Final = "follow_up.words.why"
MORE: Final = "follow_up.words.more"
"""Keys under which the catalogues list such words, between bars."""
COURTESY: Final = "follow_up.words.courtesy"
"""And what is made of the same words and asks for nothing: "why, thank you", 本当ありがとうございます."""


async def taken(text: str, context: Context) -> bool:
    """Whether the text was that; with no answer before it, it is a message like any other."""
    work, desk = context.work, context.desk
    why = says(text, (WHY,), desk.texts)
    if work.client is None or not (why or says(text, (MORE,), desk.texts)):
        return False
    if says(text, (COURTESY,), desk.texts):
        return False
    # After an alarm a few words may be about that.
    if await work.tx.threads.concern(work.client.id, work.now) is not None:
        return False
    subject = await work.tx.threads.subject(work.client.id, work.now)
    entry = desk.knowledge.entries.get(subject.entry) if subject and subject.entry else None
    screen = desk.views.answers.deeper(entry, work.language, why=why) if entry else None
    if entry is None or screen is None:
        return False
    work.say(screen)
    work.subject = Subject(entry.id)
    await booking.show_again(context)
    return True
