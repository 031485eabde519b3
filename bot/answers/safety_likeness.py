"""How like a message is to messages of people in danger: a sign beside others, never a verdict of its own.

Learns from `knowledge/safety_examples.yaml` and, as harmless, from the base's own sayings: linear ridge
regression (Hoerl & Kennard 1970) over TF-IDF of words, neighbouring words and pieces of words; of Japanese,
runs of characters. `safety_signs.py` says what may follow from it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import lsqr

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
ROUNDS: Final = 100
_WINDOWS: Final = 12
"""Parts of one message that are looked at; in a longer one, sentences are taken together."""
_WORDS: Final = re.compile("[ぁ-ゖー一-龥々〆]+|[a-z0-9]+")


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
    """What the examples of one language have taught: fitting takes some two seconds, a message 1 ms."""

    def __init__(self, examples: Examples) -> None:
        texts = [_words(examples.fold(text)) for _, text in examples.texts]
        given = [safety for safety, _ in examples.texts]
        self._calm = frozenset(text for text, safety in zip(texts, given, strict=True) if safety is None)
        self._vocabulary = Vocabulary(texts, RECIPE)
        matrix = self._vocabulary.matrix
        constant = sparse.csr_matrix(np.ones((matrix.shape[0], 1), dtype=np.float32))
        rows = sparse.csr_matrix(sparse.hstack((matrix, constant)))
        self._models = tuple(_fitted(rows, given, family) for family in FAMILIES if set(family) & set(given))
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


def _fitted(rows: sparse.csr_matrix, given: Sequence[Safety | None], family: Family) -> _Model:
    """One column that tells the family from all the rest, and one for each class within it."""
    inside = np.array([each in family for each in given])
    own = [each for each in given if each in family]
    columns = [_solved(rows, inside)]
    columns += [_solved(rows[inside], np.array([each is one for each in own])) for one in family]
    return _Model(family, np.column_stack(columns).astype(np.float32))


def _solved(rows: sparse.csr_matrix, truth: NDArray[np.bool_]) -> Floats:
    """Weights for 1 where it holds and 0 elsewhere; both sides count alike, however many they are."""
    few = max(1, int(truth.sum()))
    trust = np.where(truth, (len(truth) - few) / few, 1.0) ** 0.5
    found = lsqr(sparse.diags(trust) @ rows, truth * trust, damp=RIDGE**0.5, iter_lim=ROUNDS)
    weights: Floats = found[0].astype(np.float32)
    return weights
