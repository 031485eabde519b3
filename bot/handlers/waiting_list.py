"""The waiting list: joining, and taking or leaving a time that became free."""

from datetime import timedelta

from bot.domain import hours
from bot.domain.errors import Forged
from bot.domain.form import Said
from bot.handlers.booking import asks_first, put_away, show_in
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.message_keys import offer_key
from bot.handlers.views.codes import read_day, read_time

OFFER = "w"
"""A free time, as what to begin instead of an unsent form: with the place's number, day and time."""


async def join(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    treatment, day = desk.clinic.treatment(tap.argument(0)), read_day(tap.argument(1))
    if work.client is None or treatment is None:
        raise Forged("a treatment that is no more")
    ahead = day - hours.today(desk.clinic, work.now)
    if not timedelta() <= ahead <= desk.clinic.booking.horizon or not desk.clinic.openings(day):
        raise Forged("a day that cannot be asked for")
    place = await desk.wait.join(work.tx, work.client, treatment.id, day, work.now)
    work.say(desk.views.bookings.waiting_list_joined(place.day, work.language, place.id))


async def accept(tap: Tap, context: Context, message_id: int, *, sure: bool = False) -> None:
    """The form, with the time that is kept filled in. `sure`: whatever form it replaces."""
    work, desk = context.work, context.desk
    start = read_time(desk.clinic, tap.argument(1), tap.argument(2))
    if work.client is None:
        return
    if not sure and await asks_first(context, OFFER, *tap.arguments):
        return
    place = await desk.wait.accept(work.tx, work.client, int(tap.argument(0)), start, work.now)
    if place is None:
        work.edit(desk.views.bookings.waiting_list_gone(work.language), message_id)
        return
    if not await desk.fill_form.has_room(work.tx, work.client):
        work.say(desk.views.form.too_many(work.language))
        return
    await put_away(context)
    said = Said(place.treatment_id, start.date(), start.time(), None, exact=True)
    filling = await desk.fill_form.begin(work.tx, work.client, work.now, said=said)
    await show_in(context, filling, message_id)


async def refuse(tap: Tap, context: Context, message_id: int) -> None:
    """No to the time of this message; the place on the list stays."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    place = await work.tx.places.get(int(tap.argument(0)))
    shown = await work.tx.shown.message(work.chat_id, offer_key(place)) if place is not None else None
    views = desk.views.bookings
    if place is None or (place.offer is not None and shown not in (None, message_id)):
        work.edit(views.waiting_list_gone(work.language), message_id)
        return
    left = await desk.wait.refuse(work.tx, work.client, place.id, work.now)
    screen = (
        views.waiting_list_joined(left.day, work.language, left.id)
        if left
        else views.waiting_list_gone(work.language)
    )
    work.edit(screen, message_id)


async def leave(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    if work.client is None:
        return
    await desk.wait.leave(work.tx, work.client, int(tap.argument(0)))
    work.edit(desk.views.bookings.waiting_list_left(work.language), message_id)
