"""A large base learns once what a label has been asked in nearly the same words."""

import random

from bot.answers.index_base import Base
from bot.answers.ranking import PLENTY, Ranking

SYLLABLES = ["ka", "ri", "mo", "tel", "sun", "dor", "pim", "lau", "ne", "vos", "hat", "gi"]


def _words(chance: random.Random, number: int) -> str:
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(number))


def test_near_repetitions_are_left_out_and_still_found() -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable, nothing secret
    said = [(_words(chance, 8), f"label {number % 60}") for number in range(PLENTY // 2 + 50)]
    again = [(f"{text} please", label) for text, label in said]
    base = Base([*said, *again])

    ranking = Ranking(base)

    assert len(ranking.learnt) <= len(said) + len(base.labels)
    for text, label in again[::400]:
        votes = ranking.look(text).votes
        assert base.labels[int(votes.argmax())] == label
