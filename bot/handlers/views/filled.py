"""What a form holds so far, as lines to read."""

from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.form import TYPED, Form, Said, Step, is_answered
from bot.domain.language import Language
from bot.domain.requests import Kind
from bot.handlers.views.phrasing import Phrasing, clipped
from bot.services.ports import Texts

_FROM_BEFORE: Final = frozenset({Step.NAME, Step.PHONE})
"""Prefilled from an earlier booking; everything else that is prefilled was in the client's words."""


class FilledIn:
    """Lines in the order of the form's steps. What nobody asked the client is marked as such."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)

    def lines(self, form: Form, lang: Language, room: int) -> list[str]:
        """HTML; whatever was typed has at most `room` characters each."""
        lines = []
        if form.was:
            lines.append(self._say.line("booking.label.was", self._say.times(form.was, lang), lang))
        if form.kind is Kind.PLAN or form.changing is not None:
            about = self._say.priced(None if form.kind is Kind.PLAN else form.treatment_id, lang)
            lines.append(self._say.line("booking.label.treatment", about, lang))
        for step in form.path:
            answered = is_answered(form, step)
            value = self._value(form, step, lang, room) if answered else None
            if step is Step.DAY and not answered and (heard := self._heard(form.said, lang)):
                line = self._say.line(f"booking.label.{step}", heard, lang)
                lines.append(line + " " + self._texts.html("booking.mark.said", lang))
            if value:
                line = self._say.line(f"booking.label.{step}", value, lang)
                lines.append(line + self._mark(form, step, lang))
        return lines

    def _value(self, form: Form, step: Step, lang: Language, room: int) -> str | None:
        match step:
            case Step.TREATMENT:
                return self._say.priced(form.treatment_id, lang)
            case Step.DAY if form.day and not is_answered(form, Step.TIME):
                return self._say.day(form.day, lang)
            case Step.TIME if form.start:
                return self._say.when(form.start, lang)
            case Step.SECOND_DAY if not form.second_day:
                return self._texts("booking.none", lang)
            case Step.SECOND_DAY if form.second_day and not is_answered(form, Step.SECOND_TIME):
                return self._say.day(form.second_day, lang)
            case Step.SECOND_TIME if form.second_start:
                return self._say.when(form.second_start, lang)
            case Step.CONSENT if not form.consent:
                return self._texts("booking.health.later", lang)
            case Step.HEALTH if is_answered(form, Step.CONSENT):
                return self._texts("booking.health.answered", lang)
            case _ if step in TYPED:
                typed: str | None = getattr(form.personal, step.value)
                return clipped(typed, room) if typed else self._texts("booking.none", lang)
        return None

    def _heard(self, said: Said, lang: Language) -> str:
        """Day and time that were said, and wait for the treatment: seen, so that nobody says them again."""
        begin, end = (f"{each:%H:%M}" if each else "" for each in (said.start, said.until))
        clock = begin if said.exact or not (begin or end) else f"{begin}–{end}"
        day = self._say.day(said.day, lang) if said.day else ""
        return (
            self._texts("booking.day_and_clock", lang, day=day, clock=clock)
            if day and clock
            else day or clock
        )

    def _mark(self, form: Form, step: Step, lang: Language) -> str:
        if step not in form.prefilled:
            return ""
        key = "booking.mark.before" if step in _FROM_BEFORE else "booking.mark.said"
        return " " + self._texts.html(key, lang)
