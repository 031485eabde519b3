"""Floors under what the shipped base does with messages that were written apart from it."""

from collections.abc import Callable, Iterable
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


LATER = ("-blind", "-blind-2", "-blind-3", "-blind-4")
"""`-blind-5` has no questions, `-blind-6` appointments alone."""
KINDS = ("", "-check", "-final", *LATER)
FLOORS = {
    "entry on top": 0.80,
    "top or buttons": 0.90,
    "need": 0.80,
    "intent": 0.90,
    "slots": 0.90,
    "route": 0.78,
}
FLOORS_OF_LATER = {
    "entry on top": 0.80,
    "top or buttons": 0.93,
    "intent": 0.92,
    "danger found": 0.97,
    "conditions found": 0.92,
}


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
@pytest.mark.parametrize(
    ("kind", "figure", "floor"),
    [
        (kind, figure, floor)
        for kind, floors in (("", FLOORS), ("-final", FLOORS), *((each, FLOORS_OF_LATER) for each in LATER))
        for figure, floor in floors.items()
    ],
)
def test_what_the_base_knows_is_found(
    report: Callable[[str], Report], language: Language, kind: str, figure: str, floor: float
) -> None:
    found = report(f"{language}{kind}")[figure]

    assert found.share >= floor, found.misses


@pytest.mark.parametrize("language", Language)
def test_what_is_only_hinted_at_is_mostly_found_too(
    report: Callable[[str], Report], language: Language
) -> None:
    names = [f"{language}-blind-{number}" for number in (20, 21, 22, 24)]
    answered, offered = (together(report, names, figure) for figure in ("entry on top", "top or buttons"))

    assert answered.share >= 0.80, answered.misses
    assert offered.share >= 0.92, offered.misses


@pytest.mark.parametrize("language", Language)
def test_what_nobody_here_can_know_is_seldom_answered(
    report: Callable[[str], Report], language: Language
) -> None:
    answered = together(report, (f"{language}{kind}" for kind in KINDS), "out of scope answered")

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
    names = (f"{language}{kind}" for kind in ("", "-check", *LATER[1:]))
    alarmed = together(report, names, "danger in vain")

    assert alarmed.share <= 0.015, alarmed.misses


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("numbers", "floor", "most"),
    [
        # Written as people write, and a quarter of the harmless ones playing with dangerous words.
        pytest.param((19, 23), 0.99, 0.02, id="as-people-write"),
        pytest.param((13, 16), 0.985, 0.015, id="dangerous-words"),
    ],
)
def test_danger_is_told_from_what_only_sounds_like_it(
    report: Callable[[str], Report],
    language: Language,
    numbers: tuple[int, ...],
    floor: float,
    most: float,
) -> None:
    names = [f"{language}-blind-{number}" for number in numbers]
    found, vain = (together(report, names, figure) for figure in ("danger found", "danger in vain"))

    assert found.share >= floor, found.misses
    assert vain.share <= most, vain.misses
