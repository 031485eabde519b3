"""The days that a text mentions, one by one, and the words that join them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum


class Kind(Enum):
    """What sort of day was mentioned."""

    DAY = "day"
    SPAN = "span"
    WEEKDAYS = "weekdays"
    FAINT = "faint"
    """A day that counts only if no other is mentioned ("right now")."""
    PAST = "past"


class Bound(Enum):
    """What the words around a day make of it."""

    FROM = "from"
    AFTER = "after"
    UNTIL = "until"
    BEFORE = "before"
    NOT = "not"
    DROPPED = "dropped"
    """Mentioned, but no wish: since when it hurts."""


class Counted(Enum):
    """What is counted from another day of the message."""

    DAY = "the day after"
    WEEKDAY = "the Saturday after"
    WEEK = "the week after"
    THAT = "that Saturday"


@dataclass(frozen=True, slots=True)
class Mention:
    """Days or weekdays at a place of the text."""

    at: int
    end: int
    kind: Kind
    days: tuple[date, ...] = ()
    weekdays: frozenset[int] = frozenset()
    named: bool = True
    """Weekdays: a weekday by name ("Tuesday"), which is never today, not a class of them (平日)."""
    working: bool = False
    """Weekdays: public holidays do not count."""
    number: int | None = None
    """A day of the month whose month was not said."""
    forward: bool = False
    """A span that holds for what follows it, never for what stands before it."""
    run: tuple[int, int] | None = None
    """Weekdays from one to another."""
    ranged: bool = False
    """Joined of a first and a last day, so that "from" before it is spent."""
    counted: Counted | None = None
    """Counted from another day. `days` is what it means where no other is said, () for nothing."""
    count: int = 0
    """How many days or weeks it is counted on."""
    yields: bool = False
    """Gives way to a date: a feast that is spoken of, "Mondays are all I get"."""
    stands: bool = False
    """The day of an appointment, which is wished or meant even where "can't" is said of it."""


@dataclass(frozen=True, slots=True)
class Joints:
    """How a language joins days. Gaps are matched as a whole, the rest at the mention's edges."""

    through: re.Pattern[str]
    """Between the first and the last of a range."""
    between: re.Pattern[str]
    """Before the first and up to the last of a range ("between Monday and ")."""
    same: re.Pattern[str]
    """Between a date and the weekday that it falls on."""
    listed: re.Pattern[str]
    """Between days of which the same is said."""
    inside: re.Pattern[str]
    """Between a weekday and the week said after it, or a month and the day of it said after it."""
    apart: re.Pattern[str]
    """In what stands between a month and a day after it that is not of that month."""
    late: re.Pattern[str]
    """Between a day and the month that is told later, then "|" and what stands behind the month."""
    before: Mapping[Bound, re.Pattern[str]]
    after: Mapping[Bound, re.Pattern[str]]
    meanwhile: re.Pattern[str]
    """Says that a day which is otherwise dropped is wished: "while I'm there"."""
    denies_forward: bool
    """Whether "not Monday or Tuesday" denies both; otherwise the denial stands after the last."""


def one_day(found: re.Match[str], day: date | None, *, number: int | None = None) -> Mention | None:
    """A day where it was said; None if there is no such day."""
    return Mention(*found.span(), Kind.DAY, (day,), number=number) if day else None


def one_or_past(found: re.Match[str], day: date | None, today: date) -> Mention | None:
    """A day that may be written with its year, and so lie in the past."""
    return past(found) if day and day < today else one_day(found, day)


def several_days(found: re.Match[str], days: tuple[date, ...], *, forward: bool = False) -> Mention | None:
    """A week, a month or a part of one; None if it is empty."""
    return Mention(*found.span(), Kind.SPAN, days, forward=forward) if days else None


def yielding(said: Mention | None) -> Mention | None:
    """What gives way to a date that is said beside it."""
    return replace(said, yields=True) if said else None


def counted_on(found: re.Match[str], what: Counted, count: int, days: tuple[date, ...] = ()) -> Mention:
    """A day or week counted from another; `days` where none is said."""
    kind = Kind.SPAN if what is Counted.WEEK else Kind.DAY
    return Mention(*found.span(), kind, days, forward=kind is Kind.SPAN, counted=what, count=count)


def past(found: re.Match[str]) -> Mention:
    """A day before today, whichever."""
    return Mention(*found.span(), Kind.PAST)
