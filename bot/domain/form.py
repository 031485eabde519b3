"""The booking form as data: saved after every answer, so that a restart or a second process goes on with it.

The next step is never stored: it is the first on the form's path that has no answer yet. What was answered
and is open again keeps its value, for the view to offer as "keep this".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from bot.domain.requests import Kind, Personal

Kept: TypeAlias = str | date | datetime | bool | None
"""What a step may hold: a treatment or words, a day, a start, a consent; None for nothing."""


class Step(StrEnum):
    """One question of the form, in the order in which they are asked."""

    TREATMENT = "treatment"
    DAY = "day"
    TIME = "time"
    SECOND_DAY = "second_day"
    SECOND_TIME = "second_time"
    GOAL = "goal"
    ACTIVITY_NOW = "activity_now"
    SUITS = "suits"
    NAME = "name"
    PHONE = "phone"
    NOTE = "note"
    CONSENT = "consent"
    HEALTH = "health"
    """One step for all health questions; `Form.question` tells which."""
    SUMMARY = "summary"


TYPED: Final = frozenset({Step.GOAL, Step.ACTIVITY_NOW, Step.SUITS, Step.NAME, Step.PHONE, Step.NOTE})
"""Steps that want text; at any other step, text is a question to the bot."""

OPTIONAL: Final = frozenset({Step.SECOND_DAY, Step.PHONE, Step.NOTE})
"""Steps that take None, for "skip"."""

WITH_TIMES: Final = frozenset({Step.TIME, Step.SECOND_TIME})

_ABOUT_TIME = (Step.DAY, Step.TIME, Step.SECOND_DAY, Step.SECOND_TIME)
_ABOUT_CLIENT = (Step.NAME, Step.PHONE, Step.NOTE, Step.CONSENT, Step.HEALTH)
_PATHS: Final = {
    Kind.APPOINTMENT: (Step.TREATMENT, *_ABOUT_TIME, *_ABOUT_CLIENT),
    Kind.PLAN: (Step.GOAL, Step.ACTIVITY_NOW, Step.SUITS, *_ABOUT_CLIENT),
}

_ANEW: Final[Mapping[Step, frozenset[Step]]] = {
    Step.TREATMENT: frozenset({Step.TIME, Step.SECOND_DAY, Step.SECOND_TIME}),
    Step.DAY: frozenset({Step.TIME}),
    Step.SECOND_DAY: frozenset({Step.SECOND_TIME}),
}
"""What has to be asked again once a step gets another answer."""


class FormRefusal(StrEnum):
    """Why an answer is not taken. Days have the reasons of `DayState`, under the same names."""

    STALE = "stale"
    """The button belongs to a step that is no longer asked: show the form as it is."""
    NO_SUCH_TREATMENT = "no_such_treatment"
    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    FULL = "full"
    """The whole day: the waiting list can help."""
    SLOT_TAKEN = "slot_taken"
    SAME_TIME = "same_time"
    NEEDED = "needed"
    TOO_LONG = "too_long"
    NO_LETTER = "no_letter"
    NO_NAME = "no_name"
    """A question or a sentence, where a name is wanted."""
    PHONE = "phone"
    CONSENT = "consent"
    INCOMPLETE = "incomplete"
    TOO_MANY = "too_many"
    """The client has as many open requests as the clinic allows."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a client's words tell before anything is asked. Times are of the wall clock at the clinic."""

    treatment_id: str | None = None
    day: date | None = None
    start: time | None = None
    until: time | None = None
    exact: bool = False
    """`start` is the time itself ("at six"), not the beginning of a window ("after six")."""
    otherwise: "Said | None" = None
    """A second choice that was said with the first: another day and its times."""

    def second_choice(self) -> "Said":
        """The second choice in place of the first; without a time of its own it has that of the first."""
        other = self.otherwise
        if other is None:
            return self
        times = self if other.start is None and other.until is None else other
        return replace(times, treatment_id=self.treatment_id, day=other.day, otherwise=None)


NOTHING_SAID: Final = Said()


@dataclass(frozen=True, slots=True)
class Form:
    """What a client has said so far. Nothing is asked twice, and nothing is lost by going back."""

    kind: Kind = Kind.APPOINTMENT
    changing: int | None = None
    """The id of the request or appointment for which another time is asked; then only times are asked."""
    duration: timedelta | None = None
    """With `changing`: how long that appointment is."""
    was: tuple[datetime, ...] = ()
    """With `changing`: the times it has now, which are no change."""
    treatment_id: str | None = None
    day: date | None = None
    start: datetime | None = None
    second_day: date | None = None
    second_start: datetime | None = None
    said: Said = NOTHING_SAID
    """What the client put in words and no step has used yet."""
    unmet: FormRefusal | None = None
    """Why the last of those words could not be followed; said to the client once, beside the next step."""
    unmet_day: date | None = None
    """With `unmet`: the day that cannot be had."""
    personal: Personal = field(default_factory=Personal)
    draft: str | None = field(default=None, repr=False)
    """Typed where a note is wanted, and answered as a question: offered as a note."""
    aside: bool = False
    """Something graver came between: no text is taken for it until the client returns to it."""
    consent: bool | None = None
    questions: tuple[str, ...] = ()
    """Ids of the health questions for this treatment."""
    health: Mapping[str, bool] = field(default_factory=dict, repr=False)
    answered: frozenset[Step] = frozenset()
    prefilled: frozenset[Step] = frozenset()
    """Taken from the client's words or from an earlier booking: shown as such, never asked."""

    def told(self) -> "Form":
        """The client has read what could not be followed: it is said once."""
        return replace(self, unmet=None, unmet_day=None)

    @property
    def path(self) -> tuple[Step, ...]:
        """The steps of this form, without the summary."""
        if self.changing is not None:
            steps: tuple[Step, ...] = _ABOUT_TIME
        else:
            steps = _PATHS[self.kind]
        left_out: set[Step] = set()
        if Step.SECOND_DAY in self.answered and self.second_day is None:
            left_out.add(Step.SECOND_TIME)
        if Step.CONSENT in self.answered and not self.consent:
            left_out.add(Step.HEALTH)
        if not self.questions:
            left_out |= {Step.CONSENT, Step.HEALTH}
        return tuple(each for each in steps if each not in left_out)

    @property
    def question(self) -> str | None:
        """The health question that is asked next."""
        return next((each for each in self.questions if each not in self.health), None)

    @property
    def times(self) -> tuple[datetime, ...]:
        """First and second choice."""
        both = (self.start, self.second_start)
        return tuple(each for each in both if each)

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are behind, and how many there are."""
        return len([each for each in self.path if is_answered(self, each)]), len(self.path)


def has_answers(form: Form) -> bool:
    """Whether whoever leaves it would have to tell something again; choosing a treatment is one tap."""
    from_before = form.prefilled & {Step.NAME, Step.PHONE} | {Step.TREATMENT}
    said = form.personal
    written = (said.note, said.goal, said.activity_now, said.suits, form.draft)
    return bool(form.answered - from_before or form.health or any(written))


def is_answered(form: Form, step: Step) -> bool:
    return form.question is None if step is Step.HEALTH else step in form.answered


def next_step(form: Form) -> Step:
    """What is asked now; the summary once nothing is left."""
    return next((each for each in form.path if not is_answered(form, each)), Step.SUMMARY)


def back(form: Form) -> Form:
    """One step back, or one health question; at the first step nothing changes."""
    step = next_step(form)
    given = [each for each in form.questions if each in form.health]
    behind = form.path[: form.path.index(step)] if step in form.path else form.path
    at_health = step is Step.HEALTH or behind[-1:] == (Step.HEALTH,)
    if at_health and given:
        health = {each: yes for each, yes in form.health.items() if each != given[-1]}
        return replace(form.told(), health=health)
    return reopen(form, behind[-1]) if behind else form


def reopen(form: Form, step: Step) -> Form:
    """Ask this step again: "change" beside a line of the summary. All health questions are one line."""
    health = {} if step is Step.HEALTH else form.health
    return replace(
        form.told(), answered=form.answered - {step}, prefilled=form.prefilled - {step}, health=health
    )


def asked_anew(form: Form, step: Step) -> Form:
    """The form after another answer to `step`: what depended on the old one is open again."""
    gone = _ANEW.get(step, frozenset())
    return replace(form, answered=form.answered - gone, prefilled=form.prefilled - gone)


def kept(form: Form, step: Step) -> Kept:
    """What an open step held before, for a button "keep this"; None where there is nothing."""
    own: dict[Step, Kept] = {
        Step.TREATMENT: form.treatment_id,
        Step.DAY: form.day,
        Step.TIME: form.start,
        Step.SECOND_DAY: form.second_day,
        Step.SECOND_TIME: form.second_start,
        Step.CONSENT: form.consent,
    }
    if step in TYPED:
        text: str | None = getattr(form.personal, step.value)
        return text or None
    return own.get(step)
