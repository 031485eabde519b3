"""Bases of any size, made by recombining words. They measure speed and memory; hits on them mean nothing."""

import random
from typing import Final

_SYLLABLES: Final = [first + last for first in "bdklmnr" for last in "aeio"]
_LITTLE: Final = (
    "how",
    "do",
    "i",
    "can",
    "you",
    "my",
    "the",
    "a",
    "to",
    "is",
    "it",
    "what",
    "when",
    "with",
    "please",
)
_VARIANTS_A_LABEL: Final = 25
_SEED: Final = 20


def made_up_pairs(size: int) -> list[tuple[str, str]]:
    """`size` questions of five to twelve words; those of a label share the words that matter."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, nothing secret
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(400 + size // 10)]
    pairs = []
    for number in range(-(-size // _VARIANTS_A_LABEL)):
        matter = chance.choices(words, k=6)
        for _ in range(_VARIANTS_A_LABEL):
            said = chance.sample(matter, k=3) + chance.choices(_LITTLE, k=chance.randint(2, 7))
            said += chance.choices(words, k=chance.randint(0, 2))
            chance.shuffle(said)
            pairs.append((" ".join(said), f"label-{number}"))
    return pairs[:size]


def made_up_questions(pairs: list[tuple[str, str]], count: int) -> list[str]:
    """Questions like those of the base: a word left out, two letters swapped in one of four."""
    chance = random.Random(_SEED + 1)  # noqa: S311
    asked = []
    for question, _ in chance.choices(pairs, k=count):
        words = question.split()
        words.pop(chance.randrange(len(words)))
        if chance.random() < 0.25:
            at = chance.randrange(len(words))
            words[at] = words[at][:1] + words[at][2:3] + words[at][1:2] + words[at][3:]
        asked.append(" ".join(words))
    return asked
