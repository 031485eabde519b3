"""How like a message is to messages that somebody in danger wrote: a weight of evidence, never a verdict.

Learns from `knowledge/safety_examples.yaml` and, as harmless, from the knowledge base's own sayings: multinomial
logistic regression on words, on pairs of words near each other, and in Japanese on runs of characters.
`safety.py` says what may follow from it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from bot.answers.model import Safety

Floats = NDArray[np.float64]

HARMLESS = "harmless"
RIDGE = 0.6
"""Pull of every weight towards nothing; less and the model repeats its examples by heart."""
LEAST = 2
"""Examples that must share a feature for it to count."""
ROUNDS = 60
_EDGES = "|~"
_ENDINGS = ("ing", "ed", "es", "s", "ly", "er", "e")
_WINDOWS = 24
"""Parts of one message that are looked at; a longer one has its sentences taken together."""
_RUNS = range(1, 5)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The class whose examples the message is likest to, and how likely (0..1) any alarm is the right one."""

    safety: Safety
    share: float


class Examples:
    """The model of one language, fitted when it is first asked.

    `texts` are folded. `words` puts a word in its list (`husband` is `{kin}`), `spaced` as for phrases.
    """

    def __init__(
        self, texts: Sequence[tuple[str, str]], spaced: bool, words: Mapping[str, str], alarms: Iterable[Safety]
    ) -> None:
        self._texts = texts
        self._cut = _words(words) if spaced else _runs(words)
        self._alarms = tuple(alarms)

    def likeness(self, folded: str) -> Likeness | None:
        """Of the likest part of the message; None where nothing was learnt."""
        if not self._texts:
            return None
        labels, features, weights = self._fitted
        best: Likeness | None = None
        alarms = [number for number, label in enumerate(labels) if label in self._alarms]
        for part in windows(folded):
            known = [features[each] for each in self._cut(part) if each in features]
            if not known:
                continue
            votes = weights[known].sum(axis=0) / _length(len(known)) + weights[-1]
            chances = np.exp(votes - votes.max())
            chances /= chances.sum()
            share = float(chances[alarms].sum())
            if best is None or share > best.share:
                best = Likeness(Safety(labels[max(alarms, key=lambda at: chances[at])]), share)
        return best

    @cached_property
    def _fitted(self) -> tuple[list[str], dict[str, int], Floats]:
        labels = sorted({label for label, _ in self._texts})
        number = {label: at for at, label in enumerate(labels)}
        cut = [self._cut(text) for _, text in self._texts]
        met = Counter(each for features in cut for each in features)
        features = {each: at for at, each in enumerate(each for each, count in met.items() if count >= LEAST)}
        rows = [[features[each] for each in found if each in features] for found in cut]
        weights = _fit(rows, [number[label] for label, _ in self._texts], len(features), len(labels))
        return labels, features, weights


def windows(folded: str) -> Iterator[str]:
    """The whole message, each sentence, and each two that follow one another."""
    sentences = [part for part in (each.strip(" ~") for each in folded.split("|")) if part]
    if len(sentences) > _WINDOWS:
        size = -(-len(sentences) // _WINDOWS)
        sentences = [" | ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    yield from dict.fromkeys(
        (" | ".join(sentences), *sentences, *(f"{one} | {two}" for one, two in pairwise(sentences)))
    )


def _fit(rows: list[list[int]], labels: list[int], width: int, kinds: int) -> Floats:
    """Weights, features x labels, and a last row for what is common to all."""
    ends = np.cumsum([0, *map(len, rows)])
    lengths = np.array([_length(len(row)) for row in rows])
    columns = np.array([each for row in rows for each in row], dtype=np.int32)
    values = np.repeat(1 / lengths, np.diff(ends))
    matrix = sparse.csr_matrix((values, columns, ends), shape=(len(rows), width))
    turned = matrix.T.tocsr()
    truth = np.zeros((len(rows), kinds))
    truth[np.arange(len(rows)), labels] = 1

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(width + 1, kinds)
        votes = matrix @ weights[:-1] + weights[-1]
        votes -= votes.max(axis=1, keepdims=True)
        chances = np.exp(votes)
        sums = chances.sum(axis=1, keepdims=True)
        loss = float((np.log(sums[:, 0]) - (votes * truth).sum(axis=1)).sum())
        wrong = chances / sums - truth
        slope = np.vstack([turned @ wrong + RIDGE * weights[:-1], wrong.sum(axis=0)])
        return loss + 0.5 * RIDGE * float(np.square(weights[:-1]).sum()), slope.ravel()

    start = np.zeros((width + 1) * kinds)
    found = optimize.minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Floats = found.x.reshape(width + 1, kinds)
    return weights


def _length(features: int) -> float:
    return float(features) ** 0.5 or 1.0


def _words(lists: Mapping[str, str]) -> Callable[[str], list[str]]:
    def cut(text: str) -> list[str]:
        words = [lists.get(word, _stem(word)) for word in text.replace("~", " ").split()]
        plain = [_stem(word) for word in text.replace("~", " ").split() if word in lists]
        near = [f"{words[at]} {words[at + gap]}" for gap in (1, 2, 3) for at in range(len(words) - gap)]
        three = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
        return list(dict.fromkeys([*words, *plain, *near, *three]))

    return cut


def _runs(lists: Mapping[str, str]) -> Callable[[str], list[str]]:
    # Longest first, so that 睡眠薬 is not read as 薬 alone.
    longest = sorted(lists, key=len, reverse=True)

    def cut(text: str) -> list[str]:
        plain = text.replace(" ", "")
        found = [plain[at : at + n] for n in _RUNS for at in range(len(plain) - n + 1)]
        listed = plain
        for word in longest:
            if word in listed:
                listed = listed.replace(word, lists[word])
        if listed != plain:
            found += [listed[at : at + n] for n in _RUNS for at in range(len(listed) - n + 1)]
        return list(dict.fromkeys(found))

    return cut


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word
