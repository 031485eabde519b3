"""`knowledge/self_care.yaml`: what it must hold, and the actions it becomes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.adapters.knowledge_yaml.facts import fill, fill_each, missing
from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Document, Path_
from bot.adapters.knowledge_yaml.schema import ClinicFile, Id, Lines, Strict, _complete
from bot.adapters.knowledge_yaml.self_praise import PlacedText
from bot.domain.care import LENGTHS, Action, Guide, GuideKind, Need, Stage
from bot.domain.language import Language

LONGEST_TITLE = {Language.EN: 30, Language.JA: 16}
"""Characters once the wording is filled in: a title is a button too, on a phone."""

ActionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=24)]
"""Shorter than other ids: a button's data names two needs and the minutes beside it."""
Step = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
StageText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


def _same_number(steps: dict[Language, list[str]]) -> dict[Language, list[str]]:
    counts = {len(each) for each in steps.values()}
    if len(counts) > 1:
        raise ValueError("have not the same number in every language; write one for each")
    return steps


Steps = Annotated[
    dict[Language, Annotated[list[Step], Field(min_length=3, max_length=6)]],
    AfterValidator(_complete),
    AfterValidator(_same_number),
]
StageTexts = Annotated[dict[Language, StageText], AfterValidator(_complete)]


class StageFile(Strict):
    seconds: Annotated[int, Field(ge=3, le=120)]  # an edit more often than that meets Telegram's limits
    text: StageTexts


class GuideFile(Strict):
    kind: GuideKind
    rounds: Annotated[int, Field(ge=1, le=30)] = 1
    stages: list[StageFile] = Field(min_length=2, max_length=20)

    @property
    def seconds(self) -> int:
        return self.rounds * sum(each.seconds for each in self.stages)


class ActionFile(Strict):
    id: ActionId
    title: Lines
    needs: list[Need] = Field(min_length=1)
    minutes: Literal["2", "10", "30"]
    good_for: Lines
    steps: Steps
    caution: Lines | None = None
    claims: list[Id]
    guided: GuideFile | None = None

    @model_validator(mode="after")
    def _in_time(self) -> "ActionFile":
        if self.guided and self.guided.seconds > int(self.minutes) * 60:
            raise ValueError(f"its guide lasts {self.guided.seconds} seconds; fit it into {self.minutes} min")
        return self


class SelfCareFile(Strict):
    """`knowledge/self_care.yaml` as it is written."""

    actions: list[ActionFile]


def check_self_care(
    document: Document, file: SelfCareFile, claims: Collection[str], clinic: ClinicFile
) -> Iterator[Problem]:
    """What the schema cannot see: ids, claims that exist, words, and that nobody is left without."""
    ids = [each.id for each in file.actions]
    for number, action in enumerate(file.actions):
        if action.id in ids[:number]:
            yield document.problem(
                ("actions", number, "id"), f"the id `{action.id}` stands twice; change one"
            )
        for place, claim in enumerate(action.claims):
            if claim not in claims:
                yield document.problem(
                    ("actions", number, "claims", place), f"no claim `{claim}` in articles.yaml"
                )
    yield from _check_words(document, file, clinic)
    for need in Need:
        for minutes in LENGTHS:
            if not any(need in each.needs and int(each.minutes) == minutes for each in file.actions):
                yield document.problem(
                    ("actions",), f"no action of {minutes} minutes is for `{need}`; write one"
                )


def _check_words(document: Document, file: SelfCareFile, clinic: ClinicFile) -> Iterator[Problem]:
    terms = clinic.wording.get(clinic.licence, {})
    for path, language, text in _texts(file):
        for unknown in sorted(missing(text, terms)):
            yield document.problem(path, f"clinic.yaml knows no `{{{unknown}}}` under `wording`; mend it")
        if path[2] == "title":
            title = fill(text, {name: each[language] for name, each in terms.items()})
            if len(title) > LONGEST_TITLE[language]:
                yield document.problem(
                    path,
                    f"`title` has {len(title)} characters; shorten it to {LONGEST_TITLE[language]}",
                )


def care_texts(document: Document, file: SelfCareFile) -> Iterator[PlacedText]:
    for path, language, text in _texts(file):
        yield document, path, language, text


def actions_of(file: SelfCareFile, terms: Mapping[Language, Mapping[str, str]]) -> tuple[Action, ...]:
    """The actions, in the file's order; `terms` are the words that depend on the licence."""
    return tuple(
        Action(
            id=each.id,
            title=fill_each(each.title, terms),
            needs=tuple(each.needs),
            minutes=int(each.minutes),
            good_for=fill_each(each.good_for, terms),
            steps={
                language: tuple(fill(step, terms[language]) for step in steps)
                for language, steps in each.steps.items()
            },
            caution=fill_each(each.caution, terms) if each.caution else None,
            claims=tuple(each.claims),
            guide=Guide(
                each.guided.kind,
                tuple(
                    Stage(fill_each(stage.text, terms), timedelta(seconds=stage.seconds))
                    for stage in each.guided.stages
                )
                * each.guided.rounds,
            )
            if each.guided
            else None,
        )
        for each in file.actions
    )


def _texts(file: SelfCareFile) -> Iterable[tuple[Path_, Language, str]]:
    """Every text that a client can read: its place, its language, itself."""
    for number, action in enumerate(file.actions):
        path: Path_ = ("actions", number)
        named = {"title": action.title, "good_for": action.good_for, "caution": action.caution or {}}
        for name, text in named.items():
            for language, words in text.items():
                yield (*path, name, language.value), language, words
        for language, steps in action.steps.items():
            for place, step in enumerate(steps):
                yield (*path, "steps", language.value, place), language, step
        for place, stage in enumerate(action.guided.stages if action.guided else ()):
            for language, words in stage.text.items():
                yield (*path, "guided", "stages", place, "text", language.value), language, words
