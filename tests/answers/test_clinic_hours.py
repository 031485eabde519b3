"""A bare hour is taken from the hours of the clinic that is asked, not from what is usual elsewhere."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.adapters.fitted import FittedOnDisk
from bot.adapters.kept import cache_folder
from bot.answers.route import Router
from bot.answers.safety import SafetyCheck
from bot.app import Brain
from bot.domain.clinic import Opening

NOW = datetime.fromisoformat("2026-11-20T12:00+09:00")


@pytest.fixture(scope="module")
def early(mind: Brain) -> Router:
    """Of a clinic that is open from 7 to 15 every day; what it has learnt is the shipped one's."""
    loaded = mind.loaded
    clinic = replace(loaded.clinic, week=((Opening(time(7), time(15)),),) * 7)
    learnt = FittedOnDisk(cache_folder(), lambda _: None).learnt(
        loaded.knowledge, loaded.safety_rules.examples
    )
    safety = SafetyCheck(loaded.safety_rules, learnt.likenesses)
    return Router(loaded.knowledge, clinic, safety, learnt.index, learnt.intents)


@pytest.mark.parametrize("text", ["a massage tomorrow at 8 please", "明日の8時にマッサージを予約したいです"])
def test_eight_is_in_the_morning_where_the_clinic_closes_at_three(
    early: Router, mind: Brain, text: str
) -> None:
    at_early, at_late = early.route(text, NOW).slots, mind.router.route(text, NOW).slots

    assert at_early is not None and at_early.start == time(8)
    assert at_late is not None and at_late.start == time(20)
