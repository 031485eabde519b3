"""Who is told when a full day has a free time again: in turn, one at a time, each with time to answer.

A time on offer is held: the store keeps its cells as it does those of an appointment, so that it is not
offered twice nor booked by somebody else meanwhile. Accepting makes an ordinary request of it, for which the
time stays kept until somebody decides.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.slots import Slot, duration_of, free_slots, slot_for

OFFER_STANDS: Final = timedelta(hours=2)
"""How long an offer stands, counted in opening hours: nobody loses a place by sleeping."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time, held for one client until `until`."""

    slot: Slot
    until: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """One client's place on the list of one day. `id` counts up in the order of joining."""

    id: int
    client_id: int
    language: Language
    treatment_id: str
    day: date
    since: datetime
    offer: Offer | None = None
    passed: frozenset[datetime] = frozenset()
    """Starts that were offered and not taken; not offered again."""

    @property
    def holder(self) -> str:
        """Under this name the store keeps the cells of its offer."""
        return f"place:{self.id}"


def next_offer(
    places: Iterable[Place], clinic: Clinic, taken: AbstractSet[tuple[int, int]], now: datetime
) -> Place | None:
    """The place whose turn it is, with its offer; None where no time fits anybody who has none.

    Call it again, with the new offer's cells in `taken`, until it gives None.
    """
    for place in sorted(places, key=lambda each: each.id):
        duration = duration_of(clinic, place.treatment_id)
        if place.offer or duration is None:
            continue
        for start in free_slots(clinic, duration, place.day, taken, now):
            until = offer_until(clinic, start, now)
            slot = slot_for(clinic, start, duration, taken)
            if slot and now < until and start not in place.passed:
                return replace(place, offer=Offer(slot, until))
    return None


def offer_until(clinic: Clinic, start: datetime, now: datetime) -> datetime:
    """Until when an offer made now stands; never later than the time could still be asked for."""
    last = hours.local(clinic, start.astimezone(UTC) - clinic.booking.minimum_notice)
    stands = hours.after_open_time(clinic, now, OFFER_STANDS)
    return min(last, stands) if stands else last


def is_over(offer: Offer, now: datetime) -> bool:
    return offer.until <= now


def refused(place: Place) -> Place:
    """The place after a "no", or after its offer ran out: it stays on the list for another time."""
    passed = place.passed | {place.offer.slot.start} if place.offer else place.passed
    return replace(place, offer=None, passed=passed)


def is_past(place: Place, clinic: Clinic, now: datetime) -> bool:
    """Nothing can become free for it any more: take it off the list."""
    return place.day < hours.today(clinic, now)
