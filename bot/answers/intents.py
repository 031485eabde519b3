"""What is wanted of the appointment book: told apart by what was said, among booking sayings alone.

The index knows that a message is about an appointment; among ninety labels it is less sure whether that is to
be made, moved or called off. Here only those stand against each other, and every word and piece counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answers.linear import RECIPE, solved, trust
from bot.answers.model import Intent
from bot.answers.ngrams import Vocabulary
from bot.answers.normalise import normalise, normalise_saying


class IntentModel:
    """Fitted to one language's sayings, some thousand of them in half a second."""

    def __init__(self, sayings: Mapping[Intent, Sequence[str]]) -> None:
        told = sorted(
            {(normalise_saying(text), intent) for intent, texts in sayings.items() for text in texts}
        )
        self._intents = tuple(Intent)
        self._vocabulary = Vocabulary([text for text, _ in told], RECIPE)
        truths = np.array([[intent is each for each in self._intents] for _, intent in told], dtype=bool)
        every = np.ones(len(told), dtype=bool)
        trusts = np.column_stack([trust(column, every) for column in truths.T])
        self._weights = solved(self._vocabulary.matrix, truths, trusts)
        # The vectors of the sayings themselves are not asked for again.
        del self._vocabulary.matrix

    def shares(self, text: str) -> dict[Intent, float]:
        """For each intent about 1 where the message wants it, else about 0."""
        vector = self._vocabulary.vector(normalise(text))
        votes = vector.values @ self._weights[vector.features] + self._weights[-1]
        return dict(zip(self._intents, map(float, votes), strict=True))
