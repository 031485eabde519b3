"""The days of a Japanese message, one rule a way of saying a day. Earlier rules win."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

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
)
from bot.answers.when.page import DAY, Page
from bot.answers.when.wish import Circumstances

Read = Callable[[re.Match[str], Circumstances], Mention | None]

_WD = rf"(?P<wd>[{WEEKDAYS}])曜"
_WEEK = r"(?P<week>再来週|来週|今週|その週|週)"
_MONTH = r"(?:(?P<month>再来月|来月|今月|年明け|月)|(?P<mo>\d{1,2})月)"
_AHEAD = {"再来週": 2, "来週": 1, "再来月": 2, "来月": 1}
_PARTS_OF_MONTH = {"中旬": (10, 20), "半ば": (10, 20), "下旬": (20, 31), "前半": (0, 15), "後半": (15, 31)}
_THIS_DAY = (
    r"(?!間|後|前|目|以内|おき|ごと|数|ほど|ぶん|分|連続|ぐらい前|くらい前"
    r"|早|遅|前倒|だけ(?:早|遅|前|後)|(?:に|、)?\d+(?:回|分|時間))"
)


def _year(found: re.Match[str]) -> int | None:
    said = found.groupdict().get("y")
    return int(said) if said else None


def _dated(found: re.Match[str], given: Circumstances) -> Mention | None:
    """Month and day, as Japan writes them; the other way round only if that alone is a date."""
    a, b, year = int(found["a"]), int(found["b"]), _year(found)
    day = dates.calendar_day(given.today, a, b, year)
    if day is None and "/" in found[0]:
        day = dates.calendar_day(given.today, b, a, year)
    return one_or_past(found, day, given.today)


def _month_days(found: re.Match[str], given: Circumstances) -> tuple[date, ...]:
    if found["mo"]:
        number = int(found["mo"])
        return dates.coming_month(given.today, number) if 1 <= number <= 12 else ()
    if found["month"] == "年明け":
        return dates.coming_month(given.today, 1)
    return dates.month(given.today, _AHEAD.get(found["month"], 0))


def _day_in_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, number = _month_days(found, given), int(found["n"])
    return one_or_past(found, days[number - 1], given.today) if 1 <= number <= len(days) else None


def _nth(found: re.Match[str], given: Circumstances) -> Mention | None:
    said = found["nth"]
    nth = int(said[1]) if said.startswith("第") else -1 if said in ("最後", "最終") else 1
    weekday = WEEKDAYS.index(found["wd"])
    if found["mo"] or found["month"]:
        return one_day(found, dates.nth_weekday(_month_days(found, given), weekday, nth))
    this, following = (dates.nth_weekday(dates.month(given.today, n), weekday, nth) for n in (0, 1))
    return one_day(found, this if this and this >= given.today else following)


def _nth_week(found: re.Match[str], given: Circumstances) -> Mention | None:
    last = 7 * int(found["n"])
    return several_days(found, _month_days(found, given)[last - 7 : last], forward=True)


def _part_of_month(found: re.Match[str], given: Circumstances) -> Mention | None:
    days, part = _month_days(found, given), found["part"]
    part = part.removeprefix("の")
    if part in ("末", "末日", "最終日", "終わり", "最後"):
        return Mention(*found.span(), Kind.DAY, days[-1:]) if days else None
    low, high = _PARTS_OF_MONTH.get(part, (0, 10))
    return several_days(found, days[low:high], forward=True)


def _part_of_week(found: re.Match[str], given: Circumstances) -> Mention | None:
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


def _later(found: re.Match[str], given: Circumstances) -> Mention | None:
    count = int(found["n"])
    if "月" in found["unit"]:
        days = dates.month(given.today, min(count, 24))
        return one_day(found, days[min(given.today.day, len(days)) - 1])
    return one_day(found, dates.ahead(given.today, count * (7 if "週" in found["unit"] else 1)))


def _week_later(found: re.Match[str], given: Circumstances) -> Mention | None:
    return several_days(found, dates.week(given.today, int(found["n"])), forward=True)


def _week_of(found: re.Match[str], given: Circumstances) -> Mention | None:
    day = dates.calendar_day(given.today, int(found["a"]), int(found["b"]))
    return several_days(found, dates.week(day, 0), forward=True) if day else None


def _within(found: re.Match[str], given: Circumstances) -> Mention | None:
    said = found.groupdict().get("n")
    count = int(said) * (7 if "週" in found[0] else 1) if said else 3
    return several_days(
        found, dates.span(given.today, given.today + timedelta(days=min(count, 60))), forward=True
    )


def _plus(days: int) -> Read:
    return lambda found, given: one_day(found, dates.ahead(given.today, days))


def _class(found: re.Match[str], _: Circumstances) -> Mention:
    working = found[0] == "平日"
    days = frozenset(range(5)) if working else frozenset({5, 6})
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=days, named=False, working=working)


def _weekday(found: re.Match[str], _: Circumstances) -> Mention:
    return Mention(*found.span(), Kind.WEEKDAYS, weekdays=frozenset({WEEKDAYS.index(found["wd"])}))


def _numbered(found: re.Match[str], given: Circumstances) -> Mention | None:
    number = int(found["n"])
    return one_day(found, dates.day_of_month(given.today, number), number=number)


def _day_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    """その前日, and 翌日, which is tomorrow where no other day is said."""
    if found["n"]:
        return counted_on(found, Counted.DAY, int(found["n"]) * (-1 if found["far"] == "前" else 1))
    count = {"前日": -1, "前の日": -1, "翌々日": 2}.get(found["way"], 1)
    tomorrow = dates.ahead(given.today, 1) if found[0] == "翌日" else None
    return counted_on(found, Counted.DAY, count, (tomorrow,) if tomorrow else ())


def _days_before(found: re.Match[str], _: Circumstances) -> Mention | None:
    """ "The wedding is on the 29th, so 18:00 two days before"; a past day where no other is said."""
    return replace(past(found), counted=Counted.DAY, count=-int(found["n"]))


def _week_after(found: re.Match[str], given: Circumstances) -> Mention | None:
    return counted_on(found, Counted.WEEK, 1, dates.week(given.today, 1))


def _this_year_out(found: re.Match[str], given: Circumstances) -> Mention | None:
    return several_days(found, dates.span(given.today, date(given.today.year, 12, 31)), forward=True)


def _week_on(found: re.Match[str], given: Circumstances) -> Mention | None:
    return one_day(found, dates.ahead(given.today, 7 * _AHEAD[found["week"]]))


_RULES: tuple[tuple[str, Read], ...] = (
    (r"(?P<a>\d{1,2})[月/](?P<b>\d{1,2})日?の週", _week_of),
    (r"(?P<y>20\d\d)[年/.-](?P<a>\d{1,2})[月/.-](?P<b>\d{1,2})日?", _dated),
    (r"(?P<n>\d{1,2})日前の(?=\d{1,2}[時:]|午|朝|夕|夜|昼)", _days_before),
    (r"昨日|きのう|一昨日|おととい|先週|先月|先日|昨夜|昨晩|去年|昨年|この間|\d+(?:日|週間?|[ヶヵかカケ]月"
     r"|年)(?:ほど|くらい|ぐらい)?前", lambda f, _: past(f)),
    (rf"{_MONTH}の?第"
     rf"(?P<n>[1-4])週目?", _nth_week),
    (rf"(?:{_MONTH}の?)?(?P<nth>第\d|最初|最後|最終|はじめ)の?{_WD}", _nth),
    (rf"(?P<month>再来月|来月|今月)(?P<mo>)の?、?(?P<n>\d{{1,2}})日{_THIS_DAY}", _day_in_month),
    (r"(?P<a>\d{1,2})月の?(?P<b>\d{1,2})(?:日|(?![\d:時人名日]))", _dated),
    (r"(?<![\d/])(?:(?P<y>20\d\d)/)?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])", _dated),
    (r"(?<![\d.:])(?P<a>1[0-2]|0?[1-9])\.(?P<b>[12]\d|3[01]|0?[1-9])(?![\d.:])"
     r"(?=の?、?(?:\d{1,2}[:時]|\(|午|夜|朝|夕))", _dated),
    (r"(?:その)?(?P<way>前日|前の日|翌々日|翌日(?!曜)|次の日(?!曜)|あくる日)"
     r"|その(?P<n>\d)日(?P<far>前|後)", _day_on),
    (r"(?:その)?(?:翌週|次の週|つぎの週)(?!末)", _week_after),
    (rf"(?P<n>\d{{1,2}})(?P<unit>週)間?後の(?={_WD})", _week_later),
    (r"(?P<n>\d{1,2})(?P<unit>日|週間?|[ヶヵかカケ箇]月)後", _later),
    (r"(?:\d、)?(?P<n>\d{1,2})(?:日|週間?)(?:以内|のうち|中に?)|(?:ここ)?数日(?:中|以内|のうち)"
     r"|近日中", _within),
    (r"(?P<week>再来週|来週)の(?:今日|同じ日|同じ曜)", _week_on),
    (rf"{_WEEK}(?P<part>の?(?:週末|末|頭|あたま|初め|始め|はじめ|前半|半ば|なかば|中頃|真ん中|後半|終わり)"
     rf"|明け)", _part_of_week),
    (rf"{_MONTH}(?P<part>の?(?:末日|最終日|末|上旬|初旬|中旬|下旬|頭|初め|はじめ|始め|前半|後半|半ば"
     rf"|終わり|最後)|初)", _part_of_month),
    (r"再来週", lambda f, g: several_days(f, dates.week(g.today, 2), forward=True)),
    (r"来週中?", lambda f, g: several_days(f, dates.week(g.today, 1), forward=True)),
    (r"今週中?", lambda f, g: several_days(f, dates.week(g.today, 0), forward=True)),
    (r"再来月中?", lambda f, g: several_days(f, dates.month(g.today, 2), forward=True)),
    (r"来月中?", lambda f, g: several_days(f, dates.month(g.today, 1), forward=True)),
    (r"今月中?", lambda f, g: several_days(f, dates.month(g.today, 0), forward=True)),
    (r"年内|今年中", _this_year_out),
    (r"年末年始|正月(?=休み(?!明)|の営業|[はも、]*(?:お休|休|営業|開|空|あい|やって))",
     lambda f, g: several_days(f, feasts.turn_of_the_year(g.today), forward=True)),
    (r"年明け|新年|年始", lambda f, g: several_days(f, dates.coming_month(g.today, 1), forward=True)),
    (r"明明後日", _plus(3)),
    (r"明後日", _plus(2)),
    (r"明日", _plus(1)),
    (r"明(?=朝|晩|夜)", _plus(1)),
    (r"今日中?", _plus(0)),
    (r"今(?=夜|晩|夕|朝)", _plus(0)),
    ("|".join(feasts.NAMES), lambda f, g: one_day(f, feasts.named(f[0], g))),
    (r"(?:次|今度|こんど)の祝日|祝日", lambda f, g: one_day(f, dates.next_holiday(g.today, g.is_holiday))),
    (r"土日|平日", _class),
    (rf"(?:次|今度|こんど|毎週|毎)?の?\(?{_WD}(?:日(?!曜)|び)?\)?", _weekday),
    (rf"(?<![\d:])(?<!\d\.)(?P<n>[12]\d|3[01]|0?[1-9])日{_THIS_DAY}", _numbered),
    (rf"(?<!\d){_MONTH.replace('|月)', ')')}(?!額"
     rf"|に\d回)中?", lambda f, g: several_days(f, _month_days(f, g), forward=True)),
    (r"今すぐ|いますぐ|今から|これから", lambda f, g: Mention(*f.span(), Kind.FAINT, (g.today,))),
)  # fmt: skip
RULES = tuple((re.compile(pattern), read) for pattern, read in _RULES)


def mentions(page: Page, given: Circumstances) -> list[Mention]:
    """Every day the page mentions; what was read is covered."""
    said: list[Mention] = []
    for pattern, read in RULES:
        for found in page.find(pattern):
            mention = read(found, given)
            if mention:
                said.append(mention)
                page.cover(found, DAY)
    return said
