"""Asks a base its own questions as if never seen, and small talk, to learn what scores are worth."""

from typing import Final

import numpy as np
from scipy import sparse

from bot.answers.calibration import Doubles, Flags, Trials, evidence
from bot.answers.index_base import Base
from bot.answers.ngrams import Floats
from bot.answers.ranking import Ranking, evenly
from bot.answers.ridge import Rows

HELD_OUT: Final = 300
HIDDEN: Final = 120
OUTSIDE: Final = 250
"""Texts asked at most: single questions, questions whose whole label is hidden, and foreign ones."""
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
    singles = _singles(base, ranking)
    hidden = _hidden(label_of, len(base.labels))
    outside = learnt + evenly(len(ranking.outside_texts), OUTSIDE) if ranking.outside_texts else _NONE
    groups = [*singles[:, None], *hidden, *outside[:, None]]
    kinds = np.repeat([0, 1, 2], [len(singles), sum(map(len, hidden)), len(outside)])
    if not groups:
        return Trials(np.zeros((0, 2, 5)), *(np.zeros(0, dtype=bool),) * 3, np.zeros(0))
    rows = np.concatenate(groups)
    said = None if ranking.model is None else ranking.model.held_out(groups)
    found, right, reach = [], [], []
    vectors = sparse.csr_matrix(sparse.vstack([ranking.vectors[ranking.learnt], ranking.outside]))[rows]
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        cosines = ranking.cosines(vectors[part])
        known = _known(vectors[part], rows[part] < learnt, ranking)
        for at, row in enumerate(rows[part]):
            kind = kinds[start + at]
            label = int(label_of[row]) if row < learnt else -1
            row_said = None if said is None else said[start + at]
            _hide(base, ranking, kind, int(row), label, cosines[at], row_said)
            text = base.texts[ranking.learnt[row]] if row < learnt else ranking.outside_texts[row - learnt]
            sight = ranking.weigh(text, row_said, cosines[at], float(known[at]))
            first = np.argsort(-sight.votes, kind="stable")[:ASK_BACK_WITH].tolist()
            # A base with one label has no second: the first stands for it, with nothing to lead by.
            pair = (first * 2)[:2]
            found.append(evidence(sight.scores, sight.nearest, sight.known, pair))
            right.append(kind == 0 and first[0] == label)
            reach.append(kind == 0 and label in first)
    return Trials(np.stack(found), np.array(right), np.array(reach), kinds == 0, _weights(base, kinds))


_NONE: Final = np.zeros(0, dtype=np.intp)


def _singles(base: Base, ranking: Ranking) -> Rows:
    # A label's only question cannot be found without it.
    several = np.flatnonzero(base.sizes[base.label_of[ranking.learnt]] > 1)
    return several[evenly(len(several), HELD_OUT)] if len(several) else _NONE


def _hidden(label_of: Rows, labels: int) -> list[Rows]:
    if labels < 3:
        return []
    every = max(1, -(-len(label_of) // HIDDEN))
    return [group for label in range(0, labels, every) if len(group := np.flatnonzero(label_of == label))]


def _hide(
    base: Base, ranking: Ranking, kind: int, row: int, label: int, cosines: Floats, said: Floats | None
) -> None:
    if kind == 0:
        cosines[ranking.learnt[row]] = 0
    elif kind == 1:
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


def _weights(base: Base, kinds: Rows) -> Doubles:
    foreign = 0.5 * (USUAL_SIZE / max(USUAL_SIZE, len(base.texts))) ** LARGE_POWER
    shares = (1 - foreign, foreign * HIDDEN_SHARE, foreign * (1 - HIDDEN_SHARE))
    counts = np.bincount(kinds, minlength=3)
    each = np.array([WHOLE * share / max(1, count) for share, count in zip(shares, counts, strict=True)])
    weights: Doubles = each[kinds]
    return weights
