"""What a message needs before any answer: a deterministic check that runs first on every message.

The phrases, and what may be said, stand in `knowledge/safety.yaml`; this is only the way they are applied.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.answers.model import Safety
from bot.answers.safety_phrases import EDGE, Part, Phrase
from bot.domain.language import Language

Span: TypeAlias = tuple[int, int]
_CONDITIONS = (Safety.MASSAGE_HOLD, Safety.EXERCISE_HOLD)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `condition` narrows it down: a health condition, or a kind of the class."""

    safety: Safety
    condition: str | None = None
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that stand for one class. `exceptions` cancel a hit that they cover, and nothing else.

    `aside`: the classes whose own hits do not count here (a friend's "she wants to die" is not the writer's).
    `asks`: only counts if the message speaks of exercise. `yields`: only if it asks nothing of the clinic.
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
    """All that the check knows. `folds` brings a message into the form that the phrases were written for."""

    folds: Mapping[Language, Callable[[str], str]]
    rules: tuple[Rule, ...]
    harmless: Mapping[Language, tuple[Phrase, ...]]
    topics: Mapping[str, Mapping[Language, tuple[Phrase, ...]]]  # exercise, massage, asking, minor


class SafetyCheck:
    """Classifies messages. Holds no state between them; may be shared."""

    def __init__(self, rules: SafetyRules) -> None:
        self._rules = rules
        self._order = sorted(rules.rules, key=lambda rule: list(Safety).index(rule.safety))

    def classify(self, text: str) -> Finding | None:
        """The most urgent finding of the message, or None. Never raises; about 20 ms for 4,096 characters."""
        return next(iter(self.findings(text)), None)

    def findings(self, text: str) -> Iterator[Finding]:
        """All findings of the message, most urgent first."""
        readings = [
            _Reading(self._rules, language, fold(text)) for language, fold in self._rules.folds.items()
        ]
        speaks_of = {
            topic: any(reading.holds(phrases.get(reading.language, ())) for reading in readings)
            for topic, phrases in self._rules.topics.items()
        }
        for rule in self._order:
            if rule.exercise_only and not speaks_of["exercise"]:
                continue
            if rule.yields and speaks_of["asking"]:
                continue
            if any(reading.meets(rule) for reading in readings):
                yield Finding(_asked(rule.safety, speaks_of), rule.condition, speaks_of["minor"])


def _asked(safety: Safety, speaks_of: Mapping[str, bool]) -> Safety:
    if safety not in _CONDITIONS:
        return safety
    exercise = speaks_of["exercise"] and not speaks_of["massage"]
    return Safety.EXERCISE_HOLD if exercise else Safety.MASSAGE_HOLD


class _Reading:
    """One message in one language's fold."""

    def __init__(self, rules: SafetyRules, language: Language, folded: str) -> None:
        self.language = language
        self._rules = rules
        self._anchors: dict[str, bool] = {}
        self._text = folded
        self._text = self._without_harmless(folded)
        self._anchors = {}
        self._by_class: dict[Safety, list[Span]] = {}

    def holds(self, phrases: tuple[Phrase, ...]) -> bool:
        return any(next(self._hits(phrase, ()), None) is not None for phrase in phrases)

    def meets(self, rule: Rule) -> bool:
        exceptions: list[Span] | None = None
        for phrase in rule.phrases.get(self.language, ()):
            if next(self._hits(phrase, ()), None) is None:
                continue
            if exceptions is None:  # only looked for once there is something to cancel
                exceptions = self._spans(rule.exceptions.get(self.language, ()))
                for safety in rule.aside:
                    exceptions += self._spans_of(safety)
            if next(self._hits(phrase, exceptions), None) is not None:
                return True
        return False

    def _without_harmless(self, folded: str) -> str:
        spans = self._spans(self._rules.harmless.get(self.language, ()))
        for start, end in spans:
            first = start + 1 if folded[start] == " " else start
            folded = folded[:first] + "~" * (end - first) + folded[end:]
        return folded

    def _spans_of(self, safety: Safety) -> list[Span]:
        if safety not in self._by_class:
            spans: list[Span] = []
            for rule in self._rules.rules:
                if rule.safety is safety:
                    spans += self._spans(rule.phrases.get(self.language, ()))
            self._by_class[safety] = spans
        return self._by_class[safety]

    def _spans(self, phrases: tuple[Phrase, ...]) -> list[Span]:
        return [span for phrase in phrases for spans in self._hits(phrase, ()) for span in spans]

    def _hits(self, phrase: Phrase, exceptions: list[Span] | tuple[()]) -> Iterator[list[Span]]:
        """The spans of every hit that no exception covers."""
        if not all(self._worth(part) for part in phrase.parts):
            return
        if len(phrase.parts) == 1 and not phrase.without:
            for span in self._matches(phrase.parts[0], 0, len(self._text), exceptions):
                yield [span]
            return
        for start, end in self._sentences():
            spans = [next(self._matches(part, start, end, exceptions), None) for part in phrase.parts]
            found = [span for span in spans if span is not None]
            if len(found) < len(spans):
                continue
            if not any(next(self._matches(part, start, end, ()), None) for part in phrase.without):
                yield found

    def _matches(
        self, part: Part, start: int, end: int, exceptions: list[Span] | tuple[()]
    ) -> Iterator[Span]:
        while (match := part.pattern.search(self._text, start, end)) is not None:
            if not any(_within(match.span(), other) or _within(other, match.span()) for other in exceptions):
                yield match.span()
            start = match.start() + 1

    def _sentences(self) -> Iterator[Span]:
        start = self._text.find(EDGE)
        while (end := self._text.find(EDGE, start + 1)) != -1:
            yield start, end + 2
            start = end

    def _worth(self, part: Part) -> bool:
        for anchor in part.anchors:
            if anchor not in self._anchors:
                self._anchors[anchor] = anchor in self._text
            if self._anchors[anchor]:
                return True
        return False


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
