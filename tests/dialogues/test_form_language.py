"""A form goes on in the language of what the client said last, until they choose one."""

import pytest

from bot.domain.form import Step
from tests.dialogues.steps import Wish, aoi, card, fill_in, told
from tests.dialogues.talk import Talk


async def test_the_form_keeps_its_language_whatever_is_typed_into_it(talk: Talk) -> None:
    await fill_in(talk, wish=Wish(name="伊藤花子"))
    talk.sees("booking.ask.summary")


@pytest.mark.parametrize(
    ("said", "now"),
    [("土曜日でお願いします", "booking.ask.time"), ("マッサージは痛いですか", "booking.ask.day")],
)
async def test_words_in_japanese_bring_an_english_form_down_in_japanese(
    talk: Talk, said: str, now: str
) -> None:
    await fill_in(talk, Step.DAY)
    await talk.is_followed(said)
    talk.sees(now)


@pytest.mark.parametrize(
    ("said", "now"),
    [("saturday would be good", "booking.ask.time"), ("does massage hurt?", "booking.ask.day")],
)
async def test_words_in_english_bring_a_japanese_form_down_in_english(
    hanashi: Talk, said: str, now: str
) -> None:
    await fill_in(hanashi, Step.DAY)
    await hanashi.is_followed(said)
    hanashi.sees(now)


async def test_a_form_begun_in_words_goes_on_in_the_other_language_by_taps_too(talk: Talk) -> None:
    await talk.says("I'd like to book a 60 minute massage")
    await talk.is_followed("27日の18時がいいです")
    talk.sees("booking.ask.second_day")
    await talk.taps("booking.button.skip.second_day")
    talk.sees("booking.ask.name")


async def test_a_word_that_means_a_button_tells_the_language_too(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.is_followed("特にありません")
    talk.sees("booking.button.ask_me")


async def test_a_question_where_a_name_is_wanted_tells_it_and_a_name_does_not(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.is_followed("キャンセル料はかかりますか")
    talk.sees("booking.ask.name")
    await talk.says("Hana Ito")
    talk.sees("booking.ask.phone")


@pytest.mark.parametrize(
    ("step", "said", "now"),
    [(Step.NOTE, "skip", "booking.button.ask_me"), (Step.DAY, "OK!! 👍", "booking.ask.day")],
)
async def test_a_lone_word_that_is_said_in_both_leaves_a_japanese_form_as_it_is(
    hanashi: Talk, step: Step, said: str, now: str
) -> None:
    await fill_in(hanashi, step)
    await hanashi.says(said)
    hanashi.sees(now)


async def test_the_language_that_was_chosen_stays_whatever_is_said(talk: Talk) -> None:
    await talk.says("/language")
    await talk.taps("English")
    await fill_in(talk, Step.DAY)
    await talk.says("土曜日でお願いします")
    talk.sees("booking.ask.time")


async def test_what_was_sent_is_told_of_in_the_language_of_then(talk: Talk) -> None:
    await fill_in(talk)
    await talk.is_followed("これで送ってください")
    talk.sees("booking.sent")
    await talk.taps("✅", aoi(talk), card(talk))
    assert told(talk.phone, talk.text("bookings.button.cancel"))


async def test_after_danger_in_another_language_its_buttons_speak_that_too(talk: Talk) -> None:
    await fill_in(talk, Step.DAY)
    await talk.is_followed("もう死にたいです")
    await talk.says("/sos")
    talk.sees("sos.text")
