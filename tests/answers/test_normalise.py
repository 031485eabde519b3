"""One spelling for many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.normalise import LONGEST, language_of, normalise
from bot.domain.language import Language


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can I BOOK?", "can i book"),
        ("ｃａｎ ｉ ｂｏｏｋ", "can i book"),
        ("I don’t know", "i dont know"),
        ("I don't know", "i don`t know"),
        ("sooooo tired", "so tired"),
        ("mas\u200bsage", "massage"),
        ("what -- now?!", "what now"),
        ("ﾏｯｻｰｼﾞ", "マッサージ"),
        ("マッサージ", "まっさーじ"),
        ("すごーーい", "すごい"),
        ("駐車場はありますか？", "駐車場"),
        ("駐車場ありますか", "駐車場はございますか"),
        ("料金を教えてください", "料金"),
        ("予約をお願いします。", "予約"),
        ("大丈夫でしょうか", "大丈夫ですか"),
        ("眠れないんです", "眠れない"),
    ],
)
def test_spellings_of_the_same_question_become_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("眠れない", "眠れる"), ("room 1000", "room 10"), ("何時まで開いてますか", "駐車場はありますか")],
)
def test_what_makes_a_difference_is_kept(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_a_text_of_nothing_but_politeness_is_not_emptied() -> None:
    assert normalise("ですか") == "ですか"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How much is it?", Language.EN),
        ("いくらですか", Language.JA),
        ("ﾏｯｻｰｼﾞ", Language.JA),
        ("Visaは使えますか", Language.JA),
        ("Kata ga koru", Language.EN),
        ("😀", None),
        ("12:30", None),
        ("", None),
    ],
)
def test_the_script_tells_the_language(text: str, language: Language | None) -> None:
    assert language_of(text) is language


@given(st.text(max_size=200))
def test_any_text_becomes_words_with_single_spaces(text: str) -> None:
    found = normalise(text)
    assert found == " ".join(found.split())


def test_no_more_is_read_than_a_message_can_hold() -> None:
    assert len(normalise("a b " * LONGEST)) <= LONGEST
