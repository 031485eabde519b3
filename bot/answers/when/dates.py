"""Days counted from today. Weeks start on Monday."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

REACH_DAYS = 14
"""How far an open wish ("any day but Thursday", "from Wednesday on") is followed."""


def ahead(today: date, days: int) -> date | None:
    """So many days from today; None beyond the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def span(first: date, last: date) -> tuple[date, ...]:
    """Every day from first to last; at most a year."""
    return tuple(first + timedelta(days=n) for n in range(min((last - first).days + 1, 366)))


def week(today: date, weeks: int) -> tuple[date, ...]:
    """All seven days of the calendar week so many weeks on."""
    monday = today + timedelta(days=7 * weeks - today.weekday())
    return span(monday, monday + timedelta(days=6))


def month(today: date, months: int) -> tuple[date, ...]:
    """All days of the month so many months on."""
    years, index = divmod(today.month - 1 + months, 12)
    return named_month(today.year + years, index + 1)


def named_month(year: int, number: int) -> tuple[date, ...]:
    """All days of a month."""
    return span(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def coming_month(today: date, number: int) -> tuple[date, ...]:
    """All days of the month of that number which is running or comes next."""
    return named_month(today.year + (number < today.month), number)


def after(day: date, weekday: int) -> date:
    """The first such weekday after a day, never the day itself."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def calendar_day(today: date, number: int, day: int, year: int | None = None) -> date | None:
    """A day and month: with no year, the next one from today on. None if there is no such day."""
    years = (year,) if year is not None else tuple(range(today.year, today.year + 9))
    for each in years:
        try:
            found = date(each, number, day)
        except (ValueError, OverflowError):
            continue
        if year is not None or found >= today:
            return found
    return None


def day_of_month(today: date, day: int, weekday: int | None = None) -> date | None:
    """The next month that has this day, today included, and on this weekday if one is said."""
    for months in range(12):
        days = month(today, months)
        found = days[day - 1] if 1 <= day <= len(days) else None
        if found and found >= today and weekday in (None, found.weekday()):
            return found
    return None


def nth_weekday(days: Iterable[date], weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; -1 for the last."""
    fitting = [day for day in days if day.weekday() == weekday]
    try:
        return fitting[nth - 1 if nth > 0 else nth]
    except IndexError:
        return None


def next_holiday(today: date, is_holiday: Callable[[date], bool]) -> date | None:
    """The first public holiday after today, within a year."""
    return next(filter(is_holiday, span(today + timedelta(days=1), today + timedelta(days=366))), None)
