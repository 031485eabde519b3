"""The clinic: what it offers, and when it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.language import Language, Localised


@dataclass(frozen=True, slots=True)
class Treatment:
    """Something that can be booked."""

    id: str
    name: Localised
    words: Mapping[Language, tuple[str, ...]]
    duration: timedelta
    price_yen: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The personal training plan."""

    name: Localised
    price_yen: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Open from `start` until `end` on one day, in the clinic's zone; an `end` of 00:00 ends the day."""

    start: time
    end: time

    def __str__(self) -> str:
        until = "24:00" if self.end == time.min else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}–{until}"


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed from `start` to `end`, both days included."""

    start: date
    end: date
    reason: Localised | None


@dataclass(frozen=True, slots=True)
class BookingRules:
    """What can be asked for, and until when it can be taken back."""

    minimum_notice: timedelta
    horizon: timedelta
    buffer: timedelta
    step: timedelta
    cancel_until: timedelta
    answer_within: timedelta
    open_requests_per_client: int


@dataclass(frozen=True, slots=True)
class Clinic:
    """Everything that is true of the clinic and that rules depend on."""

    name: Localised
    phone: str | None
    zone: ZoneInfo
    week: tuple[tuple[Opening, ...], ...]
    """Seven days, Monday first; no opening means closed."""
    open_on_holidays: bool
    holidays: frozenset[date]
    closures: tuple[Closure, ...]
    therapists: int
    treatments: tuple[Treatment, ...]
    plan: Plan | None
    booking: BookingRules
    languages: tuple[Language, ...]

    def closure(self, day: date) -> Closure | None:
        """The closure that `day` lies in."""
        return next((each for each in self.closures if each.start <= day <= each.end), None)

    def openings(self, day: date) -> tuple[Opening, ...]:
        """When the clinic is open on `day`, in order; nothing where it is closed."""
        if self.closure(day):
            return ()
        if day in self.holidays and not self.open_on_holidays:
            return ()
        return self.week[day.weekday()]

    def treatment(self, treatment_id: str) -> Treatment | None:
        return next((each for each in self.treatments if each.id == treatment_id), None)
