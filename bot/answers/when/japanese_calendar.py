"""What each Japanese way of saying a day means, given the groups that its pattern found.

The groups are those of `english_calendar`; `a` and `b` are month and day, `week` and `month` name one.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from bot.answers.when import dates, feasts
from bot.answers.when.japanese_words import WEEKDAYS
from bot.answers.when.mentions import (
    Counted,
    Kind,
    Mention,
    counted_on,
    one_day,
    one_or_past,
    past,
    several_days,
    yielding,
)
from bot.answers.when.wish import Circumstances

Read: TypeAlias = Callable[[re.Match[str], Circumstances], Mention | None]

_AHEAD = {"再来週": 2, "来週": 1, "再来月": 2, "来月": 1}
_PARTS_OF_MONTH = {"中旬": (10, 20), "半ば": (10, 20), "下旬": (20, 31), "前半": (0, 15), "後半": (15, 31)}
_ONLY = re.compile(
    r"日?(?:しか|だけ|[がは、]{0,2}(?:定休|お?休み(?:なん|の[仕者店身]|やから|だから|なので)))"
)
"""Behind a weekday that is the only one free, whichever date is asked for then."""


def _year(found: re.Match[str]) -> int | None:
    said = found.groupdict().get("y")
    return int(said) if said else None


def dated(found: re.Match[str], given: Circumstances) -> Mention | None:
    """Month and day, as Japan writes them; the other way round only if that alone is a date."""
    a, b, year = int(found["a"]), int(found["b"]), _year(found)
    day = dates.calendar_day(given.today, a, b, year)
    if day is None and "/" in found[0]:
        day = dates.calendar_day(given.today, b, a, year)
    return one_or_past(found, day, given.today)


def month_days(found: re.Match[str], given: Circumstances) -> tuple[date, ...]:
    if found["mo"]:
        number = int(found["mo"])
        return dates.coming_month(given.today, number) if 1 <= number <= 12 else ()
    if found["month"] == "年明け":
        return dates.coming_month(given.today, 1)
    return dates.month(given.today, _AHEAD.get(found["month"], 0))


def day_in_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, number = month_days(found, given), int(found["n"])
    return one_or_past(found, days[number - 1], given.today) if 1 <= number <= len(days) else None


def nth(found: re.Match[str], given: Circumstances) -> Mention | None:
    said = found["nth"]
    nth = int(said[1]) if said.startswith("第") else -1 if said in ("最後", "最終") else 1
    weekday = WEEKDAYS.index(found["wd"])
    if found["mo"] or found["month"]:
        return one_day(found, dates.nth_weekday(month_days(found, given), weekday, nth))
    this, following = (dates.nth_weekday(dates.month(given.today, n), weekday, nth) for n in (0, 1))
    return one_day(found, this if this and this >= given.today else following)


def nth_week(found: re.Match[str], given: Circumstances) -> Mention | None:
    last = 7 * int(found["n"])
    return several_days(found, month_days(found, given)[last - 7 : last], forward=True)


def part_of_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, part = month_days(found, given), found["part"]
    part = part.removeprefix("の")
    if part in ("末", "末日", "最終日", "終わり", "最後"):
        return Mention(*found.span(), Kind.DAY, days[-1:]) if days else None
    low, high = _PARTS_OF_MONTH.get(part, (0, 10))
    return several_days(found, days[low:high], forward=True)


def part_of_week(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, part = dates.week(given.today, _AHEAD.get(found["week"], 0)), found["part"]
    if "末" in part:
        return several_days(found, days[5:], forward=True)
    if "明け" in part:
        return one_day(found, dates.week(given.today, _AHEAD.get(found["week"], 0) + 1)[0])
    if "半ば" in part or "中" in part or "真" in part:
        return several_days(found, days[2:3], forward=True)
    if "前半" in part:
        return several_days(found, days[:3], forward=True)
    later = "後半" in part or "終" in part
    return several_days(found, days[3:] if later else days[:2], forward=True)


def later(found: re.Match[str], given: Circumstances) -> Mention | None:
    count = int(found["n"])
    if "月" in found["unit"]:
        days = dates.month(given.today, min(count, 24))
        return one_day(found, days[min(given.today.day, len(days)) - 1])
    return one_day(found, dates.ahead(given.today, count * (7 if "週" in found["unit"] else 1)))


def week_later(found: re.Match[str], given: Circumstances) -> Mention | None:
    return several_days(found, dates.week(given.today, int(found["n"])), forward=True)


def week_of(found: re.Match[str], given: Circumstances) -> Mention | None:
    day = dates.calendar_day(given.today, int(found["a"]), int(found["b"]))
    return several_days(found, dates.week(day, 0), forward=True) if day else None


def within(found: re.Match[str], given: Circumstances) -> Mention | None:
    said = found.groupdict().get("n")
    count = int(said) * (7 if "週" in found[0] else 1) if said else 3
    return several_days(
        found, dates.span(given.today, given.today + timedelta(days=min(count, 60))), forward=True
    )


def plus(days: int) -> Read:
    return lambda found, given: one_day(found, dates.ahead(given.today, days))


def class_of_days(found: re.Match[str], _: Circumstances) -> Mention:
    working = found[0] == "平日"
    days = frozenset(range(5)) if working else frozenset({5, 6})
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=days, named=False, working=working)


def weekday(found: re.Match[str], _: Circumstances) -> Mention:
    habit = "毎" in found[0] or _ONLY.match(found.string, found.end()) is not None
    weekdays = frozenset({WEEKDAYS.index(found["wd"])})
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=weekdays, yields=habit)


def numbered(found: re.Match[str], given: Circumstances) -> Mention | None:
    number = int(found["n"])
    return one_day(found, dates.day_of_month(given.today, number), number=number)


def day_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    """その前日, and 翌日, which is tomorrow where no other day is said."""
    if found["n"]:
        return counted_on(found, Counted.DAY, int(found["n"]) * (-1 if found["far"] == "前" else 1))
    count = {"前日": -1, "前の日": -1, "翌々日": 2}.get(found["way"], 1)
    tomorrow = dates.ahead(given.today, 1) if found[0] == "翌日" else None
    return counted_on(found, Counted.DAY, count, (tomorrow,) if tomorrow else ())


def days_before(found: re.Match[str], _: Circumstances) -> Mention | None:
    """ "The wedding is on the 29th, so 18:00 two days before"; a past day where no other is said."""
    return replace(past(found), counted=Counted.DAY, count=-int(found["n"]))


def week_after(found: re.Match[str], given: Circumstances) -> Mention | None:
    return counted_on(found, Counted.WEEK, 1, dates.week(given.today, 1))


def this_year_out(found: re.Match[str], given: Circumstances) -> Mention | None:
    return several_days(found, dates.span(given.today, date(given.today.year, 12, 31)), forward=True)


def feast(found: re.Match[str], given: Circumstances) -> Mention | None:
    return yielding(one_day(found, feasts.named(found[0], given)))


def new_year(found: re.Match[str], given: Circumstances) -> Mention | None:
    """The days about the turn of the year, or the month that begins with it."""
    turn = feasts.turn_of_the_year(given.today)
    days = dates.coming_month(given.today, 1) if found[0] in ("年明け", "新年", "年始") else turn
    return yielding(several_days(found, days, forward=True))


def that_weekday(found: re.Match[str], given: Circumstances) -> Mention | None:
    return replace(weekday(found, given), counted=Counted.THAT)


def week_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    return one_day(found, dates.ahead(given.today, 7 * _AHEAD[found["week"]]))
