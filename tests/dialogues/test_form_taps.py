"""Repeated, stale and forged taps around the form: none does anything twice, or anything untold."""

import pytest

from bot.domain.form import Step
from bot.domain.lifecycle import State
from bot.trial.messages import Message
from tests.dialogues.steps import (
    aoi,
    cards,
    fill_in,
    form_of,
    request_of,
    sends,
    step_of,
    told,
)
from tests.dialogues.talk import Talk


def data_of(message: Message, label: str) -> str:
    return next(str(key["callback_data"]) for key in message.keys if label in str(key["text"]))


async def test_two_taps_on_send_make_one_request(talk: Talk) -> None:
    await fill_in(talk)
    data = data_of(talk.last, "Send")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert len(cards(talk)) == 1
    talk.sees("booking.sent")
    assert len([each for each in talk.phone.screen if "It isn't booked yet" in each.words]) == 1


async def test_two_taps_on_a_day_do_not_answer_the_next_question(talk: Talk) -> None:
    await fill_in(talk, Step.SECOND_DAY)
    await talk.taps("booking.button.back")
    await talk.taps("booking.button.back")
    data = data_of(talk.last, "28")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert await step_of(talk) is Step.TIME
    talk.sees("booking.ask.time")


async def test_two_taps_on_a_health_answer_do_not_answer_the_next_question(talk: Talk) -> None:
    await fill_in(talk, Step.HEALTH)
    data = data_of(talk.last, "Yes")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert len((await form_of(talk)).health) == 1


@pytest.mark.parametrize("label", ["Send", "Name", "Back", "Cancel"])
async def test_no_tap_after_sending_changes_what_was_sent(talk: Talk, label: str) -> None:
    await fill_in(talk)
    form = talk.last
    data = data_of(form, label)
    reference = await sends(talk)
    talk.phone.taps_data(form, data)
    await talk.settle()
    talk.sees("booking.sent", reference)
    assert (await request_of(talk, reference)).state is State.WAITING
    await talk.taps("✅", aoi(talk))
    talk.phone.taps_data(form, data)
    await talk.settle()
    assert "✅ Confirmed" in form.words


@pytest.mark.parametrize("label", ["28", "▶️", "Back", "Cancel"])
async def test_a_tap_on_an_old_message_of_the_form_does_nothing(talk: Talk, label: str) -> None:
    await fill_in(talk, Step.DAY)
    old, data = talk.last, data_of(talk.last, label)
    await talk.says("does massage lower cortisol?")
    talk.phone.taps_data(old, data)
    await talk.settle()
    assert old.words == talk.text("booking.below")
    assert await step_of(talk) is Step.DAY
    talk.sees("booking.ask.day")


async def test_a_second_book_goes_on_with_the_form_in_one_message(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("/book")
    talk.sees("booking.ask.name", "Fri 27 Nov, 18:00")
    assert len(told(talk.phone, "✖️ Cancel")) == 1


async def test_a_button_under_an_old_answer_goes_on_with_the_form(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last
    await fill_in(talk, Step.TIME)
    await talk.taps("button.book", message=answer)
    talk.sees("booking.ask.time", "Fri 27 Nov")


@pytest.mark.parametrize(
    "data",
    ["fa", "fa:d:99999999", "fa:d:20991231", "fa:t:20261125:0300", "fa:tr:gold", "fa:na:=", "fa:sm:1",
     "fm:d:0", "fo:xx", "fs", "fa:he:heart:1", "wj:gold:20261127", "wj:massage-60:20991231",
     "wa:1:20261127:1800", "wr:9", "wl:9", "md:1", "my:1:0", "ma:1:0:20261127:1800", "fa:d:1",
     "wj:massage-60:20261125"],
)  # fmt: skip
async def test_a_forged_button_makes_no_request_and_breaks_nothing(talk: Talk, data: str) -> None:
    await fill_in(talk, Step.DAY)
    tap = talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert tap.answer is not None
    assert not cards(talk)
    await talk.says("/book")
    talk.sees("✖️ Cancel")
