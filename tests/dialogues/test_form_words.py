"""What is typed where a button would do: a word for the button, or a day and a time."""

import pytest

from bot.domain.form import Step
from bot.domain.language import Language
from tests.dialogues.steps import Wish, books, cards, fill_in, form_of, step_of, told
from tests.dialogues.talk import Talk


@pytest.mark.parametrize(
    ("step", "words", "then"),
    [
        (Step.SECOND_DAY, "no", Step.NAME),
        (Step.SECOND_DAY, "No second choice, thanks", Step.NAME),
        (Step.SECOND_DAY, "back", Step.TIME),
        (Step.PHONE, "skip it please", Step.NOTE),
        (Step.PHONE, "skip", Step.NOTE),
        (Step.PHONE, "なし", Step.NOTE),
        (Step.PHONE, "電話は結構です", Step.NOTE),
        (Step.NAME, "戻る", Step.SECOND_DAY),
        (Step.NOTE, "特にありません。", Step.CONSENT),
        (Step.CONSENT, "sure, go ahead", Step.HEALTH),
        (Step.CONSENT, "いいえ", Step.SUMMARY),
    ],
)
async def test_a_word_answers_as_its_button_would(talk: Talk, step: Step, words: str, then: Step) -> None:
    await fill_in(talk, step)
    above = talk.last
    await talk.is_followed(words)
    assert await step_of(talk) is then
    assert talk.last.id > above.id and above.words == talk.text("booking.below")


async def test_a_health_question_is_answered_in_words_one_at_a_time(talk: Talk) -> None:
    await fill_in(talk, Step.HEALTH)
    for words in ("no", "Yes!", "いいえ"):
        await talk.says(words)
    assert list((await form_of(talk)).health.values()) == [False, True, False]
    talk.sees("4/8")


@pytest.mark.parametrize("words", ["ok", "maybe", "no, I mean yes"])
async def test_what_is_no_clear_answer_about_health_is_none(talk: Talk, words: str) -> None:
    await fill_in(talk, Step.HEALTH)
    await talk.says(words)
    assert not (await form_of(talk)).health
    talk.sees("Health question 1 of 8")


@pytest.mark.parametrize("words", ["yes send it", "send", "Yes, please", "送信してください", "お願いします"])
async def test_the_form_is_sent_by_a_word(talk: Talk, words: str) -> None:
    await fill_in(talk)
    await talk.is_followed(words)
    assert len(cards(talk)) == 1
    talk.sees("booking.sent")
    await talk.says(words)
    assert len(cards(talk)) == 1


@pytest.mark.parametrize("words", ["問題があります", "no, wait", "yes but can I bring my dog?"])
async def test_nothing_is_sent_by_words_that_say_something_else(talk: Talk, words: str) -> None:
    await fill_in(talk)
    await talk.says(words)
    assert not cards(talk)
    assert await step_of(talk) is Step.SUMMARY


@pytest.mark.parametrize("step", [Step.SECOND_DAY, Step.NAME, Step.NOTE, Step.SUMMARY])
@pytest.mark.parametrize(
    "words", ["cancel", "i changed my mind, forget it", "やっぱりやめます", "キャンセル", "✖️ Cancel"]
)
async def test_the_form_is_left_by_a_word(talk: Talk, step: Step, words: str) -> None:
    await fill_in(talk, step)
    await talk.is_followed(words)
    talk.sees("booking.cancelled", "button.book")
    async with talk.store.transaction() as tx:
        assert await tx.forms.get(talk.phone.person.id) is None
    assert not cards(talk)


async def test_the_words_on_a_button_count_as_they_stand(talk: Talk) -> None:
    await fill_in(talk, Step.TIME)
    await talk.says("18:00")
    await talk.says("⬅️ back")
    await talk.says("keep: 18:00")
    assert await step_of(talk) is Step.SECOND_DAY
    await fill_in(talk)
    await talk.says("phone")
    assert await step_of(talk) is Step.PHONE


async def test_sharing_the_number_can_be_asked_for_in_words(talk: Talk) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.says("share my number")
    talk.sees("booking.share")
    assert talk.phone.keyboard


@pytest.mark.parametrize("words", ["skip", "no", "なし", "why do you need my name?"])
async def test_what_is_no_name_is_asked_again_with_why_it_is_wanted(talk: Talk, words: str) -> None:
    await fill_in(talk, Step.NAME)
    await talk.is_followed(words)
    talk.sees("booking.refused.no_name", "booking.ask.name")


async def test_a_courtesy_around_the_name_is_not_put_on_the_card(hanashi: Talk) -> None:
    await fill_in(hanashi, Step.NAME)
    await hanashi.says("山田花子です。よろしくお願いします")
    hanashi.sees("booking.ask.phone")
    assert (await form_of(hanashi)).personal.name == "山田花子"


@pytest.mark.parametrize("note", ["no strong pressure please", "cancelled my gym", "はい、腰です"])
async def test_a_note_that_only_begins_with_such_a_word_is_a_note(talk: Talk, note: str) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says(note)
    assert (await form_of(talk)).personal.note == note


async def test_a_wish_to_cancel_an_appointment_leaves_the_form(talk: Talk) -> None:
    await fill_in(talk, Step.SECOND_DAY, Wish())
    await talk.says("cancel my appointment")
    assert not told(talk.phone, talk.text("booking.cancelled"))
    assert await step_of(talk) is Step.SECOND_DAY


# --- Days and times


@pytest.mark.parametrize(
    "words", ["saturday 28 nov at 11:00", "or on the 28th at 11am", "28日の11時でも大丈夫です"]
)
async def test_a_day_in_words_where_a_second_choice_is_asked_for_is_the_second_choice(
    talk: Talk, words: str
) -> None:
    await fill_in(talk, Step.SECOND_DAY)
    await talk.says(words)
    form = await form_of(talk)
    first, second = form.times
    assert (f"{first:%d %H:%M}", f"{second:%d %H:%M}") == ("27 18:00", "28 11:00")
    assert await step_of(talk) is Step.NAME


@pytest.mark.parametrize("words", ["can I come on sunday", "massage on sunday at 3pm"])
async def test_a_closed_day_in_words_is_named(talk: Talk, words: str) -> None:
    await talk.says(words)
    talk.sees("The clinic is closed on Sun 22 Nov", "booking.ask.treatment")
    assert "First choice: Sun" not in talk.last.words


async def test_a_closed_day_in_words_is_named_in_japanese(hanashi: Talk) -> None:
    await hanashi.says("月曜に60分のマッサージをお願いします")
    hanashi.sees("祝日のため、お休み", "booking.ask.day")
    assert "23日" in hanashi.last.words


@pytest.mark.parametrize("words", ["日曜日は行けますか", "日曜日は行けますか？"])
async def test_whether_a_day_would_do_is_asked_of_the_form_that_is_open(hanashi: Talk, words: str) -> None:
    await fill_in(hanashi, Step.TIME)
    await hanashi.says(words)
    hanashi.sees("11月22日(日)はお休み", "booking.ask.day")
    assert not told(hanashi.phone, hanashi.text("bookings.none"))


@pytest.mark.parametrize("words", ["i have work that day", "無理です", "cancel my appointment"])
async def test_who_has_no_appointment_yet_and_a_form_open_is_not_told_that_there_is_none(
    talk: Talk, words: str
) -> None:
    await fill_in(talk, Step.TIME)
    await talk.says(words)
    assert await step_of(talk) is Step.TIME
    for language in Language:
        talk.language = language
        assert not told(talk.phone, talk.text("bookings.none"))


async def test_who_asks_for_their_appointments_is_told_and_the_form_is_below(talk: Talk) -> None:
    await fill_in(talk, Step.TIME)
    await talk.says("do I have an appointment?")
    assert told(talk.phone, talk.text("bookings.none"))
    talk.sees("booking.ask.time")


async def test_an_appointment_that_there_is_is_shown_also_while_a_form_is_open(talk: Talk) -> None:
    reference = await books(talk)
    await fill_in(talk, Step.DAY)
    await talk.says("i have work that day")
    assert told(talk.phone, talk.text("bookings.title"), reference)
    talk.sees("booking.ask.day")
