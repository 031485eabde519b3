"""The index finds what a question means, says how sure it is, and owns what it does not know."""

import random
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.background import background
from bot.answers.index import Match, QuestionIndex, Verdict
from bot.domain.language import Language

ENTRIES = {
    "hours": ["when are you open", "opening hours", "what time do you close", "are you open on sunday"],
    "parking": ["is there parking", "where can i park my car", "do you have a car park", "parking space"],
    "price": ["how much is a massage", "what does a session cost", "price list", "massage fee"],
    "sleep": ["i can't sleep", "how do i sleep better", "lying awake all night", "insomnia tips"],
    "cancel": ["cancel my appointment", "i can't come tomorrow", "call off my booking", "drop my visit"],
    "営業時間": [
        "何時まで開いてますか",
        "営業時間を教えてください",
        "日曜日は開いていますか",
        "何時からですか",
    ],
    "駐車場": ["駐車場はありますか", "車はどこに停められますか", "車で行けますか"],
    "肩こり": ["肩こりがひどいです", "肩が凝っています", "肩こりに効く運動", "首と肩がつらい"],
}
PAIRS = [(question, label) for label, questions in ENTRIES.items() for question in questions]
INDEX = QuestionIndex(PAIRS)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("do you open on sundays", "hours"),
        ("is there anywhere to park", "parking"),
        ("hwo much does a masage cost", "price"),
        ("cant sleep at all", "sleep"),
        ("please cancel tomorrow's appointment", "cancel"),
        ("何時まで開いてる？", "営業時間"),
        ("日曜日も開いてますか", "営業時間"),
        ("ちゅうしゃじょうではなく駐車場ありますか", "駐車場"),
        ("肩コリがつらい", "肩こり"),
    ],
)
def test_a_question_in_other_words_finds_its_label(text: str, label: str) -> None:
    assert INDEX.search(text)[0].label == label


@pytest.mark.parametrize(("question", "label"), PAIRS)
def test_a_question_of_the_base_itself_is_certain(question: str, label: str) -> None:
    first = INDEX.search(question)[0]
    assert (first.label, first.score, INDEX.decide(question)) == (label, 100.0, label)


def test_the_question_shown_is_one_of_the_labels_own() -> None:
    for match in INDEX.search("how much is parking on sunday"):
        assert match.question in ENTRIES[match.label]


@pytest.mark.parametrize(
    "text",
    ["who won the football match", "こんにちは、今日の天気は", "xqzv wkjh", "tell me a joke about cats"],
)
def test_foreign_matter_is_declined(text: str) -> None:
    assert INDEX.decide(text) is None
    assert INDEX.judge(text).verdict is not Verdict.SURE


@pytest.mark.parametrize("text", ["", "   ", "😀👍", "?!…", "\u200b"])
def test_what_cannot_be_read_finds_nothing(text: str) -> None:
    assert INDEX.search(text) == []
    assert INDEX.decide(text) is None
    assert INDEX.judge(text).verdict is Verdict.NOTHING


def test_two_labels_with_the_very_same_question_are_asked_back() -> None:
    twins = QuestionIndex([*PAIRS, ("opening hours", "hours-2"), ("open late", "hours-2")])
    assert twins.judge("opening hours").verdict is Verdict.UNSURE


def test_at_most_three_are_asked_back_with() -> None:
    assert len(INDEX.judge("what about my massage tomorrow").matches) == 3


@settings(deadline=None)
@given(st.text(max_size=120) | st.sampled_from([q for q, _ in PAIRS]))
def test_any_text_gets_scores_in_range_each_label_once_best_first(text: str) -> None:
    found = INDEX.search(text)
    scores = [match.score for match in found]
    assert all(0 <= score <= 100 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({match.label for match in found}) == len(found) <= 5
    assert found == INDEX.search(text)


# Fitting takes longer than hypothesis waits for.
@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(PAIRS), max_size=12), st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_pairs_do_not_matter(
    pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    mixed = pairs * 2
    chance.shuffle(mixed)
    one, other = QuestionIndex(pairs), QuestionIndex(mixed)
    assert one.search("open parking 肩") == other.search("open parking 肩")
    assert one.threshold == other.threshold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("肩ｺﾘ", "肩こり"),
        ("ＰＡＲＫＩＮＧ", "parking"),
        ("I CAN’T SLEEP", "i cant sleep"),
        ("opening hourssss", "opening hoursssss"),
    ],
)
def test_width_case_kana_and_stretching_score_equally(one: str, other: str) -> None:
    assert INDEX.search(one) == INDEX.search(other)


def test_a_guess_at_a_slip_scores_no_higher_than_the_right_spelling() -> None:
    assert INDEX.search("isomnia help")[0].score <= INDEX.search("insomnia help")[0].score


def test_a_generator_of_pairs_will_do() -> None:
    def pairs() -> Iterator[tuple[str, str]]:
        yield from PAIRS

    assert QuestionIndex(pairs()).decide("opening hours") == "hours"


@pytest.mark.parametrize(
    "pairs",
    [
        [("opening hours", "hours")],
        [("opening hours", "hours"), ("are you open", "hours")],
        [("opening hours", "hours"), ("parking", "parking")],
        [("opening hours", "hours")] * 9,
        [("opening hours", "hours"), ("😀", "smile"), ("", "empty")],
        [("営業時間", "hours")],
        [("opening hours", "hours"), ("what is love", "oos")],
    ],
)
def test_the_smallest_bases_work(pairs: list[tuple[str, str]]) -> None:
    index = QuestionIndex(pairs)
    first = pairs[0][0]
    assert index.decide(first) == "hours"
    assert index.decide("who is the president of france") is None


@pytest.mark.parametrize("pairs", [[], [("😀", "smile")], [("what is love", "oos")]])
def test_a_base_without_questions_knows_nothing(pairs: list[tuple[str, str]]) -> None:
    index = QuestionIndex(pairs)
    assert index.search("opening hours") == []
    assert index.decide("opening hours") is None
    assert index.judge("opening hours").verdict is Verdict.NOTHING


def test_examples_out_of_scope_are_never_returned() -> None:
    index = QuestionIndex([*PAIRS, ("do you sell cars", "oos"), ("can i buy a car park", "oos")])
    assert index.decide("do you sell cars") is None
    assert all(match.label != "oos" for match in index.search("can i buy a car park", limit=20))


def test_limits_are_points_of_the_score() -> None:
    assert 0 <= INDEX.floor <= INDEX.threshold <= 100
    assert 0 <= INDEX.margin <= 100


@pytest.mark.parametrize("text", ["a" * 4096, "sleep " * 700, "眠" * 4096, "qwertz uiopa " * 300])
def test_a_message_as_long_as_telegram_allows_is_answered_in_time(text: str) -> None:
    start = time.perf_counter()
    INDEX.search(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("limit", [0, -1, 1, 2, 100])
def test_no_more_than_the_limit_come_back(limit: int) -> None:
    found = INDEX.search("parking on sunday", limit)
    assert len(found) == min(max(limit, 0), len(ENTRIES))
    assert all(isinstance(match, Match) for match in found)


def test_the_background_is_there_in_every_language_and_repeats_nothing() -> None:
    for language in Language:
        texts = background(language)
        assert len(texts) > 150
        assert len(set(texts)) == len(texts)
