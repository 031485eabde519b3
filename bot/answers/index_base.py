"""The questions of a base in the order that the index works in, and examples of what it does not answer."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from bot.answers.background import background
from bot.answers.normalise import language_of, normalise_saying
from bot.answers.ridge import Rows
from bot.domain.language import Language

OUT_OF_SCOPE: Final = "oos"
"""Questions under this label are examples of what the base does not answer; it is never returned."""
LEAST_SHARE: Final = 0.05
"""Share of the questions in a language from which its small talk belongs to the background."""


class Base:
    """Questions sorted by label: those of label `l` are rows `starts[l]` up to the next start."""

    def __init__(self, pairs: Iterable[tuple[str, str]], language: Language | None = None) -> None:
        asked: dict[tuple[str, str], str] = {}
        for question, label in pairs:
            asked.setdefault((label, normalise_saying(question)), question.strip())
        rows = sorted(row for row in asked if row[1] and row[0] != OUT_OF_SCOPE)
        self.texts = [text for _, text in rows]
        self.questions = [asked[row] for row in rows]
        self.labels = sorted({label for label, _ in rows})
        number = {label: at for at, label in enumerate(self.labels)}
        self.label_of: Rows = np.array([number[label] for label, _ in rows], dtype=np.intp)
        self.starts: Rows = np.searchsorted(self.label_of, np.arange(len(self.labels)))
        self.sizes: Rows = np.bincount(self.label_of, minlength=len(self.labels))
        self.exact: dict[str, list[int]] = defaultdict(list)
        for label, text in rows:
            self.exact[text].append(number[label])
        self.foreign = sorted(
            text for label, text in asked if label == OUT_OF_SCOPE and text and text not in self.exact
        )
        self.foreign_texts = frozenset(self.foreign)
        self.generic = self._generic(language)

    def _generic(self, language: Language | None) -> list[str]:
        spoken = [language] if language else self._languages()
        heard = {*self.exact, *self.foreign}
        return [text for each in spoken for text in background(each) if text not in heard]

    def _languages(self) -> list[Language]:
        found = [language_of(text) for text in self.texts]
        return [each for each in Language if found.count(each) > LEAST_SHARE * len(found)]
