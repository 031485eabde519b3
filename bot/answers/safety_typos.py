"""Mends single words of a message towards the words of the rules; never decides on a sentence."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA


@dataclass(frozen=True, slots=True)
class Typos:
    """The words of the rules, and how far a word may be from one of them.

    A word is mended when it is one slip (a letter missing, added, swapped or wrong) away from exactly those
    words of at least six letters, starts alike, and is none of the `neighbours`: true words that look alike.
    """

    words: frozenset[str]
    neighbours: frozenset[str]
    deletions: dict[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        """Is this a word of the rules?"""
        return word in self.words

    def mended(self, word: str) -> list[str]:
        """The word, or the word it was meant to be, or the words that were run together in it."""
        if len(word) < 4 or word in self.words or word in self.neighbours:
            return [word]
        if (near := self._nearest(word)) is not None:
            return [near]
        if 7 <= len(word) <= 60 and (parts := self._parted(word)):
            return parts
        return [word]

    def starred(self, word: str) -> str | None:
        """`k*l` or `su*cide`: the one word of the rules that the stars stand in for."""
        form = re.compile(re.escape(word).replace(r"\*", "[a-z]{1,2}"))
        fitting = [known for known in self.words if form.fullmatch(known)]
        return min(fitting) if fitting and len(word) >= 3 else None

    def _nearest(self, word: str) -> str | None:
        candidates = {
            known
            for form in (word, *_deleted(word))
            for known in self.deletions.get(form, ())
            if OSA.distance(word, known, score_cutoff=1) <= 1
        }
        close = [known for known in candidates if _alike(word, known)]
        return min(close) if close else None

    def _parted(self, word: str) -> list[str]:
        """Fewest words of the rules that make up the whole word, or nothing."""
        best: list[list[str] | None] = [None] * (len(word) + 1)
        best[0] = []
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 14), end):
                before = best[start]
                here = best[end]
                if before is None or word[start:end] not in self.words:
                    continue
                if here is None or len(before) + 1 < len(here):
                    best[end] = [*before, word[start:end]]
        return best[-1] or []


def typos(words: Collection[str], neighbours: Iterable[str], tolerant: Iterable[str]) -> Typos:
    """`words` are all words of the rules, `tolerant` those that slips are mended to; all squeezed."""
    deletions: dict[str, set[str]] = {}
    for word in tolerant:
        for form in (word, *_deleted(word)):
            deletions.setdefault(form, set()).add(word)
    frozen = {form: tuple(sorted(known)) for form, known in deletions.items()}
    return Typos(frozenset(words), frozenset(neighbours), frozen)


def _deleted(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _alike(word: str, known: str) -> bool:
    """Short words only with two letters swapped; longer ones with any one slip after the first letter."""
    if sorted(word) == sorted(known):
        return True
    return len(known) >= 6 and word[0] == known[0]
