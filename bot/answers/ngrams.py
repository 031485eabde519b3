"""Questions as TF-IDF vectors: words, pairs of words and pieces of words; of Japanese, runs of characters."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

WORD_WEIGHT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts are cut up. `together`: words in a row -> weight; `apart`: distances of two words, whatever
    stands between them -> weight; `pieces`: lengths of pieces of a word; `runs`: lengths of runs of Japanese
    characters -> weight.

    Rarity is tempered by a power: with few questions a label, a rare word is as often chance as it is the
    matter. Japanese has no spaces: every character and every two count, which beat tokenizers. Longer runs
    are left to a kernel, which pays for what is met together; there they cost right answers (held out: .652
    with one and two characters, .614 with up to four).
    """

    together: Mapping[int, float] = field(default_factory=lambda: {2: 0.7})
    apart: Mapping[int, float] = field(default_factory=dict)
    pieces: range = range(2, 5)
    piece_weight: float = 0.8
    runs: Mapping[int, float] = field(default_factory=lambda: {1: 1.3, 2: 1.0})
    rarity: float = 0.45


USUAL: Final = Recipe()

_JAPANESE: Final = re.compile("[\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")


def pieces(word: str, recipe: Recipe = USUAL) -> list[tuple[str, float]]:
    """The n-grams of one word, each with its weight."""
    if _JAPANESE.match(word):
        return [
            (word[at : at + n], weight)
            for n, weight in recipe.runs.items()
            for at in range(len(word) - n + 1)
        ]
    fenced, weight = f"<{word}>", recipe.piece_weight
    inside = [(fenced[at : at + n], weight) for n in recipe.pieces for at in range(len(fenced) - n + 1)]
    return [(f"={word}", WORD_WEIGHT), *inside]


def together(words: Sequence[str], recipe: Recipe = USUAL) -> list[tuple[str, float]]:
    """Words that go together, in their order, each row or pair of them with its weight."""
    rows = [
        (" ".join(words[at : at + n]), weight)
        for n, weight in recipe.together.items()
        for at in range(len(words) - n + 1)
    ]
    return rows + [
        (f"{one} … {other}", weight)
        for distance, weight in recipe.apart.items()
        for one, other in zip(words, words[distance:], strict=False)
    ]


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the base sees it, of length 1 if the n-grams that the base has never seen are counted in."""

    features: Ints
    values: Floats

    @property
    def known(self) -> float:
        """Share (0..1) of the text that the base has n-grams for."""
        return float(self.values @ self.values)


class Vocabulary:
    """Learns n-grams and their rarity from normalised texts, and turns further texts into vectors."""

    def __init__(self, texts: Sequence[str], recipe: Recipe = USUAL) -> None:
        self._recipe = recipe
        self._features: dict[str, int] = {}
        self._weights: list[float] = []
        counts = self._count(texts)
        frequency = np.bincount(counts.indices, minlength=len(self._features))
        documents = max(1, len(texts))
        self._scale = self._rarity(frequency, documents) * np.array(self._weights, dtype=np.float32)
        self._unseen = (math.log(1 + documents) + 1) ** recipe.rarity
        self.matrix = self._weigh(counts)

    def _rarity(self, frequency: NDArray[np.int64], documents: int) -> Floats:
        plain = np.log((1 + documents) / (1 + frequency)) + 1
        rarity: Floats = (plain**self._recipe.rarity).astype(np.float32)
        return rarity

    def vector(self, text: str) -> Vector:
        """The vector of a normalised text; unseen n-grams only make the rest shorter."""
        words = text.split()
        grams = Counter(gram for word in words for gram in pieces(word, self._recipe))
        grams.update(together(words, self._recipe))
        features, counts, unseen = [], [], 0.0
        for (gram, weight), count in grams.items():
            feature = self._features.get(gram)
            if feature is None:
                unseen += ((1 + math.log(count)) * weight * self._unseen) ** 2
            else:
                features.append(feature)
                counts.append(count)
        where = np.array(features, dtype=np.int32)
        values = (1 + np.log(np.array(counts, dtype=np.float32))) * self._scale[where]
        length = math.sqrt(float(values @ values) + unseen)
        return Vector(where, values / np.float32(length) if length else values)

    def _count(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row a text, one column an n-gram.

        Texts share their words, so each is cut up once: the rows are (texts x words) @ (words x n-grams).
        """
        words: dict[str, int] = {}
        word_rows: list[int] = []
        word_ends, ends = [0], [0]
        rows: list[int] = []
        for text in texts:
            split = text.split()
            word_rows.extend(words.setdefault(word, len(words)) for word in split)
            word_ends.append(len(word_rows))
            rows.extend(self._feature(row, weight) for row, weight in together(split, self._recipe))
            ends.append(len(rows))
        cut: list[int] = []
        cut_ends = [0]
        for word in words:
            cut.extend(self._feature(gram, weight) for gram, weight in pieces(word, self._recipe))
            cut_ends.append(len(cut))
        features = len(self._features)
        in_texts = _ones(word_rows, word_ends, len(words))
        in_words = _ones(cut, cut_ends, features)
        counts = sparse.csr_matrix(in_texts @ in_words + _ones(rows, ends, features))
        counts.sort_indices()
        return counts

    def _feature(self, gram: str, weight: float) -> int:
        feature = self._features.setdefault(gram, len(self._features))
        if feature == len(self._weights):
            self._weights.append(weight)
        return feature

    def _weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        values = (1 + np.log(counts.data)) * self._scale[counts.indices]
        weighed = sparse.csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)
        lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
        weighed.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(weighed.indptr))
        return weighed.astype(np.float32)


def _ones(columns: list[int], ends: list[int], width: int) -> sparse.csr_matrix:
    ones = np.ones(len(columns), dtype=np.float32)
    rows = sparse.csr_matrix(
        (ones, np.array(columns, dtype=np.int32), np.array(ends)), shape=(len(ends) - 1, width)
    )
    rows.sum_duplicates()
    return rows
