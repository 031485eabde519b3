"""How near a text is to each question and each label of a base."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from bot.answers.held_out import evenly, hold_out
from bot.answers.index_base import Base
from bot.answers.kinship import Kinship
from bot.answers.ngrams import Floats, Vocabulary
from bot.answers.ridge import LabelModel, Rows

CANDIDATES: Final = 60
"""Nearest questions that rapidfuzz looks at again."""
FUZZY_VOTE: Final = 0.1
"""What the likest wording adds to a label's score of about 1. More did not help held-out questions."""
FUZZY_SHARE: Final = 0.3
"""Share of the wording in choosing the one question that stands for a label."""
NEAREST_VOTE: Final = 0.2
"""What the nearest question adds where the label model did without some: those are found by it."""
NEAREST_OF_MANY: Final = 0.3
"""The same where the model could learn from a small part of the base only."""
PLENTY: Final = 8_000
"""Questions from which on the label model does without those that a label has said before, nearly."""
SAID_BEFORE: Final = 0.4
"""Cosine of such a one. Of a base of 22,300 that spares 10,300. 0.5 takes a quarter longer and two thirds
more memory, for one right answer in a hundred; 0.33 costs five (decision 0004)."""
LEARNT_AT_MOST: Final = 20_000
LEARNT_OF_MANY: Final = 5_000
"""Questions that the label model learns from, spread evenly; its cost grows with their cube. A base of more
than twice as many says the same so often that fewer do."""
WORDS_IN_COMPANY: Final = 5_000
"""Questions from which on the label model learns what words mean by their company. With 770 it cost one right
answer in fifty; with 7,500 a quarter more of what is out of scope was declined, and nothing lost."""
MOST_WEIGHTS: Final = 40_000_000
TAKEN_FOR_OWN: Final = 0.3
"""Cosine above which small talk may be in scope after all: a base can be about the weather."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be said of one text: `votes` order the labels, `scores` and `nearest` are evidence.

    `known` and `own` are the shares (0..1) of the text that the base and each label have n-grams for;
    `within` is what all labels score together.
    """

    votes: Floats
    scores: Floats
    nearest: Floats
    known: float
    within: float
    own: Floats
    candidates: Rows
    likeness: Floats


class Ranking:
    """Nearest questions and label model of one base."""

    def __init__(self, base: Base) -> None:
        self._base = base
        size = len(base.texts)
        vocabulary = Vocabulary([*base.texts, *base.foreign, *base.generic])
        self._vocabulary = vocabulary
        self.vectors = vocabulary.matrix[:size]
        self._turned = self.vectors.T.tocsr()
        outside = vocabulary.matrix[size:]
        kept = np.flatnonzero(self._is_foreign(outside))
        self.outside = outside[kept]
        self.outside_texts = [[*base.foreign, *base.generic][at] for at in kept]
        worth = self._told_apart() if size > PLENTY else np.arange(size)
        many = len(worth) > 2 * LEARNT_AT_MOST
        self.learnt: Rows = worth[evenly(len(worth), LEARNT_OF_MANY if many else LEARNT_AT_MOST)]
        some = NEAREST_VOTE if len(self.learnt) < size else 0.0
        self._nearest_vote = np.float32(NEAREST_OF_MANY if many else some)
        self.frequency = np.bincount(self.vectors.indices, minlength=self.vectors.shape[1])
        of_label = sparse.csr_matrix(
            (np.ones(size, dtype=np.float32), (np.arange(size), base.label_of)),
            shape=(size, len(base.labels)),
        )
        held = self.vectors.copy()
        held.data = np.ones_like(held.data)
        self.met = sparse.csr_matrix(held.T @ of_label)
        """How many of each label's questions hold each n-gram."""
        self.has = self.met.copy()
        self.has.data = np.ones_like(self.met.data)
        self.held_out = hold_out(base, self.learnt, len(kept))
        self.model: LabelModel | None = None
        self._kinship: Kinship | None = None
        if len(self.learnt) * len(base.labels) <= MOST_WEIGHTS:
            rows = sparse.csr_matrix(sparse.vstack([self.vectors[self.learnt], self.outside]))
            label_of = np.r_[base.label_of[self.learnt], np.full(len(kept), -1)]
            if size > WORDS_IN_COMPANY:
                self._kinship = Kinship.learnt([*(base.texts[at] for at in self.learnt), *self.outside_texts])
            kin = None if self._kinship is None else self._kinship.rows
            asked = np.unique(self.held_out.rows)
            self.model = LabelModel(rows, label_of, len(base.labels), asked, kin)
        self._postings = sparse.csr_matrix(sparse.vstack([self.vectors, self.outside]).T)
        self._voters = np.r_[self.learnt, size + np.arange(len(kept))]

    def _told_apart(self) -> Rows:
        """Each label's questions but for those that nearly repeat an earlier one of the same label."""
        kept: list[int] = []
        for start, size in zip(self._base.starts, self._base.sizes, strict=True):
            own = self.vectors[start : start + size]
            near = (own @ own.T).toarray() > SAID_BEFORE
            left = np.ones(size, dtype=bool)
            for at in range(size):
                left[at + 1 :] &= ~(left[at] & near[at, at + 1 :])
            kept.extend((start + np.flatnonzero(left)).tolist())
        return np.array(kept, dtype=np.intp)

    def cosines(self, vectors: sparse.csr_matrix) -> Floats:
        """Cosines of a few vectors with every question."""
        dense: Floats = (vectors @ self._turned).toarray()
        return dense

    def _is_foreign(self, outside: sparse.csr_matrix) -> Rows:
        """Which rows are foreign indeed: the owner's examples all, generic ones unless they look at home."""
        sample = evenly(self.vectors.shape[0], 300)
        own = self.cosines(self.vectors[sample])
        own[np.arange(len(sample)), sample] = 0
        at_home = max(TAKEN_FOR_OWN, float(np.median(own.max(axis=1))))
        foreign = np.ones(outside.shape[0], dtype=np.intp)
        for start in range(len(self._base.foreign), len(foreign), 64):
            near = self.cosines(outside[start : start + 64])
            foreign[start : start + 64] = near.max(axis=1, initial=0.0) < at_home
        return foreign

    def settle(self) -> None:
        """Gives memory back once the base has been asked its own questions; `look` needs none of it."""
        del self.vectors, self._turned, self.outside, self.outside_texts, self.met, self.held_out
        del self._vocabulary.matrix
        if self.model is not None:
            self.model.settle()

    def look(self, text: str) -> Sight:
        """Everything about a normalised text."""
        vector = self._vocabulary.vector(text)
        cosines: Floats = vector.values @ self._postings[vector.features]
        questions = cosines[: len(self._base.texts)]
        squares = np.square(vector.values)
        known = float(squares @ (self.frequency[vector.features] > 0))
        own: Floats = squares @ self.has[vector.features]
        kin = None if self._kinship is None else self._kinship.vector(text)
        said = None if self.model is None else self.model.scores(cosines[self._voters], kin)
        return self.weigh(text, said, questions, known, own)

    def weigh(self, text: str, said: Floats | None, cosines: Floats, known: float, own: Floats) -> Sight:
        """Puts together what the label model said, the cosines with every question, and the wording."""
        base = self._base
        nearest: Floats = np.maximum.reduceat(cosines, base.starts)
        scores = nearest if said is None else said
        within = float(nearest.max() if said is None else said.sum())
        few = min(CANDIDATES, len(cosines))
        candidates = np.argpartition(cosines, -few)[-few:]
        wordings = [base.texts[at] for at in candidates]
        wording = (
            process.cdist([text], wordings, scorer=fuzz.token_set_ratio)[0]
            + process.cdist([text], wordings, scorer=fuzz.token_sort_ratio)[0]
        ) / np.float32(200)
        likest = np.zeros_like(scores)
        np.maximum.at(likest, base.label_of[candidates], wording)
        votes = scores + np.float32(FUZZY_VOTE) * likest + self._nearest_vote * nearest
        likeness = (1 - FUZZY_SHARE) * cosines[candidates] + FUZZY_SHARE * wording
        return Sight(votes, scores, nearest, known, within, own, candidates, likeness)
