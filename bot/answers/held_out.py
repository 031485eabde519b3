"""Which questions are asked of a base as if never seen."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.answers.index_base import Base
from bot.answers.ridge import Rows

SINGLES: Final = 500
HIDDEN: Final = 120
OUTSIDE: Final = 300
"""Texts asked at most: single questions, questions whose whole label is hidden, and foreign ones."""
SINGLE, OF_HIDDEN, FOREIGN = range(3)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Groups of rows, each asked without the whole group; `kinds` names each row's kind, in their order.

    Rows count the learnt questions first, then the foreign ones.
    """

    groups: list[Rows]
    kinds: Rows

    @property
    def rows(self) -> Rows:
        """All rows, group after group; a row may be there twice."""
        return np.concatenate([np.zeros(0, dtype=np.intp), *self.groups])


def hold_out(base: Base, learnt: Rows, foreign: int) -> HeldOut:
    """An even choice, without chance: the same base is always asked the same."""
    label_of = base.label_of[learnt]
    # A label's only question cannot be found without it.
    several = np.flatnonzero(base.sizes[label_of] > 1)
    singles = several[evenly(len(several), SINGLES)]
    hidden = _hidden(label_of, len(base.labels))
    outside = len(learnt) + evenly(foreign, OUTSIDE)
    kinds = np.repeat([SINGLE, OF_HIDDEN, FOREIGN], [len(singles), sum(map(len, hidden)), len(outside)])
    return HeldOut([*singles[:, None], *hidden, *outside[:, None]], kinds)


def _hidden(label_of: Rows, labels: int) -> list[Rows]:
    if labels < 3:
        return []
    every = max(1, -(-len(label_of) // HIDDEN))
    return [group for label in range(0, labels, every) if len(group := np.flatnonzero(label_of == label))]


def evenly(size: int, at_most: int) -> Rows:
    """Up to `at_most` of `size` rows, spread evenly: a sample without chance."""
    return np.unique(np.linspace(0, max(0, size - 1), min(size, at_most)).astype(np.intp))
