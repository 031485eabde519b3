"""The client's form: what is filled in, what is asked now, and every way on, back and out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from html import escape
from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.desk import Desk, offered
from bot.domain.form import Form, FormRefusal, Step, back, next_step
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.domain.requests import Kind, Request
from bot.domain.screening import CALLED_ABOUT
from bot.domain.slots import DayState
from bot.domain.typed import LONGEST
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.calendar import Rows, has_full
from bot.handlers.views.codes import day_code
from bot.handlers.views.filled import FilledIn
from bot.handlers.views.form_buttons import FormButtons
from bot.handlers.views.phrasing import Phrasing, clipped, fitting
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

_WITH_DAY: Final = frozenset({FormRefusal.CLOSED, FormRefusal.HOLIDAY})

DRAFT_ROOM: Final = 80
"""Characters of a message that may have been meant as a note."""


class FormViews:
    """One message at a time, edited at every tap; each screen is whole."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)
        self._buttons = FormButtons(texts, clinic)
        self._filled = FilledIn(texts, clinic)

    def form(
        self,
        form: Form,
        desk: Desk,
        lang: Language,
        *,
        month: date | None = None,
        refused: FormRefusal | None = None,
        day: date | None = None,
        all_times: bool = False,
    ) -> Screen:
        """The form at its present step.

        Args:
            month: the page of the calendar; else that of the day chosen before, or the first.
            refused: why the last answer was not taken.
            day: the day that was refused as full, for which the waiting list is offered.
            all_times: also those that do not fit what the client said.
        """
        step = next_step(form)
        refusal = refused or form.unmet
        rows = self._buttons.rows(form, step, desk, lang, month, all_times)
        none_left = step is Step.TIME and not rows
        full = form.day if none_left else day if refusal is FormRefusal.FULL else None
        wait = self._waiting_list(form, full, lang)
        rows = (*wait, *rows)
        way: tuple[Button, ...] = (self._button("booking.button.cancel", lang, Verb.FORM_CANCEL),)
        if back(form) != form or (form.kind is Kind.PLAN and form.changing is None):
            # Before a plan's first question lies the list of treatments.
            way = (self._button("booking.button.back", lang, Verb.FORM_BACK), *way)

        def screen(room: int) -> Screen:
            parts = [self._head(form, step, desk, lang), "\n".join(self._filled.lines(form, lang, room))]
            if refusal:
                parts.append(self._why(refusal, None if refused else form.unmet_day, step, lang, wait))
            if step is Step.NOTE and form.draft is not None:
                draft = clipped(form.draft, DRAFT_ROOM)
                parts.append(self._texts.html("booking.draft", lang, None, text=draft))
            parts.append(self._question(form, step, desk, lang))
            if has_full(rows):
                parts.append(self._texts.html("booking.calendar.key", lang))
            return Screen("\n\n".join(filter(None, parts)), (*rows, way))

        return fitting(screen)

    def _why(
        self, refusal: FormRefusal, day: date | None, step: Step, lang: Language, with_list: Rows
    ) -> str:
        """Why the last answer was not taken. The days on which nobody can come are named."""
        values = self._limits(step)
        key = f"booking.refused.{refusal}"
        if refusal is FormRefusal.FULL and with_list:
            key += ".wait"
        elif refusal in _WITH_DAY and day is not None:
            key, values = key + ".day", values | {"day": self._say.day(day, lang)}
        return self._texts.html(key, lang, None, **values)

    def _waiting_list(self, form: Form, day: date | None, lang: Language) -> Rows:
        if day is None or form.changing is not None or form.treatment_id is None:
            return ()
        label = self._texts("booking.button.wait", lang, day=self._say.day(day, lang))
        return ((Button(label, pack(Verb.WAIT_JOIN, form.treatment_id, day_code(day))),),)

    def _limits(self, step: Step) -> dict[str, str]:
        rules = self._clinic.booking
        return {
            "longest": str(LONGEST.get(step, 0)),
            "hours": str(int(rules.minimum_notice.total_seconds()) // 3600),
            "days": str(rules.horizon.days),
            "most": str(rules.open_requests_per_client),
        }

    def _head(self, form: Form, step: Step, desk: Desk, lang: Language) -> str:
        done, of = form.progress
        if step is Step.TREATMENT and not form.questions and desk.screening.questions:
            # Which questions follow is known only with the treatment; the count must not jump then.
            of += len((Step.CONSENT, Step.HEALTH))
        number = of if step is Step.SUMMARY else min(done + 1, of)
        if form.changing is not None:
            key = "booking.title.change"
        else:
            key = "booking.title.plan" if form.kind is Kind.PLAN else "booking.title"
        title = self._texts.html(key, lang)
        if step is Step.HEALTH:
            # These have a count of their own; "9/9" beside it would promise the end.
            return title
        return title + self._texts.html("booking.count", lang, number=number, of=of)

    def _question(self, form: Form, step: Step, desk: Desk, lang: Language) -> str:
        match step:
            case Step.CONSENT:
                return escape(desk.screening.consent[lang], quote=False)
            case Step.HEALTH:
                question = desk.screening.question(form.question or "")
                number = sum(each in form.health for each in form.questions) + 1
                return self._texts.html(
                    "booking.ask.health",
                    lang,
                    number=number,
                    of=len(form.questions),
                    question=question.text[lang] if question else form.question,
                )
            case Step.SUMMARY:
                return self._summary(form, desk, lang)
            case Step.TIME | Step.SECOND_TIME if not offered(form, step, desk).fitting:
                return self._texts.html("booking.ask.time.none", lang)
        return self._texts.html(f"booking.ask.{step}", lang)

    def _summary(self, form: Form, desk: Desk, lang: Language) -> str:
        parts = []
        if form.changing is None and form.consent:
            outcome = desk.screening.outcome(form.health)
            parts.append(escape(desk.screening.results[outcome][lang], quote=False))
            if outcome in CALLED_ABOUT and form.personal.phone is None:
                parts.append(self._texts.html("booking.no_number", lang))
        key = "booking.ask.summary.change" if form.changing is not None else "booking.ask.summary"
        parts.append(self._texts.html(key, lang))
        return "\n\n".join(parts)

    def sent(self, request: Request, expected_by: datetime | None, lang: Language) -> Screen:
        """A wish, or one for another time, is written down; when an answer may be expected.

        Nothing is booked yet, and what is booked already stays until the clinic says yes.
        """
        key = "booking.sent.change" if request.state is State.CHANGE_REQUESTED else "booking.sent"
        parts = [
            self._texts.html(key, lang, reference=request.reference),
            "",
            self._say.line("booking.label.treatment", self._say.subject(request, lang), lang),
        ]
        if request.open_times:
            parts.append(
                self._say.line("booking.label.wished", self._say.times(request.open_times, lang), lang)
            )
        parts.append("")
        if expected_by:
            parts.append(self._texts.html("booking.sent.by", lang, when=self._say.when(expected_by, lang)))
        else:
            parts.append(self._texts.html("booking.sent.later", lang))
        return Screen("\n".join(parts), ((self._button("bookings.button.list", lang, Verb.MINE),),))

    def one_or_other(self, form: Form, wanted: Sequence[object], lang: Language) -> Screen:
        """An unsent form stands in the way of another: what it holds, and the two ways on."""
        rows = (
            (self._button("booking.button.go_on", lang, Verb.FORM_GO_ON),),
            (self._button("booking.button.instead", lang, Verb.FORM_INSTEAD, *wanted),),
        )

        def screen(room: int) -> Screen:
            held = "\n".join(self._filled.lines(form, lang, room))
            return Screen(self._texts.html("booking.instead", lang) + "\n\n" + held, rows)

        return fitting(screen)

    def aside(self, lang: Language) -> Screen:
        """In the form's place while it waits for the client to return to it."""
        row = (self._button("booking.button.go_on", lang, Verb.FORM_GO_ON),)
        return Screen(self._texts.html("booking.aside", lang), (row,))

    def cancelled_form(self, lang: Language) -> Screen:
        return Screen(
            self._texts.html("booking.cancelled", lang), ((self._button("button.book", lang, Verb.BOOK),),)
        )

    def stale(self, lang: Language) -> Screen:
        """There is no form any more."""
        row = (
            self._button("button.book", lang, Verb.BOOK),
            self._button("bookings.button.list", lang, Verb.MINE),
        )
        return Screen(self._texts.html("booking.stale", lang), (row,))

    def no_form(self, lang: Language) -> Screen:
        """There is none to leave; what can be done instead."""
        return replace(self.stale(lang), html=self._texts.html("booking.no_form", lang))

    def too_many(self, lang: Language) -> Screen:
        text = self._texts.html("booking.refused.too_many", lang, None, **self._limits(Step.SUMMARY))
        return Screen(text, ((self._button("bookings.button.list", lang, Verb.MINE),),))

    def why_not(self, state: str, lang: Language) -> str:
        """What a tap on a grey day says, short enough for a notice; nothing for headings."""
        try:
            return self._texts(f"booking.day.{DayState(state)}", lang)
        except ValueError:
            return ""

    def share_number(self, lang: Language) -> Screen:
        """A message of its own: a keyboard and buttons never go together."""
        return Screen(
            self._texts.html("booking.share", lang), ask_contact=self._texts("booking.button.share", lang)
        )

    def number_taken(self, lang: Language, *, taken: bool = True) -> Screen:
        """Takes the keyboard away; whether a number came or not."""
        key = "booking.share.thanks" if taken else "booking.share.closed"
        return Screen(self._texts.html(key, lang), drop_keyboard=True)

    def _button(self, key: str, lang: Language, verb: Verb, *arguments: object) -> Button:
        return Button(self._texts(key, lang), pack(verb, *arguments))
