"""The clinic's group: cards, other times, declining, the day's list; what is said to clients is in `talk`.

Only what happens in the configured group counts, and that is checked here, on the server: nobody else can
write there, and a forged tap from another chat is turned away.
"""

from datetime import date, datetime, timedelta

from telegram import Update

from bot.domain import hours
from bot.domain.errors import Forged, MoveRefused
from bot.domain.lifecycle import APPOINTMENTS, Actor, Move, Reason, Refusal, State
from bot.domain.requests import By, Request
from bot.domain.slots import slot_for
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.message_keys import card_key
from bot.handlers.views.codes import read_day, read_month, read_time
from bot.services.screens import Screen

LISTED = frozenset({*APPOINTMENTS, State.DONE, State.NO_SHOW})


async def in_group(context: Context) -> bool:
    """Whether this update comes from the clinic's group."""
    return await context.desk.announcer.is_group(context.work.tx, context.work.chat_id)


def by(context: Context) -> By:
    """Who of the staff does it; without a name where an administrator stays anonymous."""
    if (user := context.work.user) is None:
        raise Forged("nobody")
    return By(Actor.STAFF, user.id, "" if user.is_bot else user.full_name)


async def _request(tap: Tap, context: Context) -> Request:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    request = await context.work.tx.requests.get(int(tap.argument(0)))
    if request is None:
        raise Forged("a request that is no more")
    return request


async def show_card(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    await _card(request, context, message_id)


async def _card(request: Request, context: Context, message_id: int) -> None:
    work, announcer = context.work, context.desk.announcer
    work.edit(await announcer.card_screen(work.tx, request, work.now), message_id)


async def confirm(tap: Tap, context: Context, message_id: int) -> None:
    start = read_time(context.desk.clinic, tap.argument(2), tap.argument(3))
    await _move(tap, context, message_id, Move.CONFIRM, times=(start,))


async def propose(tap: Tap, context: Context, message_id: int) -> None:
    start = read_time(context.desk.clinic, tap.argument(2), tap.argument(3))
    await _move(tap, context, message_id, Move.PROPOSE, times=(start,))


async def decide(tap: Tap, context: Context, message_id: int) -> None:
    """Decline or cancel, with the reason that was chosen and confirmed."""
    what = Move(tap.argument(2))
    if what not in (Move.DECLINE, Move.CANCEL):
        raise Forged("no such decision")
    await _move(tap, context, message_id, what, reason=Reason(tap.argument(3)))


async def no_show(tap: Tap, context: Context, message_id: int) -> None:
    await _move(tap, context, message_id, Move.MARK_NO_SHOW)


async def undo_no_show(tap: Tap, context: Context, message_id: int) -> None:
    await _move(tap, context, message_id, Move.UNDO_NO_SHOW)


async def _move(
    tap: Tap,
    context: Context,
    message_id: int,
    what: Move,
    *,
    times: tuple[datetime, ...] = (),
    reason: Reason | None = None,
) -> None:
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    try:
        moved = await desk.move_request.move(
            work.tx,
            request.id,
            what,
            by(context),
            work.now,
            times=times,
            reason=reason,
            seen=int(tap.argument(1)),
        )
    except MoveRefused as refused:
        if refused.reason is not Refusal.REPEATED:
            work.notice = desk.views.cards.refused(refused.reason, refused.request, desk.announcer.lang).plain
        await _card(refused.request, context, message_id)
        return
    if message_id != await work.tx.shown.message(work.chat_id, card_key(moved)):
        await _card(moved, context, message_id)


async def choose_day(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    month = read_month(tap.argument(1)) if len(tap.arguments) > 1 and tap.argument(1) else None
    against = await desk.fill_form.desk(work.tx, work.now, request)
    work.edit(desk.views.cards.choose_day(request, against, month, desk.announcer.lang), message_id)


async def choose_time(tap: Tap, context: Context, message_id: int) -> None:
    """Every free time of the day within opening hours; notice and horizon bind clients, not the clinic."""
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    day = read_day(tap.argument(1))
    against = await desk.fill_form.desk(work.tx, work.now, request)
    free = [
        start
        for start in _grid(context, request, day)
        if start > work.now and slot_for(desk.clinic, start, request.duration, against.taken)
    ]
    work.edit(desk.views.cards.choose_time(request, day, free, desk.announcer.lang), message_id)


def _grid(context: Context, request: Request, day: date) -> list[datetime]:
    clinic, starts = context.desk.clinic, []
    for opening in clinic.openings(day):
        start, closes = hours.opening_moments(clinic, opening, day)
        while start + request.duration <= closes:
            starts.append(hours.local(clinic, start))
            start += clinic.booking.step
    return starts


async def choose_reason(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    screen = desk.views.cards.choose_reason(request, desk.announcer.lang, move=Move(tap.argument(1)))
    context.work.edit(screen, message_id)


async def confirm_reason(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    screen = desk.views.cards.confirm_decline(
        request, Reason(tap.argument(2)), desk.announcer.lang, move=Move(tap.argument(1))
    )
    context.work.edit(screen, message_id)


async def ask_client(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    context.work.edit(desk.views.cards.ask_client_hint(request, desk.announcer.lang), message_id)


async def today(update: Update, context: Context) -> None:
    """/today, in the group only."""
    if await in_group(context):
        context.work.say(await _today(context, hours.today(context.desk.clinic, context.work.now)))


async def week(update: Update, context: Context) -> None:
    """/week, in the group only."""
    if await in_group(context):
        day = hours.today(context.desk.clinic, context.work.now)
        context.work.say(await _week(context, day - timedelta(days=day.weekday())))


async def show_today(tap: Tap, context: Context, message_id: int) -> None:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    context.work.edit(await _today(context, read_day(tap.argument(0))), message_id)


async def show_week(tap: Tap, context: Context, message_id: int) -> None:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    context.work.edit(await _week(context, read_day(tap.argument(0))), message_id)


async def _today(context: Context, day: date) -> Screen:
    found = await _appointments(context, day, 1)
    return context.desk.views.cards.today(found, day, context.desk.announcer.lang)


async def _week(context: Context, monday: date) -> Screen:
    found = await _appointments(context, monday, 7)
    return context.desk.views.cards.week(found, monday, context.desk.announcer.lang)


async def _appointments(context: Context, first: date, length: int) -> list[Request]:
    clinic = context.desk.clinic
    start = hours.moment(clinic, first, hours.MIDNIGHT)
    end = hours.moment(clinic, first + timedelta(days=length), hours.MIDNIGHT)
    return list(await context.work.tx.requests.starting(start, end, LISTED))


async def on_migrated(update: Update, context: Context) -> None:
    """The group became a supergroup: its new number is followed."""
    message = update.effective_message
    if message is None or message.migrate_to_chat_id is None or not await in_group(context):
        return
    tx, old, new = context.work.tx, str(context.work.chat_id), str(message.migrate_to_chat_id)
    await context.desk.announcer.group_moved(tx, old, new)
    await tx.outbox.move(old, new)
