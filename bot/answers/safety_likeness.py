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
from scipy import sparse

from bot.answers.linear import RECIPE, solved, trust
from bot.answers.model import Safety
from bot.answers.ngrams import Floats, Vocabulary
from bot.answers.safety_folding import EDGE
from bot.answers.safety_signs import FAMILIES, Family

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
    """The class whose examples a message is likest to; `share` is about 1 for such a one, else about 0.

    `known`: share (0..1) of the message that any example has.
    """

    safety: Safety
    share: float
    known: float


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
        told = zip(texts, given, strict=True)
        self._calm = frozenset(text for text, safety in told if safety is None and text)
        self._vocabulary = Vocabulary(texts, RECIPE)
        self._models = _fitted(self._vocabulary.matrix, given)
        # The vectors of the examples themselves are not asked for again.
        del self._vocabulary.matrix

    def is_harmless(self, folded: str) -> bool:
        """Whether it is, word by word, an example of what is harmless."""
        return _words(folded) in self._calm

    def likenesses(self, folded: str) -> dict[Family, Likeness]:
        """For each family, how like the message is; none at all where there is nothing to read.

        The whole message and its likest part count alike: one sentence out of its context sounds like
        anything, and a long message can drown the one that matters.
        """
        seen = [self._vocabulary.vector(part) for part in windows(folded)] if _words(folded) else []
        found: dict[Family, Likeness] = {}
        for model in self._models if seen else ():
            said = [vector.values @ model.weights[vector.features] + model.weights[-1] for vector in seen]
            likest = max(said, key=lambda votes: float(votes[0]))
            votes = (said[0] + likest) / 2
            safety = model.classes[int(votes[1:].argmax())]
            found[model.classes] = Likeness(safety, float(votes[0]), seen[0].known)
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
        trusts.append(trust(inside, np.ones_like(inside)))
        for one in family:
            truths.append(np.array([each is one for each in given]))
            trusts.append(trust(truths[-1], inside))
    weights = solved(vectors, np.column_stack(truths), np.column_stack(trusts))
    widths = np.cumsum([1 + len(family) for family in families])[:-1]
    parts = np.split(weights, widths, axis=1)
    return tuple(_Model(*each) for each in zip(families, parts, strict=True))
