"""The screens of check-ins and reminders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.adapters.texts import Catalogues
from bot.domain.care import Need
from bot.domain.check_ins import FACES, CheckIn, weeks
from bot.domain.language import Language
from bot.domain.reminders import ReminderTimes, next_reminder
from bot.handlers.callbacks import Verb
from bot.handlers.views.care_codes import read_time_of_day
from bot.handlers.views.check_ins import CHART, LIST, CheckInViews
from bot.handlers.views.reminders import ReminderViews
from bot.services.screens import Screen
from tests.domain.samples import NOW, TOKYO
from tests.handlers.screens import buttons, check_limits, taps

EN, JA = Language.EN, Language.JA
TEXTS = Catalogues()
CHECK_INS = CheckInViews(TEXTS, TOKYO)
REMINDERS = ReminderViews(TEXTS)
TIMES = ReminderTimes(time(21), frozenset({0, 2, 4}), time(22), time(7), TOKYO)


def many_check_ins(count: int) -> list[CheckIn]:
    return [
        CheckIn(NOW - timedelta(hours=7 * number), number % 5 + 1, Need.ANXIOUS_THOUGHTS)
        for number in range(count)
    ]


def every_screen(lang: Language) -> Iterator[Screen]:
    full = weeks(many_check_ins(400), NOW, TOKYO, 12)
    yield CHECK_INS.consent(timedelta(days=90), lang)
    yield CHECK_INS.refused(lang)
    yield CHECK_INS.ask_withdraw(lang)
    yield CHECK_INS.withdrawn(lang)
    yield CHECK_INS.ask(lang)
    for face in FACES:
        yield CHECK_INS.noted(2**53, face, lang)
        yield CHECK_INS.thanked(Need.SLEEP, face, lang)
    yield CHECK_INS.chart(full, b"png", lang)
    yield CHECK_INS.as_list(full, lang)
    yield CHECK_INS.as_list(weeks([], NOW, TOKYO, 4), lang)
    yield CHECK_INS.offer(lang)
    yield CHECK_INS.later(lang)
    yield REMINDERS.consent(lang)
    yield REMINDERS.refused(lang)
    yield REMINDERS.settings(TIMES, NOW, lang)
    yield REMINDERS.settings(replace(TIMES, at=time(23)), NOW, lang)
    yield REMINDERS.settings(replace(TIMES, weekdays=frozenset()), None, lang)
    yield REMINDERS.ask_time(TIMES, lang)
    yield REMINDERS.ask_days(TIMES, lang)
    yield REMINDERS.ask_quiet(TIMES, lang)
    for turn in range(7):
        yield REMINDERS.reminder(turn, lang)
    yield REMINDERS.snoozed(NOW, TIMES, lang)
    yield REMINDERS.stopped(lang)


@pytest.mark.parametrize("lang", Language)
def test_every_screen_keeps_within_telegrams_limits(lang: Language) -> None:
    for screen in every_screen(lang):
        check_limits(screen)


@pytest.mark.parametrize("lang", Language)
def test_five_faces_each_have_a_word(lang: Language) -> None:
    screen = CHECK_INS.ask(lang)

    assert taps(screen, Verb.CHECK_IN) == [(str(face),) for face in FACES]
    assert all(len(each.text.split(" ", 1)[1]) >= 2 for each in buttons(screen))


@pytest.mark.parametrize("lang", Language)
def test_the_weeks_stand_as_numbers_in_the_text_too(lang: Language) -> None:
    found = weeks([CheckIn(NOW, 4, Need.SLEEP), CheckIn(NOW - timedelta(days=1), 1)], NOW, TOKYO, 2)

    chart, listed = CHECK_INS.chart(found, b"png", lang), CHECK_INS.as_list(found, lang)

    assert chart.attachment is not None
    assert "2.5" in chart.plain
    assert TEXTS.day(date(2026, 11, 16), lang) in chart.plain
    assert f"4 {TEXTS('mood.face.4', lang)}" in listed.plain
    assert TEXTS("care.need.sleep", lang) in listed.plain
    assert (LIST, "2") in taps(chart, Verb.MOOD)
    assert (CHART, "2") in taps(listed, Verb.MOOD)


def test_a_long_list_says_what_it_leaves_out() -> None:
    listed = CHECK_INS.as_list(weeks(many_check_ins(50), NOW, TOKYO, 4), EN)

    assert "10 earlier ones" in listed.plain


@pytest.mark.parametrize("lang", Language)
def test_the_offer_leads_to_people_and_names_no_illness(lang: Language) -> None:
    screen = CHECK_INS.offer(lang)

    assert taps(screen, Verb.PERSON) == [()]
    assert taps(screen, Verb.SOS) == [()]
    assert not any(word in screen.plain.lower() for word in ("depress", "disorder", "うつ", "症", "病"))


@pytest.mark.parametrize("lang", Language)
def test_a_reminder_can_be_put_off_and_stopped_in_one_tap(lang: Language) -> None:
    screens = [REMINDERS.reminder(turn, lang) for turn in range(3)]

    assert len({each.plain for each in screens}) == 3
    for screen in screens:
        assert taps(screen, Verb.REMINDER_SNOOZE) == [("60",)]
        assert taps(screen, Verb.REMINDER_STOP) == [()]


def test_a_tap_on_a_day_carries_all_the_days() -> None:
    assert taps(REMINDERS.ask_days(TIMES, EN), Verb.REMINDER_DAYS) == [
        ("24",), ("0124",), ("04",), ("0234",), ("02",), ("0245",), ("0246",),
    ]  # fmt: skip
    one = replace(TIMES, weekdays=frozenset({3}))
    assert ("-",) in taps(REMINDERS.ask_days(one, EN), Verb.REMINDER_DAYS)


def test_no_quiet_hour_is_offered_as_a_time() -> None:
    offered = {read_time_of_day(each[0]) for each in taps(REMINDERS.ask_time(TIMES, EN), Verb.REMINDER_TIME)}

    assert time(21) in offered
    assert time(21, 45) in offered
    assert not [each for each in offered if TIMES.is_quiet(each)]


def test_a_time_that_became_quiet_is_told() -> None:
    late = replace(TIMES, at=time(23))
    following = next_reminder(late, NOW)

    assert (
        "23:00 lies in your quiet hours, so it comes at 07:00"
        in REMINDERS.settings(late, following, EN).plain
    )


def test_the_next_reminder_is_told_in_the_clients_own_time() -> None:
    moment = datetime.fromisoformat("2026-11-20T12:00+00:00")

    assert "21:00" in REMINDERS.settings(TIMES, moment, JA).plain.split("次回")[1]
