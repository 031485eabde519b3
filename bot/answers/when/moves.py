"""What of a message counts that moves an appointment, or calls it off.

A message that moves one names the old time, the new one, or both; the new one alone is wished. Whoever
names only the old one wishes nothing yet. A message that calls one off says which one it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.answers.when.events import Telling, reasons
from bot.answers.when.hours import Said
from bot.answers.when.mentions import Kind, Mention
from bot.answers.when.points import Gaps, Point, around, days_of, points, standing, times_of


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that tell. Those of `before` end at a point, those of `after` begin behind it."""

    moves: re.Pattern[str]
    cancels: re.Pattern[str]
    misses: re.Pattern[str]
    """Calls off as well, if no other day is said."""
    old_before: re.Pattern[str]
    old_after: re.Pattern[str]
    """Weaker than a sign of the new time before it: "can I have the Friday slot"."""
    new_before: re.Pattern[str]
    new_after: re.Pattern[str]
    chosen_after: re.Pattern[str]
    """The surest of all: "Friday rather than Thursday"."""
    either: re.Pattern[str]
    """Before a point that is new, unless it is the first of several: "my session for Friday"."""
    denied_after: re.Pattern[str]
    other_day: re.Pattern[str]
    """Another day is wished, whichever."""
    stays: re.Pattern[str]
    """The day stays as it is, or the time is to be earlier or later on it."""
    same_time: re.Pattern[str]
    long: re.Pattern[str]
    """Months and the like, which are no appointment's day."""
    of_appointment: re.Pattern[str]
    """Before a month that is the appointment's all the same."""
    gaps: Gaps


class _Age(Enum):
    OLD = "old"
    NEW = "new"
    CHOSEN = "chosen"
    """New without doubt, so that nothing said before it is."""
    UNTOLD = "untold"


def wished(
    text: str, days: list[Mention], said: list[Said], signs: Signs, telling: Telling
) -> tuple[list[Mention], list[Said]]:
    """The days and times that count."""
    if not days and not said:
        return days, said
    found = points(text, days, said, signs.gaps)
    if signs.moves.search(text):
        moved = _moved(text, found, signs, telling)
        if any(moved) or not signs.cancels.search(text):
            return moved
    if signs.cancels.search(text) or (signs.misses.search(text) and _all_missed(text, found, signs)):
        return _called_off(text, days, signs), said
    return _without_denied(text, found, signs)


def _moved(text: str, found: list[Point], signs: Signs, telling: Telling) -> tuple[list[Mention], list[Said]]:
    ages = _ages(text, found, signs)
    old = [point for point, age in zip(found, ages, strict=True) if age is _Age.OLD]
    kept = [point for point, age in zip(found, ages, strict=True) if age is not _Age.OLD]
    sure = next((age for age in (_Age.CHOSEN, _Age.NEW) if age in ages), None)
    if sure:  # what is said ahead of the new time, and of no sign, is what it replaces
        first = ages.index(sure)
        old = [*(each for each in found[:first]), *(each for each in old if each.at > found[first].at)]
        why = [point for point, asked in reasons(text, found, telling) if found[first] in asked]
        kept = [each for each in kept if each.at >= found[first].at and each not in why]
    days, said = days_of(kept), times_of(kept)
    dated = any(day.kind not in (Kind.FAINT, Kind.PAST) for day in days)
    if not dated and not signs.other_day.search(text) and (said or signs.stays.search(text)):
        last = next((point for point in reversed(old) if point.days), None)
        days = standing(last.days) if last else days
    if not said and signs.same_time.search(text):
        said = times_of(old)
    return days, said


def _ages(text: str, found: Sequence[Point], signs: Signs) -> list[_Age]:
    return [_age(*around(text, point), index, len(found), signs) for index, point in enumerate(found)]


def _age(ahead: str, behind: str, index: int, count: int, signs: Signs) -> _Age:
    if signs.chosen_after.match(behind):
        return _Age.CHOSEN
    if signs.denied_after.match(behind) or signs.old_before.search(ahead):
        return _Age.OLD
    if signs.new_before.search(ahead):
        return _Age.NEW
    if signs.either.search(ahead):
        return _Age.NEW if index or count == 1 else _Age.OLD
    if signs.old_after.match(behind):
        return _Age.OLD
    return _Age.NEW if signs.new_after.match(behind) else _Age.UNTOLD


def _all_missed(text: str, found: Sequence[Point], signs: Signs) -> bool:
    ages = _ages(text, [each for each in found if each.days], signs)
    named = [day for each in found for day in each.days if day.kind is not Kind.SPAN]
    return len(named) == 1 and all(age is _Age.OLD for age in ages)


def _called_off(text: str, days: list[Mention], signs: Signs) -> list[Mention]:
    """The appointment's day, be it said that it does not suit; "money is tight this month" is none."""
    return standing(
        day
        for day in days
        if not signs.long.search(text[day.at : day.end])
        or signs.of_appointment.search(text[max(0, day.at - 40) : day.at])
    )


def _without_denied(text: str, found: list[Point], signs: Signs) -> tuple[list[Mention], list[Said]]:
    """ "Thursday at 3 doesn't work, Friday at 5?" denies that time; other days that are denied, see Bound."""
    denied = [each for each in found if each.days and each.clocks and _denied(text, each, signs)]
    others = [each for each in found if each not in denied]
    if not others:
        return days_of(found), times_of(found)
    days = days_of(others)
    return days or standing(days_of(denied)), times_of(others)


def _denied(text: str, point: Point, signs: Signs) -> bool:
    return signs.denied_after.match(around(text, point)[1]) is not None
