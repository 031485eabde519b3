"""Mends single words of a message towards the words of the rules; never decides on a sentence."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_RUN = re.compile(r"([a-z])\1+")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")
_LONGEST = 60
"""Letters of a word, or of words run together; a message of nothing but letters must not take seconds."""
# Words that make it worth taking `wanttodie` apart; every other long word is left whole.
_TELLING = frozenset(
    {"die", "kill", "killing", "myself", "suicide", "suicidal", "wake", "live", "dead", "alive", "life"}
)


@dataclass(frozen=True, slots=True)
class Typos:
    """The words of the rules, and how a word of a message is brought to one of them.

    `squeezed` is for doubled letters (`kil`, `killl`), `slips` for one letter missing, added, swapped or
    wrong. `neighbours` are true words that look alike, and are left alone.
    """

    words: frozenset[str]
    neighbours: frozenset[str]
    squeezed: Mapping[str, str]
    slips: Mapping[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        """Is this a word of the rules?"""
        return word in self.words

    def mended(self, word: str) -> list[str]:
        """The word, or the word it was meant to be, or the words that were run together in it."""
        if len(word) < 3 or not self.words or word in self.words or word in self.neighbours:
            return [word]
        plain = squeezed(word)
        if len(plain) >= 3 and plain in self.squeezed:
            return [self.squeezed[plain]]
        if _LONG_RUN.search(word):
            word = _LONG_RUN.sub(r"\1", word)
        if len(word) > _LONGEST:
            return [word]
        if len(word) >= 4 and (swapped := self._unswapped(word)) is not None:
            return [swapped]
        if len(word) >= 4 and (near := self._nearest(word)) is not None:
            return [near]
        if len(word) >= 7 and (parts := self._parted(word)):
            return parts
        return [word]

    def starred(self, word: str) -> str | None:
        """`k*ll` or `su*cide`: the one word of the rules that the stars stand in for."""
        form = re.compile(re.escape(word).replace(r"\*", "[a-z]{1,2}"))
        fitting = [known for known in self.words if form.fullmatch(known)]
        return min(fitting) if fitting and len(word) >= 3 else None

    def _nearest(self, word: str) -> str | None:
        known = {
            candidate
            for form in (word, *_deleted(word))
            for candidate in self.slips.get(form, ())
            if OSA.distance(word, candidate, score_cutoff=1) <= 1
        }
        close = [candidate for candidate in known if candidate[0] == word[0]]
        return min(close) if close else None

    def _unswapped(self, word: str) -> str | None:
        """`cnat`: two neighbouring letters the wrong way round, in any word of the rules."""
        forms = (f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(1, len(word) - 1))
        return next((form for form in forms if form in self.words), None)

    def _parted(self, word: str) -> list[str]:
        """Fewest words of the rules that make up the whole word, if one of them is telling."""
        best: list[list[str] | None] = [None] * (len(word) + 1)
        best[0] = []
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 12), end):
                before, here = best[start], best[end]
                if before is None or word[start:end] not in self.words:
                    continue
                if here is None or len(before) + 1 < len(here):
                    best[end] = [*before, word[start:end]]
        parts = best[-1] or []
        return parts if _TELLING.intersection(parts) else []


def squeezed(word: str) -> str:
    """Doubled letters count once: `killl`, `kill` and `kil` become one."""
    return _RUN.sub(r"\1", word)


def typos(words: Collection[str], neighbours: Iterable[str], tolerant: Iterable[str]) -> Typos:
    """`words` are all words of the rules, `tolerant` those that slips are mended to."""
    slips: dict[str, set[str]] = {}
    for word in tolerant:
        for form in (word, *_deleted(word)):
            slips.setdefault(form, set()).add(word)
    frozen = {form: tuple(sorted(known)) for form, known in slips.items()}
    return Typos(
        frozenset(words),
        frozenset(neighbours),
        {squeezed(word): word for word in sorted(words, reverse=True)},
        frozen,
    )


def _deleted(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
