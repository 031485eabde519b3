"""The files `safety*.yaml` of the knowledge base as they are written."""

import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.answers.model import Safety
from bot.answers.safety_texts import Outcome
from bot.domain.language import Language


def _lines(text: object) -> object:
    """A block of phrases, one a line; lines that begin with # are notes."""
    if not isinstance(text, str):
        return text
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


def _listed(text: object) -> object:
    return tuple(word.strip() for word in text.split(",") if word.strip()) if isinstance(text, str) else text


def _yes(text: object) -> object:
    return {"yes": True, "no": False}.get(text, text) if isinstance(text, str) else text


def _date(text: object) -> object:
    return None if text == "" else text


Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]
Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Yes = Annotated[bool, BeforeValidator(_yes)]
Day = Annotated[datetime.date | None, BeforeValidator(_date)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phrases(_Part):
    """One phrase a line, in each language."""

    en: Lines = ()
    ja: Lines = ()

    def of(self, language: Language) -> tuple[str, ...]:
        return self.en if language is Language.EN else self.ja


class Both(_Part):
    en: str = Field(min_length=1)
    ja: str = Field(min_length=1)

    def localised(self) -> dict[Language, str]:
        return {Language.EN: self.en, Language.JA: self.ja}


class RuleData(_Part):
    safety: Safety = Field(alias="class")
    kind: str | None = None
    aside: tuple[Safety, ...] = ()
    exercise_only: Yes = False
    yields: Yes = False
    phrases: Phrases
    exceptions: Phrases = Field(default=Phrases(), alias="except")


class ConditionData(_Part):
    id: str
    outcome: Outcome
    exercise_only: Yes = False
    phrases: Phrases
    exceptions: Phrases = Field(default=Phrases(), alias="except")
    say: Both


class SignsData(_Part):
    """Words beside which likeness to the examples counts, for danger and for health."""

    alarm: Phrases = Phrases()
    health: Phrases = Phrases()


class HelplineData(_Part):
    id: str
    name: Both
    number: str
    tel: str = Field(pattern=r"^(\+81\d{8,10}|#?\d{3,4})$")
    hours: Both
    languages: tuple[str, ...]
    serves: tuple[Safety, ...]
    minors_first: Yes = False
    always_24h: Yes
    on: Yes
    what_happens: Both
    source: str
    verified_on: Day


class Variations(_Part):
    en: tuple[str, ...] = Field(min_length=1)
    ja: tuple[str, ...] = Field(min_length=1)

    def localised(self) -> dict[Language, tuple[str, ...]]:
        return {Language.EN: self.en, Language.JA: self.ja}


class English(_Part):
    spelling: dict[str, str]
    fillers: Listed
    tolerant: Listed
    neighbours: Listed
    lists: dict[str, Listed]


class Japanese(_Part):
    spelling: dict[str, str]
    lists: dict[str, Listed]


class SafetyData(_Part):
    """`knowledge/safety.yaml` as it is written."""

    en: English
    ja: Japanese
    harmless: Phrases
    topics: dict[str, Phrases]
    rules: tuple[RuleData, ...]
    conditions: tuple[ConditionData, ...]
    signs: SignsData = SignsData()
    helplines: tuple[HelplineData, ...]
    replies: dict[str, Variations]
    outcomes: dict[Outcome, Both]
    messages: dict[str, Both]


class ExamplesData(_Part):
    """`knowledge/safety_examples.yaml` as it is written: messages, one a line.

    What is like them and is not stands in `safety_harmless.yaml`, which is just `Phrases`.
    """

    classes: dict[Safety, Phrases]
