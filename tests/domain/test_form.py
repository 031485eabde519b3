"""The booking form, step by step."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.answering import Health, answer, begin, begin_change
from bot.domain.desk import offered
from bot.domain.errors import FormRefused
from bot.domain.form import FormRefusal, Said, Step, back, kept, next_step, reopen
from bot.domain.lifecycle import Move
from bot.domain.moves import move
from bot.domain.requests import Kind, Personal
from bot.domain.screening import Outcome
from bot.domain.sending import times_of
from bot.domain.slots import slot_cells
from tests.domain.forms import ANSWERS, DESK, THURSDAY, TUESDAY, TUESDAY_FULL, filled, made, refusal
from tests.domain.samples import (
    ANN,
    CLINIC,
    NOW,
    SCREENING,
    THURSDAY_15,
    TUESDAY_10,
    TUESDAY_11,
    YUKI,
    at,
    wish,
)


def test_the_steps_come_in_order_and_end_with_the_summary() -> None:
    form, asked = begin(DESK), list[Step]()
    for step, value in ANSWERS:
        asked.append(next_step(form))
        form = answer(form, step, value, DESK)

    assert asked == [step for step, _ in ANSWERS]
    assert next_step(form) is Step.SUMMARY


def test_a_complete_form_becomes_a_request() -> None:
    request = made(filled())

    assert request.wished == (TUESDAY_10, THURSDAY_15)
    assert request.personal == Personal(name="Ann Lee", phone="+819012345678")
    assert request.screening is Outcome.THERAPIST_CALLS
    assert request.duration == timedelta(hours=1)


def test_a_plan_is_requested_the_same_way() -> None:
    form = begin(DESK, Kind.PLAN)
    for step, value in [
        (Step.GOAL, "climb stairs"),
        (Step.ACTIVITY_NOW, "walks"),
        (Step.SUITS, "Tuesday evenings"),
        (Step.NAME, "Ann"),
        (Step.PHONE, None),
        (Step.NOTE, None),
        (Step.CONSENT, False),
    ]:
        form = answer(form, step, value, DESK)

    request = made(form)

    assert (request.wished, request.treatment_id, request.screening) == ((), None, None)
    assert request.personal.goal == "climb stairs"


def test_one_step_back_at_a_time_to_the_first_and_nothing_is_lost() -> None:
    form = filled()
    for step, _ in reversed(ANSWERS):
        form = back(form)
        assert next_step(form) is step
    assert back(form) == form

    for step, value in ANSWERS:
        again = value if step is Step.HEALTH else kept(form, step)
        form = answer(form, step, again, DESK)
    assert made(form) == made(filled())


def test_one_line_of_the_summary_is_changed_alone() -> None:
    form = reopen(filled(), Step.NAME)
    assert next_step(form) is Step.NAME

    form = answer(form, Step.NAME, "Bea", DESK)

    assert next_step(form) is Step.SUMMARY
    assert form.personal.name == "Bea"


def test_another_treatment_asks_for_its_times_and_questions() -> None:
    form = answer(reopen(filled(), Step.TREATMENT), Step.TREATMENT, "exercise-45", DESK)

    assert next_step(form) is Step.TIME
    assert form.questions == ("fever", "heart")
    assert form.health == {"fever": False}


def test_another_treatment_can_be_too_long_for_the_day() -> None:
    taken = TUESDAY_FULL - slot_cells(at(24, 12), timedelta(minutes=45), timedelta(), 0)
    desk = replace(DESK, taken=taken)
    form = answer(begin(desk, said=Said("massage-30", TUESDAY)), Step.TIME, at(24, 12), desk)

    form = answer(reopen(form, Step.TREATMENT), Step.TREATMENT, "massage-60", desk)

    assert (next_step(form), form.unmet) == (Step.DAY, FormRefusal.FULL)


def test_another_day_asks_for_its_time() -> None:
    form = answer(reopen(filled(), Step.DAY), Step.DAY, THURSDAY, DESK)

    assert (next_step(form), form.start) == (Step.TIME, None)


def test_the_same_day_asks_nothing_again() -> None:
    assert next_step(answer(reopen(filled(), Step.DAY), Step.DAY, TUESDAY, DESK)) is Step.SUMMARY


def test_without_a_second_choice_its_time_is_not_asked() -> None:
    form = answer(filled(Step.SECOND_DAY), Step.SECOND_DAY, None, DESK)

    assert next_step(form) is Step.NAME
    assert form.times == (TUESDAY_10,)


def test_who_does_not_consent_is_asked_nothing() -> None:
    form = answer(filled(Step.CONSENT), Step.CONSENT, False, DESK)

    assert next_step(form) is Step.SUMMARY
    assert made(form).screening is None


def test_without_questions_there_is_nothing_to_consent_to() -> None:
    desk = replace(DESK, screening=replace(SCREENING, questions=()))
    form = filled(Step.CONSENT, desk)

    assert next_step(form) is Step.SUMMARY
    assert made(form, desk).screening is None


def test_taking_consent_back_forgets_the_answers() -> None:
    form = answer(reopen(filled(), Step.CONSENT), Step.CONSENT, False, DESK)

    assert form.health == {}


@pytest.mark.parametrize(
    ("until", "step", "value", "reason"),
    [
        (Step.TREATMENT, Step.TREATMENT, "haircut", FormRefusal.NO_SUCH_TREATMENT),
        (Step.DAY, Step.TREATMENT, "massage-60", FormRefusal.STALE),
        (Step.DAY, Step.DAY, None, FormRefusal.NEEDED),
        (Step.DAY, Step.DAY, "2026-11-24", FormRefusal.STALE),
        (Step.DAY, Step.DAY, TUESDAY_10, FormRefusal.STALE),
        (Step.TIME, Step.TIME, THURSDAY_15, FormRefusal.STALE),
        (Step.TIME, Step.TIME, at(24, 13), FormRefusal.CLOSED),
        (Step.TIME, Step.TIME, at(24, 10, 10), FormRefusal.CLOSED),
        (Step.SECOND_TIME, Step.SECOND_TIME, at(26, 13), FormRefusal.CLOSED),
        (Step.HEALTH, Step.HEALTH, Health("skin", yes=True), FormRefusal.STALE),
        (Step.HEALTH, Step.HEALTH, True, FormRefusal.STALE),
        (Step.CONSENT, Step.CONSENT, "yes", FormRefusal.STALE),
        (Step.NAME, Step.NAME, "123", FormRefusal.NO_LETTER),
    ],
)
def test_what_the_step_does_not_want_is_refused(
    until: Step, step: Step, value: Any, reason: FormRefusal
) -> None:
    assert refusal(filled(until), step, value) is reason


def test_the_second_choice_is_another_time() -> None:
    form = answer(filled(Step.SECOND_DAY), Step.SECOND_DAY, TUESDAY, DESK)

    assert TUESDAY_10 not in offered(form, Step.SECOND_TIME, DESK).fitting
    assert refusal(form, Step.SECOND_TIME, TUESDAY_10) is FormRefusal.SAME_TIME


@pytest.mark.parametrize(
    ("now", "reason"), [(at(24, 7, 1), FormRefusal.TOO_SOON), (at(24, 10), FormRefusal.PAST)]
)
def test_a_form_that_was_left_lying_is_checked_once_more(now: datetime, reason: FormRefusal) -> None:
    with pytest.raises(FormRefused) as refused:
        made(filled(), replace(DESK, now=now))

    assert (refused.value.reason, refused.value.step) == (reason, Step.TIME)


def test_a_time_that_was_lost_meanwhile_is_asked_again() -> None:
    with pytest.raises(FormRefused) as refused:
        made(filled(), replace(DESK, taken=TUESDAY_FULL))

    assert (refused.value.reason, refused.value.step) == (FormRefusal.SLOT_TAKEN, Step.TIME)


def test_an_incomplete_form_is_not_sent() -> None:
    with pytest.raises(FormRefused) as refused:
        made(filled(Step.NAME))

    assert (refused.value.reason, refused.value.step) == (FormRefusal.INCOMPLETE, Step.NAME)


def test_open_requests_have_a_limit() -> None:
    made(filled(), open_requests=2)

    with pytest.raises(FormRefused) as refused:
        made(filled(), open_requests=3)

    assert refused.value.reason is FormRefusal.TOO_MANY


def test_a_change_asks_only_for_times_and_offers_the_present_one_no_more() -> None:
    request = move(wish(), Move.CONFIRM, YUKI, NOW, CLINIC, times=(TUESDAY_10,))
    form = answer(begin_change(DESK, request), Step.DAY, TUESDAY, DESK)
    assert TUESDAY_10 not in offered(form, Step.TIME, DESK).fitting
    assert refusal(form, Step.TIME, TUESDAY_10) is FormRefusal.SAME_TIME

    form = answer(answer(form, Step.TIME, TUESDAY_11, DESK), Step.SECOND_DAY, None, DESK)

    assert next_step(form) is Step.SUMMARY
    changed = move(request, Move.ASK_CHANGE, ANN, NOW, CLINIC, times=times_of(form, DESK))
    assert changed.open_times == (TUESDAY_11,)


def test_health_answers_and_names_are_not_in_what_a_log_may_show() -> None:
    assert "skin': True" not in repr(filled())
    assert "Ann" not in repr(filled())
