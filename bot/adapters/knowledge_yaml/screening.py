"""Reads `knowledge/screening.yaml`: the health questions, and what follows from them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.adapters.knowledge_yaml.facts import fill_each, missing
from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Document
from bot.adapters.knowledge_yaml.schema import ClinicFile, Id, Lines, ShortAnswers, Strict, _complete
from bot.adapters.knowledge_yaml.self_praise import PlacedText
from bot.domain.language import Language, Localised
from bot.domain.screening import PLAN, Care, Outcome, Question, Screening

MOST_QUESTIONS = 8
"""For each kind of care; a client on a phone answers no more with care."""

PhoneLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=70)]
PhoneLines = Annotated[dict[Language, PhoneLine], AfterValidator(_complete)]


def _leads_somewhere(outcome: Outcome) -> Outcome:
    if outcome is Outcome.FINE:
        raise ValueError(
            "is `fine`, which needs no question; write another outcome, or take the question out"
        )
    return outcome


def _every_outcome(results: dict[Outcome, dict[Language, str]]) -> dict[Outcome, dict[Language, str]]:
    missing = [each.value for each in Outcome if each not in results]
    if missing:
        raise ValueError(f"has no text for {', '.join(missing)}; write one for every outcome")
    return results


class QuestionFile(Strict):
    id: Id
    asked_for: list[Care] = Field(min_length=1)
    if_yes: Annotated[Outcome, AfterValidator(_leads_somewhere)]
    text: PhoneLines


class ScreeningFile(Strict):
    """`knowledge/screening.yaml` as it is written."""

    cares: dict[Id, list[Care]]
    consent: Lines
    questions: list[QuestionFile]
    results: Annotated[dict[Outcome, ShortAnswers], AfterValidator(_every_outcome)]


def check_screening(document: Document, file: ScreeningFile, clinic: ClinicFile) -> Iterable[Problem]:
    """What the schema cannot see: ids, the treatments of clinic.yaml, how many questions, placeholders."""
    offered = {each.id for each in clinic.treatments} | ({PLAN} if clinic.plan else set())
    for each in sorted(offered - file.cares.keys()):
        yield document.problem(("cares",), f"says nothing of `{each}`; add `{each}: [massage]` or [exercise]")
    for each in sorted(file.cares.keys() - offered - {PLAN}):
        yield document.problem(("cares", each), f"clinic.yaml has no treatment `{each}`; take it out")
    ids = [each.id for each in file.questions]
    for number, each in enumerate(ids):
        if each in ids[:number]:
            yield document.problem(("questions", number, "id"), f"the id `{each}` stands twice; change one")
    for care in Care:
        asked = sum(care in each.asked_for for each in file.questions)
        if asked > MOST_QUESTIONS:
            yield document.problem(
                ("questions",), f"{asked} are asked for {care}; ask {MOST_QUESTIONS} or fewer"
            )
    known = clinic.wording.get(clinic.licence, {}).keys()
    for path, text in _texts(file):
        for language, words in text.items():
            for unknown in sorted(missing(words, known)):
                yield document.problem(
                    (*path, language.value), f"clinic.yaml knows no `{{{unknown}}}` under `wording`; mend it"
                )


def screening_texts(document: Document, file: ScreeningFile) -> Iterator[PlacedText]:
    for path, text in _texts(file):
        for language, words in text.items():
            yield document, (*path, language.value), language, words


def screening_of(file: ScreeningFile, terms: Mapping[Language, Mapping[str, str]]) -> Screening:
    """The questions as the form asks them; `terms` are the words that depend on the licence."""
    return Screening(
        questions=tuple(
            Question(each.id, fill_each(each.text, terms), frozenset(each.asked_for), each.if_yes)
            for each in file.questions
        ),
        cares={treatment: frozenset(cares) for treatment, cares in file.cares.items()},
        consent=fill_each(file.consent, terms),
        results={outcome: fill_each(text, terms) for outcome, text in file.results.items()},
    )


def _texts(file: ScreeningFile) -> Iterable[tuple[tuple[str | int, ...], Localised]]:
    yield ("consent",), file.consent
    for number, each in enumerate(file.questions):
        yield ("questions", number, "text"), each.text
    for outcome, text in file.results.items():
        yield ("results", outcome.value), text
