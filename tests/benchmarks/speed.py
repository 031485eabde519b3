"""What the index takes: seconds to fit, milliseconds a query, megabytes."""

import statistics
import sys
import time

import psutil

from bot.answers.index import QuestionIndex
from tests.benchmarks.synthetic import made_up_pairs, made_up_questions

ASKED = 500


def speed(size: int) -> str:
    """One line: seconds to fit, milliseconds a query, and the memory of the process."""
    pairs = made_up_pairs(size)
    start = time.perf_counter()
    index = QuestionIndex(pairs)
    fit = time.perf_counter() - start
    took = []
    for text in made_up_questions(pairs, ASKED):
        start = time.perf_counter()
        index.judge(text)
        took.append(1000 * (time.perf_counter() - start))
    cuts = statistics.quantiles(took, n=100)
    resident = psutil.Process().memory_info().rss / 2**20
    return f"{size:>9,} {fit:>7.2f} {cuts[49]:>7.2f} {cuts[98]:>7.2f} {resident:>7.0f} {peak():>8.0f}"


def peak() -> float:
    """The most memory that this process has ever held, in MB; not a number where the system does not say."""
    try:
        import resource
    except ImportError:
        return float("nan")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
