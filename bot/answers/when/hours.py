"""Times on the clock: which half of the day a bare hour means, and how several times become one wish.

A bare hour ("at 6", 6時) is taken in the half of the day in which it lies in the opening hours. Where
both or neither do, 1 to 8 are after noon and 9 to 12 as they stand. An hour from 13 on, or written
with a leading zero ("08:30"), is taken as it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import Enum

from bot.answers.when.wish import PARTS, Part, Window


class Half(Enum):
    """Which half of the day was said."""

    AM = "am"
    PM = "pm"
    AS_IT_STANDS = "24"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was said."""

    hour: int
    minute: int = 0
    half: Half | None = None

    def choices(self) -> tuple[time, ...]:
        """What it can mean, the likelier first; () if it is no time of a day."""
        if not (0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            return ()
        stands = time(self.hour, self.minute)
        if self.hour == 0 or self.hour > 12 or self.half is Half.AS_IT_STANDS:
            return (stands,)
        morning = stands.replace(hour=self.hour % 12)
        later = morning.replace(hour=morning.hour + 12)
        if self.half is not None:
            return (morning,) if self.half is Half.AM else (later,)
        if self.hour == 12:
            return (later,)
        return (later, morning) if self.hour <= 8 else (morning, later)

    def leaning(self, half: Half | None) -> "Clock":
        """The same with a half of the day that words beside it say, unless it says one itself."""
        return self if self.half else Clock(self.hour, self.minute, half)


class Role(Enum):
    """What a time is said for."""

    POINT = "at"
    FROM = "from"
    UNTIL = "until"
    WINDOW = "between"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Said:
    """A time or a window, and where in the text it is said."""

    at: int
    end: int
    role: Role
    start: time | None = None
    until: time | None = None
    part: Part | None = None
    excluded: bool = False
    told: bool = False
    """When work ends, which counts only where no time is wished."""


def one(clock: Clock, opening: Window, *, latest: bool = False) -> time | None:
    """A single time; `latest` says that it ends a window."""
    opens, closes = opening
    choices = clock.choices()
    for each in choices:
        if (opens < each <= closes) if latest else (opens <= each < closes):
            return each
    return choices[0] if choices else None


def window(first: Clock, last: Clock, opening: Window) -> Window | None:
    """Two times in order, inside the opening hours if they can be, as short as they can be."""
    opens, closes = opening
    pairs = [(start, until) for start in first.choices() for until in last.choices() if start < until]
    if not pairs:
        return None

    def cost(pair: Window) -> tuple[bool, int]:
        start, until = pair
        return not (opens <= start and until <= closes), until.hour - start.hour

    return min(pairs, key=cost)


def part_said(at: int, end: int, part: Part, *, excluded: bool = False) -> Said:
    """A part of the day with its customary bounds."""
    start, until = PARTS[part]
    return Said(at, end, Role.PART, start, until, part, excluded)


def together(said: Iterable[Said]) -> tuple[time | None, time | None, bool]:
    """Start, until and whether it is a point. The clock beats parts of the day; the first wins."""
    times = sorted(said, key=lambda each: each.at)
    clocks = [each for each in times if each.role is not Role.PART]
    clocks = [each for each in clocks if not each.told] or clocks
    if clocks:
        first = clocks[0]
        if first.role in (Role.POINT, Role.WINDOW):
            return first.start, first.until, first.role is Role.POINT
        start = next((each.start for each in clocks if each.role is Role.FROM), None)
        until = next((each.until for each in clocks if each.role is Role.UNTIL), None)
        if start and until and start >= until:
            return first.start, first.until, False
        return start, until, False
    parts = [each for each in times if not each.excluded]
    if parts:
        return _parts(parts)
    return _without([each for each in times if each.excluded])


def _parts(parts: list[Said]) -> tuple[time | None, time | None, bool]:
    start, until = parts[0].start, parts[0].until
    for each in parts[1:]:  # "afternoon or evening" is one window, "morning or evening" its first
        if until and each.start and start and start <= each.start <= until:
            until = max(until, each.until) if each.until else None
        elif start and each.until and each.start and each.start <= start <= each.until:
            start = each.start
    return start, until, False


def _without(parts: list[Said]) -> tuple[time | None, time | None, bool]:
    start: time | None = None
    until: time | None = None
    for each in parts:
        if each.start is None or each.start < time(12):
            start = each.until
        elif each.start >= time(15):
            until = each.start
    return start, until, False
