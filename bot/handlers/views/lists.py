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
from bot.handlers.views.phrasing import Phrasing, clipped
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

MOST: Final = 40
"""Appointments in one message; with a name of at most 30 characters each they fit."""
MOST_BUTTONS: Final = 24
NAME_ROOM: Final = 30


class ListViews:
    """Lines of time, name and treatment; a tap opens the card."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)

    def today(self, appointments: Sequence[Request], day: date, lang: Language) -> Screen:
        """Appointments of one day, in order."""
        ordered = _ordered(appointments)
        lines = [self._texts.html("card.today", lang, len(ordered), day=self._say.day(day, lang)), ""]
        lines += self._entries(ordered, lang) or [self._texts.html("card.nothing", lang)]
        turn = (
            Button("◀️", pack(Verb.CARD_TODAY, day_code(day - timedelta(days=1)))),
            self._button("card.button.week", lang, Verb.CARD_WEEK, day_code(_monday(day))),
            Button("▶️", pack(Verb.CARD_TODAY, day_code(day + timedelta(days=1)))),
        )
        return Screen("\n".join(lines), (*self._cards(ordered), turn))

    def week(self, appointments: Sequence[Request], monday: date, lang: Language) -> Screen:
        """Seven days, those without an appointment too."""
        ordered = _ordered(appointments)
        shown = ordered[:MOST]
        until = self._say.day(monday + timedelta(days=6), lang)
        title = self._texts.html(
            "card.week", lang, len(ordered), start=self._say.day(monday, lang), end=until
        )
        parts = [title]
        for offset in range(7):
            day = monday + timedelta(days=offset)
            of_day = [each for each in shown if each.appointment and self._date(each) == day]
            heading = self._texts.html("card.day", lang, day=self._say.day(day, lang))
            entries = self._entries(of_day, lang)
            closed = not self._clinic.openings(day)
            key = "card.closed" if closed else "card.nothing"
            parts.append("\n".join([heading, *(entries or [self._texts.html(key, lang)])]))
        if len(ordered) > MOST:
            parts.append(self._texts.html("card.more", lang, len(ordered) - MOST))
        turn = (
            Button("◀️", pack(Verb.CARD_WEEK, day_code(monday - timedelta(days=7)))),
            Button("▶️", pack(Verb.CARD_WEEK, day_code(monday + timedelta(days=7)))),
        )
        return Screen("\n\n".join(parts), (turn,))

    def digest(
        self, appointments: Sequence[Request], waiting: Sequence[Request], day: date, lang: Language
    ) -> Screen:
        """The day ahead, and who still waits for an answer."""
        ordered = _ordered(appointments)
        lines = [self._texts.html("card.digest", lang, day=self._say.day(day, lang)), ""]
        lines.append(self._texts.html("card.digest.appointments", lang, len(ordered)))
        lines += self._entries(ordered[: MOST // 2], lang)
        lines += ["", self._texts.html("card.digest.waiting", lang, len(waiting))]
        lines += [
            self._texts.html(
                "card.waiting",
                lang,
                reference=each.reference,
                name=clipped(each.personal.name, NAME_ROOM),
                when=self._say.when(each.created_at, lang),
            )
            for each in waiting[: MOST // 2]
        ]
        return Screen("\n".join(lines), self._cards([*waiting, *ordered]))

    def _entries(self, ordered: Sequence[Request], lang: Language) -> list[str]:
        return [
            self._texts.html(
                "card.entry",
                lang,
                time=f"{self._say.clock(each.appointment.start)}–{self._say.clock(each.appointment.end)}",
                name=clipped(each.personal.name, NAME_ROOM),
                treatment=self._say.subject(each, lang),
                mark=self._mark(each, lang),
                reference=each.reference,
            )
            for each in ordered[:MOST]
            if each.appointment
        ]

    def _mark(self, request: Request, lang: Language) -> str:
        """What is not as usual about it."""
        if request.state is not State.CONFIRMED:
            return " · " + self._texts(f"card.state.{request.state}", lang)
        return " ✓" if request.coming else ""

    def _cards(self, requests: Sequence[Request]) -> tuple[tuple[Button, ...], ...]:
        buttons = [Button(each.reference, pack(Verb.CARD, each.id)) for each in requests[:MOST_BUTTONS]]
        return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))

    def _date(self, request: Request) -> date | None:
        return self._say.day_of(request.appointment.start) if request.appointment else None

    def _button(self, key: str, lang: Language, verb: Verb, *arguments: object) -> Button:
        return Button(self._texts(key, lang), pack(verb, *arguments))


def _ordered(requests: Sequence[Request]) -> list[Request]:
    have = [(each.appointment.start.timestamp(), each.id, each) for each in requests if each.appointment]
    return [each for _, _, each in sorted(have, key=lambda each: each[:2])]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
