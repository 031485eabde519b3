"""From evidence to a score that means the same on every base; where to answer, ask back or say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.answers.ranking import Sight

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

USUAL: Final = np.array([4.0, 2.0, 2.0, -1.0, 1.0, 2.0, 1.0, -5.5])
"""Weights where a base tells little itself (one question a label): set by hand, near what fits give."""
SECOND: Final = 0.5
"""What the label put second counts for in the fit, beside the first's 1."""
EVIDENCE: Final = len(USUAL) - 1
PULL: Final = 1.0
"""How hard a base's own weights are drawn to the usual ones."""
USUAL_THRESHOLD: Final = 35.0
MARGIN: Final = 15.0
"""Lead over the second label that being sure takes. Fixed, because the score means the same on every base;
learnt from held-out questions it swung between 2 and 17 points."""
USUAL_FLOOR: Final = 10.0
LEAST_TRIALS: Final = 20
"""Right held-out answers below which a base is too small to set its own limits."""
SURE: Final = 60.0
"""Score from which the first label is answered and nothing else is shown."""
LIKELY: Final = 35.0
LIKELY_MARGIN: Final = 5.0
"""Score and lead from which it is answered with the next ones beside it: a tap mends what went wrong."""
OF_KIND: Final = 50.0
"""Score that the labels of a kind reach together where any of them is a good beginning."""
LENIENT: Final = 0.25
"""Where the threshold lies, at the least, between the lowest (0) and the highest (1) of equally good cuts."""
ALIKE: Final = 0.01
"""Share of all gains by which two cuts may differ and still count as equally good."""
NEEDLESS: Final = 0.25
"""What sparing a foreign text the question back is worth; a right entry reached through it is 1."""


def evidence(sight: Sight, chosen: Sequence[int]) -> Doubles:
    """What speaks for each of the chosen labels, seven numbers a row.

    The model's score, its lead over the best other label, the cosine of the label's nearest question, how
    much nearer another label's question is, the share of the text that the base knows, what all labels score
    together (near 1 in scope, near 0 outside: the best single witness), and the share that the label knows.
    """
    scores, nearest = sight.scores, sight.nearest
    lead = np.empty(len(chosen))
    best = int(np.argmax(scores))
    second = float(np.delete(scores, best).max(initial=0.0)) if len(scores) > 1 else 0.0
    for at, label in enumerate(chosen):
        lead[at] = scores[label] - (second if label == best else scores[best])
    at_hand = list(chosen)
    near = nearest[at_hand]
    known, within = np.full(len(chosen), sight.known), np.full(len(chosen), sight.within)
    found: Doubles = np.c_[
        scores[at_hand], lead, near, nearest.max() - near, known, within, sight.own[at_hand]
    ]
    return found


@dataclass(frozen=True, slots=True)
class Trials:
    """Held-out texts: evidence for the first two labels, whether the first was right, what each counts."""

    evidence: Doubles
    """texts x labels put first (two at most) x `EVIDENCE`"""
    right: Flags
    right_second: Flags
    within_reach: Flags
    """Whether the right label is among those asked back with."""
    in_scope: Flags
    weights: Doubles
    foreign_share: float = 0.5
    """What part of all messages is taken to be foreign."""


class Confidence:
    """Logistic regression from evidence to a score 0..100: how often such a label turns out right."""

    def __init__(self, trials: Trials) -> None:
        self._weights = USUAL.copy()
        if not trials.right.any():
            return
        # The second label too, or the lead would not be seen to tell one label of a text from another.
        both = np.concatenate([trials.evidence[:, 0], trials.evidence[:, 1]])
        seen = np.c_[both, np.ones(len(both))]
        target = np.r_[trials.right, trials.right_second].astype(np.float64)
        weights = np.r_[trials.weights, SECOND * trials.weights]
        pull = np.eye(seen.shape[1]) * PULL
        for _ in range(15):
            chance = _logistic(seen @ self._weights)
            slope = seen.T @ (weights * (target - chance)) - pull @ (self._weights - USUAL)
            curve = seen.T @ (seen * (weights * chance * (1 - chance))[:, None]) + pull
            step = np.linalg.solve(curve, slope)
            # Newton's method can overshoot where right and wrong are nearly separable.
            self._weights += step * min(1.0, 5.0 / (float(np.abs(step).max()) + 1e-12))

    def scores(self, found: Doubles) -> Doubles:
        """Scores 0..100 of evidence (any shape that ends in `EVIDENCE`)."""
        return 100 * _logistic(found @ self._weights[:-1] + self._weights[-1])


def _logistic(x: Doubles) -> Doubles:
    chance: Doubles = 1 / (1 + np.exp(-np.clip(x, -40, 40)))
    return chance


@dataclass(frozen=True, slots=True)
class Limits:
    """All in points of the score (0..100)."""

    threshold: float = USUAL_THRESHOLD
    """From here on `decide` gives the first label."""
    margin: float = MARGIN
    """Lead over the second label that being sure takes as well."""
    floor: float = USUAL_FLOOR
    """Below it not even asking back makes sense."""


def limits(confidence: Confidence, trials: Trials) -> Limits:
    """The limits that would have served the held-out texts best; the usual ones when there are too few."""
    if np.count_nonzero(trials.right) < LEAST_TRIALS or trials.in_scope.all():
        return Limits()
    first = confidence.scores(trials.evidence[:, 0])
    weights, foreign = trials.weights, ~trials.in_scope
    # Where little foreign matter is expected, what is declined is mostly a right answer lost.
    lenient = max(LENIENT, trials.foreign_share)
    threshold = _cut(first, weights * (1.0 * trials.right - 1.0 * foreign), lenient)
    floor = _cut(first, weights * (1.0 * trials.within_reach - NEEDLESS * foreign))
    return Limits(threshold, floor=min(floor, threshold))


def _cut(values: Doubles, gains: Doubles, at: float = 0.5) -> float:
    """The value from which on the gains add up to most: the middle of all that are as good, but for `ALIKE`.

    The best single cut hangs on the chance of a few texts; the middle (or another part) of the plateau hardly
    moves.
    """
    order = np.argsort(-values, kind="stable")
    total = np.r_[0.0, np.cumsum(gains[order])]
    steps = np.r_[100.0, values[order], 0.0]
    cuts = (steps[:-1] + steps[1:]) / 2
    alike = cuts[total >= total.max() - ALIKE * np.abs(gains).sum()]
    return float(alike[-1] + at * (alike[0] - alike[-1]))
