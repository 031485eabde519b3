"""Questions as TF-IDF vectors: words, pairs of words and pieces of words; of Japanese, runs of characters."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Numbers = NDArray[np.uint64]

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

JAPANESE: Final = re.compile("[\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_WHOLE, _TOGETHER, _APART = np.uint64(1 << 32), np.uint64(1 << 40), np.uint64(1 << 48)
"""Added so that a word, a piece, words in a row and words apart that are spelt alike stay four n-grams."""


@dataclass(frozen=True, slots=True)
class Grams:
    """N-grams by number (64 bits of a polynomial over their characters: two of a million hardly ever share
    one), each with its weight and the place of the word or text that it is of."""

    numbers: Numbers
    weights: Floats
    owners: Ints

    @classmethod
    def of(cls, parts: Iterable[tuple[Numbers, float, Ints]]) -> "Grams":
        """One kind after another."""
        numbers, weights, owners = (
            [np.zeros(0, np.uint64)],
            [np.zeros(0, np.float32)],
            [np.zeros(0, np.int32)],
        )
        for each, weight, owner in parts:
            numbers.append(each)
            weights.append(np.full(len(each), weight, dtype=np.float32))
            owners.append(owner)
        return cls(np.concatenate(numbers), np.concatenate(weights), np.concatenate(owners))


def cut_up(words: Sequence[str], recipe: Recipe = USUAL) -> tuple[Grams, Numbers]:
    """The n-grams within each of the words, and the words' own numbers."""
    japanese = np.array([JAPANESE.match(word) is not None for word in words], dtype=bool)
    whole = np.zeros(len(words), dtype=np.uint64)
    parts: list[tuple[Numbers, float, Ints]] = []
    for kind in (True, False):
        at = np.flatnonzero(japanese == kind).astype(np.int32)
        if not len(at):
            continue
        plain = [words[word] for word in at.tolist()]
        whole[at] = _whole(plain)
        if kind:
            parts += _runs(plain, at, recipe.runs)
        else:
            parts.append((whole[at] + _WHOLE, WORD_WEIGHT, at))
            fenced = [f"<{word}>" for word in plain]
            parts += _runs(fenced, at, dict.fromkeys(recipe.pieces, recipe.piece_weight))
    return Grams.of(parts), whole


def together(whole: Numbers, of_text: Ints, recipe: Recipe = USUAL) -> Grams:
    """Words that go together, in their order, from the number of each word and of the text it stands in."""
    rows = _rows(whole, of_text, recipe.together)
    parts = [(numbers + _TOGETHER, weight, owners) for numbers, weight, owners in rows]
    for distance, weight in recipe.apart.items():
        inside = np.flatnonzero(of_text[:-distance] == of_text[distance:])
        numbers = whole[inside] * _BASE + whole[inside + distance] + _APART * np.uint64(distance)
        parts.append((numbers, weight, of_text[inside]))
    return Grams.of(parts)


def _rows(
    units: Numbers, owners: Ints, lengths: Mapping[int, float]
) -> Iterator[tuple[Numbers, float, Ints]]:
    """So many units in a row, as long as all have the same owner."""
    numbers = np.zeros(len(units) + 1, dtype=np.uint64)
    for n in range(1, max(lengths, default=0) + 1):
        numbers = numbers[:-1] * _BASE + units[n - 1 :]
        if n in lengths:
            inside = np.flatnonzero(owners[: len(numbers)] == owners[n - 1 :])
            yield numbers[inside], lengths[n], owners[inside]
        if not len(numbers):
            return


def _runs(
    words: Sequence[str], owners: Ints, lengths: Mapping[int, float]
) -> Iterator[tuple[Numbers, float, Ints]]:
    yield from _rows(_characters(words), np.repeat(owners, [*map(len, words)]), lengths)


def _whole(words: Sequence[str]) -> Numbers:
    lengths = np.array([*map(len, words)])
    starts = np.cumsum(lengths) - lengths
    powers = np.cumprod(np.full(lengths.max(), _BASE))
    places = np.arange(lengths.sum()) - np.repeat(starts, lengths)
    numbers: Numbers = np.add.reduceat(_characters(words) * powers[places], starts)
    # Stirred, or rows of words whose characters add up to the same would be one n-gram.
    return (numbers ^ (numbers >> np.uint64(29))) * _BASE


def _characters(words: Sequence[str]) -> Numbers:
    # A lone half of a pair can come with a message; it is a character like any other.
    written = "".join(words).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(written, dtype=np.uint32).astype(np.uint64)


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
        counts, weights = self._count(texts)
        frequency = np.bincount(counts.indices, minlength=len(weights))
        documents = max(1, len(texts))
        self._scale = self._rarity(frequency, documents) * weights
        self._unseen = (math.log(1 + documents) + 1) ** recipe.rarity
        self.matrix = self._weigh(counts)

    def _rarity(self, frequency: NDArray[np.int64], documents: int) -> Floats:
        plain = np.log((1 + documents) / (1 + frequency)) + 1
        rarity: Floats = (plain**self._recipe.rarity).astype(np.float32)
        return rarity

    def vector(self, text: str) -> Vector:
        """The vector of a normalised text; unseen n-grams only make the rest shorter."""
        words = text.split()
        inside, whole = cut_up(words, self._recipe)
        beside = together(whole, np.zeros(len(words), dtype=np.int32), self._recipe)
        numbers, first, counts = np.unique(
            np.r_[inside.numbers, beside.numbers], return_index=True, return_counts=True
        )
        often = 1 + np.log(counts.astype(np.float32))
        where = np.searchsorted(self._numbers, numbers).astype(np.int32)
        where[where == len(self._numbers)] = 0
        known = self._numbers[where] == numbers if len(self._numbers) else np.zeros(len(where), dtype=bool)
        features = where[known]
        values = often[known] * self._scale[features]
        weights = np.r_[inside.weights, beside.weights][first]
        unseen = often[~known] * weights[~known] * np.float32(self._unseen)
        length = math.sqrt(float(values @ values) + float(unseen @ unseen))
        return Vector(features, values / np.float32(length) if length else values)

    def _count(self, texts: Sequence[str]) -> tuple[sparse.csr_matrix, Floats]:
        """One row a text, one column an n-gram, and the weight of each column.

        Texts share their words, so each is cut up once: the rows are (texts x words) @ (words x n-grams).
        """
        words: dict[str, int] = {}
        rows: list[int] = []
        ends = [0]
        for text in texts:
            rows += [words.setdefault(word, len(words)) for word in text.split()]
            ends.append(len(rows))
        in_rows = np.array(rows, dtype=np.int32)
        of_text = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(ends))
        inside, whole = cut_up([*words], self._recipe)
        beside = together(whole[in_rows], of_text, self._recipe)
        self._numbers, first, columns = np.unique(
            np.r_[inside.numbers, beside.numbers], return_index=True, return_inverse=True
        )
        features, cut = len(self._numbers), len(inside.numbers)
        in_texts = _ones(of_text, in_rows, (len(texts), len(words)))
        in_words = _ones(inside.owners, columns[:cut], (len(words), features))
        counts = sparse.csr_matrix(
            in_texts @ in_words + _ones(beside.owners, columns[cut:], (len(texts), features))
        )
        counts.sort_indices()
        return counts, np.r_[inside.weights, beside.weights][first]

    def _weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        values = (1 + np.log(counts.data)) * self._scale[counts.indices]
        weighed = sparse.csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)
        lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
        weighed.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(weighed.indptr))
        return weighed.astype(np.float32)


def _ones(rows: Ints, columns: Ints | NDArray[np.intp], shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
