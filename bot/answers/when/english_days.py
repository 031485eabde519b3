"""The days of an English message, one rule a way of saying a day. Earlier rules win."""

import re

from bot.answers.when import dates, feasts
from bot.answers.when import english_calendar as says
from bot.answers.when.english_words import MONTHS, WEEKDAYS
from bot.answers.when.mentions import Kind, Mention, one_day, past, several_days
from bot.answers.when.page import DAY, OTHER, Page
from bot.answers.when.wish import Circumstances

_WD = rf"\b(?P<wd>{'|'.join(WEEKDAYS)})(?:'?s)?\b"
_MO = rf"\b(?P<mo>{'|'.join(MONTHS)})\b"
_N = r"(?P<n>\d{1,2})"
_NTH = rf"{_N}(?:st|nd|rd|th)\b"
_YEAR = r"(?:,? (?P<y>20\d\d)\b)?"
_NO_CLOCK = r"(?![:\d]|\.\d| ?(?:am|pm)\b)"
_THING = (
    r"(?! ?(?:session|time|visit|appointment|massage|floor|slot|one|treatment|client|available"
    r"|free (?:day|slot|time|spot|session))\b)"
)
_COUNT = r"(?P<n>\d{1,3}|a|an|anyone|a couple of|couple of|a few)"
_OF = r"(?:of|starting|commencing|beginning)"
_UNIT = r"(?P<unit>day|week|fortnight|month)s?'?"
_IT = r"(?: (?:it|that)\b)?(?! (?:tomorrow|i|we|she|he|they)\b)"
_ENDS = r"(?:(?= ?(?:[,.?!;)]|$))| (?:that|it)\b)"
"""Nothing follows, as it does in "the Saturday after three"."""
_FROM = rf"(?:from|on|after) (?:(?P<base>today|tomorrow|now)|(?:this |next )?{_WD})"

_RULES: tuple[tuple[str, says.Read], ...] = (
    (rf"\bweek {_OF} (?:on )?(?:{_WD} )?(?:the )?{_N}(?:st|nd|rd|th)?(?: of)? {_MO}", says.week_of),
    (rf"\bweek {_OF} (?:on )?{_MO} (?:the )?{_N}(?:st|nd|rd|th)?\b", says.week_of),
    (rf"\bin {_COUNT} (?P<unit>week)s?(?:'? time)?,? "
     rf"(?=on (?:a |the )?(?:{'|'.join(WEEKDAYS)}))", says.week_later),
    (r"\b(?P<y>20\d\d)[-/.](?P<a>\d{1,2})[-/.](?P<b>\d{1,2})\b", says.figures),
    (rf"\b(?P<between>between )?(?:the )?{_N}(?:st|nd|rd|th)?(?:(?: ?- ?| (?:to|until) | (?(between)and|"
     rf"(?!)) )(?:the )?(?P<last>\d\d?)(?:st|nd|rd|th)?)?(?: of)?,? ?{_MO}{_YEAR}", says.dated),
    (rf"{_MO} (?:the )?{_N}{_NO_CLOCK}(?:st|nd|rd|th)?(?: ?- ?(?P<last>\d\d?)(?:st|nd|rd"
     rf"|th)?\b{_NO_CLOCK})?{_YEAR}", says.dated),
    (r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?(?![\d/])", says.figures),
    (r"(?<![\d.])(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>20\d\d)?(?![\d.])", says.figures),
    (r"\b(?:yesterday|last (?:week|month|night|weekend)|\w+ (?:days?|weeks?|months?"
     r"|years?) ago)\b", lambda f, _: past(f)),
    (rf"\b(?:last|past) {_WD}(?! (?:of|in)\b)", lambda f, _: past(f)),
    (r"\b(?:the )?day after (?:tomorrow|tom)\b|\bovermorrow\b", says.plus(2)),
    (rf"(?:\bthe |\ba |\bto |^|(?<=, )|(?<=[.?!] ))(?P<way>day) (?:after|before){_IT}"
     rf"|\bthe (?:following|next) day\b", says.day_on),
    (rf"\bthe {_WD} after{_ENDS}", says.weekday_on),
    (rf"\bthat {_WD}", says.that_weekday),
    (rf"\bthe following {_WD}", says.weekday_on),
    (rf"{_WD},? (?:of |in |on )?(?:the week after{_ENDS}|(?:the )?following week)", says.weekday_of_week_on),
    (rf"\b(?:the week after{_ENDS}|(?:the )?following week)", says.week_on),
    (rf"\b{_COUNT} {_UNIT} {_FROM}", says.later),
    (rf"\b(?:{_WD}|(?P<base>today|tomorrow)) week\b(?!end)", says.later),
    (rf"\b{_COUNT} (?P<unit>week) (?P<base>today|tomorrow)\b", says.later),
    (rf"\b(?:in|within) {_COUNT} {_UNIT}(?: time| from now)?\b(?! of\b)", says.later),
    (rf"\b{_COUNT} {_UNIT} (?:time|later|hence)\b", says.later),
    (rf"\b(?:the )?(?P<nth>last|\dst|\dnd|\drd|\dth) {_WD} (?:of|in) (?:{_MO}|(?:the |(?P<which>this"
     rf"|next) )month)", says.nth_weekday),
    (rf"\b(?:the )?{_N}(?:st|nd|rd|th) of (?P<which>this|next|the) month", says.in_month),
    (rf"\b(?:the )?(?P<nth>last|[1-4](?:st|nd|rd|th)) week (?:of|in) (?:{_MO}|(?:the |(?P<which>this"
     rf"|next) )month)", says.nth_week),
    (r"\bnew year(?:'?s)? (?:holidays?|break|period|closures?|vacation)\b"
     r"|\b(?:over|at|during|around|on|open|closed) (?:the )?new year(?:'?s)?(?!['\w])"
     r"(?! (?:day|eve|party|resolution))",
     says.new_year),
    (r"\b(?:in|after) (?:the )?new year\b", lambda f, g: several_days(f, dates.coming_month(g.today, 1))),
    (rf"\b(?P<part>early|late|mid|middle|end|last day|start|beginning)(?: in| of|-)?(?: the)? ?(?:"
     rf"(?P<which>this|next) )?(?:month\b|{_MO})", says.part_of_month),
    (r"\b(?P<part>early|late|later|mid|middle|end|start|beginning)(?: in| of|-)?(?: the)? ?(?:"
     r"(?P<which>this|next) )?week\b", says.part_of_week),
    (rf"\bweek {_OF} (?:the |{_WD} (?:the )?)?{_NTH}", says.week_of),
    (r"\b(?:the )?weekend after next\b", says.weekend(2)),
    (r"\b(?:the )?(?:week after next|next next week)\b", says.weeks(2)),
    (rf"\b{_WD} after next\b", says.weekday_after_next),
    (r"\bnext weekend\b", says.weekend(1)),
    (r"\b(?:this|the|this coming|coming) weekend\b", says.weekend(0)),
    (r"\b(?:next|following|the coming|coming) week\b", says.weeks(1)),
    (r"\bthis week\b", says.weeks(0)),
    (r"\b(?:next|coming|following) (?P<n>\d{1,2}|few|couple of|several) days\b", says.next_days),
    (r"\b(?:next|the following) month\b", lambda f, g: several_days(f, dates.month(g.today, 1))),
    (r"\b(?:this|the) month\b", lambda f, g: several_days(f, dates.month(g.today, 0))),
    (rf"(?:(?<=\bin )|(?<=\bnext )|(?<=\bthis )){_MO}", says.named_month),
    (rf"(?!may\b|march\b){_MO}", says.named_month),
    (rf"\b(?:this|this coming|coming|upcoming) {_WD}", says.this_weekday),
    (rf"\b(?P<next>next) (?={_WD})", lambda f, g: several_days(f, dates.week(g.today, 1), forward=True)),
    (_WD, says.named_weekday),
    (r"\btomorrow(?:'s)?\b", says.plus(1)),
    (r"\b(?:later )?today(?:'s)?\b", says.plus(0)),
    (r"\b(?:later )?this (?=late |early )?(?=morning|afternoon|evening|lunch|night)", says.plus(0)),
    (r"\bto(?=nights?\b)", says.plus(0)),
    (r"\b(?:public|national"
     r"|bank) holidays?\b", lambda f, g: one_day(f, dates.next_holiday(g.today, g.is_holiday))),
    (r"\b(?:week-?days?|week days|working days?|workdays?|during the week)\b", says.class_of_days),
    (r"\bweekends?\b", says.class_of_days),
    (rf"\b(?P<feast>{'|'.join(feasts.NAMES)})(?:ning| day)?\b", says.feast),
    (rf"\b(?:the |on |for |from |by |until |after |before ){_NTH}{_THING}", says.numbered),
    (r"\bthe (?P<n>1[3-9]|2\d|3[01])(?:st|nd|rd|th)(?= (?:session|appointment|slot|massage|treatment|one)\b)",
     says.numbered),
    (rf"(?:^|(?<=[,.?!;] )|\b(?:book|for|to|->|date) ){_NTH}(?= ?(?:[,.?!;@]|$|\d|at\b|in the\b"
     rf"|noon|morning|afternoon|evening|after\b|before\b|please|pls|around|about|between"
     rf"|from))", says.numbered),
    (rf"(?<={DAY})(?:,? ?(?:or |and |to |- ?)?(?:the )?){_NTH}{_THING}", says.numbered),
    (rf"(?<={DAY}),? (?:the )?(?P<n>1[3-9]|2\d|3[01])\b{_NO_CLOCK}(?! ?(?:{OTHER}|people))", says.numbered),
    (r"\bright now\b", lambda f, g: Mention(*f.span(), Kind.FAINT, (g.today,))),
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
