"""Opening hours as moments."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import hours
from bot.domain.clinic import Clinic, Opening
from bot.domain.slots import askable_slots
from tests.domain.samples import CLINIC, at


@pytest.mark.parametrize(
    ("now", "by"),
    [
        (at(20, 9), at(20, 15)),  # Friday before opening: 10-13 are three hours, then a break, then one more
        (at(20, 10), at(20, 15)),
        (at(20, 12), at(20, 17)),
        (at(20, 13, 30), at(20, 18)),  # in the break
        (at(20, 16), at(20, 20)),  # to the minute of closing
        (at(20, 16, 30), at(21, 10, 30)),
        (at(20, 23), at(21, 14)),
        (at(21, 16), at(24, 13)),  # over Sunday, and Monday's holiday
        (at(24, 18), at(26, 13)),  # over a Wednesday
        (at(28, 16, month=12), datetime(2027, 1, 5, 11, tzinfo=CLINIC.zone)),  # over New Year
    ],
)
def test_an_answer_is_expected_after_so_many_opening_hours(now: datetime, by: datetime) -> None:
    assert hours.expected_answer_by(CLINIC, now) == by
    assert hours.expected_answer_by(CLINIC, now.astimezone(UTC)) == by


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at(20, 11, 39), at(20, 16, 30)),  # 16:39
        (at(20, 16), at(20, 20)),
        (at(20, 16, 7), at(21, 10)),  # 10:07
    ],
)
def test_a_client_is_told_a_full_quarter_of_an_hour_and_never_a_later_one(
    now: datetime, told: datetime
) -> None:
    assert hours.told_answer_by(CLINIC, now) == told


def test_what_is_told_never_lies_before_the_opening_nor_in_the_past() -> None:
    late = replace(CLINIC, week=((Opening(time(10, 10), time(14, 10)),),) * 7)
    at_once = replace(CLINIC, booking=replace(CLINIC.booking, answer_within=timedelta(minutes=5)))

    assert hours.told_answer_by(late, at(20, 10, 12)) == at(21, 10, 12)
    assert hours.told_answer_by(at_once, at(20, 11, 1)) == at(20, 11, 6)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (at(20, 9, 59), False),
        (at(20, 10), True),
        (at(20, 13), False),
        (at(23, 11), False),
        (at(25, 11), False),
    ],
)
def test_open_is_from_the_first_minute_to_before_the_last(now: datetime, is_open: bool) -> None:
    assert hours.is_open(CLINIC, now) is is_open


def test_a_clinic_that_never_opens_promises_nothing() -> None:
    closed = replace(CLINIC, week=((),) * 7)

    assert hours.expected_answer_by(closed, at(20, 12)) is None


def test_no_wait_ends_when_people_are_there() -> None:
    assert hours.after_open_time(CLINIC, at(20, 11), timedelta()) == at(20, 11)
    assert hours.after_open_time(CLINIC, at(20, 22), timedelta()) == at(21, 10)


def test_the_cut_off_is_counted_in_real_hours_where_clocks_change() -> None:
    berlin = replace(CLINIC, zone=ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 10, 25, 12, tzinfo=berlin.zone)  # that night has an hour more

    assert hours.cut_off(berlin, start) == datetime(2026, 10, 24, 13, tzinfo=berlin.zone)


LATE = replace(CLINIC, week=((Opening(time(20), time(0)),),) * 7)
"""Open until midnight."""


def test_an_opening_until_midnight_lasts_until_the_next_day_begins() -> None:
    (opening,) = LATE.openings(date(2026, 11, 20))

    assert hours.opening_moments(LATE, opening, date(2026, 11, 20)) == (at(20, 20), at(21, 0))
    assert str(opening) == "20:00–24:00"
    assert hours.is_open(LATE, at(20, 23, 59)) and not hours.is_open(LATE, at(21, 0))
    assert hours.is_open_throughout(LATE, at(20, 23), at(21, 0))
    assert [each.hour for each in askable_slots(LATE, timedelta(hours=1), date(2026, 11, 24), at(20, 9))] == [
        20,
        20,
        21,
        21,
        22,
        22,
        23,
    ]


@pytest.mark.parametrize(
    ("clinic", "widest"),
    [
        (CLINIC, (time(10), time(20))),
        (LATE, (time(20), time.max)),
        (replace(CLINIC, week=((),) * 7), None),
    ],
)
def test_the_widest_window_holds_every_opening_of_the_week(
    clinic: Clinic, widest: tuple[time, time] | None
) -> None:
    assert hours.widest(clinic) == widest


def test_an_opening_over_a_skipped_hour_is_shorter() -> None:
    berlin = replace(CLINIC, zone=ZoneInfo("Europe/Berlin"), holidays=frozenset())
    night = Opening(time(1), time(4))
    start, end = hours.opening_moments(berlin, night, date(2026, 3, 29))

    assert end - start == timedelta(hours=2)
