"""A client with an unsent form wants to begin another: they choose, and nothing is lost without a tap."""

from bot.domain.form import NOTHING_SAID
from bot.domain.requests import Kind
from bot.handlers import bookings, waiting_list
from bot.handlers.booking import INSTEAD, asks_first, put_away, show_in
from bot.handlers.callbacks import Tap, Verb
from bot.handlers.context import Context
from bot.services.screens import Screen


async def go_on(tap: Tap, context: Context, message_id: int) -> None:
    """The unsent form, here."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    await put_away(context)
    await show_in(context, await desk.fill_form.take_up(work.tx, work.client, work.now), message_id)


async def instead(tap: Tap, context: Context, message_id: int) -> None:
    """The new one. A tap on an older message asks again: meanwhile another form may be under way."""
    work = context.work
    asked = await work.tx.shown.message(work.chat_id, INSTEAD)
    if asked != message_id and await asks_first(context, *tap.arguments, message_id=message_id):
        return
    wanted, details = tap.argument(0), tap.arguments[1:]
    if wanted == bookings.CHANGE:
        work.edit(Screen(context.desk.texts.html("booking.below", work.language)), message_id)
        await bookings.change(Tap(Verb.MINE_CHANGE, details), context, message_id, sure=True)
    elif wanted == waiting_list.OFFER:
        await waiting_list.accept(Tap(Verb.WAIT_ACCEPT, details), context, message_id, sure=True)
    else:
        await _begin(Kind(wanted), context, message_id)


async def _begin(kind: Kind, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    if work.client is None:
        return
    if not await desk.fill_form.has_room(work.tx, work.client):
        work.edit(desk.views.form.too_many(work.language), message_id)
        return
    form = await work.tx.forms.get(work.client.id)
    # What a plan's form heard of days and times was about the appointment.
    heard = form.said if form is not None and form.kind is Kind.PLAN else NOTHING_SAID
    await put_away(context)
    filling = await desk.fill_form.begin(work.tx, work.client, work.now, kind, heard)
    await show_in(context, filling, message_id)
