"""The screens of self-care, check-ins and reminders: complete, tappable, within Telegram's limits."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.self_care import SelfCareFile, actions_of
from bot.adapters.texts import Catalogues
from bot.app import Brain
from bot.domain.care import LENGTHS, Action, Experience, Need
from bot.domain.check_ins import FACES, CheckIn, weeks
from bot.domain.errors import Forged
from bot.domain.language import Language
from bot.domain.reminders import ReminderTimes, next_reminder
from bot.handlers.callbacks import LONGEST, Verb, parse
from bot.handlers.views.care import CareViews, Ending
from bot.handlers.views.care_codes import (
    days_code,
    read_days,
    read_minutes,
    read_needs,
    read_time_of_day,
    time_code,
    toggled,
)
from bot.handlers.views.check_ins import CHART, LIST, CheckInViews
from bot.handlers.views.reminders import ReminderViews
from bot.services.screens import Button, Screen
from tests.domain.samples import NOW, TOKYO

EN, JA = Language.EN, Language.JA
TEXTS = Catalogues()
LONGEST_MESSAGE, LONGEST_CAPTION = 4096, 1024
WIDEST = (Need.ANXIOUS_THOUGHTS, Need.ISOLATION)
"""The two needs whose names are longest."""


def shipped() -> tuple[Action, ...]:
    path = Path(__file__).parents[2] / "knowledge" / "self_care.yaml"
    file = SelfCareFile.model_validate(read_document(path, path.name).data)
    return actions_of(file, {EN: {"massage": "massage"}, JA: {"massage": "マッサージ"}})


ACTIONS = {each.id: each for each in shipped()}
BREATH, WALK, CUP = ACTIONS["slow-breath"], ACTIONS["short-walk"], ACTIONS["slow-cup"]
TIMES = ReminderTimes(time(21), frozenset({0, 2, 4}), time(22), time(7), TOKYO)


@pytest.fixture
def care(mind: Brain) -> CareViews:
    return CareViews(TEXTS, shipped(), mind.loaded.knowledge)


CHECK_INS = CheckInViews(TEXTS, TOKYO)
REMINDERS = ReminderViews(TEXTS)


def buttons(screen: Screen) -> Iterator[Button]:
    for row in screen.buttons:
        yield from row


def taps(screen: Screen, verb: Verb) -> list[tuple[str, ...]]:
    found = (parse(each.data) for each in buttons(screen) if each.data)
    return [each.arguments for each in found if each.verb is verb]


def many_check_ins(count: int) -> list[CheckIn]:
    return [
        CheckIn(NOW - timedelta(hours=7 * number), number % 5 + 1, Need.ANXIOUS_THOUGHTS)
        for number in range(count)
    ]


def every_screen(care: CareViews, lang: Language) -> Iterator[Screen]:
    yield care.needs((), lang)
    yield care.needs(WIDEST, lang)
    yield care.nothing(WIDEST, lang)
    for need in Need:
        yield care.minutes([need], lang)
    for action in ACTIONS.values():
        for rated in (None, True, False):
            yield care.action(action, WIDEST, 30, lang, rated=rated)
        yield care.why(action, WIDEST, 30, lang)
        for ending in Ending:
            yield care.ended(action, ending, WIDEST, 30, lang)
        for number in range(len(action.guide.stages) if action.guide else 0):
            yield care.stage(action, number, WIDEST, 30, lang)
    yield care.history([], lang)
    yield care.history([Experience(each, NOW, True) for each in ACTIONS], lang)
    yield care.ask_reset(lang)
    yield care.reset(lang)
    full = weeks(many_check_ins(400), NOW, TOKYO, 12)
    yield CHECK_INS.consent(timedelta(days=90), lang)
    yield CHECK_INS.refused(lang)
    yield CHECK_INS.withdrawn(lang)
    yield CHECK_INS.ask(lang)
    for face in FACES:
        yield CHECK_INS.noted(2**53, face, lang)
    yield CHECK_INS.thanked(Need.SLEEP, lang)
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
def test_every_screen_keeps_within_telegrams_limits(care: CareViews, lang: Language) -> None:
    for screen in every_screen(care, lang):
        assert 0 < len(screen.plain) <= (LONGEST_CAPTION if screen.attachment else LONGEST_MESSAGE)
        assert "{" not in screen.html
        for button in buttons(screen):
            assert button.data
            assert len(button.data.encode()) <= LONGEST
            assert parse(button.data).verb in Verb
            assert 0 < len(button.text) <= 40


@pytest.mark.parametrize("lang", Language)
def test_time_is_asked_once_a_need_is_chosen(care: CareViews, lang: Language) -> None:
    assert taps(care.needs((), lang), Verb.CARE_SUGGEST) == []
    assert taps(care.needs((Need.SLEEP,), lang), Verb.CARE_SUGGEST) == [
        ("sleep", str(minutes)) for minutes in LENGTHS
    ]


def test_chosen_needs_are_ticked_and_a_tap_takes_one_back(care: CareViews) -> None:
    screen = care.needs(WIDEST, EN)

    ticked = [each for each in buttons(screen) if each.text.startswith("✓")]
    assert [each.data for each in ticked] == ["sc:anxious-thoughts", "sc:isolation"]


@pytest.mark.parametrize(
    ("chosen", "tapped", "left"),
    [
        ((), Need.SLEEP, (Need.SLEEP,)),
        ((Need.SLEEP,), Need.SLEEP, ()),
        ((Need.SLEEP,), Need.STRESS, (Need.SLEEP, Need.STRESS)),
        ((Need.SLEEP, Need.STRESS), Need.ENERGY, (Need.STRESS, Need.ENERGY)),
        ((Need.SLEEP, Need.STRESS), Need.SLEEP, (Need.STRESS,)),
    ],
)
def test_two_needs_at_most(chosen: tuple[Need, ...], tapped: Need, left: tuple[Need, ...]) -> None:
    assert toggled(chosen, tapped) == left


@pytest.mark.parametrize("lang", Language)
def test_an_action_shows_what_it_is_good_for_its_steps_and_what_to_mind(
    care: CareViews, lang: Language
) -> None:
    text = care.action(WALK, [Need.ENERGY], 10, lang).plain

    assert WALK.caution is not None
    assert all(f"{number}. {step}" in text for number, step in enumerate(WALK.steps[lang], 1))
    assert WALK.good_for[lang] in text
    assert WALK.caution[lang] in text


def test_only_what_rests_on_a_claim_says_so_and_shows_the_research(care: CareViews) -> None:
    walk, cup = care.action(WALK, [Need.ENERGY], 10, EN), care.action(CUP, [Need.STRESS], 10, EN)

    assert "articles" in walk.plain
    assert taps(walk, Verb.CARE_WHY) == [("short-walk", "energy", "10")]
    assert "own suggestion" in cup.plain
    assert taps(cup, Verb.CARE_WHY) == []
    assert "not tested itself" in care.why(WALK, [Need.ENERGY], 10, EN).plain


def test_every_claimed_action_can_show_its_research(care: CareViews) -> None:
    silent = [
        each.id
        for each in ACTIONS.values()
        if each.claims and not taps(care.action(each, [Need.SLEEP], 30, EN), Verb.CARE_WHY)
    ]
    assert silent == []


def test_a_shorter_action_says_that_it_is_shorter(care: CareViews) -> None:
    assert "shorter" in care.action(BREATH, [Need.SLEEP], 30, EN).plain
    assert "shorter" not in care.action(BREATH, [Need.SLEEP], 2, EN).plain


def test_what_was_said_of_an_action_is_not_asked_again(care: CareViews) -> None:
    fresh, rated = (care.action(BREATH, [Need.SLEEP], 2, EN, rated=each) for each in (None, False))

    assert taps(fresh, Verb.CARE_RATE) == [
        ("slow-breath", "1", "sleep", "2"),
        ("slow-breath", "0", "sleep", "2"),
    ]
    assert taps(fresh, Verb.CARE_GUIDE)
    assert taps(rated, Verb.CARE_RATE) == []
    assert "won't suggest it again" in rated.plain


@pytest.mark.parametrize("lang", Language)
def test_a_guide_shows_how_far_it_is_and_can_be_stopped(care: CareViews, lang: Language) -> None:
    assert BREATH.guide is not None
    last = len(BREATH.guide.stages) - 1
    first, end = (care.stage(BREATH, number, [Need.SLEEP], 2, lang) for number in (0, last))

    assert "○" * 10 in first.plain
    assert "2:00" in first.plain
    assert "●" * 9 in end.plain
    assert "0:06" in end.plain
    assert BREATH.guide.stages[0].text[lang] in first.plain
    assert taps(first, Verb.CARE_STOP) == [("slow-breath", "sleep", "2")]


@pytest.mark.parametrize("lang", Language)
def test_no_two_stages_in_a_row_look_the_same(care: CareViews, lang: Language) -> None:
    # Telegram refuses an edit that changes nothing.
    for action in ACTIONS.values():
        count = len(action.guide.stages) if action.guide else 0
        shown = [care.stage(action, number, [Need.SLEEP], 10, lang).html for number in range(count)]
        assert len(set(shown)) == count


def test_a_stage_that_is_not_there_is_refused(care: CareViews) -> None:
    with pytest.raises(ValueError, match="no stage"):
        care.stage(WALK, 0, [Need.SLEEP], 2, EN)


def test_history_tells_the_last_word_on_each_action(care: CareViews) -> None:
    told = [
        ("slow-breath", False),
        ("slow-breath", True),
        ("slow-breath", None),
        ("slow-cup", False),
        ("short-walk", None),
        ("gone-from-the-file", True),
    ]
    history = [
        Experience(name, NOW + timedelta(hours=hour), helped) for hour, (name, helped) in enumerate(told)
    ]

    text = care.history(history, EN).plain

    assert "👍 Slow breathing" in text
    assert "👎 One cup, slowly" in text
    assert "・ Once round the block" in text
    assert text.count("Slow breathing") == 1
    assert taps(care.history(history, EN), Verb.CARE_RESET) == [()]
    assert taps(care.ask_reset(EN), Verb.CARE_RESET) == [("1",)]


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
    assert "11/16" in chart.plain
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


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (read_needs, "sleep+sleep"),
        (read_needs, "sleep+stress+energy"),
        (read_needs, "money"),
        (read_minutes, "5"),
        (read_days, "07"),
        (read_days, "00"),
        (read_days, ""),
        (read_time_of_day, "2460"),
        (read_time_of_day, "٢١٠٠"),
        (read_time_of_day, "9:00"),
    ],
)
def test_what_no_button_says_is_refused(read: Callable[[str], object], bad: str) -> None:
    with pytest.raises(Forged):
        read(bad)


def test_what_is_packed_is_read_back() -> None:
    assert read_needs("") == ()
    assert read_needs("anxious-thoughts+isolation") == WIDEST
    assert read_days(days_code({0, 6})) == {0, 6}
    assert read_days(days_code([])) == frozenset()
    assert read_time_of_day(time_code(time(7, 5))) == time(7, 5)
    assert [read_minutes(str(each)) for each in LENGTHS] == [*LENGTHS]
