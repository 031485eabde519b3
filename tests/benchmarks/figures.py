"""How often a matcher is right, and how well it knows when it is not."""

import csv
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.answers.index import QuestionIndex
from bot.answers.index_base import OUT_OF_SCOPE

Pairs = list[tuple[str, str]]
Matcher = Callable[[str], tuple[list[str], str | None]]
"""From a text to its labels, best first, and the one decided for (None: declined)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares 0..1; `correlation` is Matthews', with declining as one more label."""

    top_1: float
    top_3: float
    decided_right: float
    declined: float | None
    correlation: float
    milliseconds: float


def read_pairs(path: Path) -> Pairs:
    """Questions and labels of a CSV file with columns `question` and `label`."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["question"], row["label"]) for row in csv.DictReader(file)]


def index_matcher(index: QuestionIndex) -> Matcher:
    """The index as clients meet it."""

    def match(text: str) -> tuple[list[str], str | None]:
        found = index.search(text, limit=3)
        sure = found and found[0].score >= index.threshold
        return [each.label for each in found], found[0].label if sure else None

    return match


def plain_matcher(pairs: Pairs, threshold: float = 86.0) -> Matcher:
    """What most FAQ bots do: `process.extractOne` with WRatio. It declines below `threshold` (0..100)."""
    questions = [question.lower() for question, label in pairs if label != OUT_OF_SCOPE]
    labels = [label for _, label in pairs if label != OUT_OF_SCOPE]

    def match(text: str) -> tuple[list[str], str | None]:
        first = process.extractOne(text.lower(), questions, scorer=fuzz.WRatio)
        label = labels[first[2]]
        return [label], label if first[1] >= threshold else None

    return match


def measure(matcher: Matcher, asked: Pairs) -> Figures:
    """Asks every question once."""
    found, took = [], []
    for text, _ in asked:
        start = time.perf_counter()
        found.append(matcher(text))
        took.append(time.perf_counter() - start)
    wanted = [None if label == OUT_OF_SCOPE else label for _, label in asked]
    inside = [
        (want, got, decided) for want, (got, decided) in zip(wanted, found, strict=True) if want is not None
    ]
    outside = [decided for want, (_, decided) in zip(wanted, found, strict=True) if want is None]
    return Figures(
        top_1=_share([got[:1] == [want] for want, got, _ in inside]),
        top_3=_share([want in got[:3] for want, got, _ in inside]),
        decided_right=_share([decided == want for want, _, decided in inside]),
        declined=_share([decided is None for decided in outside]) if outside else None,
        correlation=correlation(wanted, [decided for _, decided in found]),
        milliseconds=1000 * statistics.median(took),
    )


def correlation(wanted: Sequence[str | None], given: Sequence[str | None]) -> float:
    """Matthews' correlation for several classes (Gorodkin 2004), -1..1."""
    count = len(wanted)
    hits = sum(want == got for want, got in zip(wanted, given, strict=True))
    of_wanted, of_given = Counter(wanted), Counter(given)
    shared = sum(of_wanted[label] * of_given[label] for label in of_wanted)
    spread: int = (count**2 - sum(n * n for n in of_wanted.values())) * (
        count**2 - sum(n * n for n in of_given.values())
    )
    return float((hits * count - shared) / spread**0.5) if spread else 0.0


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / max(1, len(flags))
