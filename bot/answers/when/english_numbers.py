"""Numbers of an English message: spoken times in figures, and numbers that are no times."""

import re

from bot.answers.when.english_words import MONTHS
from bot.answers.when.page import OTHER, Page

_COUNTED = (
    "people|persons?|adults?|kids|children|friends|of us|guests|times|sessions?|visits?|massages?|treatments?"
    "|appointments?|years?|yrs?|nights|yen|jpy|dollars|euros?|bucks|kg|kilos|cm|km|%|percent|x|clients?"
    "|therapists?|slots?|things|places|spots|weeks? ago|days? ago|months? ago|or more"
)
_NO_DATE = "".join(rf"(?<!\b{each} )" for each in MONTHS)
""" "The 12/15 session", "the Nov 26 session" are no fifteen sessions."""
_NEVER = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b24/7\b",
        r"\b(?:(?:30|45|60|75|90|120)(?:, ?| ?(?:or|and|/|-|to) ?))+\d{2,3}[ -]?(?:minutes?|m)\b",
        r"(?<!\bin )\b(?:half an?|1/2 an?|1/2|an|a full|a|\d+(?:\.\d)?)[ -]?(?:and a half )?(?:hour"
        r"|minute)s?\b",
        r"\b\d+(?:\.\d)?(?: ?(?:-|to|or) ?\d+)?[ -]?hours?\b",
        r"\b\d+(?: ?(?:-|to|or) ?\d+)?[ -]?(?:minutes|m)\b",
        rf"(?<!\d[:./]){_NO_DATE}\b(?!\d{{4}} [mstav])"
        rf"\d+(?:\.\d)?(?: ?(?:-|to|or) ?\d+)?[ -]?(?:{_COUNTED})(?![a-z])",
        r"[¥$€£] ?\d[\d,]*|\b\d{1,3}(?:,\d{3})+\b|\b\d+ ?k\b",
        r"\b(?:i'm|im|i am|aged?|turned|turning|(?:he|she)(?:'s| is)|(?:mum|mom|mother|father|dad|wife"
        r"|husband) is)"
        r" (?:1[3-9]|[2-9]\d)\b(?! ?(?:pm|am|:|/))",
        r"\+\d[\d -]{7,}\d\b|(?<![\d/])0\d{1,3}-\d{2,4}-\d{3,4}\b|\b\d{9,}\b",
        r"\b(?:room|floor|number|no\.|#|table|level|ext) ?\d+\b",
        r"\b(?:once|twice) an? \w+\b",
        r"\b(?:leav|fly|go|head|back|return|drive)\w*(?: \w+){0,2} (?:the )?same (?:night|evening)\b",
        r"\bgood (?:morning|afternoon|evening)\b",
    )
)
_DAYS_COUNTED = re.compile(r"\b\d+(?: ?(?:-|to|or) ?\d+)?[ -]?(?:days?|weeks?|months?)\b")

_HOUR = r"(1[0-2]|[1-9])(?![\d:/])"
_SPOKEN = (
    (re.compile(rf"\bhalf (?:past )?{_HOUR}(?! (?:hour|minute))"), 30, 0),
    (re.compile(rf"\b(?:a )?quarter (?:past|after) {_HOUR}"), 15, 0),
    (re.compile(rf"\b(?:a )?quarter (?:to|of|before|until) {_HOUR}"), 45, -1),
)
_MINUTES_PAST = re.compile(rf"(?<![/:.])\b(5|10|15|20|25) (?:minutes )?(?:past|after) {_HOUR}")
_MINUTES_TO = re.compile(rf"(?<![/:.])\b(?:(5|10|15|20|25) minutes|(20|25)) (?:to|before) {_HOUR}")
_TWO_FIGURES = re.compile(
    r"(?<![\d:/.-])\b(?:(1[0-2]|[1-9]) (15|30|45)"
    r"|(?<=at )(1[0-2]|[1-9]) (05|10|20|25|35|40|50|55))\b(?! ?(?:min|people|[-/:]))"
)


def spoken(text: str) -> str:
    """ "Half past five" in figures."""
    text = re.sub(r"\b(?:a )?quarter (?:to|before) noon\b", "11:45am", text)
    for pattern, minute, hours in _SPOKEN:
        text = pattern.sub(rf"\1<{minute}{hours}>", text)
    text = re.sub(r"(\d+)<30-?0>", r"\1:30", text)
    text = re.sub(r"(\d+)<150>", r"\1:15", text)
    text = re.sub(r"(\d+)<45-1>", lambda found: f"{(int(found[1]) - 2) % 12 + 1}:45", text)
    text = _MINUTES_PAST.sub(lambda found: f"{found[2]}:{int(found[1]):02}", text)
    text = _MINUTES_TO.sub(
        lambda found: f"{(int(found[3]) - 2) % 12 + 1}:{60 - int(found[1] or found[2])}", text
    )
    text = _TWO_FIGURES.sub(lambda found: f"{found[1] or found[3]}:{found[2] or found[4]}", text)
    return re.sub(r"\b(?:12 )?noon\b", "12:00pm", text)


def hide_amounts(page: Page) -> None:
    """Durations, people, prices, ages, telephone numbers; before days are read."""
    for pattern in _NEVER:
        for found in page.find(pattern):
            page.cover(found, OTHER)


def hide_spans(page: Page) -> None:
    """Counts of days and weeks that said no day; before times are read."""
    for found in page.find(_DAYS_COUNTED):
        page.cover(found, OTHER)
