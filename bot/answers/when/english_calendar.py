"""What each English way of saying a day means, given the groups that its pattern found.

The groups: `n` a number, `mo` a month, `wd` a weekday, `y` a year, `which` this or next, `part` of a week
or month, `unit` and `base` of what is counted and from when.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from bot.answers.when import dates, feasts
from bot.answers.when.english_words import MONTHS, WEEKDAYS
from bot.answers.when.mentions import (
    Counted,
    Kind,
    Mention,
    counted_on,
    one_day,
    one_or_past,
    several_days,
    yielding,
)
from bot.answers.when.wish import Circumstances

Read: TypeAlias = Callable[[re.Match[str], Circumstances], Mention | None]

_BESIDE = re.compile(rf"\b(?P<wd>{'|'.join(WEEKDAYS)}),? \(?$")


def _group(found: re.Match[str], name: str) -> str | None:
    return found.groupdict().get(name)


def _year(found: re.Match[str]) -> int | None:
    said = _group(found, "y")
    return None if said is None else int(said) + (2000 if len(said) == 2 else 0)


def weekday(found: re.Match[str]) -> int:
    return WEEKDAYS.index(found["wd"])


def dated(found: re.Match[str], given: Circumstances) -> Mention | None:
    month = MONTHS.index(found["mo"]) + 1
    year = _year(found)
    first = dates.calendar_day(given.today, month, int(found["n"]), year)
    if first is None or not _group(found, "last"):
        return one_or_past(found, first, given.today)
    last = dates.calendar_day(first, month, int(found["last"]), year)
    return Mention(*found.span(), Kind.DAY, dates.span(first, last)) if last and last >= first else None


def figures(found: re.Match[str], given: Circumstances) -> Mention | None:
    """Month first, as in Japan, unless that is no date or not on the weekday that is said."""
    a, b, year = int(found["a"]), int(found["b"]), _year(found)
    day = dates.calendar_day(given.today, a, b, year)
    other = dates.calendar_day(given.today, b, a, year)
    beside = _BESIDE.search(found.string[max(0, found.start() - 14) : found.start()])
    if day and other and beside and other.weekday() == WEEKDAYS.index(beside["wd"]) != day.weekday():
        day = other  # "Sat 5/12" where 5 December is a Saturday
    return one_or_past(found, day or other, given.today)


def later(found: re.Match[str], given: Circumstances) -> Mention | None:
    """ "in two weeks", "a week from Monday"."""
    said = _group(found, "n") or "a"
    count = int(said) if said.isdigit() else 2 if "couple" in said else 3 if "few" in said else 1
    base = given.today
    if _group(found, "base") == "tomorrow":
        base += timedelta(days=1)
    elif _group(found, "wd"):
        base = dates.after(base, weekday(found))
    unit = _group(found, "unit") or "week"
    if unit == "month":
        days = dates.month(base, min(count, 24))
        return one_day(found, days[min(base.day, len(days)) - 1])
    return one_day(found, base + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit]))


def nth_weekday(found: re.Match[str], given: Circumstances) -> Mention | None:
    nth = -1 if found["nth"] == "last" else int(found["nth"][0])
    if _group(found, "mo"):
        days = dates.coming_month(given.today, MONTHS.index(found["mo"]) + 1)
    else:
        days = dates.month(given.today, int(found["which"] == "next"))
    return one_day(found, dates.nth_weekday(days, weekday(found), nth))


def in_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, number = dates.month(given.today, int(found["which"] == "next")), int(found["n"])
    return one_or_past(found, days[number - 1], given.today) if 1 <= number <= len(days) else None


def nth_week(found: re.Match[str], given: Circumstances) -> Mention | None:
    days = dates.month(given.today, int(found["which"] == "next"))
    if found["mo"]:
        days = dates.coming_month(given.today, MONTHS.index(found["mo"]) + 1)
    nth = found["nth"]
    return several_days(found, days[-7:] if nth == "last" else days[7 * int(nth[0]) - 7 : 7 * int(nth[0])])


def part_of_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    which, name = _group(found, "which"), _group(found, "mo")
    days = dates.month(given.today, int(which == "next"))
    if name:
        days = dates.coming_month(given.today, MONTHS.index(name) + 1)
    part = found["part"]
    if part in ("end", "last day"):
        return Mention(*found.span(), Kind.DAY, days[-1:])
    if part == "late":
        return several_days(found, days[20:])
    return several_days(found, days[10:20] if part in ("mid", "middle") else days[:10])


def part_of_week(found: re.Match[str], given: Circumstances) -> Mention | None:
    days = dates.week(given.today, int(_group(found, "which") == "next"))
    part = found["part"]
    if part in ("early", "start", "beginning"):
        return several_days(found, days[:2] if part != "early" else days[:3])
    return several_days(found, days[2:3] if part.startswith("mid") else days[3:5])


def weeks(count: int) -> Read:
    return lambda found, given: several_days(found, dates.week(given.today, count))


def weekend(count: int) -> Read:
    return lambda found, given: several_days(found, dates.week(given.today, count)[5:])


def named_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    return several_days(found, dates.coming_month(given.today, MONTHS.index(found["mo"]) + 1))


def next_days(found: re.Match[str], given: Circumstances) -> Mention | None:
    count = int(found["n"]) if found["n"].isdigit() else 3
    return several_days(found, dates.span(given.today, given.today + timedelta(days=min(count, 60))))


def plus(days: int) -> Read:
    return lambda found, given: one_day(found, given.today + timedelta(days=days))


def week_later(found: re.Match[str], given: Circumstances) -> Mention | None:
    """ "in three weeks, on a Monday"."""
    point = later(found, given)
    return several_days(found, dates.week(point.days[0], 0), forward=True) if point else None


def weekday_after_next(found: re.Match[str], given: Circumstances) -> Mention | None:
    return one_day(found, dates.after(given.today, weekday(found)) + timedelta(days=7))


def this_weekday(found: re.Match[str], given: Circumstances) -> Mention | None:
    return one_day(found, dates.after(given.today - timedelta(days=1), weekday(found)))


def day_on(found: re.Match[str], _: Circumstances) -> Mention | None:
    """ "The day after it", "the following day"."""
    return counted_on(found, Counted.DAY, -1 if "before" in found[0] else 1)


def weekday_on(found: re.Match[str], _: Circumstances) -> Mention | None:
    """ "The Saturday after", which is such a day where none is said that it could be after."""
    said = Mention(*found.span(), Kind.WEEKDAYS, weekdays=frozenset({weekday(found)}))
    return replace(said, counted=Counted.WEEKDAY)


def that_weekday(found: re.Match[str], _: Circumstances) -> Mention | None:
    """ "That Saturday", which may be the day that was said before it."""
    said = Mention(*found.span(), Kind.WEEKDAYS, weekdays=frozenset({weekday(found)}))
    return replace(said, counted=Counted.THAT)


def week_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    return counted_on(found, Counted.WEEK, 1, dates.week(given.today, 1))


def weekday_of_week_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    """ "Saturday the week after"."""
    day = dates.week(given.today, 1)[weekday(found)]
    said = Mention(*found.span(), Kind.DAY, (day,), weekdays=frozenset({weekday(found)}))
    return replace(said, counted=Counted.WEEK, count=1)


def class_of_days(found: re.Match[str], _: Circumstances) -> Mention | None:
    working = "week" in found[0] or "work" in found[0]
    days = frozenset(range(5)) if working else frozenset({5, 6})
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=days, named=False, working=working)


def named_weekday(found: re.Match[str], _: Circumstances) -> Mention | None:
    habit = found[0].endswith("days")
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=frozenset({weekday(found)}), yields=habit)


def feast(found: re.Match[str], given: Circumstances) -> Mention | None:
    return yielding(one_day(found, feasts.named(found["feast"], given)))


def new_year(found: re.Match[str], given: Circumstances) -> Mention | None:
    return yielding(several_days(found, feasts.turn_of_the_year(given.today), forward=True))


def numbered(found: re.Match[str], given: Circumstances) -> Mention | None:
    number = int(found["n"])
    day = dates.day_of_month(given.today, number)
    return Mention(found.start("n"), found.end(), Kind.DAY, (day,), number=number) if day else None


def week_of(found: re.Match[str], given: Circumstances) -> Mention | None:
    month, number = _group(found, "mo"), int(found["n"])
    day = dates.day_of_month(given.today, number)
    if month:
        day = dates.calendar_day(given.today, MONTHS.index(month) + 1, number)
    return several_days(found, dates.week(day, 0)) if day else None
