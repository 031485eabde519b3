"""Taps on buttons. Stale, repeated and foreign ones are harmless: each leads to a whole message."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Bot, CallbackQuery, Update
from telegram.error import BadRequest

from bot.answers.model import Entry
from bot.domain.errors import Forged
from bot.handlers import menus
from bot.handlers.callbacks import Tap, Verb, parse
from bot.handlers.context import Context
from bot.services.rate import rate
from bot.services.screens import Screen

Answerer = Callable[[Tap, Context, int], Awaitable[None]]


async def on_tap(update: Update, context: Context) -> None:
    """Every button leads here; the list below says what its verb does."""
    query = update.callback_query
    if query is None or context.work.client is None:
        return
    try:
        tap = parse(query.data or "")
        message_id = query.message.message_id if query.message else 0
        await ACTIONS[tap.verb](tap, context, message_id)
    except (Forged, KeyError, ValueError):
        _close(query, context, context.desk.texts("tap.stale", context.work.language))
        return
    _close(query, context)


def _close(query: CallbackQuery, context: Context, text: str | None = None) -> None:
    """Every tap is answered, or the button goes on spinning."""

    async def close(bot: Bot) -> None:
        # A query older than Telegram remembers: nobody waits for it any more.
        with suppress(BadRequest):
            await bot.answer_callback_query(query.id, text)

    context.work.later(close)


def _entry(tap: Tap, context: Context) -> Entry:
    entry = context.desk.knowledge.entries.get(tap.argument())
    if entry is None or entry.missing:
        raise Forged("an entry that is no more")
    return entry


async def show_entry(tap: Tap, context: Context, message_id: int) -> None:
    _edit(context, message_id, context.desk.views.answers.answer(_entry(tap, context), context.work.language))


async def show_more(tap: Tap, context: Context, message_id: int) -> None:
    _edit(context, message_id, context.desk.views.answers.more(_entry(tap, context), context.work.language))


async def show_why(tap: Tap, context: Context, message_id: int) -> None:
    _edit(context, message_id, context.desk.views.answers.why(_entry(tap, context), context.work.language))


async def show_related(tap: Tap, context: Context, message_id: int) -> None:
    _edit(
        context, message_id, context.desk.views.answers.related(_entry(tap, context), context.work.language)
    )


async def helped(tap: Tap, context: Context, message_id: int) -> None:
    entry, work = _entry(tap, context), context.work
    if work.client is not None:
        await rate(work.tx, work.client, entry.id, helped=tap.argument(1) == "1", now=work.now)
    _edit(context, message_id, context.desk.views.answers.answer(entry, work.language, thanked=True))


async def show_topics(tap: Tap, context: Context, message_id: int) -> None:
    _edit(context, message_id, context.desk.views.answers.topics(context.work.language))


async def show_topic(tap: Tap, context: Context, message_id: int) -> None:
    topic = next((each for each in context.desk.knowledge.topics if each.id == tap.argument()), None)
    if topic is None:
        raise Forged("a topic that is no more")
    _edit(
        context,
        message_id,
        context.desk.views.answers.topic(topic, int(tap.argument(1)), context.work.language),
    )


async def show_help(tap: Tap, context: Context, message_id: int) -> None:
    context.work.say(context.desk.views.menus.help(context.work.language))


async def show_language(tap: Tap, context: Context, message_id: int) -> None:
    client = context.work.client
    chosen = client is not None and client.language is not None
    _edit(context, message_id, context.desk.views.menus.language(context.work.language, chosen=chosen))


async def show_person(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    work.say(desk.views.menus.plain("person.contact", work.language, phone=desk.clinic.phone or ""))


async def show_booking(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    work.say(desk.views.menus.plain("booking.heard.book", work.language, phone=desk.clinic.phone or ""))


async def show_self_care(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    work.say(context.desk.views.menus.plain("self_care.first", work.language))


async def show_sos(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    work.say(context.desk.views.safety.sos(work.language))


def _edit(context: Context, message_id: int, screen: Screen) -> None:
    context.work.edit(screen, message_id)


ACTIONS: dict[Verb, Answerer] = {
    Verb.ENTRY: show_entry,
    Verb.MORE: show_more,
    Verb.WHY: show_why,
    Verb.RELATED: show_related,
    Verb.HELPED: helped,
    Verb.TOPICS: show_topics,
    Verb.TOPIC: show_topic,
    Verb.HELP: show_help,
    Verb.LANGUAGE: show_language,
    Verb.SET_LANGUAGE: menus.set_language,
    Verb.PERSON: show_person,
    Verb.BOOK: show_booking,
    Verb.SELF_CARE: show_self_care,
    Verb.SOS: show_sos,
}
