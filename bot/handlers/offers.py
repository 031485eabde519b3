"""An offered time, answered in words: it is shown again below, for one tap settles it and words do not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.answers.model import Intent
from bot.answers.routed import Routed
from bot.domain.hours import local
from bot.domain.lifecycle import Move
from bot.handlers import booking
from bot.handlers.context import Context
from bot.handlers.form_words import Meaning, says
from bot.handlers.times_in_words import means, without_times
from bot.services.screens import Screen

ANSWERS: Final = (Meaning.YES, Meaning.AGREE, Meaning.TAKE, Meaning.NO, Meaning.REFUSE)
"""Yes and no alike: 大丈夫です and 結構です can be either, and the buttons are the same."""

MOVES: Final = frozenset({Intent.BOOK, Intent.CHANGE})


async def answered(text: str, context: Context) -> bool:
    """Whether the text is an answer to an offer: nothing but such words, or the offered day and time."""
    work, desk = context.work, context.desk
    if work.client is None:
        return False
    rest = without_times(text)
    plain = says(rest, ANSWERS, desk.texts)
    if not plain and rest and not says(rest, (Meaning.ASIDE,), desk.texts):
        return False  # as nearly always: no day or time needs to be read
    wish = desk.router.wish(text, work.now)
    if not plain:
        if not wish.timed:
            return False
        # A bare day or time while a form asks for one is the form's.
        if await work.tx.forms.under_way(work.client.id):
            return False
    # After an alarm short words are an answer to that.
    if await work.tx.threads.concern(work.client.id, work.now) is not None:
        return False
    return await _shown([each for start, each in await _open(context) if means(wish, start, text)], context)


async def named(routed: Routed, context: Context) -> bool:
    """Whether a wish to come names the very day and time that are on offer."""
    work, wish = context.work, routed.wish
    if wish is None or not wish.exact or not wish.days or routed.intent not in MOVES or work.client is None:
        return False
    if await work.tx.forms.under_way(work.client.id):
        return False
    offers = await _open(context)
    return await _shown([each for start, each in offers if means(wish, start, routed.text)], context)


async def _shown(screens: Sequence[Screen], context: Context) -> bool:
    for each in screens:
        context.work.say(each)
    if screens:
        await booking.show_again(context)
    return bool(screens)


async def _open(context: Context) -> list[tuple[datetime, Screen]]:
    """The times that the client can take now, in the clinic's zone, and how each is shown again."""
    work, desk = context.work, context.desk
    assert work.client is not None
    views = desk.views.bookings
    offers = [
        (request.open_times[0], views.offer_again(request, work.language))
        for request in await work.tx.requests.of_client(work.client.id)
        if desk.client_may(request, frozenset({Move.ACCEPT}), work.now)
    ]
    offers += [
        (place.offer.slot.start, views.waiting_list_offer(place, work.language))
        for place in await work.tx.places.all()
        if place.client_id == work.client.id and place.offer and work.now < place.offer.until
    ]
    return [(local(desk.clinic, start), screen) for start, screen in offers]
