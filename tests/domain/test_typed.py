"""What people type."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import FormRefused
from bot.domain.form import TYPED, FormRefusal, Step
from bot.domain.typed import LONGEST, checked, cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann   Lee ", "Ann Lee"),
        ("Ann\nLee\r\n", "Ann Lee"),
        ("A\u200bn\u202en\ufeff", "Ann"),
        ("A\x00n\x1bn", "Ann"),
        ("山田\u3000花子", "山田 花子"),
        ("<b>Ann</b>", "<b>Ann</b>"),
        ("Ann 🌸", "Ann 🌸"),
        ("Zoe\u0308", "Zoë"),
        ("Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("ﾔﾏﾀﾞ", "ﾔﾏﾀﾞ"),
    ],
)
def test_a_name_is_kept_as_it_is_but_for_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert checked(Step.NAME, typed) == kept


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("my name is Tom Baker", "Tom Baker"),
        ("Hi, I'm Tom", "Tom"),
        ("It’s Ann Lee, thanks!", "Ann Lee"),
        ("山田花子です。よろしくお願いします", "山田花子"),
        ("はじめまして、私は山田花子と申します。", "山田花子"),
        ("名前は山田 花子です", "山田 花子"),
        ("山田花子、よろしくお願いいたします。", "山田花子"),
        ("田中ます", "田中ます"),
        ("Hi Sun", "Hi Sun"),
        ("Im Soo-jin", "Im Soo-jin"),
        ("My Nguyễn", "My Nguyễn"),
        ("Will Smith", "Will Smith"),
        ("Do Hyun", "Do Hyun"),
        ("María del Carmen Fernández de la Cruz", "María del Carmen Fernández de la Cruz"),
        ("I", "I"),
        ("です", "です"),
    ],
)
def test_a_name_is_found_in_what_is_said_around_it(typed: str, name: str) -> None:
    assert checked(Step.NAME, typed) == name


@pytest.mark.parametrize(
    ("step", "typed", "reason"),
    [
        (Step.NAME, "", FormRefusal.NEEDED),
        (Step.NAME, "\u200b\u200b", FormRefusal.NEEDED),
        (Step.NAME, None, FormRefusal.NEEDED),
        (Step.NAME, "🌸🌸", FormRefusal.NO_LETTER),
        (Step.NAME, "12345", FormRefusal.NO_LETTER),
        (Step.NAME, "a" * 101, FormRefusal.TOO_LONG),
        (Step.NAME, "a" * 500, FormRefusal.TOO_LONG),
        (Step.NOTE, "a" * 501, FormRefusal.TOO_LONG),
        (Step.NAME, "why do you need my name?", FormRefusal.NO_NAME),
        (Step.NAME, "what is this for", FormRefusal.NO_NAME),
        (Step.NAME, "I don't want to tell you", FormRefusal.NO_NAME),
        (Step.NAME, "なぜ名前が必要ですか", FormRefusal.NO_NAME),
        (Step.NAME, "名前は言いたくない", FormRefusal.NO_NAME),
        (Step.NAME, "明日電話します", FormRefusal.NO_NAME),
        (Step.GOAL, "", FormRefusal.NEEDED),
        (Step.PHONE, "090-1234-5678", FormRefusal.PHONE),
        (Step.PHONE, "+0123456789", FormRefusal.PHONE),
    ],
)
def test_what_is_refused_is_refused_by_name(step: Step, typed: str | None, reason: FormRefusal) -> None:
    with pytest.raises(FormRefused) as refused:
        checked(step, typed)

    assert (refused.value.reason, refused.value.step) == (reason, step)


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        (Step.NAME, "a" * 100, "a" * 100),
        (Step.NAME, " " * 300 + "Ann", "Ann"),
        (Step.NOTE, "knee\n\n\n\n  since May ", "knee\n\nsince May"),
        (Step.NOTE, "  ", None),
        (Step.PHONE, None, None),
        (Step.PHONE, "+819012345678", "+819012345678"),
    ],
)
def test_what_is_taken(step: Step, typed: str | None, kept: str | None) -> None:
    assert checked(step, typed) == kept


@given(text=st.text(max_size=600), step=st.sampled_from(sorted(TYPED - {Step.PHONE})))
def test_nothing_invisible_or_too_long_gets_through(text: str, step: Step) -> None:
    try:
        kept = checked(step, text)
    except FormRefused:
        return
    assert kept is None or len(kept) <= LONGEST[step]
    assert not {unicodedata.category(each) for each in (kept or "").replace("\n", "")} & {
        "Cc",
        "Cf",
        "Cs",
        "Co",
    }


@given(text=st.text(max_size=200), lines=st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    once = cleaned(text, lines=lines)

    assert cleaned(once, lines=lines) == once
