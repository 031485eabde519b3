"""Self-care: which action is suggested, how a guide runs, and what the shipped file holds."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.adapters.knowledge_yaml.messages import problems_of
from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.schema import ArticlesFile, ClinicFile, Licence
from bot.adapters.knowledge_yaml.self_care import (
    SelfCareFile,
    actions_of,
    check_self_care,
    warn_of_care_words,
)
from bot.domain.care import LENGTHS, Action, Experience, Guide, GuideKind, Need, Stage, choose
from bot.domain.language import Language
from tests.domain.samples import both

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
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


# The shipped file


def clinic_file(licence: Licence = Licence.NATIONAL) -> ClinicFile:
    file = ClinicFile.model_validate(read_document(KNOWLEDGE / "clinic.yaml", "clinic.yaml").data)
    return file.model_copy(update={"licence": licence})


def claims() -> set[str]:
    document = read_document(KNOWLEDGE / "articles.yaml", "articles.yaml")
    return {each.id for each in ArticlesFile.model_validate(document.data).claims}


def problems(path: Path) -> list[str]:
    document = read_document(path, path.name)
    if document.problems:
        return [str(each) for each in document.problems]
    try:
        file = SelfCareFile.model_validate(document.data)
    except ValidationError as error:
        return [str(each) for each in problems_of(error, SelfCareFile, document)]
    return [str(each) for each in check_self_care(document, file, claims(), clinic_file())]


def shipped(licence: Licence = Licence.NATIONAL) -> tuple[Action, ...]:
    document = read_document(KNOWLEDGE / "self_care.yaml", "self_care.yaml")
    wording = clinic_file().wording[licence]
    terms = {lang: {name: text[lang] for name, text in wording.items()} for lang in Language}
    return actions_of(SelfCareFile.model_validate(document.data), terms)


def texts_of(action: Action, lang: Language) -> list[str]:
    stages = action.guide.stages if action.guide else ()
    caution = [action.caution[lang]] if action.caution else []
    return [
        action.title[lang],
        action.good_for[lang],
        *action.steps[lang],
        *caution,
        *(s.text[lang] for s in stages),
    ]


def test_the_shipped_actions_have_no_problem() -> None:
    assert problems(KNOWLEDGE / "self_care.yaml") == []
    assert len(shipped()) >= 26


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("need", Need)
def test_every_need_has_two_actions_of_every_length(need: Need, minutes: int) -> None:
    first = choose(shipped(), [need], minutes, [], NOW, 1)
    assert first is not None
    another = choose(shipped(), [need], minutes, [Experience(first.id, NOW)], NOW, 1)

    assert another is not None
    assert another.id != first.id
    assert first.minutes == another.minutes == minutes
    assert all(text for lang in Language for each in (first, another) for text in texts_of(each, lang))


@pytest.mark.parametrize("needs", [*combinations(Need, 2)], ids="+".join)
def test_two_needs_have_an_action_of_every_length(needs: tuple[Need, Need]) -> None:
    found = [choose(shipped(), needs, minutes, [], NOW, 1) for minutes in LENGTHS]

    assert [each and each.minutes for each in found] == [*LENGTHS]


@pytest.mark.parametrize("licence", Licence)
def test_the_shipped_texts_suit_every_licence(licence: Licence) -> None:
    document = read_document(KNOWLEDGE / "self_care.yaml", "self_care.yaml")
    file = SelfCareFile.model_validate(document.data)

    assert [*warn_of_care_words(document, file, clinic_file(licence))] == []
    assert not [
        text for each in shipped(licence) for lang in Language for text in texts_of(each, lang) if "{" in text
    ]


def test_the_shipped_texts_promise_nothing() -> None:
    words = ("cure", "heal", "treats", "guarantee", "治", "診断", "効く", "完全", "必ず")
    texts = [text for each in shipped() for lang in Language for text in texts_of(each, lang)]

    assert not [(word, text) for text in texts for word in words if word in text.lower()]


@pytest.mark.parametrize("word", ["pregnant", "injury", "dizz", "Stop if it hurts", "stop if it hurts"])
def test_cautions_name_what_matters(word: str) -> None:
    cautions = [each.caution[Language.EN].lower() for each in shipped() if each.caution]

    assert any(word.lower() in each for each in cautions)


def test_whatever_works_the_body_carries_a_caution() -> None:
    careful = ("massage", "strength", "stretch", "walk", "neck", "jaw", "foot", "feet", "shake", "move")

    assert not [each.id for each in shipped() if any(c in each.id for c in careful) and not each.caution]


def test_guides_keep_telegrams_pace_and_the_time() -> None:
    guided = [(each, each.guide) for each in shipped() if each.guide]

    assert {guide.kind for _, guide in guided} == set(GuideKind)
    for each, guide in guided:
        assert guide.lasts <= timedelta(minutes=each.minutes)
        starts = [guide.begins(number) for number in range(len(guide.stages) + 1)]
        assert all(later - sooner >= timedelta(seconds=3) for sooner, later in pairwise(starts))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("claims: [massage-mind-body]", "claims: [massage-naps]", "no claim `massage-naps` in articles.yaml"),
        ("- id: five-senses", "- id: slow-breath", "the id `slow-breath` stands twice"),
        ("minutes: 2", "minutes: 3", "`minutes`"),
        ("needs: [stress, anxious", "needs: [calm, anxious", "`calm` is not known"),
        ("rounds: 12", "rounds: 13", "its guide lasts 130 seconds; fit it into 2 min"),
        ("seconds: 4", "seconds: 1", "`seconds`"),
        ("フ{massage}", "フ{massages}", "clinic.yaml knows no `{massages}`"),
        ('title: {en: "Slow breathing"', f'title: {{en: "{"Slow " * 8}"', "`title` has 39 characters"),
        ("claims: []", "claim: []", "unknown key `claim`; did you mean `claims`?"),
        (
            '        - "Sit or lie down comfortably. Let your shoulders drop."\n',
            "",
            "have not the same number",
        ),
        (
            "needs: [isolation, energy]",
            "needs: [energy]",
            None,
        ),
        ("needs: [isolation, low-mood]\n    minutes: 30", "needs: [low-mood]\n    minutes: 30", None),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str | None) -> None:
    text = (KNOWLEDGE / "self_care.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "self_care.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    found = problems(path)

    if told is None:
        assert found == []  # another action still serves it
    else:
        assert any(told in line and line.startswith("self_care.yaml:") for line in found), found


def test_a_need_that_nobody_serves_is_a_problem(tmp_path: Path) -> None:
    text = (KNOWLEDGE / "self_care.yaml").read_text(encoding="utf-8")
    path = tmp_path / "self_care.yaml"
    path.write_text(text.replace("isolation, ", ""), encoding="utf-8")

    assert sum("is for `isolation`; write one" in line for line in problems(path)) == len(LENGTHS)
