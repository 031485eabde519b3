"""How like a message is to messages of people in danger: a sign beside others, never a verdict of its own.

Learns from `knowledge/safety_examples.yaml` and, as harmless, from the base's own sayings: linear ridge
regression (Hoerl & Kennard 1970) over TF-IDF of words, neighbouring words and pieces of words; of Japanese,
runs of characters. `safety_signs.py` says what may follow from it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.model import Safety
from bot.answers.ngrams import Floats, Recipe, Vocabulary
from bot.answers.safety_folding import EDGE
from bot.answers.safety_signs import FAMILIES, Family

RECIPE: Final = Recipe(
    together={2: 1.0, 3: 1.0},
    apart={2: 0.7, 3: 0.7, 4: 0.7},
    pieces=range(2, 6),
    piece_weight=1.0,
    runs={1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0},
    rarity=1.0,
)
"""Longer pieces than the index needs: without a kernel, what is met together must be a feature itself."""
RIDGE: Final = 0.25
"""Pull of every weight towards nothing; with less, the model has its examples by heart."""
ROUNDS: Final = 40
"""Steps of the descent. Solved to the last digit, two of 4,800 labelled messages would be found otherwise."""
TINY: Final = np.float32(1e-30)
"""Nothing, but to divide by: few examples are explained in fewer steps."""
_WINDOWS: Final = 12
"""Parts of one message that are looked at; in a longer one, sentences are taken together."""
_WORDS: Final = re.compile("[ぁ-ゖー一-龥々〆]+|[a-z0-9]+")

Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learnt from in one language: messages as written, with their class or None for harmless ones.

    `fold` brings them into the form of `safety_folding`; `folding` tells one such fold from another.
    """

    texts: tuple[tuple[Safety | None, str], ...]
    fold: Callable[[str], str]
    folding: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The class whose examples a message is likest to; `share` is about 1 for such a one, else about 0."""

    safety: Safety
    share: float


@dataclass(frozen=True, slots=True)
class _Model:
    """`weights`: features and a constant x (any of the classes, each class)."""

    classes: Family
    weights: Floats


class Likenesses:
    """What the examples of one language have taught: fitting takes some two seconds, a message 2 ms."""

    def __init__(self, examples: Examples) -> None:
        texts = [_words(examples.fold(text)) for _, text in examples.texts]
        given = [safety for safety, _ in examples.texts]
        self._calm = frozenset(text for text, safety in zip(texts, given, strict=True) if safety is None)
        self._vocabulary = Vocabulary(texts, RECIPE)
        self._models = _fitted(self._vocabulary.matrix, given)
        # The vectors of the examples themselves are not asked for again.
        del self._vocabulary.matrix

    def likenesses(self, folded: str) -> dict[Family, Likeness]:
        """For each family, how like the message is; none at all for a harmless example.

        The whole message and its likest part count alike: one sentence out of its context sounds like
        anything, and a long message can drown the one that matters.
        """
        parts = [] if _words(folded) in self._calm else [*windows(folded)]
        seen = [self._vocabulary.vector(part) for part in parts]
        found: dict[Family, Likeness] = {}
        for model in self._models if seen else ():
            said = [vector.values @ model.weights[vector.features] + model.weights[-1] for vector in seen]
            likest = max(said, key=lambda votes: float(votes[0]))
            share = (float(said[0][0]) + float(likest[0])) / 2
            found[model.classes] = Likeness(model.classes[int(likest[1:].argmax())], share)
        return found


def windows(folded: str) -> Iterator[str]:
    """The whole message, each of its sentences, and each two that follow one another."""
    sentences = [part for part in map(_words, folded.split(EDGE)) if part]
    if len(sentences) > _WINDOWS:
        size = -(-len(sentences) // _WINDOWS)
        sentences = [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    together = (f"{one} {two}" for one, two in pairwise(sentences))
    yield from dict.fromkeys((" ".join(sentences), *sentences, *together))


def _words(folded: str) -> str:
    return " ".join(_WORDS.findall(folded))


def _fitted(vectors: sparse.csr_matrix, given: Sequence[Safety | None]) -> tuple[_Model, ...]:
    """For each family one column that tells it from all the rest, and one for each class within it."""
    families = [family for family in FAMILIES if set(family) & set(given)]
    truths, trusts = [], []
    for family in families:
        inside = np.array([each in family for each in given])
        truths.append(inside)
        trusts.append(_trust(inside, np.ones_like(inside)))
        for one in family:
            truths.append(np.array([each is one for each in given]))
            trusts.append(_trust(truths[-1], inside))
    weights = _solved(vectors, np.column_stack(truths), np.column_stack(trusts))
    widths = np.cumsum([1 + len(family) for family in families])[:-1]
    parts = np.split(weights, widths, axis=1)
    return tuple(_Model(*each) for each in zip(families, parts, strict=True))


def _trust(truth: Flags, among: Flags) -> Floats:
    """What each row counts among some of them: both sides alike, however many they are."""
    few = max(1, int(truth.sum()))
    return (among * np.where(truth, (among.sum() - few) / few, 1.0)).astype(np.float32)


def _solved(vectors: sparse.csr_matrix, truths: Flags, trusts: Floats) -> Floats:
    """Weights for 1 where it holds and 0 elsewhere, and a constant: all columns at once.

    Most n-grams stand in one row alone. They take their part in explaining that row and no other: solved for
    and put in, they only make the row count less. So the others are found first, then they in one step.
    """
    often = np.bincount(vectors.indices, minlength=vectors.shape[1])
    shared, alone = np.flatnonzero(often > 1), np.flatnonzero(often == 1)
    constant = sparse.csr_matrix(np.ones((vectors.shape[0], 1), dtype=np.float32))
    rows = sparse.csr_matrix(sparse.hstack((vectors[:, shared], constant)))
    own = vectors[:, alone]
    ridge = np.float32(RIDGE)
    trusts = trusts / (ridge + trusts * np.asarray(own.multiply(own).sum(axis=1)))
    found = _descended(rows, truths, ridge * trusts)
    weights = np.empty((vectors.shape[1] + 1, truths.shape[1]), dtype=np.float32)
    weights[shared], weights[-1] = found[:-1], found[-1]
    weights[alone] = own.T @ (trusts * (truths - rows @ found))
    return weights


def _descended(rows: sparse.csr_matrix, truths: Flags, trusts: Floats) -> Floats:
    """By conjugate gradients, scaled by the diagonal (Jacobi)."""
    turned = rows.T.tocsr()
    left = turned @ (trusts * truths)
    scale = 1 / (turned.multiply(turned) @ trusts + np.float32(RIDGE))
    weights, step = np.zeros_like(left), scale * left
    slope = (left * step).sum(axis=0)
    for _ in range(ROUNDS):
        change = turned @ (trusts * (rows @ step)) + np.float32(RIDGE) * step
        length = slope / np.maximum((step * change).sum(axis=0), TINY)
        weights += length * step
        left -= length * change
        before, slope = slope, (scale * left * left).sum(axis=0)
        step = scale * left + slope / np.maximum(before, TINY) * step
    return weights
