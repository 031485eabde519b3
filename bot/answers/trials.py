"""Asks a base its own questions as if never seen, and small talk, to learn what scores are worth."""

from typing import Final

import numpy as np
from scipy import sparse

from bot.answers.calibration import EVIDENCE, Doubles, Flags, Trials, evidence
from bot.answers.held_out import OF_HIDDEN, SINGLE
from bot.answers.index_base import Base
from bot.answers.ngrams import Floats
from bot.answers.ranking import Ranking
from bot.answers.ridge import Rows

HIDDEN_SHARE: Final = 0.15
"""Part of hidden labels in what counts as foreign: its hardest kind, by itself too strict a measure."""
USUAL_SIZE: Final = 600
LARGE_POWER: Final = 0.7
"""Half of what is asked of a base of the usual size is foreign; the more a base holds, the less."""
WHOLE: Final = 400.0
"""What all trials weigh together, against the pull of the usual weights."""
BLOCK: Final = 64
ASK_BACK_WITH: Final = 3


def run_trials(base: Base, ranking: Ranking) -> Trials:
    """Every trial in closed form: nothing is fitted anew."""
    learnt = len(ranking.learnt)
    label_of = base.label_of[ranking.learnt]
    held, kinds = ranking.held_out, ranking.held_out.kinds
    rows = held.rows
    if not held.groups:
        return Trials(np.zeros((0, 2, EVIDENCE)), *(np.zeros(0, dtype=bool),) * 4, np.zeros(0))
    said = None if ranking.model is None else ranking.model.held_out(held.groups)
    found, right, second, reach = [], [], [], []
    vectors = sparse.csr_matrix(sparse.vstack([ranking.vectors[ranking.learnt], ranking.outside]))[rows]
    labels = np.r_[label_of, np.full(len(ranking.outside_texts), -1)][rows]
    own = _own(vectors, labels, ranking)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        cosines = ranking.cosines(vectors[part])
        known = _known(vectors[part], rows[part] < learnt, ranking)
        for at, row in enumerate(rows[part]):
            kind = kinds[start + at]
            label = int(labels[start + at])
            row_said = None if said is None else said[start + at]
            _hide(base, ranking, kind, int(row), label, cosines[at], row_said)
            text = base.texts[ranking.learnt[row]] if row < learnt else ranking.outside_texts[row - learnt]
            sight = ranking.weigh(text, row_said, cosines[at], float(known[at]), own[start + at])
            first = np.argsort(-sight.votes, kind="stable")[:ASK_BACK_WITH].tolist()
            # A base with one label has no second: the first stands for it, with nothing to lead by.
            pair = (first * 2)[:2]
            found.append(evidence(sight, pair))
            right.append(kind == SINGLE and first[0] == label)
            second.append(kind == SINGLE and first[0] != label == pair[1])
            reach.append(kind == SINGLE and label in first)
    foreign = _foreign_share(base)
    return Trials(
        evidence=np.stack(found),
        right=np.array(right),
        right_second=np.array(second),
        within_reach=np.array(reach),
        in_scope=kinds == SINGLE,
        weights=_weights(kinds, foreign),
        foreign_share=foreign,
    )


def _hide(
    base: Base, ranking: Ranking, kind: int, row: int, label: int, cosines: Floats, said: Floats | None
) -> None:
    if kind == SINGLE:
        cosines[ranking.learnt[row]] = 0
    elif kind == OF_HIDDEN:
        start = base.starts[label]
        cosines[start : start + base.sizes[label]] = 0
        if said is not None:
            said[label] = -1


def _known(vectors: sparse.csr_matrix, own: Flags, ranking: Ranking) -> Doubles:
    squares = vectors.multiply(vectors).tocsr()
    # What a held-out question alone has brought in would be unknown without it.
    without_it = squares @ (ranking.frequency > 1)
    as_it_is = squares @ (ranking.frequency > 0)
    known: Doubles = np.where(own, without_it, as_it_is).astype(np.float64)
    return known


def _own(vectors: sparse.csr_matrix, labels: Rows, ranking: Ranking) -> Floats:
    """Shares of held-out texts that each label knows; a text's own label (-1: none) without that text."""
    squares = vectors.multiply(vectors).tocsr()
    shares: Floats = (squares @ ranking.has).toarray()
    without = ranking.has.copy()
    without.data = (ranking.met.data > 1).astype(np.float32)
    inside = np.flatnonzero(labels >= 0)
    shares[inside, labels[inside]] = (squares[inside] @ without).toarray()[
        np.arange(len(inside)), labels[inside]
    ]
    return shares


def _foreign_share(base: Base) -> float:
    share: float = 0.5 * (USUAL_SIZE / max(USUAL_SIZE, len(base.texts))) ** LARGE_POWER
    return share


def _weights(kinds: Rows, foreign: float) -> Doubles:
    shares = (1 - foreign, foreign * HIDDEN_SHARE, foreign * (1 - HIDDEN_SHARE))
    counts = np.bincount(kinds, minlength=3)
    each = np.array([WHOLE * share / max(1, count) for share, count in zip(shares, counts, strict=True)])
    weights: Doubles = each[kinds]
    return weights
