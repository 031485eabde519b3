"""What a client says about when, and what a part of the day is worth on the clock."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

Window: TypeAlias = tuple[time, time]
"""From and until, on one day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several days, with what is said of its time; as in `Wish`."""

    day: dt.date
    start: time | None
    until: time | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words say about when; None and () where they say nothing.

    `date` is the first of `days`, or of `choices`. A day before today is never given: it sets `passed`
    instead. A time of today that is over sets `passed` as well, and the date stays today, since that is what
    was said.
    """

    date: dt.date | None
    days: tuple[dt.date, ...]
    start: time | None
    until: time | None
    exact: bool
    """A point ("at 6", "around 6"), not a window ("after 6")."""
    passed: bool
    moves: bool = False
    """Words say that an appointment is moved: "instead of", 変更."""
    choices: tuple[Choice, ...] = ()
    """Two days or more that are said one by one, in that order, each with its time. `date` and the times
    beside it are then those of the first."""

    @property
    def timed(self) -> bool:
        """Whether a day or a time is named at all."""
        return bool(self.days) or self.start is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the reading of relative words depends on."""

    now: datetime
    opening: Window
    is_holiday: Callable[[date], bool]

    @property
    def today(self) -> date:
        """The day in the zone of `now`."""
        return self.now.date()


class Part(Enum):
    """A part of the day that has a name."""

    EARLY_MORNING = "early morning"
    FIRST_THING = "first thing"
    BEFORE_WORK = "before work"
    MORNING = "morning"
    LATE_MORNING = "late morning"
    DAYTIME = "daytime"
    LUNCH = "lunchtime"
    AFTER_LUNCH = "after lunch"
    EARLY_AFTERNOON = "early afternoon"
    AFTERNOON = "afternoon"
    LATE_AFTERNOON = "late afternoon"
    AFTER_SCHOOL = "after school"
    DUSK = "夕方"
    EARLY_EVENING = "early evening"
    EVENING = "evening"
    AFTER_WORK = "after work"
    NIGHT = "night"
    LATE_EVENING = "late evening"

    @property
    def in_the_morning(self) -> bool:
        """Whether a bare hour beside it is before noon."""
        return self in _MORNINGS


_MORNINGS = {Part.EARLY_MORNING, Part.FIRST_THING, Part.BEFORE_WORK, Part.MORNING, Part.LATE_MORNING}

# The customary bounds, for both languages. 夕方 begins before an English evening does.
PARTS: Mapping[Part, tuple[time | None, time | None]] = {
    Part.EARLY_MORNING: (time(7), time(9)),
    Part.BEFORE_WORK: (None, time(9)),
    Part.FIRST_THING: (time(9), time(11)),
    Part.MORNING: (time(9), time(12)),
    Part.LATE_MORNING: (time(10, 30), time(12)),
    Part.DAYTIME: (time(9), time(17)),
    Part.LUNCH: (time(12), time(14)),
    Part.AFTER_LUNCH: (time(13), time(15)),
    Part.EARLY_AFTERNOON: (time(12), time(15)),
    Part.AFTERNOON: (time(12), time(17)),
    Part.LATE_AFTERNOON: (time(15), time(17)),
    Part.AFTER_SCHOOL: (time(16), None),
    Part.DUSK: (time(16), time(19)),
    Part.EARLY_EVENING: (time(17), time(19)),
    Part.EVENING: (time(17), time(20)),
    Part.AFTER_WORK: (time(18), None),
    Part.NIGHT: (time(18), time(21)),
    Part.LATE_EVENING: (time(19), time(21)),
}
