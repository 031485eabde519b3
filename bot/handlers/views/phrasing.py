"""How times, treatments and what people typed are worded on every screen of booking."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.requests import Kind, Request
from bot.domain.slots import Slot
from bot.services.ports import Texts
from bot.services.screens import Screen, counted

LONGEST: Final = 4096
"""Characters of a message once parsed."""

TYPED_ROOM: Final = 500
"""Characters for each thing that somebody typed: what the form takes."""
QUESTION_ROOM: Final = 3600
"""Characters for a question that somebody asks, which is the whole message."""


class Phrasing:
    """Times are the clinic's, with weekday, date and 24 hours, whatever zone they come in."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic

    def when(self, moment: datetime, lang: Language) -> str:
        return self._texts.when(hours.local(self._clinic, moment), lang)

    def day_of(self, moment: datetime) -> date:
        """The day it is at the clinic then."""
        return hours.local(self._clinic, moment).date()

    def clock(self, moment: datetime) -> str:
        return hours.local(self._clinic, moment).strftime("%H:%M")

    def span(self, slot: Slot, lang: Language) -> str:
        """Sat 21 Nov, 18:00–19:00"""
        return f"{self.when(slot.start, lang)}–{self.clock(slot.end)}"

    def times(self, moments: Iterable[datetime], lang: Language) -> str:
        """First or second choice, in one line."""
        return self._texts("booking.or", lang).join(self.when(each, lang) for each in moments)

    def day(self, day: date, lang: Language) -> str:
        return self._texts.day(day, lang)

    def month(self, month: date, lang: Language) -> str:
        return format_date(month, self._texts("booking.format.month", lang), locale=lang.value)

    def weekdays(self, lang: Language) -> tuple[str, ...]:
        """From Monday, as short as the language has them."""
        names = get_day_names("short", context="stand-alone", locale=lang.value)
        return tuple(str(names[number]) for number in range(7))

    def yen(self, amount: int, lang: Language) -> str:
        return self._texts("facts.yen", lang, yen=format_decimal(amount, locale=lang.value))

    def treatment(self, treatment_id: str | None, lang: Language) -> str:
        """Its name; the plan's for None. What is no longer offered still has its id to be known by."""
        if treatment_id is None:
            plan = self._clinic.plan
            return plan.name[lang] if plan else self._texts("booking.plan", lang)
        treatment = self._clinic.treatment(treatment_id)
        return treatment.name[lang] if treatment else treatment_id

    def priced(self, treatment_id: str | None, lang: Language) -> str:
        """Name, minutes where the name does not say them already, and price."""
        name = self.treatment(treatment_id, lang)
        treatment = self._clinic.treatment(treatment_id) if treatment_id else None
        parts = [name]
        if treatment:
            minutes = int(treatment.duration.total_seconds()) // 60
            if str(minutes) not in name:
                parts.append(self._texts("booking.minutes", lang, minutes=minutes))
            parts.append(self.yen(treatment.price_yen, lang))
        elif treatment_id is None and self._clinic.plan:
            parts.append(self.yen(self._clinic.plan.price_yen, lang))
        return " · ".join(parts)

    def subject(self, request: Request, lang: Language) -> str:
        """What it is for."""
        return self.treatment(None if request.kind is Kind.PLAN else request.treatment_id, lang)

    def line(self, key: str, value: str, lang: Language) -> str:
        """`Label: value`, as HTML; the value is escaped."""
        return self._texts.html("booking.line", lang, label=self._texts(key, lang), value=value)


def clipped(text: str, room: int) -> str:
    """What a person typed, at most `room` characters long."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def fitting(build: Callable[[int], Screen], room: int = TYPED_ROOM) -> Screen:
    """The screen with as much room for each thing that people typed as one message has, `room` at first."""
    screen = build(room)
    while counted(screen.plain) > LONGEST and room > 1:
        room //= 2
        screen = build(room)
    return screen
