"""How a form takes answers, and what it offers."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from bot.domain import hours, typed
from bot.domain.desk import Desk, check_free, length, offered
from bot.domain.errors import FormRefused
from bot.domain.form import (
    NOTHING_SAID,
    OPTIONAL,
    TYPED,
    WITH_TIMES,
    Form,
    FormRefusal,
    Kept,
    Said,
    Step,
    asked_anew,
    next_step,
    reopen,
)
from bot.domain.requests import Kind, Personal, Request
from bot.domain.slots import DayState, day_state, duration_of

NEAR = timedelta(minutes=90)
"""When the very time that somebody named is gone, what is this near to it is shown first."""


@dataclass(frozen=True, slots=True)
class Health:
    """An answer that names its question, so that a second tap does not answer the next one."""

    question_id: str
    yes: bool


Value: TypeAlias = Kept | Health
"""Treatment id; day; start; text; consent; health answer; None to skip."""


def begin(
    desk: Desk, kind: Kind = Kind.APPOINTMENT, said: Said = NOTHING_SAID, known: Personal | None = None
) -> Form:
    """A new form, with what the client's words and an earlier booking tell filled in."""
    only = desk.clinic.treatments[0].id if len(desk.clinic.treatments) == 1 else None
    form = Form(kind=kind, said=replace(said, treatment_id=said.treatment_id or only))
    if kind is Kind.PLAN:
        form = _with_questions(form, desk)
    if known and known.name:
        have = frozenset({Step.NAME, Step.PHONE} if known.phone else {Step.NAME})
        personal = Personal(name=known.name, phone=known.phone)
        form = replace(form, personal=personal, answered=have, prefilled=have)
    return _follow_words(form, desk)


def begin_change(desk: Desk, request: Request, said: Said = NOTHING_SAID) -> Form:
    """A form for another time of a request or appointment: only times are asked."""
    standing = (request.appointment.start,) if request.appointment else request.open_times
    form = Form(
        kind=request.kind,
        changing=request.id,
        treatment_id=request.treatment_id,
        duration=request.duration,
        was=standing,
        said=said,
    )
    return _follow_words(form, desk)


def answer(form: Form, step: Step, value: Value, desk: Desk) -> Form:
    """The form with one more answer; what the client said in words before may answer further steps.

    Raises:
        FormRefused: with the reason and the step; `stale` for an answer to a step that is not asked now.
    """
    if step is not next_step(form):
        raise FormRefused(FormRefusal.STALE, next_step(form))
    return _follow_words(_answered(form.told(), step, value, desk), desk)


def hear(form: Form, said: Said, desk: Desk, *, instead: bool = False) -> Form:
    """The form after words about what, when or from when, at any of its steps about time.

    Where a second choice is asked for, a day is the second choice, and one more has no place. Anywhere else,
    where the words say `instead`, or where they name the treatment and so tell the whole wish anew, a new day
    or time opens what was answered before: the last word counts. Raises nothing: what cannot be followed
    stands in `unmet`.
    """
    form = form.told()
    step = next_step(form)
    second = step is Step.SECOND_TIME or (step is Step.SECOND_DAY and said.day is not None)
    if second and not instead and said.treatment_id is None:
        form = reopen(form, Step.SECOND_DAY) if said.day else form
        said = said.second_choice() if said.day == form.day else said
        return _follow_words(replace(form, said=said), desk)
    if said.day is not None and said.day != form.day:
        form = reopen(form, Step.DAY)
    elif Step.DAY in form.answered:
        said = replace(said, day=None)  # or the day that is chosen already would be the second choice, too
    if said.otherwise is not None:
        form = reopen(form, Step.SECOND_DAY)
    if said.start is not None or said.until is not None:
        form = reopen(form, Step.TIME)
    another = said.treatment_id not in (None, form.treatment_id)
    if another and form.changing is None:
        form = reopen(form, Step.TREATMENT)
    return _follow_words(replace(form, said=said), desk)


def _answered(form: Form, step: Step, value: Value, desk: Desk) -> Form:
    match step, value:
        case Step.TREATMENT, str():
            if duration_of(desk.clinic, value) is None:
                raise FormRefused(FormRefusal.NO_SUCH_TREATMENT, step)
            another = value != form.treatment_id
            form = _with_questions(replace(form, treatment_id=value), desk)
            form = _day_again(asked_anew(form, step), desk) if another else form
        case ((Step.DAY | Step.SECOND_DAY | Step.SECOND_TIME | Step.TIME), (date() | None)):
            form = _with_time(form, step, value, desk)
        case Step.CONSENT, bool():
            form = replace(form, consent=value, health=form.health if value else {})
        case Step.HEALTH, Health(question_id=question_id, yes=yes) if question_id == form.question:
            return replace(form, health={**form.health, question_id: yes})
        case _, (str() | None) if step in TYPED:
            form = replace(form, personal=form.personal.with_text(step.value, typed.checked(step, value)))
            form = replace(form, draft=None) if step is Step.NOTE else form
        case _:
            raise FormRefused(FormRefusal.STALE, step)
    return replace(form, answered=form.answered | {step})


def _with_time(form: Form, step: Step, value: date | None, desk: Desk) -> Form:
    duration = length(form, desk)
    if duration is None:
        raise FormRefused(FormRefusal.NO_SUCH_TREATMENT, Step.TREATMENT)
    if value is None:
        if step not in OPTIONAL:
            raise FormRefused(FormRefusal.NEEDED, step)
        return replace(form, second_day=None, second_start=None)
    first = step in (Step.DAY, Step.TIME)
    if (step in WITH_TIMES) is not isinstance(value, datetime):
        raise FormRefused(FormRefusal.STALE, step)
    if isinstance(value, datetime):
        start = hours.local(desk.clinic, value)
        if start.date() != (form.day if first else form.second_day):
            raise FormRefused(FormRefusal.STALE, step)
        check_free(start, duration, step, desk)
        if start in {*form.was, form.second_start if first else form.start}:
            raise FormRefused(FormRefusal.SAME_TIME, step)
        return replace(form, start=start) if first else replace(form, second_start=start)
    state = day_state(desk.clinic, duration, value, desk.taken, desk.now)
    if state is not DayState.OPEN:
        raise FormRefused(FormRefusal(state.value), step)
    if value == (form.day if first else form.second_day):
        return form
    form = asked_anew(form, step)
    form = (
        replace(form, day=value, start=None) if first else replace(form, second_day=value, second_start=None)
    )
    if not offered(form, Step.TIME if first else Step.SECOND_TIME, desk).fitting:
        raise FormRefused(FormRefusal.FULL, step)
    return form


def _day_again(form: Form, desk: Desk) -> Form:
    """A day that suited the treatment chosen before can be too short or full for this one."""
    duration = length(form, desk)
    if form.day is None or duration is None or Step.DAY not in form.answered:
        return form
    state = day_state(desk.clinic, duration, form.day, desk.taken, desk.now)
    if state is DayState.OPEN:
        return form
    return replace(reopen(form, Step.DAY), unmet=FormRefusal(state.value), unmet_day=form.day)


def _with_questions(form: Form, desk: Desk) -> Form:
    questions = tuple(each.id for each in desk.screening.questions_for(form.treatment_id))
    health = {each: yes for each, yes in form.health.items() if each in questions}
    return replace(form, questions=questions, health=health)


def _follow_words(form: Form, desk: Desk) -> Form:
    """Answer from the client's words as long as they tell the next step; each word is used once."""
    while (hint := _hint(form, desk)) is not None:
        step, value, left = hint
        try:
            answered = _answered(form, step, value, desk)
        except FormRefused as refused:
            day = value if refused.step in (Step.DAY, Step.SECOND_DAY) and isinstance(value, date) else None
            form = replace(form, said=left, unmet=refused.reason, unmet_day=day)
        else:
            form = replace(answered, said=left, prefilled=answered.prefilled | {step})
    return _day_in_vain(form, desk)


def _hint(form: Form, desk: Desk) -> tuple[Step, Value, Said] | None:
    """What the words tell about the next step, and the words that are left then."""
    said = form.said
    if said.day is None and next_step(form) in (Step.DAY, Step.SECOND_DAY):
        # The first choice is used, or cannot be had: then the second is the first.
        said = said.second_choice()
    match next_step(form):
        case Step.TREATMENT if said.treatment_id:
            return Step.TREATMENT, said.treatment_id, replace(said, treatment_id=None)
        case Step.DAY if said.day:
            return Step.DAY, said.day, replace(said, day=None)
        case Step.SECOND_DAY if said.day:
            return Step.SECOND_DAY, said.day, replace(said, day=None, otherwise=None)
        case (Step.TIME | Step.SECOND_TIME) as step if said.exact and said.start:
            day = form.day if step is Step.TIME else form.second_day
            if day is not None:
                start = hours.local(desk.clinic, hours.moment(desk.clinic, day, said.start))
                opens, closes = _near(said.start)
                return step, start, replace(said, exact=False, start=opens, until=closes)
    return None


def _day_in_vain(form: Form, desk: Desk) -> Form:
    """A day on which the clinic takes nobody is told at once, also while the treatment is still open."""
    if form.said.day is None or next_step(form) is not Step.TREATMENT:
        return form
    shortest = min(each.duration for each in desk.clinic.treatments)
    state = day_state(desk.clinic, shortest, form.said.day, desk.taken, desk.now)
    if state is DayState.OPEN or state is DayState.FULL:
        # A full day keeps its place until the treatment is known: then there is the waiting list.
        return form
    said = replace(form.said, day=None)
    return replace(form, said=said, unmet=FormRefusal(state.value), unmet_day=form.said.day)


def _near(at: time) -> tuple[time, time]:
    """The window around a time, within its day."""
    middle = datetime(2000, 1, 1, at.hour, at.minute, tzinfo=UTC)
    start, until = middle - NEAR, middle + NEAR
    return (
        start.time() if start.day == middle.day else time.min,
        until.time() if until.day == middle.day else time.max,
    )
