"""Days and times in a short message: what they say, and what else the message says."""

import re
from datetime import datetime, time
from typing import Final

from bot.answers.normalise import fold
from bot.answers.when import Wish

_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY: Final = r"[月火水木金土日]曜日?"
_MONTH: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TIMES: Final = re.compile(
    # 12月4日（金）の16時半
    r"(?:午前|午後|正午|朝|昼|夕方|夜|明後日|明日|今日|今夜|あさって|あした"
    rf"|\d{{1,2}}(?:月|日|時半?|分)|{_WEEKDAY}|\([月火水木金土日]\))(?:なら|から|[のにはでも、])?"
    # "on the 4th", "4 Dec", "at 4:30 pm", "2026-12-04"
    r"|(?:\b(?:on|at|the|of|for|by) )*(?<![a-z\d])(?:"
    r"\d{1,4}(?:[:./-]\d{1,2}){0,2} ?(?:st|nd|rd|th|am|pm|a\.m\.|p\.m\.|oclock)?(?![a-z\d])"
    rf"|(?:{_MONTH}|{_DAY}|tomorrow|today|tonight|noon|midday)(?![a-z])"
    r"|in the (?:morning|afternoon|evening)\b|at night\b)"
)
"""Looked for in folded words. It only finds where; what they say is for the reader of wishes."""


def without_times(text: str) -> str:
    """The text folded, its days and times left out."""
    return _TIMES.sub(" ", fold(text)).strip(" \t\n。、.,!！?？…")


def means(wish: Wish, start: datetime, text: str) -> bool:
    """Whether the words mean this day and time, as far as they name any; `start` in the clinic's zone."""
    at = start.time()
    if wish.exact and wish.start != at:
        return False
    if not wish.exact and not (wish.start or time.min) <= at <= (wish.until or time.max):
        return False
    if not wish.days or wish.days == (start.date(),):
        return True
    # "Friday" is read as the next one; of a time that is on the table, it is that Friday.
    named = (
        re.search(rf"\b{_DAY}\b|{_WEEKDAY}", fold(text)) is not None
        and re.search(r"\d+(?:st|nd|rd|th|日)", text) is None
    )
    return named and len(wish.days) == 1 and wish.days[0].weekday() == start.weekday()
