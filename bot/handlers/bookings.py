"""/mybookings: a client's own requests and appointments."""

from datetime import datetime

from telegram import Update

from bot.domain.errors import Forged, MoveRefused
from bot.domain.lifecycle import BEFORE_CONFIRMATION, LIVE, Actor, Move, Refusal
from bot.domain.requests import By, Request
from bot.handlers.booking import FORM, asks_first, put_away, take_up
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.message_keys import request_number, tells_standing
from bot.handlers.views.codes import read_time
from bot.services.screens import Screen

CHANGES = frozenset({Move.ASK_CHANGE, Move.COUNTER})
CHANGE = "c"
"""Another time, as what to begin instead of an unsent form: with the request's number."""

CANCELS = frozenset({Move.CANCEL, Move.WITHDRAW})


async def mybookings(update: Update, context: Context) -> None:
    """/mybookings"""
    await show(context)


async def show(context: Context) -> None:
    if context.work.client is not None:
        context.work.say(await _list(context))


async def show_list(tap: Tap, context: Context, message_id: int) -> None:
    await _now_shows(None, context, message_id)
    context.work.edit(await _list(context), message_id)


async def _list(context: Context) -> Screen:
    work, desk = context.work, context.desk
    assert work.client is not None
    mine = await work.tx.requests.of_client(work.client.id)
    # What is still to come first, soonest first; then the newest of the rest.
    live = [each for each in mine if each.state in LIVE]
    live.sort(key=lambda each: min(each.open_times or _starts(each) or (each.created_at,)).timestamp())
    past = [each for each in mine if each.state not in LIVE]
    return desk.views.bookings.list([*live, *past], work.now, work.language)


def _starts(request: Request) -> tuple[datetime, ...]:
    return (request.appointment.start,) if request.appointment else ()


async def own(tap: Tap, context: Context) -> Request:
    """A client sees only their own. Raises Forged for another's."""
    work = context.work
    request = await work.tx.requests.get(int(tap.argument(0)))
    if request is None or work.client is None or request.client_id != work.client.id:
        raise Forged("a request of somebody else")
    return request


async def show_detail(tap: Tap, context: Context, message_id: int) -> None:
    request = await own(tap, context)
    work, desk = context.work, context.desk
    await _now_shows(request, context, message_id)
    work.edit(desk.views.bookings.detail(request, work.now, work.language), message_id)


async def _now_shows(request: Request | None, context: Context, message_id: int) -> None:
    """A message that told how a request stands, and shows something else by now, is not edited with it."""
    shown, chat_id = context.work.tx.shown, context.work.chat_id
    key = await shown.key_of(chat_id, message_id)
    if key is not None and tells_standing(key) and (request is None or request_number(key) != request.id):
        await shown.forget(chat_id, key)


async def change(tap: Tap, context: Context, message_id: int, *, sure: bool = False) -> None:
    """Another time, through the form; what the rules forbid is said at once. `sure`: whatever it replaces."""
    request = await own(tap, context)
    work, desk = context.work, context.desk
    assert work.client is not None
    if not desk.client_may(request, CHANGES, work.now):
        work.edit(desk.views.bookings.too_late(request, work.language), message_id)
        return
    form = await work.tx.forms.get(work.client.id)
    if form is not None and form.changing == request.id:
        await take_up(context)
        return
    if not sure and await asks_first(context, CHANGE, request.id):
        return
    await put_away(context)
    filling = await desk.fill_form.begin_change(work.tx, work.client, request, work.now)
    work.say(desk.views.form.form(filling.form, filling.desk, work.language), key=FORM)


async def ask_cancel(tap: Tap, context: Context, message_id: int) -> None:
    request = await own(tap, context)
    work, desk = context.work, context.desk
    if not desk.client_may(request, CANCELS, work.now):
        work.edit(desk.views.bookings.too_late(request, work.language), message_id)
        return
    work.edit(desk.views.bookings.ask_cancel(request, work.language), message_id)


async def cancel(tap: Tap, context: Context, message_id: int) -> None:
    request = await own(tap, context)
    what = Move.WITHDRAW if request.state in BEFORE_CONFIRMATION else Move.CANCEL
    moved = await _move(request, what, tap, context, message_id)
    if moved is not None:
        context.work.edit(context.desk.views.bookings.cancelled(moved, context.work.language), message_id)


async def keep(tap: Tap, context: Context, message_id: int) -> None:
    request = await own(tap, context)
    moved = await _move(request, Move.KEEP, tap, context, message_id)
    if moved is not None:
        work = context.work
        work.edit(context.desk.views.bookings.detail(moved, work.now, work.language), message_id)


async def accept(tap: Tap, context: Context, message_id: int) -> None:
    """The client takes the time that the clinic offers; the confirmation follows as a message of its own."""
    request = await own(tap, context)
    start = read_time(context.desk.clinic, tap.argument(2), tap.argument(3))
    moved = await _move(request, Move.ACCEPT, tap, context, message_id, (start,))
    if moved is not None:
        work = context.work
        work.edit(context.desk.views.bookings.detail(moved, work.now, work.language), message_id)


async def coming(tap: Tap, context: Context, message_id: int) -> None:
    request = await own(tap, context)
    moved = await _move(request, Move.COMING, tap, context, message_id, seen=False)
    if moved is not None:
        work = context.work
        work.edit(context.desk.views.bookings.coming(moved, work.language), message_id)


async def _move(
    request: Request,
    what: Move,
    tap: Tap,
    context: Context,
    message_id: int,
    times: tuple[datetime, ...] = (),
    *,
    seen: bool = True,
) -> Request | None:
    """None where it was refused: then the client reads why."""
    work, desk = context.work, context.desk
    by = By(Actor.CLIENT, request.client_id)
    version = int(tap.argument(1)) if seen else None
    try:
        return await desk.move_request.move(
            work.tx, request.id, what, by, work.now, times=times, seen=version
        )
    except MoveRefused as refused:
        if refused.reason is Refusal.REPEATED:
            screen = desk.views.bookings.detail(refused.request, work.now, work.language)
        elif refused.reason is Refusal.TOO_LATE:
            screen = desk.views.bookings.too_late(refused.request, work.language)
        else:
            screen = desk.views.bookings.refused(refused.reason, refused.request, work.language)
        work.edit(screen, message_id)
        return None
