"""Floors under how the shipped base answers the messages it was developed on."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.labelled import read_labelled
from bot.answers.evaluation import Report, evaluate
from bot.app import Brain
from bot.domain.language import Language

NOW = datetime.fromisoformat("2026-11-20T12:00+09:00")
LABELLED = Path(__file__).parent.parent / "labelled"


@pytest.fixture(scope="module", params=list(Language))
def report(request: pytest.FixtureRequest, mind: Brain) -> Report:
    messages = read_labelled(LABELLED / f"{request.param}.yaml", mind.loaded.knowledge)
    return evaluate(messages, mind.router, NOW)


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("entry on top", 0.80), ("top or buttons", 0.92), ("need", 0.75), ("intent", 0.83), ("route", 0.80)],
)
def test_what_the_base_knows_is_found(report: Report, figure: str, floor: float) -> None:
    assert report[figure].share >= floor, report[figure].misses


def test_what_nobody_here_can_know_is_not_answered(report: Report) -> None:
    declined = report["out of scope answered"]
    assert declined.share <= 0.08, declined.misses
