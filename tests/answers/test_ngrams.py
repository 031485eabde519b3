"""Texts are cut up for many at once; each is still the n-grams that a person would write down."""

import numpy as np
import pytest

from bot.answers.ngrams import Recipe, Vocabulary, cut_up, together

RECIPE = Recipe(together={2: 0.5, 3: 0.25}, apart={2: 0.5}, pieces=range(2, 4), runs={1: 1.3, 2: 1.0})


def distinct(words: list[str]) -> int:
    inside, whole = cut_up(words, RECIPE)
    beside = together(whole, np.zeros(len(words), dtype=np.int32), RECIPE)
    return len({*inside.numbers.tolist(), *beside.numbers.tolist()})


@pytest.mark.parametrize(
    ("words", "n_grams"),
    [
        (["ab"], {"=ab", "<a", "ab", "b>", "<ab", "ab>"}),
        (["肩こり"], {"肩", "こ", "り", "肩こ", "こり"}),
        (["肩"], {"肩"}),
        # Not one of the rows is a word, or another row that is made of the same letters.
        (["a", "ba", "ab", "a"], {"=a", "=ba", "=ab", "<a", "a>", "<a>", "<b", "ba", "<ba", "ba>", "ab", "b>",
                                  "<ab", "ab>", "a ba", "ba ab", "ab a", "a ba ab", "ba ab a",
                                  "a … ab", "ba … a"}),
        (["spa", "肩"], {"=spa", "<s", "sp", "pa", "a>", "<sp", "spa", "pa>", "肩", "spa 肩"}),
        ([], set()),
    ],
)  # fmt: skip
def test_every_n_gram_has_a_number_of_its_own(words: list[str], n_grams: set[str]) -> None:
    assert distinct(words) == len(n_grams)


def test_among_many_words_no_two_share_a_number() -> None:
    letters = "abcdefghij"
    words = [f"{one}{two}{three}" for one in letters for two in letters for three in letters]
    inside, whole = cut_up(words, Recipe(together={}, pieces=range(3, 4)))
    pieces = {f"<{word}>"[at : at + 3] for word in words for at in range(3)}
    assert len(np.unique(inside.numbers)) == len(pieces) + len(words)
    pairs = [(one, other) for one in range(0, 1000, 7) for other in range(1000)]
    rows = together(whole[np.array(pairs).ravel()], np.arange(len(pairs), dtype=np.int32).repeat(2))
    assert len(np.unique(rows.numbers)) == len(pairs)


TEXTS = ["when are you open", "open open open", "肩こり に 効く", "spa で 肩こり", "", "x"]


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_a_text_that_was_learnt_from_has_the_vector_of_its_row(row: int) -> None:
    vocabulary = Vocabulary(TEXTS, RECIPE)
    vector = vocabulary.vector(TEXTS[row])
    seen = np.zeros(vocabulary.matrix.shape[1], dtype=np.float32)
    seen[vector.features] = vector.values
    assert seen == pytest.approx(vocabulary.matrix[row].toarray()[0], abs=1e-6)
    assert vector.known == pytest.approx(1.0 if TEXTS[row] else 0.0)


def test_what_was_never_seen_only_makes_the_rest_shorter() -> None:
    vocabulary = Vocabulary(TEXTS, RECIPE)
    assert vocabulary.vector("quizz").known == 0.0
    assert 0.0 < vocabulary.vector("open quizz").known < 1.0
    assert vocabulary.vector("half a pair: \ud800").known < 1.0
    assert Vocabulary([]).vector("open").known == 0.0
