"""Points of a message: a day and the times that are said with it, which stand or fall together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.answers.when.hours import Role, Said
from bot.answers.when.mentions import Kind, Mention

ARROW = "->"
"""How a time begins that another is moved to; the time's own words hold it."""
REACH = 60
"""Characters before and behind a point that may say what it is for."""


@dataclass(slots=True)
class Point:
    """Days and times that lie side by side in the text."""

    at: int
    end: int
    days: list[Mention] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    @property
    def clocks(self) -> list[Said]:
        """Times on the clock; the rest are parts of the day."""
        return [each for each in self.said if each.role is not Role.PART]

    def add(self, item: Mention | Said) -> None:
        self.end = max(self.end, item.end)
        if isinstance(item, Mention):
            self.days.append(item)
        else:
            self.said.append(item)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What may stand inside a point, matched as a whole."""

    beside: re.Pattern[str]
    """Between a day and a time."""
    one_day: re.Pattern[str]
    """Between a week and its day, or a weekday and its date."""
    either: re.Pattern[str]
    """Between choices: two days, or two times."""


def points(text: str, days: Iterable[Mention], said: Iterable[Said], gaps: Gaps) -> list[Point]:
    """All points, in order."""
    items: list[Mention | Said] = sorted([*days, *said], key=lambda each: (each.at, each.end))
    found: list[Point] = []
    for item in items:
        if (
            not found
            or text.startswith(ARROW, item.at)
            or not _belongs(found[-1], item, text[found[-1].end : item.at], gaps)
        ):
            found.append(Point(item.at, item.end))
        found[-1].add(item)
    return found


def _belongs(point: Point, item: Mention | Said, gap: str, gaps: Gaps) -> bool:
    if gaps.either.fullmatch(gap):
        return True
    if isinstance(item, Mention) and point.days:
        return gaps.one_day.fullmatch(gap) is not None and _one_day(point.days[-1], item)
    if not gaps.beside.fullmatch(gap):
        return False
    if isinstance(item, Mention) or item.role is Role.PART or not point.clocks:
        return True
    return {item.role, point.clocks[-1].role} == {Role.FROM, Role.UNTIL}  # "after 3, before 5"


def _one_day(first: Mention, last: Mention) -> bool:
    """Whether two days beside each other can be one: a week and its day, a weekday and its date."""
    kinds = {first.kind, last.kind}
    if kinds == {Kind.DAY}:
        return bool(set(first.days) & set(last.days)) or last.number in {each.day for each in first.days}
    if kinds == {Kind.WEEKDAYS}:
        return False
    if kinds == {Kind.DAY, Kind.WEEKDAYS}:
        day, weekdays = (first, last) if first.kind is Kind.DAY else (last, first)
        return bool(day.number) or any(each.weekday() in weekdays.weekdays for each in day.days)
    return True


def around(text: str, point: Point) -> tuple[str, str]:
    """What stands before the point and behind it; words that its first time begins with stand before."""
    starts = point.at
    first = min(point.said, key=lambda each: each.at, default=None)
    if first and first.at == point.at and first.role is not Role.PART:
        words = re.match(r"(?:(?:[a-z]+|->|@) )*", text[first.at : first.end])
        starts += words.end() if words else 0
    return text[max(0, point.at - REACH) : starts], text[point.end : point.end + REACH]


def days_of(several: Iterable[Point]) -> list[Mention]:
    """The days of some points."""
    return [day for each in several for day in each.days]


def times_of(several: Iterable[Point]) -> list[Said]:
    """The times of some points."""
    return [said for each in several for said in each.said]


def standing(days: Iterable[Mention]) -> list[Mention]:
    """Days of an appointment that is spoken of: that they do not suit is no wish for others."""
    return [replace(day, stands=True) for day in days]


def clauses(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends, with the words that end it."""
    at = 0
    for found in ends.finditer(text):
        yield at, found.end()
        at = found.end()
    yield at, len(text)


def inside(several: Sequence[Point], at: int, end: int) -> list[Point]:
    """The points that begin in a stretch of the text."""
    return [each for each in several if at <= each.at < end]
