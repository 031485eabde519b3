"""The buttons by which a client answers a step of the form."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.desk import Desk, length, offered
from bot.domain.form import OPTIONAL, TYPED, WITH_TIMES, Form, Step, kept
from bot.domain.language import Language
from bot.domain.slots import DayState, days, months
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.calendar import Calendar, Rows, shown_month
from bot.handlers.views.codes import DRAFT, KEEP, SKIP, STEPS, day_code, month_code, time_codes
from bot.handlers.views.phrasing import Phrasing, clipped
from bot.services.ports import Texts
from bot.services.screens import Button

WITH_DAYS: Final = frozenset({Step.DAY, Step.SECOND_DAY})
KEPT_ROOM: Final = 24
"""Characters of what somebody typed before, on a "keep" button."""


FEW: Final = 2
"""Days that are left of a month: a page with no more is turned over already, with a way back."""


def first_page(pages: Sequence[date], duration: timedelta, desk: Desk) -> date | None:
    """The month to begin with: this one, or where next to nothing is left of it the next."""
    for page in pages[:2]:
        shown = days(desk.clinic, duration, page, desk.taken, desk.now)
        if sum(each.state is DayState.OPEN for each in shown) > FEW:
            return page
    return None


class FormButtons:
    """Rows for each step; the way back and out is not among them."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)
        self._calendar = Calendar(texts, clinic)

    def rows(
        self, form: Form, step: Step, desk: Desk, lang: Language, month: date | None, all_times: bool
    ) -> Rows:
        match step:
            case Step.TREATMENT:
                return self._treatments(form, lang)
            case Step.DAY | Step.SECOND_DAY:
                rows = self._days(form, step, desk, lang, month)
            case Step.TIME | Step.SECOND_TIME:
                rows = self._times(form, step, desk, lang, all_times)
            case Step.CONSENT:
                return self._yes_no(step, lang, "booking.button.ask_me", "booking.button.ask_later")
            case Step.HEALTH:
                return self._yes_no(step, lang, "booking.button.yes", "booking.button.no", form.question)
            case Step.SUMMARY:
                return self._changes(form, lang)
            case Step.PHONE:
                rows = ((self._button("booking.button.share", lang, Verb.FORM_SHARE),),)
            case Step.NOTE if form.draft is not None:
                rows = (
                    (self._button("booking.button.as_note", lang, Verb.FORM_ANSWER, STEPS[step], DRAFT),),
                )
            case _:
                rows = ()
        return (*rows, *self._keep(form, step, lang), *self._skip(step, lang))

    def _treatments(self, form: Form, lang: Language) -> Rows:
        rows = []
        for each in self._clinic.treatments:
            mark = "✓ " if each.id == form.treatment_id else ""
            data = pack(Verb.FORM_ANSWER, STEPS[Step.TREATMENT], each.id)
            rows.append((Button(mark + self._say.priced(each.id, lang), data),))
        if self._clinic.plan:
            rows.append((Button(self._say.priced(None, lang), pack(Verb.FORM_PLAN)),))
        return tuple(rows)

    def _days(self, form: Form, step: Step, desk: Desk, lang: Language, month: date | None) -> Rows:
        duration = length(form, desk)
        if duration is None:
            return ()
        pages = months(desk.clinic, desk.now)
        chosen = form.day if step is Step.DAY else form.second_day or form.day
        page = shown_month(month or chosen or first_page(pages, duration, desk), pages)
        return self._calendar.month(
            days(desk.clinic, duration, page, desk.taken, desk.now),
            lang,
            tap=lambda day: pack(Verb.FORM_ANSWER, STEPS[step], day_code(day)),
            turn=lambda first: pack(Verb.FORM_MONTH, STEPS[step], month_code(first)),
            months=pages,
            full=step is Step.DAY and form.changing is None,
        )

    def _times(self, form: Form, step: Step, desk: Desk, lang: Language, all_times: bool) -> Rows:
        found = offered(form, step, desk)
        shown = tuple(sorted((*found.fitting, *found.others))) if all_times else found.fitting
        rows = self._calendar.times(shown, lambda moment: self._time_data(step, moment))
        if found.others and not all_times:
            rows = (*rows, (self._button("booking.button.more", lang, Verb.FORM_MORE, STEPS[step]),))
        return rows

    def _time_data(self, step: Step, moment: datetime) -> str:
        return pack(Verb.FORM_ANSWER, STEPS[step], *time_codes(self._clinic, moment))

    def _yes_no(self, step: Step, lang: Language, yes: str, no: str, question: str | None = None) -> Rows:
        about = (STEPS[step], question) if question else (STEPS[step],)
        return (
            (
                self._button(yes, lang, Verb.FORM_ANSWER, *about, 1),
                self._button(no, lang, Verb.FORM_ANSWER, *about, 0),
            ),
        )

    def _keep(self, form: Form, step: Step, lang: Language) -> Rows:
        value = kept(form, step)
        if value is None:
            return ()
        if step in TYPED:
            shown, data = (
                clipped(str(value).split("\n")[0], KEPT_ROOM),
                pack(Verb.FORM_ANSWER, STEPS[step], KEEP),
            )
        elif step in WITH_TIMES and isinstance(value, datetime):
            shown, data = self._say.clock(value), self._time_data(step, value)
        elif step in WITH_DAYS and isinstance(value, date):
            shown, data = self._say.day(value, lang), pack(Verb.FORM_ANSWER, STEPS[step], day_code(value))
        else:
            return ()
        return ((Button(self._texts("booking.button.keep", lang, value=shown), data),),)

    def _skip(self, step: Step, lang: Language) -> Rows:
        if step not in OPTIONAL:
            return ()
        return ((self._button(f"booking.button.skip.{step}", lang, Verb.FORM_ANSWER, STEPS[step], SKIP),),)

    def _changes(self, form: Form, lang: Language) -> Rows:
        key = "booking.button.send_change" if form.changing is not None else "booking.button.send"
        changes = [
            self._button(f"booking.button.change.{step}", lang, Verb.FORM_REOPEN, STEPS[step])
            for step in form.path
            if step is not Step.SECOND_TIME and step is not (Step.CONSENT if form.consent else Step.HEALTH)
        ]
        pairs = tuple(tuple(changes[start : start + 2]) for start in range(0, len(changes), 2))
        return ((self._button(key, lang, Verb.FORM_SEND),), *pairs)

    def _button(self, key: str, lang: Language, verb: Verb, *arguments: object) -> Button:
        return Button(self._texts(key, lang), pack(verb, *arguments))
