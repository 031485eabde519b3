"""The form on the client's phone: every step in every language is a whole screen."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest

from bot.adapters.texts import Catalogues
from bot.domain.answering import answer, begin, begin_change
from bot.domain.desk import Desk
from bot.domain.form import Form, FormRefusal, Said, Step, next_step, reopen
from bot.domain.language import Language
from bot.domain.requests import Kind, Personal
from bot.domain.slots import DayState
from bot.handlers.views.booking import FormViews
from bot.handlers.views.codes import STEPS
from tests.domain.forms import ANSWERS, DESK, TUESDAY, TUESDAY_FULL, filled, made
from tests.domain.requests_in import change_requested
from tests.domain.samples import CLINIC, NOW, SCREENING, TUESDAY_10, wish
from tests.handlers.soundness import data, labels, sound

TEXTS = Catalogues()
VIEWS = FormViews(TEXTS, CLINIC)
EN, JA = Language.EN, Language.JA
NASTY = "<b>&\u202e" + "🙏" * 500
PLAN_ANSWERS = [(Step.GOAL, "stairs"), (Step.ACTIVITY_NOW, "none"), (Step.SUITS, "evenings")]


def plan(until: Step) -> Form:
    form = begin(DESK, Kind.PLAN)
    for step, text in PLAN_ANSWERS:
        if step is until:
            break
        form = answer(form, step, text, DESK)
    return form


STEPS_REACHED = [*(filled(until=step) for step, _ in ANSWERS), filled()]
STEPS_REACHED += [plan(step) for step in (Step.GOAL, Step.ACTIVITY_NOW, Step.SUITS, Step.NAME)]
STEPS_REACHED += [begin_change(DESK, wish()), begin_change(DESK, wish(TUESDAY_10), Said(day=TUESDAY))]
NASTY_FORM = replace(
    filled(), personal=Personal(NASTY, "+819012345678", NASTY, NASTY, NASTY, NASTY), kind=Kind.PLAN
)
NASTY_FORM = replace(NASTY_FORM, answered=NASTY_FORM.answered | {step for step, _ in PLAN_ANSWERS})


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("form", [*STEPS_REACHED, NASTY_FORM], ids=next_step)
def test_every_step_is_a_whole_screen_with_a_way_back_and_out(form: Form, lang: Language) -> None:
    screen = sound(VIEWS.form(form, DESK, lang))

    first = next_step(form) is form.path[0] and form.kind is Kind.APPOINTMENT
    assert data(screen)[-1] == "fx"
    assert ("fb" in data(screen)) is not first
    assert "<b>&" not in screen.html.replace("<b>&lt;", "")


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("refused", FormRefusal)
def test_every_refusal_is_told_at_every_step(refused: FormRefusal, step: Step, lang: Language) -> None:
    form = filled(until=step) if step in dict(ANSWERS) else plan(step)

    plain = sound(VIEWS.form(form, DESK, lang))
    told = sound(VIEWS.form(form, DESK, lang, refused=refused))

    assert len(told.plain) > len(plain.plain)


def test_words_that_could_not_be_followed_are_told_once_beside_the_next_step() -> None:
    form = replace(filled(until=Step.DAY), unmet=FormRefusal.HOLIDAY)

    assert "national holiday" in VIEWS.form(form, DESK, EN).plain


@pytest.mark.parametrize(
    ("step", "number"),
    [(Step.TREATMENT, "1/10"), (Step.TIME, "3/10"), (Step.NAME, "6/10"), (Step.SUMMARY, "10/10")],
)
def test_progress_counts_the_step_that_is_asked(step: Step, number: str) -> None:
    assert number in VIEWS.form(filled(until=step), DESK, EN).plain


def test_what_is_filled_in_stands_above_the_question() -> None:
    lines = VIEWS.form(filled(), DESK, EN).plain

    for line in (
        "Treatment: massage-60 · 4,000 yen",
        "First choice: Tue 24 Nov, 10:00",
        "Second choice: Thu 26 Nov, 15:00",
        "Name: Ann Lee",
        "Note: none",
        "Health questions: answered",
    ):
        assert line in lines


def test_what_was_said_before_is_marked() -> None:
    known = Personal("Ann", "+819012345678")
    form = begin(DESK, said=Said("massage-60", TUESDAY, time(10), exact=True), known=known)

    lines = VIEWS.form(form, DESK, EN).plain

    assert "First choice: Tue 24 Nov, 10:00 (filled in for you)" in lines
    assert "Name: Ann (as last time)" in lines


def test_times_are_the_clinics_whatever_zone_they_come_in() -> None:
    form = replace(filled(), start=TUESDAY_10.astimezone(UTC))

    assert "Tue 24 Nov, 10:00" in VIEWS.form(form, DESK, EN).plain
    assert "11月24日(火) 10:00" in VIEWS.form(form, DESK, JA).plain


def test_a_calendar_shows_weeks_from_monday_and_greys_what_cannot_be_had() -> None:
    screen = VIEWS.form(filled(until=Step.DAY), DESK, EN)

    title, header, *weeks, _ = screen.buttons
    assert [each.text for each in title] == ["Nov 2026", "▶️"]
    assert [each.text for each in header] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert all(len(week) == 7 for week in weeks)
    by_day = {each.data: each.text for week in weeks for each in week}
    assert by_day["fa:d:20261124"] == "24"
    assert "fa:d:20261123" not in by_day, "a holiday"
    assert {"n:past", "n:holiday", "n:closed"} <= by_day.keys()
    assert len(weeks) == 3, "those that are over are left out"


def test_months_turn_within_the_horizon() -> None:
    form = filled(until=Step.DAY)

    first, middle, last = (
        VIEWS.form(form, DESK, EN, month=date(year, month, 1)).buttons[0]
        for year, month in ((2026, 11), (2026, 12), (2027, 1))
    )
    far = VIEWS.form(form, DESK, EN, month=date(2030, 1, 1)).buttons[0]

    assert [each.data for each in first] == ["n", "fm:d:202612"]
    assert [each.data for each in middle] == ["fm:d:202611", "n", "fm:d:202701"]
    assert [each.data for each in last] == ["fm:d:202612", "n"]
    assert far == last


def test_a_full_day_leads_to_the_waiting_list() -> None:
    desk = Desk(CLINIC, SCREENING, NOW, TUESDAY_FULL)
    form = filled(until=Step.DAY)

    calendar = sound(VIEWS.form(form, desk, EN))
    refused = sound(VIEWS.form(form, desk, EN, refused=FormRefusal.FULL, day=TUESDAY))

    assert "(24)" in labels(calendar)
    assert "waiting list" in calendar.plain
    assert data(refused)[0] == "wj:massage-60:20261124"


def test_no_waiting_list_for_another_time_of_an_appointment() -> None:
    form = begin_change(DESK, wish())

    screen = VIEWS.form(form, DESK, EN, refused=FormRefusal.FULL, day=TUESDAY)

    assert not [each for each in data(screen) if each.startswith("wj")]


def test_times_that_fit_come_first_and_the_others_after_more() -> None:
    form = begin(DESK, said=Said("massage-60", TUESDAY, time(16)))

    few, more = VIEWS.form(form, DESK, EN), VIEWS.form(form, DESK, EN, all_times=True)

    assert labels(few)[:5] == ["16:00", "16:30", "17:00", "17:30", "18:00"]
    assert "ft:t" in data(few)
    assert labels(more)[0] == "10:00"
    assert "ft:t" not in data(more)
    assert all(len(row) <= 4 for row in more.buttons)


def test_a_day_without_free_times_says_so() -> None:
    desk = Desk(CLINIC, SCREENING, NOW, TUESDAY_FULL)

    screen = sound(VIEWS.form(filled(until=Step.TIME), desk, EN))

    assert "No time is left" in screen.plain
    assert data(screen)[0] == "wj:massage-60:20261124"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.SECOND_DAY, "fa:d2:-"),
        (Step.PHONE, "fa:ph:-"),
        (Step.PHONE, "fp"),
        (Step.NOTE, "fa:no:-"),
        (Step.CONSENT, "fa:co:1"),
        (Step.HEALTH, "fa:he:fever:0"),
        (Step.SUMMARY, "fs"),
        (Step.TREATMENT, "fq"),
    ],
)
def test_each_step_has_its_own_buttons(step: Step, expected: str) -> None:
    assert expected in data(VIEWS.form(filled(until=step), DESK, EN))


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (Step.DAY, "fa:d:20261124"),
        (Step.TIME, "fa:t:20261124:1000"),
        (Step.SECOND_DAY, "fa:d2:20261126"),
        (Step.SECOND_TIME, "fa:t2:20261126:1500"),
        (Step.NAME, "fa:na:="),
        (Step.PHONE, "fa:ph:="),
    ],
)
def test_an_opened_step_offers_to_keep_what_it_held(step: Step, kept: str) -> None:
    screen = VIEWS.form(reopen(filled(), step), DESK, EN)

    keep = [each for each, text in zip(data(screen), labels(screen), strict=True) if text.startswith("Keep")]
    assert keep == [kept]


def test_the_summary_lets_change_every_line() -> None:
    reopened = {each.split(":")[1] for each in data(VIEWS.form(filled(), DESK, EN)) if each.startswith("fo")}

    assert reopened == {STEPS[step] for step, _ in ANSWERS} - {STEPS[Step.SECOND_TIME], STEPS[Step.CONSENT]}


def test_the_summary_tells_what_follows_from_health_answers_but_never_the_answers() -> None:
    text = VIEWS.form(filled(), DESK, EN).plain

    assert "therapist_calls" in text
    assert "Rash?" not in text


def test_who_would_rather_be_asked_on_the_day_is_shown_so() -> None:
    form = answer(filled(until=Step.CONSENT), Step.CONSENT, False, DESK)

    screen = VIEWS.form(form, DESK, EN)

    assert "the therapist will ask" in screen.plain
    assert "fo:co" in data(screen)


def test_a_step_of_five_minutes_still_fits_one_keyboard() -> None:
    clinic = replace(CLINIC, booking=replace(CLINIC.booking, step=timedelta(minutes=5)))
    desk = replace(DESK, clinic=clinic)

    sound(FormViews(TEXTS, clinic).form(filled(until=Step.TIME), desk, EN))


@pytest.mark.parametrize("lang", Language)
def test_the_screens_around_the_form_are_whole(lang: Language) -> None:
    request = made(filled())

    for screen in (
        VIEWS.sent(request, NOW, lang),
        VIEWS.sent(replace(request, kind=Kind.PLAN, treatment_id=None, wished=()), None, lang),
        VIEWS.cancelled_form(lang),
        VIEWS.stale(lang),
        VIEWS.too_many(lang),
        VIEWS.share_number(lang),
        VIEWS.number_taken(lang),
    ):
        sound(screen)


def test_a_sent_wish_is_not_called_booked() -> None:
    text = VIEWS.sent(made(filled()), NOW, EN).plain

    assert "TM-7K3F" in text
    assert "It isn't booked yet" in text
    assert "answer by Fri 20 Nov, 12:00" in text
    assert "まだ確定ではございません" in VIEWS.sent(made(filled()), NOW, JA).plain


def test_a_wish_for_another_time_says_that_the_appointment_stays() -> None:
    text = VIEWS.sent(change_requested(), NOW, EN).plain

    assert "your appointment stays as it is" in text
    assert "Thu 26 Nov, 15:00 or Fri 27 Nov, 16:00" in text


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("state", DayState)
def test_a_grey_day_says_why_in_a_notice(state: DayState, lang: Language) -> None:
    assert 0 < len(VIEWS.why_not(state, lang)) <= 200


def test_a_heading_says_nothing() -> None:
    assert VIEWS.why_not("", EN) == ""
