"""The personal training plan is asked for through the same form."""

from bot.domain.form import Step
from bot.domain.lifecycle import State
from bot.domain.requests import Kind
from tests.dialogues.steps import (
    aoi,
    card,
    fill_in,
    form_of,
    request_of,
    sends,
)
from tests.dialogues.talk import Talk


async def test_the_training_plan_is_asked_for_the_same_way(talk: Talk) -> None:
    await talk.says("/book")
    form = talk.last.id
    await talk.taps("Personal training plan")
    assert talk.last.id == form, "in the same message"
    talk.sees("booking.ask.goal", "3,000 yen")
    await talk.taps("booking.button.back")
    talk.sees("booking.ask.treatment")
    await talk.taps("Personal training plan")
    await talk.says("Sleep better, and climb stairs without a rest")
    await talk.says("not at all")
    await talk.says("Tuesday or Friday evenings")
    await go_on_with_plan(talk)
    reference = await sends(talk)
    shown = card(talk).words
    for part in ("climb stairs", "not at all", "Tuesday or Friday evenings", "Personal training plan"):
        assert part in shown
    assert not any("✅" in label for label in card(talk).labels), "there is no time to confirm yet"
    await talk.taps("Another time", aoi(talk))
    await talk.taps("27", aoi(talk))
    await talk.taps("18:30", aoi(talk))
    talk.sees("bookings.proposed.plan", "Fri 27 Nov, 18:30")
    await talk.taps("✅")
    request = await request_of(talk, reference)
    assert request.kind is Kind.PLAN and request.state is State.CONFIRMED


async def test_the_plan_is_offered_under_its_answer_and_the_answer_stays(talk: Talk) -> None:
    talk.phone.starts("clinic-training-plan")
    await talk.settle()
    answer = talk.last
    await talk.taps("button.plan")
    talk.sees("booking.ask.goal")
    assert talk.last.id != answer.id
    assert talk.text("button.plan") in answer.labels, "the answer is still there"


async def test_under_its_answer_the_plan_too_asks_before_it_replaces_an_unsent_form(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    talk.phone.starts("clinic-training-plan")
    await talk.settle()
    await talk.taps("button.plan")
    assert (await form_of(talk)).kind is Kind.APPOINTMENT
    talk.sees("booking.button.go_on")


async def go_on_with_plan(talk: Talk) -> None:
    await talk.says("Hana Ito")
    await talk.taps("booking.button.skip.phone")
    await talk.taps("booking.button.skip.note")
    await talk.taps("booking.button.ask_later")
    talk.sees("booking.ask.summary")
