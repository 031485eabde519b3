"""The screens of self-care, check-ins and reminders: complete, tappable, within Telegram's limits."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.self_care import SelfCareFile, actions_of
from bot.adapters.texts import Catalogues
from bot.app import Brain
from bot.domain.care import LENGTHS, Action, Ending, Experience, Need
from bot.domain.errors import Forged
from bot.domain.language import Language
from bot.handlers.callbacks import Verb
from bot.handlers.views.care import CareViews
from bot.handlers.views.care_codes import (
    days_code,
    read_days,
    read_minutes,
    read_needs,
    read_time_of_day,
    time_code,
    toggled,
)
from bot.services.screens import Screen
from tests.domain.samples import NOW
from tests.handlers.screens import buttons, check_limits, taps

EN, JA = Language.EN, Language.JA
TEXTS = Catalogues()
WIDEST = (Need.ANXIOUS_THOUGHTS, Need.ISOLATION)
"""The two needs whose names are longest."""


def shipped() -> tuple[Action, ...]:
    path = Path(__file__).parents[2] / "knowledge" / "self_care.yaml"
    file = SelfCareFile.model_validate(read_document(path, path.name).data)
    return actions_of(file, {EN: {"massage": "massage"}, JA: {"massage": "マッサージ"}})


ACTIONS = {each.id: each for each in shipped()}
BREATH, WALK, CUP = ACTIONS["slow-breath"], ACTIONS["short-walk"], ACTIONS["slow-cup"]


@pytest.fixture
def care(mind: Brain) -> CareViews:
    return CareViews(TEXTS, shipped(), mind.loaded.knowledge)


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


@pytest.mark.parametrize("lang", Language)
def test_every_screen_keeps_within_telegrams_limits(care: CareViews, lang: Language) -> None:
    for screen in every_screen(care, lang):
        check_limits(screen)


@pytest.mark.parametrize("lang", Language)
def test_time_is_asked_once_a_need_is_chosen(care: CareViews, lang: Language) -> None:
    assert taps(care.needs((), lang), Verb.CARE_SUGGEST) == []
    assert taps(care.needs((Need.SLEEP,), lang), Verb.CARE_SUGGEST) == [
        ("sleep", str(minutes)) for minutes in LENGTHS
    ]


def test_chosen_needs_are_ticked_and_a_tap_takes_one_back(care: CareViews) -> None:
    screen = care.needs(WIDEST, EN)

    ticked = [each for each in buttons(screen) if each.text.startswith("✓")]
    assert [each.data for each in ticked] == ["kn:anxious-thoughts", "kn:isolation"]


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
