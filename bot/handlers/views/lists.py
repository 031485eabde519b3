"""The clinic's lists: a day, a week, and the morning's digest."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.domain.requests import Request
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.codes import day_code
from bot.handlers.views.phrasing import Phrasing, clipped, fitting
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

MOST: Final = 40
"""Appointments in one message, each on a whole line."""
MOST_IN_WEEK: Final = 100
"""Each with time and name only: two busy therapists have as many."""
MOST_BUTTONS: Final = 24
ROOM: Final = 30
"""Characters of a name or a treatment."""


class ListViews:
    """Lines of time, name and treatment; a tap opens the card."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)

    def today(self, appointments: Sequence[Request], day: date, lang: Language) -> Screen:
        """Appointments of one day, in order."""
        ordered = _ordered(appointments)
        turn = (
            Button("◀️", pack(Verb.CARD_TODAY, day_code(day - timedelta(days=1)))),
            self._button("card.button.week", lang, Verb.CARD_WEEK, day_code(_monday(day))),
            Button("▶️", pack(Verb.CARD_TODAY, day_code(day + timedelta(days=1)))),
        )
        title = self._texts.html("card.today", lang, len(ordered), day=self._say.day(day, lang))

        def screen(room: int) -> Screen:
            entries = self._entries(ordered, lang, room) or [self._texts.html("card.nothing", lang)]
            if len(ordered) > MOST:
                entries.append(self._texts.html("card.more", lang, len(ordered) - MOST))
            return Screen("\n".join([title, "", *entries]), (*self._cards(ordered), turn))

        return fitting(screen, ROOM)

    def week(self, appointments: Sequence[Request], monday: date, lang: Language) -> Screen:
        """Seven days, those without an appointment too."""
        ordered = _ordered(appointments)
        end = monday + timedelta(days=6)
        span = {"start": self._say.day(monday, lang), "end": self._say.day(end, lang)}
        title = self._texts.html("card.week", lang, len(ordered), **span)
        turn = (
            Button("◀️", pack(Verb.CARD_WEEK, day_code(monday - timedelta(days=7)))),
            Button("▶️", pack(Verb.CARD_WEEK, day_code(monday + timedelta(days=7)))),
        )

        def screen(room: int) -> Screen:
            week = [monday + timedelta(days=offset) for offset in range(7)]
            parts = [title, *(self._day(ordered[:MOST_IN_WEEK], each, lang, room) for each in week)]
            if len(ordered) > MOST_IN_WEEK:
                parts.append(self._texts.html("card.more", lang, len(ordered) - MOST_IN_WEEK))
            return Screen("\n\n".join(parts), (turn,))

        return fitting(screen, ROOM)

    def _day(self, ordered: Sequence[Request], day: date, lang: Language, room: int) -> str:
        lines = [
            self._texts.html(
                "card.entry.short",
                lang,
                time=self._say.clock(each.appointment.start),
                name=clipped(each.personal.name, room),
                mark=self._mark(each, lang),
            )
            for each in ordered
            if each.appointment and self._say.day_of(each.appointment.start) == day
        ]
        if not lines:
            lines = [self._texts.html("card.nothing" if self._clinic.openings(day) else "card.closed", lang)]
        return "\n".join([self._texts.html("card.day", lang, day=self._say.day(day, lang)), *lines])

    def digest(
        self, appointments: Sequence[Request], waiting: Sequence[Request], day: date, lang: Language
    ) -> Screen:
        """The day ahead, and who still waits for an answer."""
        ordered = _ordered(appointments)
        title = self._texts.html("card.digest", lang, day=self._say.day(day, lang))
        come = self._texts.html("card.digest.appointments", lang, len(ordered))
        wait = self._texts.html("card.digest.waiting", lang, len(waiting))

        def screen(room: int) -> Screen:
            entries = self._entries(ordered[: MOST // 2], lang, room)
            since = [
                self._texts.html(
                    "card.waiting",
                    lang,
                    reference=each.reference,
                    name=clipped(each.personal.name, room),
                    when=self._say.when(each.created_at, lang),
                )
                for each in waiting[: MOST // 2]
            ]
            lines = [title, "", come, *entries, "", wait, *since]
            return Screen("\n".join(lines), self._cards([*waiting, *ordered]))

        return fitting(screen, ROOM)

    def _entries(self, ordered: Sequence[Request], lang: Language, room: int) -> list[str]:
        return [
            self._texts.html(
                "card.entry",
                lang,
                time=f"{self._say.clock(each.appointment.start)}–{self._say.clock(each.appointment.end)}",
                name=clipped(each.personal.name, room),
                treatment=clipped(self._say.subject(each, lang), room),
                mark=self._mark(each, lang),
                reference=each.reference,
            )
            for each in ordered[:MOST]
            if each.appointment
        ]

    def _mark(self, request: Request, lang: Language) -> str:
        """The sign of a state that is not as usual; a tick for who said that they come."""
        if request.state is not State.CONFIRMED:
            return " " + self._texts(f"card.state.{request.state}", lang).split(" ")[0]
        return " ✓" if request.coming else ""

    def _cards(self, requests: Sequence[Request]) -> tuple[tuple[Button, ...], ...]:
        buttons = [Button(each.reference, pack(Verb.CARD, each.id)) for each in requests[:MOST_BUTTONS]]
        return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))

    def _button(self, key: str, lang: Language, verb: Verb, *arguments: object) -> Button:
        return Button(self._texts(key, lang), pack(verb, *arguments))


def _ordered(requests: Sequence[Request]) -> list[Request]:
    have = [(each.appointment.start.timestamp(), each.id, each) for each in requests if each.appointment]
    return [each for _, _, each in sorted(have, key=lambda each: each[:2])]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
