"""Looks for phrases in one message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.answers.safety_phrases import EDGE, Part, Phrase

Span: TypeAlias = tuple[int, int]

_REACH = 400  # characters; longer than any phrase with its gaps


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Which phrases a message may hold at all: thousands are ruled out by their words before any is tried.

    In a language with spaces a word is looked up whole; in one without, by its first one or two characters.
    """

    spaced: bool
    by_word: dict[str, tuple[Phrase, ...]]
    by_start: dict[str, tuple[str, ...]]

    def candidates(self, text: str) -> set[Phrase]:
        """The phrases of which the message holds a word of the first part."""
        words: Iterable[str] = set(text.split()) if self.spaced else self._words(text)
        return {phrase for word in words for phrase in self.by_word.get(word, ())}

    def _words(self, text: str) -> set[str]:
        starts = [text[at : at + length] for at in range(len(text)) for length in (1, 2)]
        return {word for start in set(starts) for word in self.by_start.get(start, ()) if word in text}


def phrase_index(phrases: Iterable[Phrase], spaced: bool) -> PhraseIndex:
    """An index of these phrases."""
    by_word: dict[str, list[Phrase]] = {}
    by_start: dict[str, list[str]] = {}
    for phrase in phrases:
        for word in phrase.parts[0].anchors:
            if word not in by_word:
                by_start.setdefault(word[:2], []).append(word)
            by_word.setdefault(word, []).append(phrase)
    return PhraseIndex(
        spaced,
        {word: tuple(found) for word, found in by_word.items()},
        {start: tuple(words) for start, words in by_start.items()},
    )


class Reading:
    """One message, folded for one language. Phrases that are not in the index are never found."""

    def __init__(self, index: PhraseIndex, folded: str, harmless: tuple[Phrase, ...]) -> None:
        self._index = index
        self.folded = folded
        self.text = folded
        """`folded` with what is harmless cut out."""
        self._candidates = index.candidates(folded)
        if spans := self.spans(harmless):
            for start, end in spans:
                self.text = self.text[:start] + "~" * (end - start) + self.text[end:]

    def holds(self, phrases: tuple[Phrase, ...], exceptions: Iterable[Span] = ()) -> bool:
        """Is there a hit that no exception covers?"""
        spans = tuple(exceptions)
        return any(next(self._hits(phrase, spans), None) is not None for phrase in self._possible(phrases))

    def spans(self, phrases: tuple[Phrase, ...]) -> list[Span]:
        """Where the phrases stand."""
        return [span for phrase in self._possible(phrases) for hit in self._hits(phrase, ()) for span in hit]

    def _possible(self, phrases: tuple[Phrase, ...]) -> Iterator[Phrase]:
        return (phrase for phrase in phrases if phrase in self._candidates)

    def _hits(self, phrase: Phrase, exceptions: tuple[Span, ...]) -> Iterator[list[Span]]:
        if len(phrase.parts) == 1 and not phrase.without:
            for span in self._matches(phrase.parts[0], 0, len(self.text), exceptions):
                yield [span]
            return
        for start, end in self._sentences(phrase.parts[0]):
            spans = [next(self._matches(part, start, end, exceptions), None) for part in phrase.parts]
            found = [span for span in spans if span is not None]
            if len(found) < len(spans):
                continue
            if not any(next(self._matches(part, start, end, ()), None) for part in phrase.without):
                yield found

    def _matches(self, part: Part, start: int, end: int, exceptions: tuple[Span, ...]) -> Iterator[Span]:
        start, end = self._window(part, start, end)
        while (match := part.pattern.search(self.text, start, end)) is not None:
            span = self._trimmed(match.span())
            if not any(_nested(span, exception) for exception in exceptions):
                yield span
            start = match.start() + 1

    def _window(self, part: Part, start: int, end: int) -> Span:
        """Where the part can stand at all: around its own words. Long messages are mostly something else."""
        firsts = [at for anchor in part.anchors if (at := self.text.find(anchor, start, end)) != -1]
        if not firsts:
            return end, end
        last = max(self.text.rfind(anchor, start, end) for anchor in part.anchors)
        return max(start, min(firsts) - _REACH), min(end, last + _REACH)

    def _trimmed(self, span: Span) -> Span:
        first, last = span
        return first + (self.text[first] == " "), last - (self.text[last - 1] == " ")

    def _sentences(self, part: Part) -> Iterator[Span]:
        """The sentences that the part occurs in, without a look at the others."""
        at, last = self._window(part, 0, len(self.text))
        while (match := part.pattern.search(self.text, at, last)) is not None:
            start = self.text.rfind(EDGE, 0, match.start() + 1)
            end = self.text.find(EDGE, match.end())
            yield max(start, 0), min(end + 2, len(self.text))
            at = max(end, match.start() + 1)


def _nested(one: Span, other: Span) -> bool:
    """One lies within the other."""
    return (other[0] <= one[0] and one[1] <= other[1]) or (one[0] <= other[0] and other[1] <= one[1])
