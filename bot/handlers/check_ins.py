"""Check-ins in the chat: consent, five faces, what it was about, and the weeks as a picture or a list."""

import asyncio

from telegram import Update

from bot.domain.care import Need
from bot.domain.clients import Client
from bot.domain.errors import Forged
from bot.handlers.callbacks import Tap
from bot.handlers.care import of_client
from bot.handlers.context import Context
from bot.handlers.views.check_ins import CHART, LIST, SPANS
from bot.services.check_in import Noted, withdraw
from bot.services.screens import Outgoing, Screen, away
from bot.services.tell import take_back

WEEKS = "weeks"
WEEKS_CHART, WEEKS_LIST = f"{WEEKS}:{CHART}", f"{WEEKS}:{LIST}"
"""The keys of the message that shows the weeks: one at most in a chat."""

CHECK_IN = "check_in:"
"""The key of a message with faces, once one was tapped: the check-in that it made."""

SURE = "sure"
NOT_NOW = "-"


async def mood(update: Update, context: Context) -> None:
    """/mood: the faces come first, so that it is one tap; the weeks are a button below."""
    if context.work.client is not None:
        await _ask(context, context.work.client)


async def _ask(context: Context, client: Client) -> None:
    work, desk = context.work, context.desk
    if await desk.check_ins.agreed(work.tx, client):
        weeks = await desk.check_ins.any(work.tx, client)
        work.say(desk.views.check_ins.ask(work.language, weeks=weeks))
    else:
        work.say(desk.views.check_ins.consent(desk.check_ins.kept, work.language))


@of_client
async def show_weeks(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    way, count = tap.argument(0), int(tap.argument(1))
    if way not in (CHART, LIST) or count not in SPANS:
        raise Forged("no such view of the weeks")
    await _show_weeks(context, client, way, count, message_id)


async def _show_weeks(
    context: Context, client: Client, way: str, count: int, message_id: int | None = None
) -> None:
    """At least `count` weeks: more of them where those are empty."""
    work, desk = context.work, context.desk
    views, lang = desk.views.check_ins, work.language
    if not await desk.check_ins.agreed(work.tx, client):
        work.say(views.consent(desk.check_ins.kept, lang))
        return
    for span in (each for each in SPANS if each >= count):
        weeks = await desk.check_ins.weeks(work.tx, client, work.now, span)
        if any(each.check_ins for each in weeks):
            break
    else:
        work.say(views.empty(lang))
        return
    if way == LIST:
        screen = views.as_list(weeks, lang)
    else:
        # In a thread: what needs no transaction goes on. SQLite's one writer waits, a tenth of a second.
        screen = views.chart(weeks, await asyncio.to_thread(desk.draw_weeks, weeks), lang)
    await _put(context, screen, message_id)


async def _put(context: Context, screen: Screen, message_id: int | None = None) -> None:
    """In place of what showed the weeks before. A text is edited; a picture and a text cannot become each
    other, so that the old message goes and a new one comes."""
    work = context.work
    key = WEEKS_LIST if screen.attachment is None else WEEKS_CHART
    if (
        message_id is not None
        and screen.attachment is None
        and await work.tx.shown.message(work.chat_id, WEEKS_LIST) == message_id
    ):
        work.edit(screen, message_id)
        return
    await put_away(context)
    work.say(screen, key=key)


async def put_away(context: Context) -> None:
    """Take the picture or the list of the weeks out of the chat, and what is still on its way there."""
    work = context.work
    await take_back(work.tx, work.chat_id, f"{WEEKS}:")
    for key in (WEEKS_CHART, WEEKS_LIST):
        old = await work.tx.shown.message(work.chat_id, key)
        if old is not None:
            await work.tx.shown.forget(work.chat_id, key)
            work.outgoing.append(await _away(context, old, picture=key == WEEKS_CHART))


async def _away(context: Context, message_id: int, *, picture: bool) -> Outgoing:
    """By the outbox, like everything else: a chat that refuses just now is asked again."""
    work, desk = context.work, context.desk
    empty = await asyncio.to_thread(desk.draw_no_weeks) if picture else None
    screen = desk.views.check_ins.taken_away(empty, work.language)
    return Outgoing(work.chat_id, screen, key=away(message_id), message_id=message_id)


@of_client
async def check_in(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """The faces, or a tap on one. A second tap on the same message changes what the first one stored."""
    work, desk = context.work, context.desk
    views, lang = desk.views.check_ins, work.language
    said = tap.argument() if tap.arguments else None
    if said == NOT_NOW:
        work.edit(views.later(lang), message_id)
    elif said is None:
        await _ask(context, client)
    elif not await desk.check_ins.agreed(work.tx, client):
        work.edit(views.consent(desk.check_ins.kept, lang), message_id)
    else:
        earlier = await _made_by(context, client, message_id)
        noted = await desk.check_ins.note(work.tx, client, int(said), work.now, earlier=earlier)
        await _remember(context, message_id, noted)
        work.edit(views.noted(noted.id, noted.check_in.face, lang), message_id)
        if noted.offer:
            work.say(views.offer(lang))


async def _made_by(context: Context, client: Client, message_id: int) -> int | None:
    """The check-in that this message made, as long as it exists."""
    tx = context.work.tx
    key = await tx.shown.key_of(client.id, message_id)
    if key is None or not key.startswith(CHECK_IN):
        return None
    number, _, at = key.removeprefix(CHECK_IN).partition(":")
    check_in = await tx.care.check_in(client.id, int(number))
    # A database may give the number of what was deleted to something new.
    return int(number) if check_in is not None and int(check_in.at.timestamp()) == int(at) else None


async def _remember(context: Context, message_id: int, noted: Noted) -> None:
    work = context.work
    key = f"{CHECK_IN}{noted.id}:{int(noted.check_in.at.timestamp())}"
    known = await work.tx.shown.key_of(work.chat_id, message_id)
    if known is not None and known != key and known.startswith(CHECK_IN):
        await work.tx.shown.forget(work.chat_id, known)
    await work.tx.shown.remember(work.chat_id, key, message_id, work.now)


@of_client
async def say_need(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """What it was about, or that it is left at that."""
    work, desk = context.work, context.desk
    number, said = int(tap.argument(0)), tap.argument(1)
    if await _made_by(context, client, message_id) != number:
        raise Forged("a check-in that is no more")
    need = None if said == NOT_NOW else Need(said)
    check_in = await desk.check_ins.say_need(work.tx, client, number, need)
    work.edit(desk.views.check_ins.thanked(need, check_in.face, work.language), message_id)


@of_client
async def consent(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """Given, refused, or taken back, which deletes everything and therefore asks once."""
    work, desk = context.work, context.desk
    views, lang, said = desk.views.check_ins, work.language, tap.argument()
    if said == "1":
        await desk.check_ins.agree(work.tx, client, work.now)
        work.edit(views.ask(lang), message_id)
    elif said not in ("0", SURE):
        raise Forged("neither yes nor no")
    elif not await desk.check_ins.agreed(work.tx, client):
        work.edit(views.refused(lang), message_id)
    elif said == "0" and await desk.check_ins.any(work.tx, client):
        await _put(context, views.ask_withdraw(lang), message_id)
    else:
        await withdraw(work.tx, client.id)
        await work.tx.shown.forget(work.chat_id, WEEKS_LIST)
        await put_away(context)
        work.edit(views.withdrawn(lang), message_id)
