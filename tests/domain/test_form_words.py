"""What the client's words, or an earlier booking, fill in."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.answering import answer, begin, hear
from bot.domain.desk import offered
from bot.domain.form import FormRefusal, Said, Step, next_step
from bot.domain.requests import Kind, Personal
from bot.domain.slots import slot_cells
from tests.domain.forms import DESK, THURSDAY, TUESDAY, TUESDAY_FULL, filled, refusal
from tests.domain.samples import (
    THURSDAY_15,
    TUESDAY_10,
    TUESDAY_11,
    at,
)


def test_what_the_words_told_is_not_asked() -> None:
    form = begin(DESK, said=Said("massage-60", TUESDAY, time(11), exact=True))

    assert next_step(form) is Step.SECOND_DAY
    assert form.start == TUESDAY_11
    assert form.prefilled == {Step.TREATMENT, Step.DAY, Step.TIME}
    assert form.unmet is None


def test_words_wait_for_their_step() -> None:
    form = begin(DESK, said=Said(day=TUESDAY, start=time(11), exact=True))
    assert next_step(form) is Step.TREATMENT

    form = answer(form, Step.TREATMENT, "massage-30", DESK)

    assert (form.day, form.start) == (TUESDAY, TUESDAY_11)


def test_a_window_narrows_the_times() -> None:
    form = begin(DESK, said=Said("massage-60", TUESDAY, start=time(17)))

    shown = offered(form, Step.TIME, DESK)

    assert [each.hour for each in shown.fitting] == [17, 17, 18]
    assert len(shown.others) == 11


def test_where_nothing_fits_the_window_everything_is_shown() -> None:
    form = begin(DESK, said=Said("massage-60", TUESDAY, start=time(20)))

    assert len(offered(form, Step.TIME, DESK).fitting) == 14


def test_a_time_that_is_gone_is_told_and_its_neighbours_come_first() -> None:
    taken = frozenset().union(
        *(slot_cells(at(24, 16), timedelta(hours=1), timedelta(), lane) for lane in range(2))
    )
    desk = replace(DESK, taken=taken)

    form = begin(desk, said=Said("massage-60", TUESDAY, time(16), exact=True))

    assert (next_step(form), form.unmet) == (Step.TIME, FormRefusal.SLOT_TAKEN)
    assert [f"{each:%H:%M}" for each in offered(form, Step.TIME, desk).fitting] == ["14:30", "17:00", "17:30"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 19), FormRefusal.PAST),
        (date(2026, 11, 23), FormRefusal.HOLIDAY),
        (date(2026, 11, 25), FormRefusal.CLOSED),
        (date(2027, 3, 1), FormRefusal.TOO_FAR),
        (TUESDAY, FormRefusal.FULL),
    ],
)
def test_a_day_that_cannot_be_is_told_why(day: date, reason: FormRefusal) -> None:
    desk = replace(DESK, taken=TUESDAY_FULL)

    said = begin(desk, said=Said("massage-60", day, time(11), exact=True))

    assert (next_step(said), said.unmet) == (Step.DAY, reason)
    assert refusal(filled(Step.DAY, desk), Step.DAY, day, desk) is reason


def test_the_time_that_was_said_goes_with_another_day() -> None:
    form = begin(DESK, said=Said("massage-60", date(2026, 11, 25), time(11), exact=True))

    form = answer(form, Step.DAY, TUESDAY, DESK)

    assert (form.start, form.unmet) == (TUESDAY_11, None)


def test_who_has_been_here_is_not_asked_for_the_name() -> None:
    known = Personal(name="Ann", phone="+819012345678", note="knee")
    form = begin(DESK, Kind.APPOINTMENT, Said("massage-60", TUESDAY, time(11), exact=True), known)

    form = answer(form, Step.SECOND_DAY, None, DESK)

    assert next_step(form) is Step.NOTE
    assert form.personal == Personal(name="Ann", phone="+819012345678")


SECOND = Said(day=THURSDAY, start=time(15), exact=True)


def test_words_at_the_second_choice_are_the_second_choice() -> None:
    form = hear(filled(Step.SECOND_DAY), SECOND, DESK)

    assert form.times == (TUESDAY_10, THURSDAY_15)
    assert next_step(form) is Step.NAME


def test_a_day_alone_leaves_the_time_of_the_second_choice_to_ask() -> None:
    form = hear(filled(Step.SECOND_DAY), Said(day=THURSDAY), DESK)
    assert (form.second_day, next_step(form)) == (THURSDAY, Step.SECOND_TIME)

    form = hear(form, Said(start=time(15), exact=True), DESK)

    assert form.times == (TUESDAY_10, THURSDAY_15)


def test_words_that_want_another_day_instead_replace_the_first_choice() -> None:
    form = hear(filled(Step.SECOND_DAY), SECOND, DESK, instead=True)

    assert (form.times, next_step(form)) == ((THURSDAY_15,), Step.SECOND_DAY)


def test_the_first_choice_said_again_is_no_second_one() -> None:
    form = hear(filled(Step.SECOND_DAY), Said(day=TUESDAY, start=time(10), exact=True), DESK)

    assert (form.unmet, next_step(form)) == (FormRefusal.SAME_TIME, Step.SECOND_TIME)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 23), FormRefusal.HOLIDAY),
        (date(2026, 11, 25), FormRefusal.CLOSED),
        (date(2027, 3, 1), FormRefusal.TOO_FAR),
    ],
)
def test_a_day_that_cannot_be_is_told_before_the_treatment_is_known(day: date, reason: FormRefusal) -> None:
    form = begin(DESK, said=Said(day=day, start=time(11), exact=True))

    assert (next_step(form), form.unmet, form.unmet_day) == (Step.TREATMENT, reason, day)
    assert form.said == Said(start=time(11), exact=True)


BOTH = Said("massage-60", TUESDAY, time(11), exact=True, otherwise=SECOND)


def test_two_choices_that_are_said_at_once_are_both_in_the_form() -> None:
    form = begin(DESK, said=BOTH)

    assert (form.times, next_step(form)) == ((TUESDAY_11, THURSDAY_15), Step.NAME)
    assert form.said.otherwise is None, "each word is used once"


def test_said_inside_the_form_they_replace_both() -> None:
    form = hear(filled(Step.NAME), replace(BOTH, treatment_id=None), DESK)

    assert (form.times, next_step(form)) == ((TUESDAY_11, THURSDAY_15), Step.NAME)


def test_the_second_choice_waits_until_the_first_has_its_time() -> None:
    form = begin(DESK, said=replace(BOTH, start=None, exact=False))
    assert (form.day, next_step(form)) == (TUESDAY, Step.TIME)

    form = answer(form, Step.TIME, TUESDAY_10, DESK)

    assert form.times == (TUESDAY_10, THURSDAY_15)


def test_a_second_choice_is_the_first_where_that_cannot_be_had() -> None:
    form = begin(DESK, said=replace(BOTH, day=date(2026, 11, 25)))

    assert (form.times, next_step(form)) == ((THURSDAY_15,), Step.SECOND_DAY)
    assert (form.unmet, form.unmet_day) == (FormRefusal.CLOSED, date(2026, 11, 25))


def test_two_choices_of_which_one_is_chosen_already_give_the_other() -> None:
    form = hear(
        filled(Step.SECOND_DAY), Said(day=TUESDAY, start=time(10), exact=True, otherwise=SECOND), DESK
    )

    assert form.times == (TUESDAY_10, THURSDAY_15)


def test_where_a_second_choice_is_asked_for_a_third_has_no_place() -> None:
    form = hear(filled(Step.SECOND_DAY), replace(SECOND, otherwise=Said(day=date(2026, 11, 27))), DESK)

    assert form.times == (TUESDAY_10, THURSDAY_15)
    assert form.said.otherwise is None


def test_a_day_that_is_said_again_with_its_time_is_no_second_choice() -> None:
    form = answer(begin(DESK, said=Said("massage-60")), Step.DAY, TUESDAY, DESK)

    form = hear(form, Said(day=TUESDAY, start=time(11), exact=True), DESK)

    assert (form.times, next_step(form)) == ((TUESDAY_11,), Step.SECOND_DAY)
    assert (form.unmet, form.second_day) == (None, None)
