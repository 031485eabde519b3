"""What a message needs before any answer: a deterministic check that runs first on every message.

The phrases, and what may be said, stand in `knowledge/safety.yaml`; this is only the way they are applied.
"""

import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from bot.answers.model import Safety
from bot.answers.normalise import LONGEST
from bot.answers.safety_likeness import Examples, Likeness, Likenesses
from bot.answers.safety_matching import PhraseIndex, Reading, Span, phrase_index
from bot.answers.safety_phrases import Phrase
from bot.answers.safety_signs import ALARMS, BARS, BRIEF, HEALTH, HEARD, Family, Signs
from bot.domain.language import Language

_URGENCY = {safety: place for place, safety in enumerate(Safety)}
HOLDS = frozenset({Safety.MASSAGE_HOLD, Safety.EXERCISE_HOLD})
_EXPLAINING = HOLDS | {Safety.MEDICAL_SOON, Safety.SCOPE}
_FAMILY_OF: Mapping[Family, AbstractSet[Safety]] = {ALARMS: frozenset(ALARMS), HEALTH: {*HEALTH, *HOLDS}}
"""A condition is one class until it is asked what the client wants to do."""
_MATTERS = (
    frozenset({Safety.CRISIS_IMMINENT, Safety.CRISIS, Safety.CRISIS_OTHER}),
    frozenset({Safety.VIOLENCE, Safety.HARM_OTHERS}),
)
"""Classes that differ in who is meant and how near it is, and not in what is spoken of."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `condition` narrows it down: a health condition, or a kind of the class.

    `sign`: no phrase has named it, but a word and the likeness to examples, together, or an index that is
    sure of sadness. `over`: how far the likeness lies above what it takes.
    """

    safety: Safety
    condition: str | None = None
    minor: bool = False
    sign: bool = False
    over: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that stand for one class. `exceptions` cancel a hit that they cover, and nothing else.

    `aside`: classes whose own hits do not count here (a friend's "she wants to die" is not the writer's).
    `exercise_only`: only if the message speaks of exercise. `yields`: only if it asks nothing of the clinic.
    """

    safety: Safety
    condition: str | None
    phrases: Mapping[Language, tuple[Phrase, ...]]
    exceptions: Mapping[Language, tuple[Phrase, ...]]
    aside: tuple[Safety, ...] = ()
    exercise_only: bool = False
    yields: bool = False


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """All that the check knows. `folds` bring a message into the form that the phrases were written for.

    `topics` are phrases for what a message speaks of: exercise, massage, asking, minor.
    """

    folds: Mapping[Language, Callable[[str], str]]
    rules: tuple[Rule, ...]
    harmless: Mapping[Language, tuple[Phrase, ...]]
    topics: Mapping[str, Mapping[Language, tuple[Phrase, ...]]]
    signs: tuple[Signs, ...] = ()
    examples: Mapping[Language, Examples] = field(default_factory=dict)


class SafetyCheck:
    """Classifies messages. Keeps nothing of them; may be shared."""

    def __init__(self, rules: SafetyRules, likenesses: Mapping[Language, Likenesses]) -> None:
        """`likenesses`: what the rules' examples have taught."""
        self._rules = rules
        self._likenesses = likenesses
        self._indexes = {language: _index(rules, language) for language in rules.folds}

    def classify(self, text: str) -> Finding | None:
        """The most urgent finding of the message, or None. Never raises; some 60 ms for 4,096 characters."""
        return next(iter(self.findings(text)), None)

    def findings(self, text: str) -> list[Finding]:
        """All findings of the message, most urgent first; more than one of a class is possible.

        Only `LONGEST` characters are read: Telegram sends no more.
        """
        message = _Message(self._rules, self._indexes, self._likenesses, text[:LONGEST])
        minor = message.speaks_of("minor")
        found = [
            Finding(message.named(rule.safety), rule.condition, minor)
            for rule in self._rules.rules
            if message.meets(rule)
        ]
        for signs in self._rules.signs:
            met = {each.safety for each in found}
            # Beside what is worse a condition changes nothing.
            if signs.family != ALARMS and not met.isdisjoint(ALARMS):
                continue
            told = [each for each in found if each.safety in _FAMILY_OF[signs.family]]
            over, likest = message.weigh(signs, met, named=bool(told))
            if told:
                found = [each for each in found if each not in told] + settled(told, over, likest)
            elif over >= 0:
                found.append(Finding(likest, None, minor, sign=True, over=over))
        return sorted(found, key=lambda each: _URGENCY[each.safety])


def settled(told: list[Finding], over: float, likest: Safety) -> list[Finding]:
    """What is left of a family's phrases; of those of conditions at least what a doctor should see soon.

    They tell what is spoken of; whose it is, and how near, the examples know better ("my daughter says she
    wants to die"). But nothing makes less urgent what a phrase calls imminent, unless it is about somebody
    else: that reply begins with the ambulance too.
    """
    if over < 0:
        return [each for each in told if each.safety is Safety.MEDICAL_SOON]
    matter = next((each for each in _MATTERS if likest in each), frozenset[Safety]())
    same = [each for each in told if each.safety in matter]
    imminent = any(each.safety is Safety.CRISIS_IMMINENT for each in same)
    if over == math.inf or not same or (imminent and likest is Safety.CRISIS):
        return told
    one = next((each for each in same if each.safety is likest), Finding(likest, minor=told[0].minor))
    return [*(each for each in told if each not in same), one]


class _Message:
    """One message in the folds of all languages: people mix them."""

    def __init__(
        self,
        rules: SafetyRules,
        indexes: Mapping[Language, PhraseIndex],
        likenesses: Mapping[Language, Likenesses],
        text: str,
    ) -> None:
        self._rules = rules
        self._readings = {
            language: Reading(indexes[language], fold(text), rules.harmless[language])
            for language, fold in rules.folds.items()
        }
        self._likenesses = likenesses
        self._topics: dict[str, bool] = {}

    @cached_property
    def _alike(self) -> dict[Language, dict[Family, Likeness]]:
        return {
            language: known.likenesses(self._readings[language].folded)
            for language, known in self._likenesses.items()
        }

    def meets(self, rule: Rule) -> bool:
        hit = any(
            reading.holds(rule.phrases[language])
            and reading.holds(rule.phrases[language], self._exceptions(rule, language))
            for language, reading in self._readings.items()
        )
        if not hit or (rule.exercise_only and not self.speaks_of("exercise")):
            return False
        return not (rule.yields and self.speaks_of("asking"))

    def speaks_of(self, topic: str) -> bool:
        if topic not in self._topics:
            phrases = self._rules.topics[topic]
            self._topics[topic] = any(
                reading.holds(phrases[language]) for language, reading in self._readings.items()
            )
        return self._topics[topic]

    def weigh(self, signs: Signs, met: AbstractSet[Safety], *, named: bool) -> tuple[float, Safety]:
        """How far the likeness lies above what it takes, and to which class of the family.

        `met`: what phrases have found. `named`: a phrase of the family, which stands if the message is hardly
        more than it, or if the examples know too little of it.
        """
        over, safety, heard = -math.inf, signs.family[0], False
        for language, alike in self._alike.items():
            found, reading = alike.get(signs.family), self._readings[language]
            if found is None:
                continue
            if self._likenesses[language].is_harmless(reading.folded):
                # The base's own sayings are among these, and ask about conditions that a phrase names.
                heard |= signs.family == ALARMS
                continue
            heard |= found.known >= HEARD and len(reading.folded) > BRIEF[language]
            bar = BARS[language][signs.family].phrase if named else self._bar(signs, met, language)
            if found.share - bar > over:
                over, safety = found.share - bar, self.named(found.safety)
        return (math.inf if named and not heard else over), safety

    def _bar(self, signs: Signs, met: AbstractSet[Safety], language: Language) -> float:
        """What likeness takes where no phrase of the family was found."""
        bars, alike = BARS[language][signs.family], self._alike[language]
        # "I take blood thinners" is like a bleeding that will not stop, and liker to a condition.
        liker = any(other.share > alike[signs.family].share for other in alike.values())
        if liker or not met.isdisjoint(_EXPLAINING):
            return bars.milder
        return bars.word if self._readings[language].holds(signs.phrases[language]) else bars.alone

    def named(self, safety: Safety) -> Safety:
        """Which of the two holds: that of exercise if only exercise is spoken of."""
        if safety not in HOLDS:
            return safety
        exercise = self.speaks_of("exercise") and not self.speaks_of("massage")
        return Safety.EXERCISE_HOLD if exercise else Safety.MASSAGE_HOLD

    def _exceptions(self, rule: Rule, language: Language) -> list[Span]:
        reading = self._readings[language]
        spans = reading.spans(rule.exceptions[language])
        for other in self._rules.rules:
            if other.safety in rule.aside:
                spans += reading.spans(other.phrases[language])
        return spans


def _index(rules: SafetyRules, language: Language) -> PhraseIndex:
    phrases = [*rules.harmless[language]]
    for rule in rules.rules:
        phrases += [*rule.phrases[language], *rule.exceptions[language]]
    for topic in rules.topics.values():
        phrases += topic[language]
    for signs in rules.signs:
        phrases += signs.phrases[language]
    return phrase_index(phrases, spaced=language is Language.EN)
