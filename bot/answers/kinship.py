"""Words that keep the same company are alike: two messages without a word in common can mean one thing.

Learnt from a base's own sayings alone: how much oftener any two words stand in one message than by chance
(positive pointwise mutual information), and the main directions of that (Levy & Goldberg 2014, "Neural word
embedding as implicit matrix factorization"). Of Japanese each two characters in a row count as a word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from scipy import sparse

from bot.answers.ngrams import JAPANESE, Floats

DIRECTIONS: Final = 100
MET_AT_LEAST: Final = 4
"""Messages that a word has to stand in before its company says anything."""


class Kinship:
    """Normalised texts as vectors of `DIRECTIONS` numbers: of length 1, or all 0 where no word is known."""

    @classmethod
    def learnt(cls, texts: Sequence[str]) -> "Kinship | None":
        """Takes some thousand texts to be of use; None where they have hardly a word in common."""
        bags = [[*_words(text)] for text in texts]
        met = Counter(word for bag in bags for word in set(bag))
        known = {word: times for word, times in sorted(met.items()) if times >= MET_AT_LEAST}
        return cls(bags, known) if len(known) > DIRECTIONS else None

    def __init__(self, bags: Sequence[Sequence[str]], met: Mapping[str, int]) -> None:
        """`met` has the words to be known, each with the number of texts (`bags` of words) it stands in."""
        self._place = {word: at for at, word in enumerate(met)}
        counts = self._counts(bags)
        # A rare word says more of what is meant.
        rarity = np.log(len(bags) / np.array([*met.values()], dtype=np.float32))
        self._words: Floats = rarity[:, None] * _directions(_beyond_chance(counts))
        # What all have in common tells none from another.
        self._middle = np.zeros(DIRECTIONS, dtype=np.float32)
        sums = counts @ self._words
        self._middle = _of_length_one(sums).mean(axis=0)
        self.rows: Floats = self._seen_from_the_middle(sums)
        """The vectors of the texts learnt from."""

    def vector(self, text: str) -> Floats:
        """The vector of any normalised text."""
        at = self._places(_words(text))
        seen: Floats = self._seen_from_the_middle(self._words[at].sum(axis=0, keepdims=True))[0]
        return seen

    def _counts(self, bags: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """How often each known word stands in each text."""
        at = [*map(self._places, bags)]
        texts = np.repeat(np.arange(len(bags)), [*map(len, at)])
        words = np.concatenate([np.array(each, dtype=np.intp) for each in at])
        once = np.ones(len(words), dtype=np.float32)
        return sparse.csr_matrix((once, (texts, words)), shape=(len(bags), len(self._place)))

    def _places(self, words: Iterable[str]) -> list[int]:
        return [self._place[word] for word in words if word in self._place]

    def _seen_from_the_middle(self, sums: Floats) -> Floats:
        told = sums.any(axis=1, keepdims=True)
        seen: Floats = _of_length_one(np.where(told, _of_length_one(sums) - self._middle, np.float32(0)))
        return seen


def _words(text: str) -> Iterator[str]:
    for word in text.split():
        if JAPANESE.match(word) is None or len(word) == 1:
            yield word
        else:
            yield from map("".join, pairwise(word))


def _beyond_chance(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Of each two words, the logarithm of how much oftener than by chance they share a text, if they do."""
    here = counts.copy()
    here.data = np.ones_like(here.data)
    together = (here.T @ here).tocoo()
    often = np.asarray(together.sum(axis=1)).ravel()
    expected = often[together.row] * often[together.col] / often.sum()
    beyond = np.log(together.data / expected)
    kept = (beyond > 0) & (together.row != together.col)
    places = together.row[kept], together.col[kept]
    return sparse.csr_matrix((beyond[kept].astype(np.float32), places), shape=together.shape)


def _directions(beyond: sparse.csr_matrix) -> Floats:
    """One row a word, of length 1. The start is given, so that the same base always learns the same."""
    # What takes up a fitted index needs none of this, and it is slow to load.
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415

    start = np.ones(beyond.shape[0], dtype=np.float32)
    values, vectors = eigsh(beyond, k=DIRECTIONS, v0=start, tol=1e-3)
    return _of_length_one((vectors * np.sqrt(np.abs(values))).astype(np.float32))


def _of_length_one(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = rows / np.maximum(lengths, np.float32(1e-9))
    return scaled
