"""Which times can still be had, and what an appointment occupies.

A therapist is a *lane*, numbered from 0. Time is cut into *cells* of five minutes, and an appointment
occupies the cells of its lane from its start to its end and the buffer behind it. The database keeps one
row for each, unique by lane and number: so no two processes can ever promise the same time twice, and what
is taken is always read from those same rows.
"""

from calendar import monthrange
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain import hours
from bot.domain.clinic import Clinic

CELL = timedelta(minutes=5)

PLAN_MEETING = timedelta(minutes=30)
"""How long the first talk about a training plan takes."""

Cell: TypeAlias = tuple[int, int]
"""Lane, and the number of the cell counted from the epoch: the same in every zone, whatever clocks do."""


@dataclass(frozen=True, slots=True)
class Slot:
    """From `start` until `end` with the therapist of `lane`. Both are aware."""

    start: datetime
    end: datetime
    lane: int

    def cells(self, buffer: timedelta) -> frozenset[Cell]:
        return slot_cells(self.start, self.end - self.start, buffer, self.lane)


class DayState(StrEnum):
    """Whether a day can be chosen in the calendar, and if not, why."""

    OPEN = "open"
    PAST = "past"
    TOO_SOON = "too_soon"
    """Today or tomorrow, and what is left of it lies within the minimum notice."""
    TOO_FAR = "too_far"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    date: date
    state: DayState


def duration_of(clinic: Clinic, treatment_id: str | None) -> timedelta | None:
    """How long it takes; the talk about a plan has no treatment. None for a treatment that is not offered."""
    if treatment_id is None:
        return PLAN_MEETING if clinic.plan else None
    treatment = clinic.treatment(treatment_id)
    return treatment.duration if treatment else None


def slot_cells(start: datetime, duration: timedelta, buffer: timedelta, lane: int) -> frozenset[Cell]:
    """What an appointment occupies. A cell that is only touched counts as occupied."""
    first = _cell(start)
    last = -(-int((start.astimezone(UTC) + duration + buffer).timestamp()) // int(CELL.total_seconds()))
    return frozenset((lane, number) for number in range(first, last))


def cells_between(start: datetime, end: datetime) -> range:
    """The numbers of the cells that a store has to read to know what is taken between two moments."""
    return range(_cell(start), _cell(end) + 1)


def lane_for(clinic: Clinic, start: datetime, duration: timedelta, taken: AbstractSet[Cell]) -> int | None:
    """The first therapist who is free for it and the buffer behind it; None if all are busy."""
    for lane in range(clinic.therapists):
        if not taken & slot_cells(start, duration, clinic.booking.buffer, lane):
            return lane
    return None


def slot_for(clinic: Clinic, start: datetime, duration: timedelta, taken: AbstractSet[Cell]) -> Slot | None:
    """The slot that an appointment at `start` would get; None if nobody is free then."""
    lane = lane_for(clinic, start, duration, taken)
    end = start.astimezone(UTC) + duration
    return None if lane is None else Slot(hours.local(clinic, start), hours.local(clinic, end), lane)


def askable(clinic: Clinic, start: datetime, duration: timedelta, now: datetime) -> bool:
    """Whether clients may ask for this time, be it free or not: hours, step, notice and horizon."""
    # In UTC: where a clock is set back, one wall-clock time is two moments, and Python calls them equal.
    offered = askable_slots(clinic, duration, hours.local(clinic, start).date(), now)
    return start.astimezone(UTC) in {each.astimezone(UTC) for each in offered}


def askable_slots(clinic: Clinic, duration: timedelta, day: date, now: datetime) -> tuple[datetime, ...]:
    """Times of a day that clients may ask for, free or not, in the clinic's zone."""
    rules = clinic.booking
    if day > hours.today(clinic, now) + rules.horizon:
        return ()
    soonest = now.astimezone(UTC) + rules.minimum_notice
    return tuple(hours.local(clinic, each) for each in starts_of(clinic, duration, day) if each >= soonest)


def free_slots(
    clinic: Clinic, duration: timedelta, day: date, taken: AbstractSet[Cell], now: datetime
) -> tuple[datetime, ...]:
    """Times of a day that can be had, in the clinic's zone and in order."""
    return tuple(
        each
        for each in askable_slots(clinic, duration, day, now)
        if lane_for(clinic, each, duration, taken) is not None
    )


def day_state(
    clinic: Clinic, duration: timedelta, day: date, taken: AbstractSet[Cell], now: datetime
) -> DayState:
    """Why a day can or cannot be chosen; the reason that tells a client most comes first."""
    first = hours.today(clinic, now)
    if day < first:
        return DayState.PAST
    if day > first + clinic.booking.horizon:
        return DayState.TOO_FAR
    if not any(starts_of(clinic, duration, day)):
        on_holiday = day in clinic.holidays and not clinic.open_on_holidays and clinic.week[day.weekday()]
        return DayState.HOLIDAY if on_holiday else DayState.CLOSED
    asked = askable_slots(clinic, duration, day, now)
    if not asked:
        return DayState.TOO_SOON
    if all(lane_for(clinic, each, duration, taken) is None for each in asked):
        return DayState.FULL
    return DayState.OPEN


def days(
    clinic: Clinic, duration: timedelta, month: date, taken: AbstractSet[Cell], now: datetime
) -> tuple[Day, ...]:
    """Every day of the month that `month` lies in, for a calendar."""
    _, length = monthrange(month.year, month.month)
    dates = (month.replace(day=number) for number in range(1, length + 1))
    return tuple(Day(each, day_state(clinic, duration, each, taken, now)) for each in dates)


def months(clinic: Clinic, now: datetime) -> tuple[date, ...]:
    """The first day of each month that a calendar may be turned to, in order."""
    first = hours.today(clinic, now)
    last = first + clinic.booking.horizon
    reach = (last.year - first.year) * 12 + last.month - first.month
    numbers = (first.year * 12 + first.month - 1 + offset for offset in range(reach + 1))
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def starts_of(clinic: Clinic, duration: timedelta, day: date) -> Iterator[datetime]:
    """Every start at which the treatment ends within the opening it began in; in UTC."""
    for opening in clinic.openings(day):
        start, closes = hours.opening_moments(clinic, opening, day)
        while start + duration <= closes:
            yield start
            start += clinic.booking.step


def _cell(when: datetime) -> int:
    return int(when.timestamp()) // int(CELL.total_seconds())
