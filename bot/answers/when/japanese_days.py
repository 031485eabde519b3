"""The days of a Japanese message, one rule a way of saying a day. Earlier rules win."""

import re

from bot.answers.when import dates, feasts
from bot.answers.when import japanese_calendar as says
from bot.answers.when.japanese_words import WEEKDAYS
from bot.answers.when.mentions import Kind, Mention, one_day, past, several_days
from bot.answers.when.page import DAY, Page
from bot.answers.when.wish import Circumstances

_WD = rf"(?P<wd>[{WEEKDAYS}])曜"
_WEEK = r"(?P<week>再来週|来週|今週|その週|週)"
_MONTH = r"(?:(?P<month>再来月|来月|今月|年明け|月)|(?P<mo>\d{1,2})月)"
_THIS_DAY = (
    r"(?!間|後|前|目|以内|おき|ごと|数|ほど|ぶん|分|連続|ぐらい前|くらい前"
    r"|早|遅|前倒|だけ(?:早|遅|前|後)|(?:に|、)?\d+(?:回|分|時間))"
)

_RULES: tuple[tuple[str, says.Read], ...] = (
    (r"(?P<a>\d{1,2})[月/](?P<b>\d{1,2})日?の週", says.week_of),
    (r"(?P<y>20\d\d)[年/.-](?P<a>\d{1,2})[月/.-](?P<b>\d{1,2})日?", says.dated),
    (r"(?P<n>\d{1,2})日前の(?=\d{1,2}[時:]|午|朝|夕|夜|昼)", says.days_before),
    (r"昨日|きのう|一昨日|おととい|先週|先月|先日|昨夜|昨晩|去年|昨年|この間|\d+(?:日|週間?|[ヶヵかカケ]月"
     r"|年)(?:ほど|くらい|ぐらい)?前", lambda f, _: past(f)),
    (rf"{_MONTH}の?第"
     rf"(?P<n>[1-4])週目?", says.nth_week),
    (rf"(?:{_MONTH}の?)?(?P<nth>第\d|最初|最後|最終|はじめ)の?{_WD}", says.nth),
    (rf"(?P<month>再来月|来月|今月)(?P<mo>)の?、?(?P<n>\d{{1,2}})日{_THIS_DAY}", says.day_in_month),
    (r"(?P<a>\d{1,2})月の?(?P<b>\d{1,2})(?:日|(?![\d:時人名日]))", says.dated),
    (r"(?<![\d/])(?:(?P<y>20\d\d)/)?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])", says.dated),
    (r"(?<![\d.:])(?P<a>1[0-2]|0?[1-9])\.(?P<b>[12]\d|3[01]|0?[1-9])(?![\d.:])"
     r"(?=の?、?(?:\d{1,2}[:時]|\(|午|夜|朝|夕))", says.dated),
    (r"(?:その)?(?P<way>前日|前の日|翌々日|翌日(?!曜)|次の日(?!曜)|あくる日)"
     r"|その(?P<n>\d)日(?P<far>前|後)", says.day_on),
    (r"(?:その)?(?:翌週|次の週|つぎの週)(?!末)", says.week_after),
    (rf"(?P<n>\d{{1,2}})(?P<unit>週)間?後の(?={_WD})", says.week_later),
    (r"(?P<n>\d{1,2})(?P<unit>日|週間?|[ヶヵかカケ箇]月)後", says.later),
    (r"(?:\d、)?(?P<n>\d{1,2})(?:日|週間?)(?:以内|のうち|中に?)|(?:ここ)?数日(?:中|以内|のうち)"
     r"|近日中", says.within),
    (r"(?P<week>再来週|来週)の(?:今日|同じ日|同じ曜)", says.week_on),
    (rf"{_WEEK}(?P<part>の?(?:週末|末|頭|あたま|初め|始め|はじめ|前半|半ば|なかば|中頃|真ん中|後半|終わり)"
     rf"|明け)", says.part_of_week),
    (rf"{_MONTH}(?P<part>の?(?:末日|最終日|末|上旬|初旬|中旬|下旬|頭|初め|はじめ|始め|前半|後半|半ば"
     rf"|終わり|最後)|初)", says.part_of_month),
    (r"再来週", lambda f, g: several_days(f, dates.week(g.today, 2), forward=True)),
    (r"来週中?", lambda f, g: several_days(f, dates.week(g.today, 1), forward=True)),
    (r"今週中?", lambda f, g: several_days(f, dates.week(g.today, 0), forward=True)),
    (r"再来月中?", lambda f, g: several_days(f, dates.month(g.today, 2), forward=True)),
    (r"来月中?", lambda f, g: several_days(f, dates.month(g.today, 1), forward=True)),
    (r"今月中?", lambda f, g: several_days(f, dates.month(g.today, 0), forward=True)),
    (r"年内|今年中", says.this_year_out),
    (r"年末年始|正月(?=休み(?!明)|の営業|[はも、]*(?:お休|休|営業|開|空|あい|やって))", says.new_year),
    (r"年明け|新年|年始", says.new_year),
    (r"明明後日", says.plus(3)),
    (r"明後日", says.plus(2)),
    (r"明日", says.plus(1)),
    (r"明(?=朝|晩|夜)", says.plus(1)),
    (r"今日中?", says.plus(0)),
    (r"今(?=夜|晩|夕|朝)", says.plus(0)),
    ("|".join(feasts.NAMES), says.feast),
    (r"(?:次|今度|こんど)の祝日|祝日", lambda f, g: one_day(f, dates.next_holiday(g.today, g.is_holiday))),
    (r"土日|平日", says.class_of_days),
    (rf"(?<!て)その{_WD}(?:日(?!曜)|び)?", says.that_weekday),
    (rf"(?:次|今度|こんど|毎週|毎)?の?\(?{_WD}(?:日(?!曜)|び)?\)?", says.weekday),
    (rf"(?<![\d:])(?<!\d\.)(?P<n>[12]\d|3[01]|0?[1-9])日{_THIS_DAY}", says.numbered),
    (rf"(?<!\d){_MONTH.replace('|月)', ')')}(?!額"
     rf"|に\d回)中?", lambda f, g: several_days(f, says.month_days(f, g), forward=True)),
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
