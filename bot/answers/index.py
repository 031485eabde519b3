"""Finds the entry that a question means, or owns that the base has none.

Works offline, on words and pieces of words: it cannot know that "can't switch off" is about stress unless an
entry's variants say so. How it was measured: `python -m tests.benchmarks`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.answers.calibration import (
    LIKELY,
    LIKELY_MARGIN,
    SURE,
    Confidence,
    Doubles,
    Limits,
    evidence,
    limits,
)
from bot.answers.index_base import Base
from bot.answers.normalise import normalise
from bot.answers.ranking import Ranking, Sight
from bot.answers.speller import Speller
from bot.answers.trials import ASK_BACK_WITH, run_trials
from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class Match:
    """A label, how likely it is right (0..100), and its question that comes nearest."""

    label: str
    score: float
    question: str


class Verdict(StrEnum):
    """What to do with the matches."""

    SURE = "sure"
    LIKELY = "likely"
    """Give the first, and offer the others beside it."""
    UNSURE = "unsure"
    """Ask back with the matches."""
    NOTHING = "nothing"
    """Not even worth asking back."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The first matches and what they are good for."""

    matches: tuple[Match, ...]
    verdict: Verdict


def _never(_one: str, _other: str) -> bool:
    return False


class QuestionIndex:
    """Questions with labels; several questions a label make it better. `oos` marks foreign examples.

    Languages may be mixed; `language` only says whose small talk to compare with.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], *, language: Language | None = None) -> None:
        self._base = Base(pairs, language)
        self._limits = Limits()
        if not self._base.texts:
            return
        self._speller = Speller(self._base.texts, [*self._base.foreign, *self._base.generic])
        self._ranking = Ranking(self._base)
        trials = run_trials(self._base, self._ranking)
        self._ranking.settle()
        self._confidence = Confidence(trials)
        self._limits = limits(self._confidence, trials)

    @property
    def threshold(self) -> float:
        """Score (0..100) from which `decide` gives the first label."""
        return self._limits.threshold

    @property
    def margin(self) -> float:
        """Points of score by which the first label must lead the second for `judge` to be sure."""
        return self._limits.margin

    @property
    def floor(self) -> float:
        """Score (0..100) below which `judge` says there is nothing."""
        return self._limits.floor

    def search(self, text: str, limit: int = 5) -> list[Match]:
        """Up to `limit` labels, best first; empty when nothing can be read or the base is empty."""
        asked = normalise(text)
        if not asked or not self._base.texts or limit < 1:
            return []
        mended = self._speller.correct(asked)
        sight = self._ranking.look(mended)
        same = self._base.exact.get(asked, [])
        votes = sight.votes.copy()
        votes[same] += 10
        first = np.argsort(-votes, kind="stable")[:limit].tolist()
        scores = self._scores(sight, first)
        if mended != asked:
            # A guess at a slip is no certainty: half of the score is that of what was really written.
            scores = (scores + self._scores(self._ranking.look(asked), first)) / 2
        if asked in self._base.foreign_texts:
            scores[:] = 0
        scores[[at for at, label in enumerate(first) if label in same]] = 100
        # A later label never outdoes an earlier one, whatever its evidence: the order is the votes'.
        scores = np.minimum.accumulate(scores)
        return [
            Match(self._base.labels[label], round(float(score), 2), self._question(sight, label))
            for label, score in zip(first, scores, strict=True)
        ]

    def decide(self, text: str) -> str | None:
        """The label that a text means, or None: no answer is better than a wrong one."""
        found = self.search(text, limit=1)
        return found[0].label if found and found[0].score >= self.threshold else None

    def judge(
        self, text: str, limit: int = ASK_BACK_WITH, alike: Callable[[str, str], bool] = _never
    ) -> Judgement:
        """Whether to answer, to ask back or to own that there is nothing; stricter than `decide`.

        `alike` tells of two labels that they lead to the same: such a one is no rival of the first.
        """
        found = tuple(self.search(text, limit=limit))
        if not found or found[0].score < self.floor:
            return Judgement(found, Verdict.NOTHING)
        first = found[0]
        rival = max((each.score for each in found[1:] if not alike(first.label, each.label)), default=0.0)
        lead = first.score - rival
        if first.score >= SURE and lead >= self.margin:
            return Judgement(found, Verdict.SURE)
        likely = first.score >= LIKELY and lead >= LIKELY_MARGIN
        return Judgement(found, Verdict.LIKELY if likely else Verdict.UNSURE)

    def _scores(self, sight: Sight, labels: list[int]) -> Doubles:
        return self._confidence.scores(evidence(sight, labels))

    def _question(self, sight: Sight, label: int) -> str:
        own = np.flatnonzero(self._base.label_of[sight.candidates] == label)
        if len(own):
            return str(self._base.questions[sight.candidates[own[np.argmax(sight.likeness[own])]]])
        # Voted for by many questions that are each too far away to be looked at again.
        return str(self._base.questions[self._base.starts[label]])
