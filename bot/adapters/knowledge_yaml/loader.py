"""From a folder of YAML to the knowledge base; every problem of every file at once."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ValidationError

from bot.adapters.kept import sweeping_put_off
from bot.adapters.knowledge_yaml import rules
from bot.adapters.knowledge_yaml.building import knowledge_of
from bot.adapters.knowledge_yaml.facts import clinic_of, wording
from bot.adapters.knowledge_yaml.loaded import Loaded, Problem
from bot.adapters.knowledge_yaml.messages import problems_of
from bot.adapters.knowledge_yaml.reader import Document, read_document
from bot.adapters.knowledge_yaml.safety import (
    check_safety_texts,
    checked_rules,
    safety_replies,
    safety_texts,
    warn_of_helplines,
)
from bot.adapters.knowledge_yaml.schema import ArticlesFile, ClinicFile, CommandsFile, IntentsFile, TopicFile
from bot.adapters.knowledge_yaml.screening import (
    ScreeningFile,
    check_screening,
    screening_of,
    screening_texts,
)
from bot.adapters.knowledge_yaml.self_care import (
    SelfCareFile,
    actions_of,
    care_texts,
    check_self_care,
)
from bot.adapters.knowledge_yaml.self_praise import warn_of_catalogue, warn_of_words
from bot.adapters.safety_schema import ExamplesData, Phrases, SafetyData
from bot.adapters.texts import Catalogues
from bot.domain.errors import Misconfigured
from bot.domain.language import Language

Schema = TypeVar("Schema", bound=BaseModel)


@sweeping_put_off()
def load(folder: Path, texts: Catalogues, today: date | None = None) -> Loaded:
    """Read everything. With `today`, helplines that nobody has looked up for a year are among the warnings.

    Raises:
        Misconfigured: with a line `file:line:column: what is wrong, what to write instead` for each problem.
    """
    if not folder.is_dir():
        raise Misconfigured([f"KNOWLEDGE_DIR: there is no folder {folder}"])
    return _Loading(folder, texts, today).run()


class _Loading:
    def __init__(self, folder: Path, texts: Catalogues, today: date | None) -> None:
        self._folder = folder
        self._texts = texts
        self._today = today
        self._problems: list[Problem] = []

    def run(self) -> Loaded:
        clinic = self._read("clinic.yaml", ClinicFile)
        articles = self._read("articles.yaml", ArticlesFile)
        intents = self._read("intents.yaml", IntentsFile)
        commands = self._read("commands.yaml", CommandsFile)
        safety = self._read("safety.yaml", SafetyData)
        examples = self._read("safety_examples.yaml", ExamplesData)
        harmless = self._read("safety_harmless.yaml", Phrases)
        screening = self._read("screening.yaml", ScreeningFile)
        self_care = self._read("self_care.yaml", SelfCareFile)
        topics = [
            (path.stem, each)
            for path in sorted((self._folder / "topics").glob("*.yaml"))
            if (each := self._read(f"topics/{path.name}", TopicFile))
        ]
        if not topics:
            self._problems.append(Problem(f"{self._folder.name}/topics", 1, 1, "no topic could be read"))
        entries = rules.placed(each for _, each in topics)
        if articles:
            self._problems += rules.check_articles(*articles)
        if articles and not self._problems:
            # A file that could not be read would make everything that names its entries look wrong.
            self._problems += rules.check_entries(entries, articles[1])
        if clinic:
            self._check_clinic(*clinic)
        if clinic and not self._problems:
            self._problems += rules.check_placeholders(entries, clinic[1])
        self._problems += rules.check_variants(entries, intents)
        self._problems += rules.check_commands(commands, intents)
        if screening and clinic:
            self._problems += check_screening(*screening, clinic[1])
        if safety and clinic:
            self._problems += check_safety_texts(*safety, clinic[1])
        if self_care and articles and clinic:
            claims = [each.id for each in articles[1].claims]
            self._problems += check_self_care(*self_care, claims, clinic[1])
        said = rules.all_sayings(entries, intents, commands)
        rules_of_safety = None
        if safety and examples and harmless:
            ordinary = {each: (*harmless[1].of(each), *said[each]) for each in Language}
            rules_of_safety, broken = checked_rules(*safety, examples[1], ordinary)
            self._problems += broken
        if self._problems or not (
            clinic
            and articles
            and intents
            and commands
            and safety
            and rules_of_safety
            and screening
            and self_care
        ):
            raise Misconfigured([str(each) for each in sorted(set(self._problems))])
        rules_of_clinic = clinic_of(clinic[1])
        knowledge = knowledge_of(
            clinic[1],
            rules_of_clinic,
            articles[1],
            intents[1],
            commands[1],
            [(name, topic) for name, (_, topic) in topics],
            self._texts,
        )
        terms = {each: wording(clinic[1], each) for each in Language}
        return Loaded(
            knowledge,
            rules_of_clinic,
            screening_of(screening[1], terms),
            actions_of(self_care[1], terms),
            clinic[1].address.text if clinic[1].address else None,
            clinic[1].address.map if clinic[1].address else None,
            rules_of_safety,
            safety_texts(safety[1], terms),
            (
                *self._examples(*clinic),
                *warn_of_words(rules.placed_texts(entries), clinic[1]),
                *warn_of_words(screening_texts(*screening), clinic[1]),
                *warn_of_words(care_texts(*self_care), clinic[1]),
                *warn_of_words(safety_replies(*safety), clinic[1]),
                *warn_of_catalogue(self._texts, clinic[1]),
                *warn_of_helplines(*safety, self._today),
            ),
        )

    def _read(self, name: str, schema: type[Schema]) -> tuple[Document, Schema] | None:
        document = read_document(self._folder / name, f"{self._folder.name}/{name}")
        self._problems += document.problems
        if document.problems:
            return None
        try:
            return document, schema.model_validate(document.data)
        except ValidationError as error:
            self._problems += problems_of(error, schema, document)
            return None

    def _check_clinic(self, document: Document, file: ClinicFile) -> None:
        try:
            ZoneInfo(file.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            self._problems.append(
                document.problem(("time_zone",), f"no time zone `{file.time_zone}`; e.g. Asia/Tokyo")
            )
        if file.licence not in file.wording:
            self._problems.append(
                document.problem(("wording",), f"has no words for the licence `{file.licence}`; add them")
            )
        ids = [each.id for each in file.treatments]
        for number, each in enumerate(ids):
            if each in ids[:number]:
                self._problems.append(
                    document.problem(
                        ("treatments", number, "id"), f"the id `{each}` stands twice; change one"
                    )
                )
        for weekday, spans in zip(
            ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), file.hours.week, strict=True
        ):
            if (
                spans != sorted(spans)
                or any(later[:5] < earlier[6:] for earlier, later in pairwise(spans))
                or any(span[:5] >= span[6:] for span in spans)
            ):
                self._problems.append(
                    document.problem(
                        ("hours", weekday), "the times overlap or run backwards; write them in order"
                    )
                )

    def _examples(self, document: Document, file: ClinicFile) -> Iterator[Problem]:
        for each in file.examples:
            told = f"`{each}` still holds example values; replace them and take it off `examples`"
            yield document.problem((each,), told)
