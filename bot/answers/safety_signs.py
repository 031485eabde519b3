"""Words that may tell of a danger, and how like its examples a message with a phrase or a word must be."""

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
BRIEF: Final[Mapping[Language, int]] = {Language.EN: 32, Language.JA: 16}
"""Characters up to which a message is hardly more than its phrase: nothing in it can outweigh that."""
HEARD: Final = 0.4
"""Share of a message that examples must know to outweigh a phrase: of strange words they tell nothing."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Likeness that it takes: beside a word of the family, alone, where a phrase of it was found.

    Beside a phrase of danger little is asked for: hardly anybody in danger wrote one in a message that was
    like nothing of the kind, as "this heat is killing me" is. Beside one of a condition it is less still: a
    knee may be a mother's. Milder: a phrase has found a condition, or the message is liker to one; that says
    already why it sounds as it does.
    Chosen on labelled messages; `docs/safety.md` has the figures.
    """

    word: float
    alone: float
    milder: float
    phrase: float = 0.0


_HEALTH: Final = Bars(word=0.32, alone=0.5, milder=0.32, phrase=0.1)
BARS: Final[Mapping[Language, Mapping[Family, Bars]]] = {
    Language.EN: {ALARMS: Bars(word=0.43, alone=0.47, milder=0.5, phrase=0.3), HEALTH: _HEALTH},
    Language.JA: {ALARMS: Bars(word=0.4, alone=0.44, milder=0.5, phrase=0.27), HEALTH: _HEALTH},
}
"""By language: words and runs of characters do not give the same shares."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Words of one family: beside one of them, likeness counts."""

    family: Family
    phrases: Mapping[Language, tuple[Phrase, ...]]
