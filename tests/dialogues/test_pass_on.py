"""Words that are no reply, while the clinic and a client talk about a request: one tap passes them on."""

from datetime import timedelta

from bot.services.talk import GOES_ON
from tests.dialogues.steps import aoi, asks, card, told
from tests.dialogues.talk import Talk


async def asked_by_clinic(talk: Talk, question: str = "Which shoulder?") -> None:
    await asks(talk)
    aoi(talk).says(question, reply_to=card(talk))
    await talk.settle()


async def test_an_answer_that_is_no_reply_is_passed_on_with_a_tap(talk: Talk) -> None:
    await asked_by_clinic(talk)
    written = await talk.says("the left one")
    offer = talk.sees("bookings.pass_on", "bookings.button.pass_on")
    assert offer.reply_to is written
    assert not told(aoi(talk), "the left one"), "nothing is passed on without the tap"
    await talk.taps("bookings.button.pass_on")
    talk.sees("bookings.answer_passed_on")
    assert talk.last is offer and not offer.labels
    assert "Client: the left one" in card(talk).words
    assert "no answer yet" not in card(talk).words


async def test_so_is_a_second_thought_right_after_the_answer(hanashi: Talk) -> None:
    await asked_by_clinic(hanashi, "どちらの肩ですか")
    hanashi.phone.replies("左の肩です")
    await hanashi.settle()
    await hanashi.says("腕を上げると痛みます")
    hanashi.sees("スタッフへのお返事でしたら")
    await hanashi.taps("bookings.button.pass_on")
    assert "腕を上げると痛みます" in card(hanashi).words
    assert len(told(aoi(hanashi), "the client answers", "腕を上げると痛みます")) == 1


async def test_each_is_passed_on_once_however_often_it_is_tapped(talk: Talk) -> None:
    await asked_by_clinic(talk)
    for words in ("the left one", "and the neck"):
        await talk.says(words)
        for _ in range(2):
            talk.phone.taps_data(talk.last, "mp:1")
        await talk.settle()
        assert len(told(aoi(talk), "the client answers", words)) == 1


async def test_the_question_that_it_may_have_been_is_answered_all_the_same(talk: Talk) -> None:
    await asked_by_clinic(talk)
    await talk.says("does massage lower cortisol?")
    assert told(talk.phone, talk.text("button.why"))
    talk.sees("bookings.pass_on")


async def test_what_does_not_fit_one_message_is_asked_for_in_shorter_ones(talk: Talk) -> None:
    await asked_by_clinic(talk)
    await talk.says("the left one, " * 250)
    await talk.taps("bookings.button.pass_on")
    talk.sees("talk.too_long")
    assert not told(aoi(talk), "the left one")
    talk.phone.replies("the left one")
    await talk.settle()
    assert "Client: the left one" in card(talk).words


async def test_words_that_telegram_no_longer_has_are_not_passed_on(talk: Talk) -> None:
    await asked_by_clinic(talk)
    await talk.says("the left one")
    talk.last.reply_to = None
    tap = await talk.taps("bookings.button.pass_on")
    assert tap.answer is not None and tap.answer["text"] == talk.text("tap.stale")
    assert not told(aoi(talk), "the client answers")


async def test_nothing_is_offered_once_the_talk_is_over_or_before_it_begins(talk: Talk) -> None:
    await asks(talk)
    await talk.says("hello")
    assert not told(talk.phone, "I can pass it on")
    aoi(talk).says("Which shoulder?", reply_to=card(talk))
    await talk.settle()
    talk.phone.replies("the left one")
    await talk.settle()
    talk.clock.move(GOES_ON + timedelta(minutes=1))
    await talk.says("hello")
    assert not told(talk.phone, "I can pass it on")


async def test_who_is_in_danger_is_offered_help_and_nothing_else(talk: Talk) -> None:
    await asked_by_clinic(talk)
    await talk.says("i want to kill myself")
    talk.sees("119")
    assert not told(talk.phone, "I can pass it on")


async def test_nobody_passes_on_anything_about_somebody_elses_request(talk: Talk) -> None:
    await asked_by_clinic(talk)
    mei = talk.trial.world.add_client("Mei", start=True)
    await talk.says("hello", mei)
    tap = mei.taps_data(mei.last, "mp:1")
    await talk.settle()
    assert tap.answer is not None and not told(aoi(talk), "the client answers")
