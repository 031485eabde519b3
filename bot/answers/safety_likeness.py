"""How like a message is to messages of people in danger: one more sign, never a verdict of its own.

Learns from `knowledge/safety_examples.yaml` and, as harmless, from the base's own sayings: linear ridge
regression on words, on words near each other, and in Japanese on runs of characters. Words of one list
(`husband`, `wife`) count as one. `safety.py` says what may follow from it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import lsmr

from bot.answers.model import Safety

Floats = NDArray[np.float64]
Cutter = Callable[[str], list[str]]

RIDGE = 0.12
"""Pull of every weight towards nothing; with less, the model has its examples by heart."""
LEAST = 2
"""Examples that must share a feature for it to count: what one alone has is chance."""
TRUST = 1.0
"""How much more an example of danger weighs than a harmless one, of which there are more."""
ROUNDS = 80
_WINDOWS = 24
"""Parts of one message that are looked at; in a longer one, sentences are taken together."""
_RUNS = range(1, 5)
_ENDINGS = ("ing", "ed", "es", "s", "ly", "er", "e")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The class whose examples a message is likest to; `share` is about 1 for such a one, else about 0."""

    safety: Safety
    share: float


class Examples:
    """The examples of one language; fitted when first asked (a second at most), then some 0.2 ms a message.

    `texts` are folded, with their class or None for harmless ones.
    """

    def __init__(self, texts: Sequence[tuple[Safety | None, str]], cut: Cutter) -> None:
        self._texts = texts
        self._cut = cut

    def likeness(self, folded: str) -> Likeness | None:
        """That of the likest part of the message; None for a harmless one, or with nothing to compare."""
        if not any(safety for safety, _ in self._texts):
            return None
        if folded in self._calm:
            return None
        classes, features, weights = self._fitted
        best, found = 0.0, None
        for part in windows(folded):
            cut = self._cut(part)
            known = [features[each] for each in cut if each in features]
            if not known:
                continue
            # What nobody has written yet makes the rest say less.
            votes = weights[known].sum(axis=0) / max(len(cut), 1) ** 0.5 + weights[-1]
            if found is None or votes[0] > best:
                best, found = float(votes[0]), int(votes[1:].argmax())
        return None if found is None else Likeness(classes[found], best)

    @cached_property
    def _calm(self) -> frozenset[str]:
        return frozenset(text for safety, text in self._texts if safety is None)

    @cached_property
    def _fitted(self) -> tuple[list[Safety], dict[str, int], Floats]:
        """The classes, the number of each feature, and weights: a column for any danger, then one a class."""
        classes = sorted({safety for safety, _ in self._texts if safety is not None})
        cut = [self._cut(text) for _, text in self._texts]
        met = Counter(each for found in cut for each in found)
        features = {each: at for at, each in enumerate(each for each, count in met.items() if count >= LEAST)}
        matrix = _matrix(cut, features)
        danger = np.array([safety is not None for safety, _ in self._texts])
        columns = [_solve(matrix, danger.astype(float), np.where(danger, TRUST, 1.0))]
        for each in classes:
            own = np.array([safety is each for safety, _ in self._texts])
            columns.append(_solve(matrix[danger], own[danger].astype(float), np.ones(int(danger.sum()))))
        return classes, features, np.column_stack(columns)


def windows(folded: str) -> Iterator[str]:
    """The whole message, each of its sentences, and each two that follow one another."""
    sentences = [part for part in (each.strip(" ~") for each in folded.split("|")) if part]
    if len(sentences) > _WINDOWS:
        size = -(-len(sentences) // _WINDOWS)
        sentences = [" | ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    together = (f"{one} | {two}" for one, two in pairwise(sentences))
    yield from dict.fromkeys((" | ".join(sentences), *sentences, *together))


def _matrix(cut: Sequence[Sequence[str]], features: Mapping[str, int]) -> sparse.csr_matrix:
    """One row a text, of length 1 if all its features are counted in; a last column of ones."""
    rows = [[*(features[each] for each in found if each in features), len(features)] for found in cut]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.repeat([1 / max(len(found), 1) ** 0.5 for found in cut], np.diff(ends))
    values[ends[1:] - 1] = 1
    columns = np.array([each for row in rows for each in row], dtype=np.int32)
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(features) + 1))


def _solve(matrix: sparse.csr_matrix, truth: Floats, trust: Floats) -> Floats:
    scale = np.sqrt(trust)
    weighed = sparse.diags(scale) @ matrix
    weights: Floats = lsmr(weighed, truth * scale, damp=RIDGE**0.5, maxiter=ROUNDS)[0]
    return weights


def english_cutter(lists: Mapping[str, str]) -> Cutter:
    """Stems, lists and neighbours. `lists`: word -> its list."""

    def cut(text: str) -> list[str]:
        written = text.replace("~", " ").split()
        words = [lists.get(word) or _stem(word) for word in written]
        plain = [_stem(word) for word in written if word in lists]
        near = [f"{words[at]} {words[at + gap]}" for gap in (1, 2, 3) for at in range(len(words) - gap)]
        three = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
        return list(dict.fromkeys([*words, *plain, *near, *three]))

    return cut


def japanese_cutter(lists: Mapping[str, str]) -> Cutter:
    """Runs of up to four characters, as written and with the words of a list as one (word -> sign)."""
    longest = sorted(lists, key=len, reverse=True)  # so that 睡眠薬 is not read as 薬 alone

    def cut(text: str) -> list[str]:
        plain = text.replace(" ", "").replace("~", "")
        listed = plain
        for word in longest:
            if word in listed:
                listed = listed.replace(word, lists[word])
        texts = (plain,) if listed == plain else (plain, listed)
        return list(
            dict.fromkeys(
                each[at : at + n] for each in texts for n in _RUNS for at in range(len(each) - n + 1)
            )
        )

    return cut


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word
