"""Linear ridge regression over n-grams: what of a text speaks for a class, learnt from examples.

Hoerl & Kennard 1970; solved by conjugate gradients for all classes at once.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.ngrams import Floats, Recipe

RECIPE: Final = Recipe(
    together={2: 1.0, 3: 1.0},
    apart={2: 0.7, 3: 0.7},
    pieces=range(3, 6),
    piece_weight=0.6,
    runs={1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0},
    rarity=1.0,
)
"""Longer pieces than the index needs: without a kernel, what is met together must be a feature itself."""
RIDGE: Final = 0.25
"""Pull of every weight towards nothing; with less, the model has its examples by heart."""
ROUNDS: Final = 10
"""Steps of the descent. To stop early is a pull of its own: with more, labelled messages fare no better."""
TINY: Final = np.float32(1e-30)
"""Nothing, but to divide by: few examples are explained in fewer steps."""

Flags: TypeAlias = NDArray[np.bool_]


def trust(truth: Flags, among: Flags) -> Floats:
    """What each row counts among some of them: both sides alike, however many they are."""
    few = max(1, int(truth.sum()))
    return (among * np.where(truth, (among.sum() - few) / few, 1.0)).astype(np.float32)


def solved(vectors: sparse.csr_matrix, truths: Flags, trusts: Floats) -> Floats:
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
    weights = np.zeros((vectors.shape[1] + 1, truths.shape[1]), dtype=np.float32)
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
