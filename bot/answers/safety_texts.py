"""What is said once `safety.py` has found something: helplines, replies, and sentences on conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answers.model import Safety
from bot.answers.safety import Finding
from bot.domain.language import Language, Localised

SOME_CONDITION = "some-condition"
"""The key of the message that stands where a condition's own sentence would."""


class Outcome(StrEnum):
    """What follows from a health condition; nothing finer, because nobody here diagnoses."""

    THERAPIST_CALLS = "therapist_calls"
    DOCTOR_FIRST = "doctor_first"
    POSTPONE = "postpone"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number that a client can tap. `verified_on` is None until the clinic has looked it up."""

    id: str
    name: Localised
    number: str
    tel: str  # as in a tel: link
    hours: Localised
    languages: tuple[str, ...]  # ISO 639-1, the line's own
    serves: tuple[Safety, ...]  # first what it is there for first
    minors_first: bool
    always_24h: bool
    on: bool
    what_happens: Localised
    source: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Reply:
    """Variations of one reply, so that nobody reads the same words twice.

    Texts may hold `{helplines}`; those of holds, `{condition}` and `{outcome}`.
    """

    texts: Mapping[Language, tuple[str, ...]]

    def text(self, language: Language, turn: int = 0) -> str:
        """The variation for the `turn`-th time (from 0); starts again after the last."""
        variations = self.texts[language]
        return variations[turn % len(variations)]


@dataclass(frozen=True, slots=True)
class Condition:
    """A health condition that a therapist must know of: what follows, and one sentence."""

    id: str
    outcome: Outcome
    sentence: Localised


@dataclass(frozen=True, slots=True)
class SafetyTexts:
    """All texts of the safety check. Keys of `replies`: see `reply`."""

    helplines: tuple[Helpline, ...]
    replies: Mapping[str, Reply]
    outcomes: Mapping[Outcome, Localised]
    conditions: Mapping[str, Condition]
    messages: Mapping[str, Localised]  # for-a-friend, for-someone-else, still-here, some-condition

    def reply(self, finding: Finding) -> Reply:
        """The closest reply there is: `violence-minor`, `boundary/sexual`, then the class itself."""
        keys = [finding.safety.value]
        if finding.condition is not None:
            keys.insert(0, f"{finding.safety.value}/{finding.condition}")
        if finding.minor:
            keys.insert(0, f"{finding.safety.value}-minor")
        return next(self.replies[key] for key in keys if key in self.replies)

    def hold(self, finding: Finding, language: Language, turn: int = 0) -> str:
        """The reply to a hold; where no condition was named, the therapist asks."""
        condition = self.conditions.get(finding.condition or "")
        sentence = condition.sentence if condition else self.messages[SOME_CONDITION]
        text = self.reply(finding).text(language, turn).replace("{condition}", sentence[language])
        outcome = condition.outcome if condition else Outcome.THERAPIST_CALLS
        return text.replace("{outcome}", self.outcomes[outcome][language])

    def lines(self, finding: Finding, language: Language) -> tuple[Helpline, ...]:
        """The helplines that serve this finding.

        The young's own come first for them and last for others; then the reader's language, 24 hours, and
        what the line is there for first.
        """

        def rank(line: Helpline) -> tuple[int, bool, bool, int]:
            young = (-1 if finding.minor else 1) if line.minors_first else 0
            meant_for_it = line.serves.index(finding.safety)
            return young, language.value not in line.languages, not line.always_24h, meant_for_it

        serving = [line for line in self.helplines if line.on and finding.safety in line.serves]
        return tuple(sorted(serving, key=rank))
