"""Weak signs: two that agree, or one beside a strong likeness, tell of a danger that no phrase names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.model import Safety
from bot.answers.safety_likeness import Likeness
from bot.answers.safety_phrases import Phrase
from bot.domain.language import Language

LIKE = "like-examples"
"""The sign that is no theme: the message is much like the examples of its class."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How like its examples a message must be: with no theme, beside one, beside two, beside more."""

    alone: float
    one: float
    two: float
    more: float


PLAIN = Bar(alone=0.85, one=0.4, two=0.3, more=0.15)
"""Alone: a near-copy of an example. Two: below it they are chance, for a long letter holds any two themes."""
EXPLAINED = Bar(alone=1.0, one=0.65, two=0.45, more=0.3)
"""Where a condition or sadness is named, which says already why the message sounds as it does."""

FAMILIES = (
    frozenset({Safety.CRISIS_IMMINENT, Safety.CRISIS, Safety.CRISIS_OTHER}),
    frozenset({Safety.VIOLENCE}),
    frozenset({Safety.HARM_OTHERS}),
    frozenset({Safety.MEDICAL_EMERGENCY}),
)
"""Signs agree when the classes they hint at lead to the same people."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Phrases that hint at a class, and mean nothing alone."""

    name: str
    safety: Safety
    phrases: Mapping[Language, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What several weak signs come to, and which they were."""

    safety: Safety
    signs: tuple[str, ...]


def suspicion(themes: Sequence[Theme], likeness: Likeness | None, bar: Bar = PLAIN) -> Suspicion | None:
    """What the themes of a message and its likeness to the examples say together; None is most of life."""
    share = likeness.share if likeness else 0.0
    found: list[tuple[int, Suspicion]] = []
    for family in FAMILIES:
        names = tuple(theme.name for theme in themes if theme.safety in family)
        alike = likeness is not None and likeness.safety in family
        close = alike and share >= bar.one
        signs = (*names, LIKE) if close or not names else names
        if names:
            enough = close or (len(names) == 2 and share >= bar.two) or (len(names) > 2 and share >= bar.more)
        else:
            enough = alike and share >= bar.alone
        if not enough:
            continue
        safety = next(theme.safety for theme in themes if theme.safety in family) if names else None
        if likeness is not None and alike:
            safety = likeness.safety
        if safety is not None:
            found.append((len(signs) + alike, Suspicion(safety, signs)))
    # The most urgent of those that most signs speak for: `FAMILIES` stand in that order.
    return max(found, key=lambda each: each[0])[1] if found else None
