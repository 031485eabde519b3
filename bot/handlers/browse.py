"""Answers and topics: the buttons that browse what Teate knows."""

from bot.answers.model import Entry
from bot.domain.errors import Forged
from bot.domain.subject import Subject
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.services.rate import rate


def _entry(tap: Tap, context: Context) -> Entry:
    """The entry that the button names; a "why?" that follows is about it."""
    entry = context.desk.knowledge.entries.get(tap.argument())
    if entry is None or entry.missing:
        raise Forged("an entry that is no more")
    context.work.subject = Subject(entry.id)
    return entry


async def show_entry(tap: Tap, context: Context, message_id: int) -> None:
    work, views = context.work, context.desk.views.answers
    work.edit(views.answer(_entry(tap, context), work.language), message_id)


async def show_entry_below(tap: Tap, context: Context, message_id: int) -> None:
    work, views = context.work, context.desk.views.answers
    work.say(views.answer(_entry(tap, context), work.language))


async def show_more(tap: Tap, context: Context, message_id: int) -> None:
    work, views = context.work, context.desk.views.answers
    work.edit(views.more(_entry(tap, context), work.language), message_id)


async def show_why(tap: Tap, context: Context, message_id: int) -> None:
    work, views = context.work, context.desk.views.answers
    work.edit(views.why(_entry(tap, context), work.language), message_id)


async def show_related(tap: Tap, context: Context, message_id: int) -> None:
    work, views = context.work, context.desk.views.answers
    work.edit(views.related(_entry(tap, context), work.language), message_id)


async def helped(tap: Tap, context: Context, message_id: int) -> None:
    entry, work = _entry(tap, context), context.work
    if work.client is not None:
        await rate(work.tx, work.client, entry.id, helped=tap.argument(1) == "1", now=work.now)
    work.edit(context.desk.views.answers.answer(entry, work.language, thanked=True), message_id)


async def show_topics(tap: Tap, context: Context, message_id: int) -> None:
    context.work.edit(context.desk.views.answers.topics(context.work.language), message_id)


async def show_topic(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    topic = next((each for each in desk.knowledge.topics if each.id == tap.argument()), None)
    if topic is None:
        raise Forged("a topic that is no more")
    work.edit(desk.views.answers.topic(topic, int(tap.argument(1)), work.language), message_id)
