"""Health questions: which are asked, and what follows."""

from pathlib import Path

import pytest

from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.knowledge_yaml.screening import MOST_QUESTIONS
from bot.adapters.texts import Catalogues
from bot.app import Brain
from bot.domain.errors import Misconfigured
from bot.domain.language import Language
from bot.domain.screening import Care, Outcome, Screening
from tests.domain.samples import SCREENING
from tests.small_base import small_base


@pytest.fixture
def shipped(mind: Brain) -> Screening:
    return mind.loaded.screening


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped knowledge base, to be changed."""
    return small_base(tmp_path / "knowledge")


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, Outcome.FINE),
        ({"fever": False, "skin": False}, Outcome.FINE),
        ({"skin": True}, Outcome.THERAPIST_CALLS),
        ({"skin": True, "fever": True}, Outcome.POSTPONE),
        ({"skin": True, "fever": True, "heart": True}, Outcome.DOCTOR_FIRST),
        ({"gone": True}, Outcome.FINE),
    ],
)
def test_the_most_severe_answer_counts(answers: dict[str, bool], outcome: Outcome) -> None:
    assert SCREENING.outcome(answers) is outcome


@pytest.mark.parametrize(
    ("treatment_id", "questions"),
    [
        ("massage-60", ["fever", "skin"]),
        ("exercise-45", ["fever", "heart"]),
        (None, ["fever", "heart"]),  # the plan
        ("forgotten", ["fever", "skin", "heart"]),
    ],
)
def test_a_treatment_asks_what_it_needs_to_know(treatment_id: str | None, questions: list[str]) -> None:
    assert [each.id for each in SCREENING.questions_for(treatment_id)] == questions


THEMES = {
    Care.MASSAGE: (
        "fever|others could catch|blood clot|thinners|bleed|operation|broken bone|wound|burn|rash|Cancer"
        "|pregnant|blood pressure|Heart|brittle|numb|fragile skin|oil allergy"
    ),
    Care.EXERCISE: (
        "Heart|blood pressure|chest pain|dizzy|pass out|12 months|condition|medicine|bone|joint|muscle"
        "|supervision|fever|pregnant"
    ),
}


@pytest.mark.parametrize("care", Care)
def test_the_shipped_questions_cover_every_theme_and_stay_few(shipped: Screening, care: Care) -> None:
    asked = [each.text[Language.EN] for each in shipped.questions if care in each.asked_for]

    assert len(asked) <= MOST_QUESTIONS
    assert [each for each in THEMES[care].split("|") if not any(each in text for text in asked)] == []


def test_the_shipped_texts_have_no_placeholder_left(shipped: Screening) -> None:
    texts = [shipped.consent, *shipped.results.values(), *(each.text for each in shipped.questions)]

    assert not [text for each in texts for text in each.values() if "{" in text]


def test_the_shipped_japanese_texts_suit_a_business_without_licence(folder: Path) -> None:
    change(folder, "clinic.yaml", "licence: anma-massage-shiatsu", "licence: none")

    warnings = load(folder, Catalogues()).warnings

    assert not [each for each in warnings if "screening.yaml" in each.file]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("massage-30: [massage]", "massage-31: [massage]", "says nothing of `massage-30`"),
        ("massage-30: [massage]", "massage-31: [massage]", "clinic.yaml has no treatment `massage-31`"),
        ("- id: heart", "- id: fever", "the id `fever` stands twice"),
        ("if_yes: postpone", "if_yes: fine", "needs no question"),
        ("if_yes: postpone", "if_yes: cured", "`cured` is not known"),
        ("{we}", "{us}", "clinic.yaml knows no `{us}`"),
        ("asked_for: [exercise]", "asked_for: [massage, exercise]", "9 are asked for massage"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, old: str, new: str, told: str) -> None:
    change(folder, "screening.yaml", old, new)

    with pytest.raises(Misconfigured) as problem:
        load(folder, Catalogues())

    assert any(told in line and "screening.yaml:" in line for line in problem.value.lines)
