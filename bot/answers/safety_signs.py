"""Words that may tell of a danger, and how like its examples a message with such a word must be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.answers.model import Safety
from bot.answers.safety_phrases import Phrase
from bot.domain.language import Language

Family: TypeAlias = tuple[Safety, ...]
"""Classes that are told from all the rest together, and then from each other."""

ALARMS: Final[Family] = (
    Safety.CRISIS_IMMINENT,
    Safety.MEDICAL_EMERGENCY,
    Safety.CRISIS,
    Safety.CRISIS_OTHER,
    Safety.VIOLENCE,
    Safety.HARM_OTHERS,
)
HEALTH: Final[Family] = (Safety.MEDICAL_SOON, Safety.MASSAGE_HOLD)
FAMILIES: Final = (ALARMS, HEALTH)


@dataclass(frozen=True, slots=True)
class Bars:
    """Likeness that it takes: beside a word of the family, where something milder is named, alone.

    Named: a phrase has found a condition, or the message is liker to one; that says already why it sounds as
    it does. Alone: it is much like an example. Chosen on labelled messages; `docs/safety.md` has the figures.
    """

    word: float
    named: float
    alone: float


BARS: Final[Mapping[Language, Mapping[Family, Bars]]] = {
    Language.EN: {
        ALARMS: Bars(word=0.465, named=0.55, alone=0.55),
        HEALTH: Bars(word=0.32, named=0.32, alone=0.5),
    },
    Language.JA: {
        ALARMS: Bars(word=0.38, named=0.55, alone=0.5),
        HEALTH: Bars(word=0.32, named=0.32, alone=0.5),
    },
}
"""By language: words and runs of characters do not give the same shares."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Words of one family: beside one of them, likeness counts."""

    family: Family
    phrases: Mapping[Language, tuple[Phrase, ...]]
