"""Rules that hold for every message, not only for those in the tables."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answers.safety_cases import CRISIS, HARMLESS, cases, check, found, kind

EN = list(cases("en"))
JA = list(cases("ja"))
ALARMS = {language: [m for name, m in rows if name in CRISIS] for language, rows in (("en", EN), ("ja", JA))}
CALM = [message for name, message in EN + JA if name == HARMLESS]
PLAIN_DANGER = [
    "I want to die",
    "im suicidal",
    "my husband hits me",
    "chest pain and my left arm is numb",
    "I want to kill myself",
    "死にたい",
    "夫に殴られています",
    "息ができない",
    "消えてしまいたい",
    "自殺したい",
]
KANA_DANGER = [
    "死にたい",
    "消えてしまいたい",
    "もういきていたくない",
    "しにたい",
    "りすかしたい",
    "いきができない",
]
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "'\"*"}
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゔ"))}

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(st.sampled_from(PLAIN_DANGER), st.lists(st.sampled_from(CALM), max_size=4), st.data())
def test_danger_is_found_wherever_it_stands_among_harmless_talk(
    danger: str, calm: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(calm)))
    joint = data.draw(st.sampled_from([". ", "\n", "。", "! "]))

    message = joint.join([*calm[:place], danger, *calm[place:]])

    assert kind(found(message)) == "crisis"


@many
@given(st.sampled_from(ALARMS["en"]))
def test_case_width_and_apostrophes_change_nothing_in_english(message: str) -> None:
    for variant in (
        message.upper(),
        message.translate(_FULL_WIDTH),
        message.replace("'", "’"),
        message.replace(" ", "\u3000"),
        f"\ufeff{message}\u200b",
    ):
        assert kind(found(variant)) == "crisis", variant


@many
@given(st.sampled_from(ALARMS["en"]), st.data())
def test_invisible_characters_change_nothing(message: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(message)))

    assert kind(found(f"{message[:place]}\u200b{message[place:]}")) == "crisis"


@many
@given(
    st.sampled_from(
        ["死にたい", "消えてしまいたい", "もういきていたくない", "しにたい", "りすかしたい", "いきができない"]
    ),
    st.data(),
)
def test_kana_width_and_spaces_change_nothing_in_japanese(message: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(message)))

    for variant in (
        message.translate(_KATAKANA),
        f"{message[:place]} {message[place:]}",
        f"{message[:place]}\u200b{message[place:]}",
        f"{message}…",
        f"{message}ーーー",
        f"もう、{message}！！",
    ):
        assert kind(found(variant)) == "crisis", variant


@many
@given(st.text(max_size=300))
def test_no_text_breaks_the_check(message: str) -> None:
    check().classify(message)


@many
@given(st.sampled_from(EN + JA))
def test_the_same_message_always_gets_the_same_finding(case: tuple[str, str]) -> None:
    assert check().classify(case[1]) == check().classify(case[1])


@pytest.mark.parametrize(
    "filler", ["killing myself ", "i am so ", "死にたくないけど", "a", "a b ", "w a n t ", "| . ", "chest "]
)
def test_the_longest_message_is_read_within_a_blink(filler: str) -> None:
    message = (filler * 4096)[:4096]
    check().classify(message)

    best = min(_seconds(message) for _ in range(3))

    assert best < 0.25  # 20 ms on a quiet machine; the rest is for a busy one


def test_a_long_letter_is_read_within_a_blink() -> None:
    message = ". ".join(CALM)[:4096]
    check().classify(message)

    best = min(_seconds(message) for _ in range(3))

    assert best < 0.25


def test_an_ordinary_message_takes_less_than_a_millisecond() -> None:
    messages = [message for _, message in EN + JA]
    check().classify(messages[0])

    began = time.perf_counter()
    for message in messages:
        check().classify(message)

    assert (time.perf_counter() - began) / len(messages) < 0.002


def _seconds(message: str) -> float:
    began = time.perf_counter()
    check().classify(message)
    return time.perf_counter() - began
