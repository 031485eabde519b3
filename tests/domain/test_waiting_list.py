"""Who is next when a time becomes free."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.language import Language
from bot.domain.slots import Cell, Slot, slot_cells
from bot.domain.waiting_list import Offer, Place, is_over, is_past, next_offer, offer_until, refused
from tests.domain.samples import NOW, at
from tests.domain.samples import ONE_THERAPIST as CLINIC

DAY = date(2026, 11, 24)
BUFFER = CLINIC.booking.buffer
FULL = slot_cells(at(24, 10), at(24, 20) - at(24, 10), BUFFER, 0)
FREED = slot_cells(at(24, 10), at(24, 11) - at(24, 10), BUFFER, 0)


def place(number: int, treatment_id: str = "massage-60", day: date = DAY) -> Place:
    return Place(number, number, Language.EN, treatment_id, day, NOW)


def offered(places: list[Place], taken: frozenset[Cell]) -> tuple[int, datetime] | None:
    found = next_offer(places, CLINIC, taken, NOW)
    return (found.id, found.offer.slot.start) if found and found.offer else None


def test_whoever_joined_first_is_asked_first() -> None:
    assert offered([place(2), place(1)], FULL - FREED) == (1, at(24, 10))


def test_a_time_that_is_too_short_goes_to_whom_it_fits() -> None:
    half = slot_cells(at(24, 10), at(24, 10, 30) - at(24, 10), BUFFER, 0)

    assert offered([place(1), place(2, "massage-30")], FULL - half) == (2, at(24, 10))


def test_one_time_is_offered_to_one_client() -> None:
    first = next_offer([place(1), place(2)], CLINIC, FULL - FREED, NOW)
    assert first and first.offer

    taken = (FULL - FREED) | first.offer.slot.cells(BUFFER)

    assert offered([first, place(2)], taken) is None


def test_who_has_an_offer_waits_with_the_next() -> None:
    asked = replace(place(1), offer=Offer(Slot(at(24, 10), at(24, 11), 0), at(20, 17)))

    assert offered([asked, place(2)], FULL - FREED) == (2, at(24, 10))


def test_after_a_no_the_next_is_asked_and_the_first_keeps_the_place() -> None:
    offer = Offer(Slot(at(24, 10), at(24, 11), 0), at(20, 17))
    first = refused(replace(place(1), offer=offer))

    assert offered([first, place(2)], FULL - FREED) == (2, at(24, 10))
    assert offered([first], FULL - FREED) is None
    assert offered([first, place(2)], frozenset()) == (1, at(24, 10, 30))


@pytest.mark.parametrize("other", [place(1, day=date(2026, 11, 26)), place(1, "no-longer-offered")])
def test_nobody_is_offered_what_they_did_not_wait_for(other: Place) -> None:
    full = FULL | slot_cells(at(26, 10), at(26, 20) - at(26, 10), BUFFER, 0)

    assert offered([other], full - FREED) is None


@pytest.mark.parametrize(
    ("now", "start", "until"),
    [
        (at(20, 14), at(24, 10), at(20, 16)),
        (at(20, 22), at(24, 10), at(21, 12)),  # nobody has to be awake
        (at(24, 9), at(24, 14), at(24, 11)),  # not longer than the notice allows
    ],
)
def test_an_offer_stands_for_two_opening_hours(now: datetime, start: datetime, until: datetime) -> None:
    assert offer_until(CLINIC, start, now) == until
    assert is_over(Offer(Slot(start, start, 0), until), until)


def test_a_place_ends_with_its_day() -> None:
    assert not is_past(place(1), CLINIC, at(24, 23))
    assert is_past(place(1), CLINIC, at(25, 0))
