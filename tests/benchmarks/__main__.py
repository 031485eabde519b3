"""Prints what the index takes and, on labelled questions, what it gives beside plain fuzzy matching."""

import argparse
import multiprocessing
import sys
import time
from pathlib import Path

from bot.answers.index import QuestionIndex
from tests.benchmarks.figures import Figures, index_matcher, measure, plain_matcher, read_pairs
from tests.benchmarks.speed import speed

SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Without arguments: speed and memory. With --train and --test: how often it is right."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--train", type=Path, help="CSV with columns question, label; `oos` is out of scope")
    parser.add_argument("--test", type=Path, help="CSV with the same columns, asked after fitting")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of made-up variants")
    options = parser.parse_args()
    if (options.train is None) != (options.test is None):
        parser.error("--train and --test go together")
    if options.train is not None:
        compare(options.train, options.test)
        return
    say(f"{'variants':>9} {'fit s':>7} {'p50 ms':>7} {'p99 ms':>7} {'RSS MB':>7} {'peak MB':>8}")
    # A process for each size, one after another: memory once taken is seldom given back.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for size in options.sizes:
            say(pool.apply(speed, (size,)))


def compare(train: Path, test: Path) -> None:
    """Fits on one file and asks the other."""
    pairs, asked = read_pairs(train), read_pairs(test)
    start = time.perf_counter()
    index = QuestionIndex(pairs)
    fit = time.perf_counter() - start
    say(f"{len(pairs):,} questions, {len({label for _, label in pairs})} labels, fitted in {fit:.2f} s")
    say(f"threshold {index.threshold:.1f}, margin {index.margin:.1f}, floor {index.floor:.1f}")
    say(f"{'':<8} {'top-1':>6} {'top-3':>6} {'decided right':>14} {'declined':>9} {'MCC':>6} {'p50 ms':>7}")
    say(line("index", measure(index_matcher(index), asked)))
    say(line("WRatio", measure(plain_matcher(pairs), asked)))


def line(name: str, figures: Figures) -> str:
    """One row of the table."""
    declined = "-" if figures.declined is None else f"{figures.declined:.3f}"
    return (
        f"{name:<8} {figures.top_1:>6.3f} {figures.top_3:>6.3f} {figures.decided_right:>14.3f} {declined:>9} "
        f"{figures.correlation:>6.3f} {figures.milliseconds:>7.2f}"
    )


def say(text: str) -> None:
    """To whoever runs the benchmark."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
