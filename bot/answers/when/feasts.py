"""Days of the year that have a name: the public holidays of Japan and the feasts beside them."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.answers.when import dates
from bot.answers.when.wish import Circumstances

_FIXED: Mapping[str, tuple[int, int]] = {
    "クリスマスイブ": (12, 24), "クリスマスイヴ": (12, 24), "クリスマス": (12, 25),
    "大晦日": (12, 31), "大みそか": (12, 31), "元旦": (1, 1), "元日": (1, 1),
    "建国記念の日": (2, 11), "建国記念日": (2, 11), "天皇誕生日": (2, 23), "昭和の日": (4, 29),
    "憲法記念日": (5, 3), "みどりの日": (5, 4), "こどもの日": (5, 5), "子どもの日": (5, 5),
    "子供の日": (5, 5), "山の日": (8, 11), "文化の日": (11, 3), "勤労感謝の日": (11, 23),
    "バレンタインデー": (2, 14), "バレンタイン": (2, 14), "ホワイトデー": (3, 14),
    "七夕": (7, 7), "ひな祭り": (3, 3), "節分": (2, 3),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new years day": (1, 1), "new year's eve": (12, 31),
    "new years eve": (12, 31), "labour thanksgiving day": (11, 23), "labor thanksgiving day": (11, 23),
    "valentine's day": (2, 14), "valentines day": (2, 14), "culture day": (11, 3),
}  # fmt: skip
_MONDAYS: Mapping[str, tuple[int, int]] = {
    "成人の日": (1, 2), "海の日": (7, 3), "敬老の日": (9, 3), "スポーツの日": (10, 2), "体育の日": (10, 2),
    "coming of age day": (1, 2), "marine day": (7, 3), "sports day": (10, 2),
}  # fmt: skip
"""Month, and which Monday of it."""
_EQUINOXES: Mapping[str, int] = {"春分の日": 3, "秋分の日": 9, "vernal equinox": 3, "autumnal equinox": 9}

NAMES = sorted({*_FIXED, *_MONDAYS, *_EQUINOXES}, key=len, reverse=True)


def turn_of_the_year(today: date) -> tuple[date, ...]:
    """The next days from 29 December until 3 January, on which the law closes Japan's public offices."""
    last = dates.calendar_day(today, 1, 3) or today
    return dates.span(max(today, date(last.year - 1, 12, 29)), last)


def named(name: str, given: Circumstances) -> date | None:
    """The next day of that name, today included."""
    if name in _FIXED:
        return dates.calendar_day(given.today, *_FIXED[name])
    if name in _MONDAYS:
        month, nth = _MONDAYS[name]
        return _next(given.today, lambda year: dates.nth_weekday(dates.named_month(year, month), 0, nth))
    month = _EQUINOXES[name]
    return _next(given.today, lambda year: _equinox(year, month, given))


def _next(today: date, of_year: Callable[[int], date | None]) -> date | None:
    days = (of_year(year) for year in (today.year, today.year + 1))
    return next((day for day in days if day and day >= today), None)


def _equinox(year: int, month: int, given: Circumstances) -> date | None:
    """As the calendar of holidays has it; 21 March or 23 September without one."""
    first = 19 if month == 3 else 22
    several = [date(year, month, day) for day in range(first, first + 4)]
    return next(filter(given.is_holiday, several), date(year, month, 21 if month == 3 else 23))
