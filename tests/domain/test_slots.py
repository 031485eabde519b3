"""Which times can be had."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import hours
from bot.domain.clinic import Clinic, Opening
from bot.domain.slots import (
    CELL,
    Cell,
    DayState,
    Slot,
    askable,
    cells_between,
    day_state,
    days,
    free_slots,
    lane_for,
    months,
    slot_cells,
    slot_for,
)
from tests.domain.samples import CLINIC, NOW, ONE_THERAPIST, at

HOUR = timedelta(hours=1)
BUFFER = CLINIC.booking.buffer


def booked(*slots: tuple[datetime, timedelta, int]) -> frozenset[Cell]:
    return frozenset(
        cell for start, length, lane in slots for cell in slot_cells(start, length, BUFFER, lane)
    )


def clock(times: tuple[datetime, ...]) -> list[str]:
    return [f"{each:%H:%M}" for each in times]


@pytest.mark.parametrize(
    ("day", "duration", "expected"),
    [
        (
            date(2026, 11, 21),
            HOUR,
            "10:00 10:30 11:00 11:30 12:00 12:30 13:00 13:30 14:00 14:30 15:00 15:30 16:00",
        ),
        (date(2026, 11, 24), 3 * HOUR, "10:00 14:00 14:30 15:00 15:30 16:00"),
        (date(2026, 11, 24), 6 * HOUR, ""),
        (
            date(2026, 11, 20),
            HOUR,
            "15:00 15:30 16:00 16:30 17:00 17:30 18:00 18:30 19:00",
        ),  # three hours ahead
        (date(2026, 11, 23), HOUR, ""),  # holiday
        (date(2026, 11, 25), HOUR, ""),  # Wednesday
        (date(2026, 12, 30), HOUR, ""),  # New Year
        (date(2026, 11, 19), HOUR, ""),  # yesterday
    ],
)
def test_slots_lie_within_one_opening(day: date, duration: timedelta, expected: str) -> None:
    assert clock(free_slots(CLINIC, duration, day, frozenset(), NOW)) == expected.split()


def test_the_horizon_is_the_last_day_that_can_be_asked_for() -> None:
    last = NOW.date() + CLINIC.booking.horizon  # a Tuesday

    assert free_slots(CLINIC, HOUR, last, frozenset(), NOW)
    assert not free_slots(CLINIC, HOUR, last + timedelta(days=2), frozenset(), NOW)


def test_an_appointment_takes_its_buffer_with_it() -> None:
    taken = booked((at(24, 11), HOUR, 0))

    # 10:00 would end at 11:00 and need its buffer behind it; 12:00 lies in the buffer of the other.
    assert clock(free_slots(ONE_THERAPIST, HOUR, date(2026, 11, 24), taken, NOW)) == [
        *("14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30", "18:00")
    ]


def test_a_second_therapist_takes_what_the_first_cannot() -> None:
    taken = booked((at(24, 11), HOUR, 0))

    assert lane_for(CLINIC, at(24, 11), HOUR, taken) == 1
    assert lane_for(CLINIC, at(24, 11), HOUR, taken | booked((at(24, 11, 30), HOUR, 1))) is None
    assert slot_for(CLINIC, at(24, 11), HOUR, taken) == Slot(at(24, 11), at(24, 12), 1)


def test_a_cell_that_is_only_touched_is_taken() -> None:
    cells = slot_cells(at(24, 10, 3), timedelta(minutes=4), timedelta(), 0)

    assert len(cells) == 2


def test_a_store_reads_every_cell_of_a_day() -> None:
    numbers = cells_between(at(24, 0), at(25, 0))

    assert {number for _, number in booked((at(24, 0), HOUR, 0), (at(24, 22), HOUR, 0))} <= set(numbers)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 19), DayState.PAST),
        (date(2026, 11, 20), DayState.OPEN),
        (date(2026, 11, 22), DayState.CLOSED),
        (date(2026, 11, 23), DayState.HOLIDAY),
        (date(2026, 11, 24), DayState.FULL),
        (date(2026, 11, 25), DayState.CLOSED),
        (date(2026, 12, 30), DayState.CLOSED),
        (date(2027, 1, 19), DayState.OPEN),
        (date(2027, 1, 20), DayState.TOO_FAR),
    ],
)
def test_the_calendar_says_why_a_day_cannot_be_chosen(day: date, state: DayState) -> None:
    taken = booked((at(24, 10), 10 * HOUR, 0), (at(24, 10), 10 * HOUR, 1))

    assert day_state(CLINIC, HOUR, day, taken, NOW) is state
    assert days(CLINIC, HOUR, day, taken, NOW)[day.day - 1].state is state


def test_late_in_the_day_the_rest_of_it_is_too_soon() -> None:
    assert day_state(CLINIC, HOUR, date(2026, 11, 20), frozenset(), at(20, 17)) is DayState.TOO_SOON


def test_the_calendar_is_turned_as_far_as_the_horizon() -> None:
    assert months(CLINIC, NOW) == (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))


def test_today_is_the_clinics_day() -> None:
    night = datetime(2026, 11, 20, 16, tzinfo=UTC)  # Saturday, one in the morning, in Kobe

    assert day_state(CLINIC, HOUR, date(2026, 11, 20), frozenset(), night) is DayState.PAST
    assert clock(free_slots(CLINIC, HOUR, date(2026, 11, 21), frozenset(), night))[0] == "10:00"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_slots_follow_real_time_where_clocks_change(day: date) -> None:
    berlin = replace(
        CLINIC, zone=ZoneInfo("Europe/Berlin"), week=((Opening(time(0), time(6)),),) * 7, holidays=frozenset()
    )
    now = datetime.combine(day - timedelta(days=3), time(12), berlin.zone)

    slots = free_slots(berlin, HOUR, day, frozenset(), now)

    moments = [each.astimezone(UTC) for each in slots]
    assert {later - earlier for earlier, later in pairwise(moments)} == {HOUR / 2}
    assert all(askable(berlin, each, HOUR, now) for each in slots)
    cells = [slot_cells(each, timedelta(minutes=30), timedelta(), 0) for each in slots]
    assert len(frozenset().union(*cells)) == sum(map(len, cells))


OPENINGS = st.sampled_from(
    [(), (Opening(time(9), time(12)),), (Opening(time(8, 30), time(13)), Opening(time(13, 45), time(20)))]
)


@st.composite
def clinics(draw: st.DrawFn) -> Clinic:
    rules = replace(
        CLINIC.booking,
        buffer=timedelta(minutes=draw(st.integers(0, 40))),
        step=timedelta(minutes=draw(st.sampled_from([5, 15, 20, 30, 60]))),
        minimum_notice=timedelta(hours=draw(st.integers(0, 72))),
        horizon=timedelta(days=draw(st.integers(1, 90))),
    )
    week = tuple(draw(st.lists(OPENINGS, min_size=7, max_size=7)))
    zone = ZoneInfo(
        draw(st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]))
    )
    return replace(CLINIC, booking=rules, week=week, zone=zone, therapists=draw(st.integers(1, 3)))


@given(
    clinic=clinics(),
    since=st.integers(0, 366 * 24 * 60),
    ahead=st.integers(-2, 95),
    minutes=st.integers(5, 120),
)
def test_every_slot_keeps_every_rule(clinic: Clinic, since: int, ahead: int, minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=since)
    day, duration = hours.today(clinic, now) + timedelta(days=ahead), timedelta(minutes=minutes)

    for start in free_slots(clinic, duration, day, frozenset(), now):
        end = start.astimezone(UTC) + duration
        assert start.date() == day <= hours.today(clinic, now) + clinic.booking.horizon
        assert start >= now + clinic.booking.minimum_notice
        assert hours.is_open_throughout(clinic, start, end)
        assert day not in clinic.holidays
        assert askable(clinic, start, duration, now)


@given(clinic=clinics(), starts=st.lists(st.integers(0, 600), max_size=25), minutes=st.integers(5, 120))
def test_lanes_never_hold_two_at_a_time(clinic: Clinic, starts: list[int], minutes: int) -> None:
    length, taken = timedelta(minutes=minutes), frozenset[Cell]()
    slots: list[Slot] = []
    for start in starts:
        slot = slot_for(clinic, at(24, 9) + timedelta(minutes=start), length, taken)
        if slot:
            slots.append(slot)
            taken |= slot.cells(clinic.booking.buffer)

    for number, one in enumerate(slots):
        for other in slots[:number]:
            apart = max(one.start - other.end, other.start - one.end)
            assert one.lane != other.lane or apart >= clinic.booking.buffer
    assert len({lane for lane, _ in taken}) <= clinic.therapists
    assert timedelta(minutes=5) == CELL
