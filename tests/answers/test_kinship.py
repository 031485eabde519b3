"""Words that stand beside the same words come to mean the same, without ever standing together."""

import random

import numpy as np
import pytest

from bot.answers.kinship import Kinship

ENGLISH = [
    f"{a}{b}"
    for a in ("ba", "du", "ki", "lo", "me", "nu", "po", "ra", "si", "tu")
    for b in "abcdefghijklmnop"
]
JAPANESE = [f"{a}{b}" for a in "心体足手首肩腰頭目耳" for b in "楽苦痛重軽熱冷硬柔張暖凝緩強弱"]


@pytest.fixture(scope="module", params=[(ENGLISH, " "), (JAPANESE, " ")], ids=["words", "characters"])
def topics(request: pytest.FixtureRequest) -> list[list[str]]:
    words: list[str] = request.param[0]
    return [words[at::10] for at in range(10)]


@pytest.fixture(scope="module")
def kinship(topics: list[list[str]]) -> Kinship:
    """Each message is about one topic, and has one of its first two words at most."""
    chance = random.Random(3)  # noqa: S311 - repeatable, nothing secret
    texts = []
    for number in range(4_000):
        topic = topics[number % 10]
        texts.append(" ".join([topic[number // 10 % 2], *chance.sample(topic[2:], 4)]))
    learnt = Kinship.learnt(texts)
    assert learnt is not None
    return learnt


def test_two_words_for_one_thing_are_alike_though_they_never_met(
    kinship: Kinship, topics: list[list[str]]
) -> None:
    for at, topic in enumerate(topics):
        one, other = kinship.vector(topic[0]), kinship.vector(topic[1])
        strange = kinship.vector(topics[at - 1][0])
        assert one @ other > 0.8
        assert one @ strange < 0.2


def test_vectors_have_length_one_or_are_nothing_at_all(kinship: Kinship, topics: list[list[str]]) -> None:
    assert np.linalg.norm(kinship.vector(f"{topics[0][2]} never heard")) == pytest.approx(1)
    assert not kinship.vector("never heard").any()
    assert not kinship.vector("").any()
    assert np.linalg.norm(kinship.rows, axis=1) == pytest.approx(1)


def test_the_same_texts_teach_the_same() -> None:
    chance = random.Random(5)  # noqa: S311 - repeatable, nothing secret
    texts = [" ".join(chance.sample(ENGLISH, 5)) for _ in range(500)]
    one, other = Kinship.learnt(texts), Kinship.learnt(texts)
    assert one is not None
    assert other is not None
    assert np.array_equal(one.rows, other.rows)


def test_a_base_that_says_few_words_teaches_nothing() -> None:
    assert Kinship.learnt(["is it open", "is it far"] * 5_000) is None
    assert Kinship.learnt([]) is None
