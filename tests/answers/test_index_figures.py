"""Floors under how well the index matches, on questions held back from it."""

import pytest

from bot.answers.index import QuestionIndex
from tests.benchmarks.figures import correlation, index_matcher, measure, plain_matcher
from tests.benchmarks.synthetic import made_up_pairs


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    return made_up_pairs(1_000)


def test_held_back_questions_are_found_better_than_by_plain_fuzzy_matching(
    pairs: list[tuple[str, str]],
) -> None:
    train = [pair for at, pair in enumerate(pairs) if at % 5]
    asked = pairs[::5]
    ours = measure(index_matcher(QuestionIndex(train)), asked)
    plain = measure(plain_matcher(train), asked)
    assert ours.top_1 >= 0.95
    assert ours.top_1 > plain.top_1
    assert ours.correlation > plain.correlation


def test_foreign_questions_are_declined(pairs: list[tuple[str, str]]) -> None:
    inside = [pair for pair in pairs if int(pair[1].removeprefix("label-")) < 25]
    outside = [(question, "oos") for question, label in pairs if int(label.removeprefix("label-")) >= 25]
    found = measure(index_matcher(QuestionIndex(inside)), [*inside[:100], *outside[:100]])
    assert found.declined is not None
    assert found.declined >= 0.8
    assert found.decided_right == 1.0


def test_half_the_words_damaged_cost_few_hits(pairs: list[tuple[str, str]]) -> None:
    index = QuestionIndex([pair for at, pair in enumerate(pairs) if at % 5])
    asked = [
        (" ".join(word[:1] + word[2:] if at % 2 else word for at, word in enumerate(text.split())), label)
        for text, label in pairs[::5]
    ]
    assert measure(index_matcher(index), asked).top_1 >= 0.8


@pytest.mark.parametrize(
    ("wanted", "given", "value"),
    [
        (["a", "b", None], ["a", "b", None], 1.0),
        (["a", None], [None, "a"], -1.0),
        (["a", "b"], ["a", "a"], 0.0),
    ],
)
def test_the_correlation_is_one_for_all_right_and_nought_for_no_choice(
    wanted: list[str | None], given: list[str | None], value: float
) -> None:
    assert correlation(wanted, given) == pytest.approx(value)
