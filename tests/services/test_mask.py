"""What is kept of an unanswered question names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.mask import LONGEST, mask


@pytest.mark.parametrize(
    ("text", "kept_out"),
    [
        ("My name is Hana Ito, can you fix my umbrella", "Hana"),
        ("write to hana@example.com", "hana@"),
        ("call me on 090-1234-5678", "1234"),
        ("ring ０９０１２３４５６７８", "５６７８"),
        ("see https://example.com/me?id=7", "example"),
        ("i am @hana_ito there", "hana_ito"),
        ("私の名前は伊藤花です。傘を忘れました", "伊藤"),
        ("伊藤と申します 僕は山田です", "山田"),
        ("田中さんはいますか", "田中"),
        ("〒658-0047に住んでいます", "0047"),
    ],
)
def test_what_names_somebody_is_taken_out(text: str, kept_out: str) -> None:
    assert kept_out not in mask(text)


@pytest.mark.parametrize(
    "text", ["can i bring my dog", "母さんも行けますか", "is 60 min enough for 2 people", "傘を忘れました"]
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=5000))
def test_any_text_is_masked_and_short(text: str) -> None:
    assert len(mask(text)) <= LONGEST
