"""Health questions before an appointment: yes or no, and what follows. Never a diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.language import Localised

PLAN = "plan"
"""What `screening.yaml` calls the training plan, beside the ids of treatments."""


class Outcome(StrEnum):
    """What follows from the answers, mildest first. Only this is kept, never the answers."""

    FINE = "fine"
    THERAPIST_CALLS = "therapist_calls"
    POSTPONE = "postpone"
    DOCTOR_FIRST = "doctor_first"


CALLED_ABOUT: Final = frozenset(Outcome) - {Outcome.FINE}
"""What the clinic telephones about, where it has a number."""


class Care(StrEnum):
    """What a treatment does; each has questions of its own."""

    MASSAGE = "massage"
    EXERCISE = "exercise"


_SEVERITY = {outcome: severity for severity, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what a yes leads to."""

    id: str
    text: Localised
    asked_for: frozenset[Care]
    if_yes: Outcome


@dataclass(frozen=True, slots=True)
class Screening:
    """All questions, and who is asked which."""

    questions: tuple[Question, ...]
    cares: Mapping[str, frozenset[Care]]
    """By treatment id, and `plan`."""
    consent: Localised
    """Asked before the first question: a client may prefer to be asked by the therapist."""
    results: Mapping[Outcome, Localised]

    def questions_for(self, treatment_id: str | None) -> tuple[Question, ...]:
        """What is asked, each once; for a treatment that `screening.yaml` forgot, everything."""
        cares = self.cares.get(treatment_id or PLAN, frozenset(Care))
        return tuple(each for each in self.questions if each.asked_for & cares)

    def question(self, question_id: str) -> Question | None:
        return next((each for each in self.questions if each.id == question_id), None)

    def outcome(self, answers: Mapping[str, bool]) -> Outcome:
        """The most severe of what the answers lead to. An answer to a question long gone counts nothing."""
        reached = (each.if_yes for each in self.questions if answers.get(each.id))
        return max(reached, key=_SEVERITY.__getitem__, default=Outcome.FINE)
