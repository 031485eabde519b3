"""Self-care: which action is suggested, and how a guide runs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care import LENGTHS, Action, Experience, Guide, GuideKind, Need, Stage, choose
from bot.domain.language import Language
from tests.domain.samples import both

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SLEEP, TENSION, STRESS = Need.SLEEP, Need.TENSION, Need.STRESS


def action(action_id: str, minutes: int, *needs: Need) -> Action:
    steps = dict.fromkeys(Language, ("a", "b", "c"))
    return Action(action_id, both(action_id), needs, minutes, both("good"), steps, None, ())


JAW, SCALP, FEET = action("jaw", 2, SLEEP, TENSION), action("scalp", 2, SLEEP), action("feet", 10, SLEEP)
DESK = action("desk", 10, TENSION)
ACTIONS = (JAW, SCALP, FEET, DESK)


def tried(*told: tuple[str, bool | None], before: timedelta = timedelta(days=2)) -> list[Experience]:
    """Oldest first, an hour apart, the last of them `before` now."""
    return [
        Experience(name, NOW - before - timedelta(hours=len(told) - 1 - number), helped)
        for number, (name, helped) in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("needs", "minutes", "history", "ids"),
    [
        ((SLEEP,), 2, (), {"jaw", "scalp"}),
        ((SLEEP,), 10, (), {"feet"}),  # what fits the time comes before what is shorter
        ((SLEEP,), 30, (), {"feet"}),  # shorter where nothing fits
        ((SLEEP,), 1, (), set()),  # never longer
        ((STRESS,), 10, (), set()),
        ((SLEEP,), 2, (("jaw", None),), {"scalp"}),  # not twice in a row
        ((SLEEP,), 2, (("jaw", None), ("feet", None)), {"jaw", "scalp"}),
        ((SLEEP,), 2, (("jaw", True),), {"scalp"}),
        ((SLEEP,), 2, (("jaw", False), ("feet", None)), {"scalp"}),  # none of what did not help
        ((SLEEP,), 2, (("jaw", False), ("jaw", True), ("feet", None)), {"jaw", "scalp"}),  # the last word
        ((SLEEP,), 2, (("jaw", True), ("jaw", False), ("feet", None)), {"scalp"}),
        ((SLEEP,), 10, (("feet", False), ("desk", None)), {"jaw", "scalp"}),
        ((SLEEP,), 2, (("jaw", False), ("scalp", True)), {"jaw"}),  # nothing else is left
        ((TENSION,), 2, (("jaw", False),), {"jaw"}),
        ((SLEEP, TENSION), 10, (), {"feet", "desk"}),
        ((SLEEP,), 2, (("gone-from-the-file", False),), {"jaw", "scalp"}),
    ],
)
def test_what_is_suggested(
    needs: Sequence[Need], minutes: int, history: Sequence[tuple[str, bool | None]], ids: set[str]
) -> None:
    found = [choose(ACTIONS, needs, minutes, tried(*history), NOW, seed) for seed in range(40)]

    assert {each.id for each in found if each} == ids
    assert bool(ids) == all(found)


def share(action_id: str, history: Sequence[Experience], needs: Sequence[Need] = (SLEEP,)) -> float:
    found = [choose(ACTIONS, needs, 2, history, NOW, seed) for seed in range(600)]
    return sum(each is not None and each.id == action_id for each in found) / len(found)


def test_what_helped_comes_more_often() -> None:
    once = tried(("jaw", True), ("feet", None))
    thrice = tried(
        ("jaw", True), ("feet", None), ("jaw", True), ("feet", None), ("jaw", True), ("feet", None)
    )

    assert share("jaw", []) < 0.6 < share("jaw", once) < share("jaw", thrice)


def test_what_serves_both_needs_comes_more_often() -> None:
    assert share("jaw", [], (SLEEP, TENSION)) > 0.6


def test_what_was_shown_today_comes_less_often() -> None:
    today = tried(("jaw", None), ("feet", None), before=timedelta(hours=1))

    assert share("jaw", today) < 0.3


experiences = st.lists(
    st.builds(
        Experience,
        st.sampled_from([each.id for each in ACTIONS]),
        st.integers(1, 50 * 24).map(lambda hours: NOW - timedelta(hours=hours)),
        st.sampled_from([True, False, None]),
    ),
    max_size=12,
    unique_by=lambda each: each.at,
)


@given(
    st.lists(st.sampled_from(Need), min_size=1, max_size=2, unique=True),
    st.sampled_from(LENGTHS),
    experiences,
    st.integers(),
)
def test_the_rules_hold_whatever_was_tried(
    needs: list[Need], minutes: int, history: list[Experience], seed: int
) -> None:
    found = choose(ACTIONS, needs, minutes, history, NOW, seed)

    assert found == choose(ACTIONS[::-1], needs, minutes, history[::-1], NOW, seed)
    fits = {each.id for each in ACTIONS if each.minutes <= minutes and set(needs) & set(each.needs)}
    assert (found is None) == (not fits)
    if found is None:
        return
    assert found.id in fits
    last = max(history, key=lambda each: each.at).action_id if history else None
    verdicts = {
        each.action_id: each.helped
        for each in sorted(history, key=lambda each: each.at)
        if each.helped is not None
    }
    unwelcome = {each for each, helped in verdicts.items() if not helped}
    if fits - {last}:
        assert found.id != last
    if fits - {last} - unwelcome:
        assert found.id not in unwelcome


GUIDE = Guide(
    GuideKind.BREATHING,
    (Stage(both("in"), timedelta(seconds=4)), Stage(both("out"), timedelta(seconds=6))) * 2,
)


@pytest.mark.parametrize(
    ("seconds", "stage"), [(0, 0), (3.9, 0), (4, 1), (9.9, 1), (10, 2), (19.9, 3), (20, None), (900, None)]
)
def test_a_guide_knows_which_stage_it_is(seconds: float, stage: int | None) -> None:
    assert GUIDE.stage_at(timedelta(seconds=seconds)) == stage


def test_every_stage_runs_from_its_beginning() -> None:
    assert [GUIDE.stage_at(GUIDE.begins(number)) for number in range(5)] == [0, 1, 2, 3, None]
    assert GUIDE.begins(4) == GUIDE.lasts == timedelta(seconds=20)
