"""Reads days and times out of a booking message.

Conventions, the same in both languages:

- Weeks start on Monday. "Tuesday", "this Tuesday", 火曜 is the next such day; on a Tuesday, "Tuesday"
  is a week ahead and "this Tuesday" is today. "Next Tuesday" and 来週の火曜 lie in the next calendar week.
- A date without a year, or a day without a month, is the next one from today on. Figures are month
  first, as in Japan (5/12 is 12 May), unless only the other order is a date (25/12) or falls on the weekday
  beside it. A month that is said earlier or later in the message holds for a day without one.
- Several days all count, in order; those said one by one are `choices`, each with its time. Classes of days
  (weekend, 平日, "any day but Thursday") begin with today and look a week ahead, open ends ("from Wednesday
  on") two weeks. 平日 leaves out public holidays.
- "End of the month" is its last day; "early" and 上旬 its first ten days. "In two weeks" is a day.
- Bare hours: see `hours`. Parts of the day: the table in `wish`. "After five", "five onwards" and
  5時から set `start` alone, "by five" `until` alone; a point ("at five", "around five") is `start` with
  `exact`.
- Of a message that moves an appointment, only what it is moved to is read; the old day stays if just the
  time, the treatment or the therapist changes. Who names the old one alone wishes no day. A message
  that calls an appointment off says which; "money is tight this month" does not.
- A day that is told of ("they go home on Sunday, can I come on Monday?", 20日が結婚式なのでその前日) is not
  wished. "The day after", その前日 and 翌週 are counted from the day that is said before them.
- The same holds behind the wish ("Can we do Monday? We fly home on Sunday"), and of times: a train at 18:12,
  a meeting that ends at 2, or any hour that is only told of, counts where no other is asked for.
- A date beats its month, and a feast or a habit that is only spoken of ("Mondays are all I get. The 30th?").
  "That Saturday" behind a date is that date, if it is a Saturday in this month or one of the next two.
- When work ends ("I work until six", "I teach until six, anything after that?") is `start`, unless a time is
  wished.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from bot.answers.when import english, japanese
from bot.answers.when.hours import together
from bot.answers.when.treatment import read_treatment
from bot.answers.when.wish import Choice, Circumstances, Window, Wish
from bot.domain.language import Language

__all__ = ["Choice", "Wish", "read_treatment", "read_wish"]

_USUAL = (time(9), time(21))
_LONGEST = 1000
"""Characters that are read; a wish stands at the start of a long letter or nowhere."""


def read_wish(
    text: str,
    language: Language,
    now: datetime,
    *,
    is_holiday: Callable[[date], bool] = lambda _: False,
    opening: Window | None = None,
) -> Wish:
    """What the words say about when, in the zone of `now` (aware). Never raises on any text.

    `opening` is the widest window of the week's opening hours, or what is usual; bare hours are taken from
    inside it.
    """
    reader = japanese if language is Language.JA else english
    days, passed, said, moves, choices = reader.read(
        text[:_LONGEST], Circumstances(now, opening or _USUAL, is_holiday)
    )
    if choices:
        not_over = (each for each in choices if not _over(each.day, each.start, each.until, each.exact, now))
        choices = tuple(dict.fromkeys(not_over))
        days = tuple(sorted({each.day for each in choices}))
        first = choices[0]
        left = choices if len(choices) > 1 else ()
        return Wish(first.day, days, first.start, first.until, first.exact, passed, moves, left)
    start, until, exact = together(said)
    if days and _over(days[0], start, until, exact, now):
        passed = len(days) == 1
        days = days if passed else days[1:]
    return Wish(days[0] if days else None, days, start, until, exact, passed, moves)


def _over(day: date, start: time | None, until: time | None, exact: bool, now: datetime) -> bool:
    """Whether it is a time of today that is past."""
    end = until or (start if exact else None)
    return day == now.date() and end is not None and end <= now.time()
