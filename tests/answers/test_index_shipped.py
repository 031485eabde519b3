"""Floors under what the shipped base does with messages that were written apart from it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from bot.adapters.labelled import read_labelled
from bot.answers.evaluation import Figure, Labelled, Report, evaluate
from bot.answers.model import Route
from bot.answers.route import CRISIS
from bot.app import Brain
from bot.domain.language import Language

NOW = datetime.fromisoformat("2026-11-20T12:00+09:00")
LABELLED = Path(__file__).parent.parent / "labelled"


SIDEWAYS = (26, 28, 29, 34, 35)
"""Questions of which most are only hinted at, and appointments."""
FLOORS = {
    "entry on top": 0.88,
    "top or buttons": 0.93,
    "intent": 0.95,
    "slots": 0.95,
}
FLOORS_OF_ALL_ROUTES = {
    "entry on top": 0.90,
    "top or buttons": 0.93,
    "need": 0.80,
    "intent": 0.92,
    "slots": 0.95,
    "danger found": 0.97,
    "conditions found": 0.92,
    "route": 0.85,
}
FLOOR_OF_TIMES = 0.95


def sideways(language: Language) -> list[str]:
    return [f"{language}-blind-{number}" for number in SIDEWAYS]


def messages(name: str, mind: Brain) -> list[Labelled]:
    return read_labelled(LABELLED / f"{name}.yaml", mind.loaded.knowledge)


@pytest.fixture(scope="module")
def report(mind: Brain) -> Callable[[str], Report]:
    """Each set is judged once."""
    return cache(lambda name: evaluate(messages(name, mind), mind.router, NOW))


def together(report: Callable[[str], Report], names: Iterable[str], figure: str) -> Figure:
    """One figure over several sets."""
    sets = [report(name)[figure] for name in names]
    misses = [miss for each in sets for miss in each.misses]
    return Figure(sum(each.held for each in sets), sum(each.asked for each in sets), misses)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_what_is_only_hinted_at_is_mostly_found(
    report: Callable[[str], Report], language: Language, figure: str, floor: float
) -> None:
    found = together(report, sideways(language), figure)

    assert found.share >= floor, found.misses


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("figure", "floor"), FLOORS_OF_ALL_ROUTES.items())
def test_messages_of_all_routes_go_where_they_belong(
    report: Callable[[str], Report], language: Language, figure: str, floor: float
) -> None:
    found = report(f"{language}-blind-2")[figure]

    assert found.share >= floor, found.misses


@pytest.mark.parametrize("language", Language)
def test_a_day_and_a_time_that_are_stated_are_read(
    report: Callable[[str], Report], language: Language
) -> None:
    read = report(f"{language}-times")["slots"]

    assert read.share >= FLOOR_OF_TIMES, read.misses


@pytest.mark.parametrize("language", Language)
def test_what_nobody_here_can_know_is_seldom_answered(
    report: Callable[[str], Report], language: Language
) -> None:
    answered = together(report, sideways(language), "out of scope answered")

    assert answered.share <= 0.08, answered.misses


@pytest.mark.parametrize(
    ("name", "floor"),
    [("safety-en", 0.99), ("safety-ja", 0.99), ("safety-en-final", 0.96), ("safety-ja-final", 0.92)],
)
def test_who_is_in_danger_is_found(mind: Brain, name: str, floor: float) -> None:
    dangers = {each.value for each in CRISIS}
    asked = [each for each in messages(name, mind) if each.safety in dangers]

    missed = [each.text for each in asked if mind.router.route(each.text, NOW).route is not Route.CRISIS]

    assert 1 - len(missed) / len(asked) >= floor, missed


@pytest.mark.parametrize("language", Language)
def test_ordinary_messages_hardly_ever_count_as_danger(
    report: Callable[[str], Report], language: Language
) -> None:
    alarmed = together(report, (*sideways(language), f"{language}-blind-2"), "danger in vain")

    assert alarmed.share <= 0.012, alarmed.misses


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("numbers", "floors", "most"),
    [
        # Written as people write, and a quarter of the harmless ones playing with dangerous words.
        pytest.param(
            (30, 31, 32, 33, 36), {Language.EN: 0.99, Language.JA: 0.99}, 0.012, id="as-people-write"
        ),
        pytest.param((13, 16), {Language.EN: 0.98, Language.JA: 0.985}, 0.015, id="dangerous-words"),
    ],
)
def test_danger_is_told_from_what_only_sounds_like_it(
    report: Callable[[str], Report],
    language: Language,
    numbers: tuple[int, ...],
    floors: Mapping[Language, float],
    most: float,
) -> None:
    names = [f"{language}-blind-{number}" for number in numbers]
    found, vain = (together(report, names, figure) for figure in ("danger found", "danger in vain"))

    assert found.share >= floors[language], found.misses
    assert vain.share <= most, vain.misses
