"""The shipped self_care.yaml, and what is told of mistakes in it."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.adapters.knowledge_yaml.messages import problems_of
from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.schema import ArticlesFile, ClinicFile, Licence
from bot.adapters.knowledge_yaml.self_care import (
    SelfCareFile,
    actions_of,
    care_texts,
    check_self_care,
)
from bot.adapters.knowledge_yaml.self_praise import warn_of_words
from bot.domain.care import LENGTHS, Action, Experience, GuideKind, Need, choose
from bot.domain.language import Language

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


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

    assert [*warn_of_words(care_texts(document, file), clinic_file(licence))] == []
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
