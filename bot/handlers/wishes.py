"""Words about appointments: to a time on offer, into the form, or to what the client has."""

from bot.answers.model import Intent
from bot.answers.routed import Routed
from bot.domain.form import NOTHING_SAID
from bot.domain.typed import ASKING
from bot.handlers import booking, bookings, offers
from bot.handlers.context import Context
from bot.handlers.views.replies import WISHES_TO_COME


async def seen_to(routed: Routed, context: Context) -> None:
    """Goes on with what the message wishes of the appointment book."""
    if await offers.named(routed, context):
        return
    if routed.intent in WISHES_TO_COME or await _is_for_form(routed, context):
        await booking.on_words(routed, context)
        return
    if await _is_for_list(routed, context):
        await bookings.show(context)
    await booking.show_again(context)


async def _is_for_form(routed: Routed, context: Context) -> bool:
    """Another day or time while a form is open is meant for the form, not for an earlier appointment.

    So is a question about one by somebody who has no appointment.
    """
    work = context.work
    if work.client is None or booking.said_of(routed) == NOTHING_SAID:
        return False
    if routed.intent is not Intent.CHANGE and (
        not ASKING.search(routed.text) or await work.tx.requests.open_requests(work.client.id)
    ):
        return False
    return await work.tx.forms.under_way(work.client.id)


async def _is_for_list(routed: Routed, context: Context) -> bool:
    """ "I have work that day" while a form is open and nothing else is: there is no appointment to move."""
    work = context.work
    if work.client is None or routed.intent is Intent.CHECK:
        return True
    held = await work.tx.requests.open_requests(work.client.id)
    return bool(held) or not await work.tx.forms.under_way(work.client.id)
