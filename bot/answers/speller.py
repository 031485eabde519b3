"""Maps words that the base has never seen onto words that it knows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SIMILARITY: Final = 0.75
"""Least optimal-string-alignment similarity (0..1) of a slip: one letter in four; a swap counts once."""
SHORTEST: Final = 4
LONGEST: Final = 24
MOST_CORRECTIONS: Final = 40
"""Words looked up in one message: a client's novel must not hold up the others."""


class Speller:
    """Corrects slips in Latin script. `heard` are words that are no slips although the base lacks them."""

    def __init__(self, texts: Iterable[str], heard: Iterable[str] = ()) -> None:
        usual = Counter(word for text in texts for word in text.split())
        self._known = set(usual) | {word for text in heard for word in text.split()}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        # The most usual first: rapidfuzz keeps the first of equals.
        for word in sorted(usual, key=lambda word: (-usual[word], word)):
            if word.isascii() and word.isalpha() and SHORTEST - 1 <= len(word) <= LONGEST:
                self._by_length[len(word)].append(word)

    def correct(self, text: str) -> str:
        """The normalised text with its slips mended; the very same text when there are none."""
        words = text.split()
        slips = [word for word in dict.fromkeys(words) if self._is_unknown(word)]
        if not slips:
            return text
        mended = {word: self._nearest(word) for word in slips[:MOST_CORRECTIONS]}
        return " ".join(mended.get(word, word) for word in words)

    def _is_unknown(self, word: str) -> bool:
        return (
            SHORTEST <= len(word) <= LONGEST and word not in self._known and word.isascii() and word.isalpha()
        )

    def _nearest(self, word: str) -> str:
        best, highest = word, 0.0
        # A slip that differs more in length cannot be similar enough.
        reach = int(len(word) * (1 - SIMILARITY) / SIMILARITY)
        for length in sorted(
            range(len(word) - reach, len(word) + reach + 1), key=lambda n: abs(n - len(word))
        ):
            found = process.extractOne(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=max(SIMILARITY, highest),
            )
            if found is not None and found[1] > highest:
                best, highest = found[0], found[1]
        return best
