"""The label model says without a question exactly what it would say had it never learnt it."""

import numpy as np
import pytest

from bot.answers.ngrams import Vocabulary
from bot.answers.ridge import LabelModel, Rows, kernel

TEXTS = [
    "when are you open",
    "opening hours",
    "are you open on sunday",
    "where can i park",
    "is there parking",
    "parking for my car",
    "do you sell cars",
    "who won the match",
]
LABEL_OF: Rows = np.array([0, 0, 0, 1, 1, 1, -1, -1])
VECTORS = Vocabulary(TEXTS).matrix


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_a_held_out_row_scores_as_after_fitting_without_it(row: int) -> None:
    asked = np.array([1, row]) if row > 1 else np.array([row, 5])
    closed = LabelModel(VECTORS, LABEL_OF, 2, asked).held_out([np.array([row])])[0]

    others = np.delete(np.arange(len(TEXTS)), row)
    nobody: Rows = np.zeros(0, dtype=np.intp)
    # The ridge follows the label's size, which the closed form leaves as it was: one label, one size.
    fresh = LabelModel(VECTORS[others], LABEL_OF[others], 2, nobody)
    cosines = np.asarray((VECTORS[others] @ VECTORS[[row]].T).todense()).ravel()

    assert fresh.scores(cosines) == pytest.approx(closed, abs=0.02)


def test_what_words_mean_counts_beside_how_they_are_written() -> None:
    nobody: Rows = np.zeros(0, dtype=np.intp)
    kin = np.eye(2, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 0, 1]]
    model = LabelModel(VECTORS, LABEL_OF, 2, nobody, kin)
    unread = np.zeros(len(TEXTS), dtype=np.float32)
    assert np.argmax(model.scores(unread, kin[0])) == 0
    assert np.argmax(model.scores(unread, kin[3])) == 1


def test_a_learnt_text_scores_highest_for_its_own_label() -> None:
    model = LabelModel(VECTORS, LABEL_OF, 2, np.array([0]))
    cosines = np.asarray((VECTORS @ VECTORS.T).todense())
    for row, label in enumerate(LABEL_OF):
        if label >= 0:
            assert np.argmax(model.scores(cosines[row])) == label


def test_the_kernel_keeps_nought_and_one() -> None:
    assert kernel(np.array([0.0, 1.0], dtype=np.float32)).tolist() == [0.0, 1.0]
