"""Another form while one is not sent yet: the client chooses, and loses nothing without a tap."""

import pytest

from bot.domain.form import Step, next_step
from bot.domain.requests import Kind
from bot.trial.messages import Message
from tests.dialogues.steps import books, fill_in, form_of, go_on, sends, step_of
from tests.dialogues.talk import Talk


async def plan_at_note(talk: Talk) -> None:
    talk.phone.starts("plan")
    await talk.settle()
    for words in ("climb stairs", "not at all", "Tuesday evenings", "Hana Ito"):
        await talk.says(words)
    await talk.taps("booking.button.skip.phone")


async def test_a_link_leads_to_the_plan(talk: Talk) -> None:
    talk.phone.starts("plan")
    await talk.settle()
    talk.sees("booking.ask.goal")
    assert (await form_of(talk)).kind is Kind.PLAN


async def test_a_link_leads_to_self_care(hanashi: Talk) -> None:
    hanashi.phone.starts("selfcare")
    await hanashi.settle()
    linked = hanashi.last.words
    await hanashi.says("/selfcare")
    assert hanashi.last.words == linked


async def test_the_plan_asks_before_it_replaces_an_unsent_appointment(talk: Talk) -> None:
    await plan_asks_first(talk)


async def test_the_plan_asks_before_it_replaces_an_unsent_appointment_in_japanese(hanashi: Talk) -> None:
    await plan_asks_first(hanashi)


async def plan_asks_first(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    talk.phone.starts("plan")
    await talk.settle()
    talk.sees("booking.instead", "Hana Ito", "booking.button.go_on", "booking.button.instead")
    assert await step_of(talk) is Step.NOTE
    await talk.taps("booking.button.go_on")
    talk.sees("booking.ask.note")
    await go_on(talk)
    await sends(talk)


async def test_dropping_it_begins_the_new_one_in_the_same_message(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    talk.phone.starts("plan")
    await talk.settle()
    asked = talk.last.id
    await talk.taps("booking.button.instead")
    assert talk.last.id == asked
    talk.sees("booking.ask.goal")
    assert (await form_of(talk)).kind is Kind.PLAN


@pytest.mark.parametrize("words", ["/book", "i'd like to book a massage", "マッサージを予約したいです"])
async def test_booking_asks_before_it_replaces_an_unsent_plan(talk: Talk, words: str) -> None:
    await plan_at_note(talk)
    await talk.taps("booking.button.skip.note")
    await talk.says(words)
    assert "climb stairs" in talk.last.words
    assert any(label.startswith("🗑") for label in talk.last.labels)
    assert (await form_of(talk)).personal.goal == "climb stairs"


async def test_the_plan_chosen_on_the_summary_asks_first(talk: Talk) -> None:
    await fill_in(talk)
    await talk.taps("booking.button.change.treatment")
    await talk.taps("Personal training plan")
    talk.sees("booking.instead", "Fri 27 Nov, 18:00")
    await talk.taps("booking.button.go_on")
    talk.sees("booking.ask.treatment", "Fri 27 Nov, 18:00")


async def test_the_day_that_was_named_is_in_the_new_form(talk: Talk) -> None:
    await plan_at_note(talk)
    await talk.taps("booking.button.skip.note")
    await talk.says("i'd like to book a 60 minute massage on friday 27 november at 18:00")
    await talk.taps("booking.button.instead")
    talk.sees("Fri 27 Nov, 18:00")
    assert (await form_of(talk)).kind is Kind.APPOINTMENT


async def test_another_time_for_an_appointment_asks_first(talk: Talk) -> None:
    await books(talk)
    await fill_in(talk, Step.SECOND_DAY)
    unsent = await form_of(talk)
    await talk.says("/mybookings")
    await talk.taps("TM-")
    await talk.taps("bookings.button.change")
    talk.sees("booking.instead")
    assert await form_of(talk) == unsent
    await talk.taps("booking.button.instead")
    talk.sees("booking.ask.day", "booking.title.change")
    assert (await form_of(talk)).changing is not None


async def test_a_form_that_holds_nothing_yet_is_replaced_without_a_word(talk: Talk) -> None:
    await talk.says("/book")
    talk.phone.starts("plan")
    await talk.settle()
    talk.sees("booking.ask.goal")


async def test_a_tap_on_an_old_question_asks_again(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    talk.phone.starts("plan")
    await talk.settle()
    old: Message = talk.last
    await talk.says("/book")
    await go_on(talk)
    await sends(talk)
    await fill_in(talk, Step.PHONE)
    await talk.taps("booking.button.instead", message=old)
    assert next_step(await form_of(talk)) is Step.PHONE
    assert talk.text("booking.instead") in old.words
    await talk.taps("booking.button.instead", message=old)
    assert (await form_of(talk)).kind is Kind.PLAN
