"""Reminders of self-care in words: a time that is typed, "remind me at nine", and "stop reminding me"."""

import pytest

from tests.dialogues.talk import Talk
from tests.dialogues.test_care_reminders import agree, times


@pytest.mark.parametrize(
    ("said", "set_to"),
    [
        ("8:30 in the morning", "08:30"),
        ("at 7:30", "07:30"),
        ("9pm please", "21:00"),
        ("make it 6", "18:00"),
        ("朝8時半にしてください", "08:30"),
        ("20時でお願いします", "20:00"),
        ("20時にお願いいたします", "20:00"),
        ("朝8時くらいがいいです", "08:00"),
        ("7時半にしてほしいです", "07:30"),
        ("20時頃でお願いします", "20:00"),
    ],
)
async def test_a_time_typed_while_it_is_being_chosen_is_set(talk: Talk, said: str, set_to: str) -> None:
    await agree(talk)
    await talk.taps("reminders.button.time")
    await talk.says(said)
    set_times = await times(talk)
    assert set_times is not None and f"{set_times.at:%H:%M}" == set_to
    assert set_to in talk.last.words and "🕘" in "".join(talk.last.labels)


@pytest.mark.parametrize(
    "said", ["can I come at 8:30?", "28 nov at 11:00", "a massage at 15:00", "does massage help with sleep"]
)
async def test_what_is_more_than_a_time_is_no_time_for_reminders(talk: Talk, said: str) -> None:
    await agree(talk)
    await talk.taps("reminders.button.time")
    await talk.says(said)
    set_times = await times(talk)
    assert set_times is not None and f"{set_times.at:%H:%M}" == "21:00"


async def test_a_time_that_nobody_asked_for_is_a_wish_to_come(talk: Talk) -> None:
    await agree(talk)
    await talk.says("hello")
    await talk.says("8:30 in the morning")
    set_times = await times(talk)
    assert set_times is not None and f"{set_times.at:%H:%M}" == "21:00"


@pytest.mark.parametrize(
    ("said", "set_to"),
    [
        ("remind me at 7:30 instead", "07:30"),
        ("remind me every day at 8 pm", "20:00"),
        ("change my reminder to 8:30", "08:30"),
        ("朝8時にリマインドしてください", "08:00"),
        ("毎晩9時半にリマインドして", "21:30"),
        ("お知らせを8時に変えて", "08:00"),
        ("7時半にお知らせして", "07:30"),
    ],
)
async def test_a_time_in_the_wish_to_be_reminded_is_filled_in_and_set_with_the_consent(
    talk: Talk, said: str, set_to: str
) -> None:
    await talk.says(said)
    assert await times(talk) is None, "not before the consent"
    await talk.taps(set_to)
    set_times = await times(talk)
    assert set_times is not None and f"{set_times.at:%H:%M}" == set_to
    await talk.taps("🕘")
    await talk.says("19:15")
    await talk.says(said)
    set_times = await times(talk)
    assert set_times is not None and f"{set_times.at:%H:%M}" == set_to, "who has agreed before is not asked"


async def test_no_is_no_with_a_time_in_the_wish_too(talk: Talk) -> None:
    await talk.says("remind me at 7:30")
    await talk.taps("reminders.button.no")
    assert await times(talk) is None


@pytest.mark.parametrize("said", ["stop reminding me", "turn off reminders", "no more reminders!"])
async def test_stop_in_words_stops_and_says_so_also_a_second_time(talk: Talk, said: str) -> None:
    await agree(talk)
    for _ in range(2):
        await talk.says(said)
        talk.sees("Stopped")
        assert await times(talk) is None


@pytest.mark.parametrize(
    "said", ["リマインダーを止めて", "リマインドをやめて", "お知らせはもういらない", "お知らせをやめたい"]
)
async def test_stop_in_japanese(hanashi: Talk, said: str) -> None:
    await agree(hanashi)
    for _ in range(2):
        await hanashi.says(said)
        hanashi.sees("reminders.stopped")
        assert await times(hanashi) is None
