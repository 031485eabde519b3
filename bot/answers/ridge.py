"""The label model: kernel ridge regression over the TF-IDF cosine; all variants of a label vote."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from bot.answers.ngrams import Floats

RIDGE: Final = 0.15
FEW_TRUSTED: Final = 0.3
"""Power by which a label of few questions is held back less, for it has fewer to be averaged over."""
BLOCK: Final = 512
"""Rows whose cosines are worked out at a time: the whole sparse product would need thrice the memory."""
FREE: Final = 2_000_000
"""Weights up to which every row votes; beyond, only the nearest do, so that a query stays fast."""
VOTERS: Final = 250

Rows = NDArray[np.intp]


def kernel(cosines: Floats) -> Floats:
    """Cosine and its square: the square pays for features met together, and both are positive definite."""
    mixed: Floats = cosines * (np.float32(0.3) + np.float32(0.7) * cosines)
    return mixed


class LabelModel:
    """Scores of labels: about 1 for a question like a label's own, about 0 for foreign matter.

    `label_of` names each learnt row's label; -1 marks an example out of scope, whose scores ought to be 0.
    """

    def __init__(self, vectors: sparse.csr_matrix, label_of: Rows, labels: int) -> None:
        size = vectors.shape[0]
        inside = np.flatnonzero(label_of >= 0)
        self._targets = np.zeros((size, labels), dtype=np.float32)
        self._targets[inside, label_of[inside]] = 1
        gram = np.empty((size, size), dtype=np.float32, order="F")
        turned = vectors.T.tocsr()
        for start in range(0, size, BLOCK):
            gram[start : start + BLOCK] = kernel((vectors[start : start + BLOCK] @ turned).toarray())
        gram[np.diag_indices(size)] += _ridges(label_of, labels)
        self._factor = linalg.cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
        self._weights = np.ascontiguousarray(self._solve(self._targets))

    def _solve(self, right: Floats) -> Floats:
        solved: Floats = linalg.cho_solve(self._factor, right, check_finite=False)
        return solved

    def scores(self, cosines: Floats) -> Floats:
        """Scores of the labels for one text, from its cosines with the rows learnt."""
        if self._weights.size <= FREE or len(cosines) <= VOTERS:
            every: Floats = kernel(cosines) @ self._weights
            return every
        near = np.argpartition(cosines, -VOTERS)[-VOTERS:]
        nearest: Floats = kernel(cosines[near]) @ self._weights[near]
        return nearest

    def held_out(self, groups: Sequence[Rows]) -> Floats:
        """What the model would have said of each group's rows without that group: closed form, no refit.

        Rasmussen & Williams 2006, eq. 5.12, for blocks: y_g - ((K + R)^-1)_gg^-1 a_g.
        """
        rows = np.unique(np.concatenate(groups))
        picked = np.zeros((len(self._targets), len(rows)), dtype=np.float32)
        picked[rows, np.arange(len(rows))] = 1
        inverse = self._solve(picked)
        said = []
        for group in groups:
            block = inverse[np.ix_(group, np.searchsorted(rows, group))]
            said.append(self._targets[group] - np.linalg.solve(block, self._weights[group]))
        return np.concatenate(said)

    def settle(self) -> None:
        """Gives the factor's memory back once nothing more is to be held out."""
        del self._factor, self._targets


def _ridges(label_of: Rows, labels: int) -> Floats:
    inside = label_of >= 0
    sizes = np.bincount(label_of[inside], minlength=labels)
    ridges = np.full(len(label_of), RIDGE, dtype=np.float32)
    if inside.any():
        of_row = sizes[label_of[inside]]
        ridges[inside] *= (of_row / np.median(of_row)) ** FEW_TRUSTED
    return ridges
