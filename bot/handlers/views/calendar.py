"""Days and times to tap."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.slots import Day, DayState
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.phrasing import Phrasing
from bot.services.ports import Texts
from bot.services.screens import Button

Rows = tuple[tuple[Button, ...], ...]

IN_A_ROW = 4
MOST = 80
"""Times in one keyboard, which holds at most a hundred buttons; more than any sensible step gives."""
GREY = "·"
FULL = "({})"
BLANK = "\u2800"
"""A cell of no month; a button must have a text, and a space counts as none in places."""


class Calendar:
    """Keyboards. What a tap on a day or a time says is the caller's."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._say = Phrasing(texts, clinic)

    def month(
        self,
        days: Sequence[Day],
        lang: Language,
        *,
        tap: Callable[[date], str],
        turn: Callable[[date], str],
        months: Sequence[date],
        full: bool = False,
        also: frozenset[DayState] = frozenset(),
    ) -> Rows:
        """One month, weeks from Monday, without those that are over.

        Args:
            days: all of it, in order.
            tap, turn: the button data of a day, and of the first day of another month.
            months: those that there are to turn to.
            full: whether full days can be tapped too (for the waiting list); they stand in brackets.
            also: further states whose days can be chosen.
        """
        choosable = frozenset({DayState.OPEN}) | also
        cells = [Button(BLANK, pack(Verb.NOTHING))] * days[0].date.weekday()
        for each in days:
            number = str(each.date.day)
            if each.state in choosable:
                cells.append(Button(number, tap(each.date)))
            elif each.state is DayState.FULL and full:
                cells.append(Button(FULL.format(number), tap(each.date)))
            else:
                cells.append(Button(GREY, pack(Verb.NOTHING, each.state)))
        cells += [Button(BLANK, pack(Verb.NOTHING))] * (-len(cells) % 7)
        header = tuple(Button(name, pack(Verb.NOTHING)) for name in self._say.weekdays(lang))
        # A phone is small: weeks that are over are left out, but for the last of them that there is.
        over = sum(each.state is DayState.PAST for each in days)
        first = min((days[0].date.weekday() + over) // 7 * 7, len(cells) - 7)
        weeks = tuple(tuple(cells[start : start + 7]) for start in range(first, len(cells), 7))
        return (self._title(days[0].date.replace(day=1), months, lang, turn), header, *weeks)

    def _title(
        self, month: date, months: Sequence[date], lang: Language, turn: Callable[[date], str]
    ) -> tuple[Button, ...]:
        before = [each for each in months if each < month]
        after = [each for each in months if each > month]
        row = [Button(self._say.month(month, lang), pack(Verb.NOTHING))]
        if before:
            row.insert(0, Button("◀️", turn(before[-1])))
        if after:
            row.append(Button("▶️", turn(after[0])))
        return tuple(row)

    def times(self, moments: Sequence[datetime], tap: Callable[[datetime], str]) -> Rows:
        """Times of one day, in rows of four."""
        buttons = [Button(self._say.clock(each), tap(each)) for each in moments[:MOST]]
        return tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))


def has_full(rows: Rows) -> bool:
    """Whether a full day can be tapped there, which wants a word of explanation."""
    return any(each.text.startswith("(") for row in rows for each in row)


def shown_month(wanted: date | None, months: Sequence[date]) -> date:
    """The month to open: the wanted one as far as there is such a page."""
    if wanted is None:
        return months[0]
    first = wanted.replace(day=1)
    return min(max(first, months[0]), months[-1])
