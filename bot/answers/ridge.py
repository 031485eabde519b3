"""The label model: kernel ridge regression over the TF-IDF cosine; all variants of a label vote."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.ngrams import Floats
from bot.answers.triangle import Triangle

RIDGE: Final = 0.15
KINSHIP: Final = np.float32(0.4)
"""Share of what words mean by their company in how alike two texts are (0.2 to 0.5 do as well)."""
FEW_TRUSTED: Final = 0.3
"""Power by which a label of few questions is held back less, for it has fewer to be averaged over."""
BLOCK: Final = 128
"""Rows whose cosines are worked out at a time: more take more memory and are no faster."""
COMMON: Final = 40
"""An n-gram in more than one of so many rows is multiplied densely: six times as fast as sparsely."""
FREE: Final = 4_000_000
"""Weights up to which every row votes; beyond, only the nearest do, so that a query stays fast."""
VOTERS: Final = 250

Rows = NDArray[np.intp]


def mixed(cosines: Floats, kinship: Floats) -> Floats:
    """Cosines of n-grams, and of what words mean by the company they keep (`kinship`)."""
    both: Floats = (1 - KINSHIP) * cosines + KINSHIP * kinship
    return both


def kernel(cosines: Floats) -> Floats:
    """Cosine and its square: the square pays for features met together, and both are positive definite."""
    mixed: Floats = cosines * (np.float32(0.3) + np.float32(0.7) * cosines)
    return mixed


class LabelModel:
    """Scores of labels: about 1 for a question like a label's own, about 0 for foreign matter.

    `label_of` names each learnt row's label; -1 marks an example out of scope, whose scores ought to be 0.
    `kin` has the rows' vectors of what their words mean, where the base is large enough to tell.
    `asked` (sorted) are the rows that `held_out` may be asked about.
    """

    def __init__(
        self,
        vectors: sparse.csr_matrix,
        label_of: Rows,
        labels: int,
        asked: Rows,
        kin: Floats | None = None,
    ) -> None:
        size = vectors.shape[0]
        self._asked = asked
        # Those to be held out come last: their part of the inverse then hangs on the factor's corner alone.
        order = np.r_[np.setdiff1d(np.arange(size), asked), asked]
        targets = np.zeros((size, labels), dtype=np.float32)
        inside = np.flatnonzero(label_of[order] >= 0)
        targets[inside, label_of[order][inside]] = 1
        self._kin = kin
        alike = None if kin is None else kin[order]
        gram = _gram(vectors[order], alike, 1 + _ridges(label_of, labels)[order])
        gram.factor()
        self._weights = np.empty_like(targets)
        self._weights[order] = gram.solved(targets)
        tail = size - len(asked)
        self._corner = gram.corner(tail)
        self._targets = targets[tail:]

    def scores(self, cosines: Floats, kin: Floats | None = None) -> Floats:
        """Scores of the labels for one text, from its cosines with the rows learnt and its own `kin`."""
        if self._kin is not None and kin is not None:
            cosines = mixed(cosines, self._kin @ kin)
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
        half = scipy.linalg.solve_triangular(self._corner, np.eye(len(self._asked), dtype=np.float32))
        inverse = half @ half.T
        said = []
        for group in groups:
            at = np.searchsorted(self._asked, group)
            said.append(self._targets[at] - np.linalg.solve(inverse[np.ix_(at, at)], self._weights[group]))
        return np.concatenate(said)

    def settle(self) -> None:
        """Gives memory back once nothing more is to be held out."""
        del self._asked, self._corner, self._targets


def _gram(vectors: sparse.csr_matrix, kin: Floats | None, diagonal: Floats) -> Triangle:
    """The kernel between all rows, with another diagonal."""
    size = vectors.shape[0]
    met = np.bincount(vectors.indices, minlength=vectors.shape[1])
    common = met * COMMON > size
    dense = vectors[:, np.flatnonzero(common)].toarray()
    # What one row alone has is near no other.
    rare = vectors[:, np.flatnonzero(~common & (met > 1))]
    gram = Triangle(size)
    for start in range(0, size, BLOCK):
        end = min(start + BLOCK, size)
        cosines = (rare[:end] @ rare[start:end].T.tocsr()).toarray(order="F")
        cosines += dense[:end] @ dense[start:end].T
        if kin is not None:
            cosines = mixed(cosines, kin[:end] @ kin[start:end].T)
        columns = kernel(cosines)
        columns[np.arange(start, end), np.arange(end - start)] = diagonal[start:end]
        gram.put(start, columns)
    return gram


def _ridges(label_of: Rows, labels: int) -> Floats:
    inside = label_of >= 0
    sizes = np.bincount(label_of[inside], minlength=labels)
    ridges = np.full(len(label_of), RIDGE, dtype=np.float32)
    if inside.any():
        of_row = sizes[label_of[inside]]
        ridges[inside] *= (of_row / np.median(of_row)) ** FEW_TRUSTED
    return ridges
