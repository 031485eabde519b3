"""The shape of every file of the knowledge base. Editors get it as JSON schema (`teate check --schemas`)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.answers.model import Command, Intent, Need, Offer, Strength
from bot.domain.language import Language

SHORT_ANSWER = 600
LONG_ANSWER = 1500
LEAST_VARIANTS = {Language.EN: 20, Language.JA: 15}

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SHORT_ANSWER)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG_ANSWER)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=34)]
Span = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class Strict(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _complete(value: dict[Language, Any]) -> dict[Language, Any]:
    missing = [each.value for each in Language if each not in value]
    if missing:
        raise ValueError(f"is missing in {', '.join(missing)}; every text stands in every language")
    return value


def _enough(value: dict[Language, list[str]]) -> dict[Language, list[str]]:
    for language, least in LEAST_VARIANTS.items():
        if len(value.get(language, [])) < least:
            raise ValueError(f"has {len(value.get(language, []))} in {language.value}; write {least} or more")
    return value


def _every_command(value: dict[Command, Any]) -> dict[Command, Any]:
    missing = [each.value for each in Command if each not in value]
    if missing:
        raise ValueError(f"lacks {', '.join(missing)}; write how people ask for it")
    return value


def _half_width(value: str) -> str:
    plain = normalize("NFKC", value)
    if any(each.isdecimal() and each not in plain for each in value):
        raise ValueError(f"is `{value}`, whose digits no telephone dials; write {plain}")
    return value


Lines = Annotated[dict[Language, Line], AfterValidator(_complete)]
Labels = Annotated[dict[Language, Label], AfterValidator(_complete)]
ShortAnswers = Annotated[dict[Language, Short], AfterValidator(_complete)]
LongAnswers = Annotated[dict[Language, Long], AfterValidator(_complete)]
Sayings = Annotated[dict[Language, list[Line]], AfterValidator(_complete)]
Variants = Annotated[dict[Language, list[Line]], AfterValidator(_complete), AfterValidator(_enough)]


class SourceFile(Strict):
    article: Id
    section: Line


class EvidenceFile(Strict):
    strength: Strength
    fair: Lines
    citations: list[Line]

    @model_validator(mode="after")
    def _cites(self) -> "EvidenceFile":
        if self.strength is not Strength.UNTESTED and not self.citations:
            raise ValueError("needs a citation; without any, its strength is `untested`")
        return self


class EntryFile(Strict):
    id: Id
    claims: list[Id]
    sources: list[SourceFile]
    evidence: EvidenceFile | None = None
    need: Need | None = None
    offers: Offer | None = None
    intent: Intent | None = None
    general: bool = False
    related: list[Id] = Field(max_length=4)
    title: Labels
    short: ShortAnswers
    longer: LongAnswers | None = None
    variants: Variants


class TopicFile(Strict):
    title: Labels
    entries: list[EntryFile] = Field(min_length=1)


class ArticleFile(Strict):
    id: Id
    title: Line
    sections: list[Line] = Field(min_length=1)


class ClaimFile(Strict):
    id: Id
    says: Line


class ArticlesFile(Strict):
    articles: list[ArticleFile]
    claims: list[ClaimFile]


class IntentsFile(Strict):
    booking: dict[Intent, Sayings]
    self_care: dict[Need, Sayings]
    distress: Sayings
    small_talk: dict[Id, Sayings]
    elsewhere: Sayings


class CommandsFile(Strict):
    commands: Annotated[dict[Command, Sayings], AfterValidator(_every_command)]


class Licence(StrEnum):
    NATIONAL = "anma-massage-shiatsu"
    NONE = "none"


class Holidays(StrEnum):
    CLOSED = "closed"
    OPEN = "open"


class ContactFile(Strict):
    phone: Annotated[Line, AfterValidator(_half_width)] | None = None
    email: Line | None = None
    website: Line | None = None


class AddressFile(Strict):
    text: Lines
    map: Line | None = None


class ClosureFile(Strict):
    start: date = Field(alias="from")
    until: date
    reason: Lines | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "ClosureFile":
        if self.until < self.start:
            raise ValueError("`until` lies before `from`; swap them")
        return self


class HoursFile(Strict):
    mon: list[Span]
    tue: list[Span]
    wed: list[Span]
    thu: list[Span]
    fri: list[Span]
    sat: list[Span]
    sun: list[Span]
    holidays: Holidays = Holidays.CLOSED
    closures: list[ClosureFile] = []

    @property
    def week(self) -> list[list[Span]]:
        return [self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun]


class TreatmentFile(Strict):
    id: Id
    name: Labels
    words: Sayings
    minutes: int = Field(gt=0, le=480)
    price_yen: int = Field(ge=0)


class PlanFile(Strict):
    name: Labels
    price_yen: int = Field(ge=0)


class BookingFile(Strict):
    minimum_notice_hours: int = Field(ge=0, le=720)
    horizon_days: int = Field(ge=1, le=366)
    buffer_minutes: int = Field(ge=0, le=240)
    step_minutes: int = Field(ge=5, le=240)
    cancel_until_hours: int = Field(ge=0, le=720)
    answer_within_hours: int = Field(ge=1, le=72)
    open_requests_per_client: int = Field(ge=1, le=20)


class ClinicFile(Strict):
    examples: list[Id] = []
    licence: Licence
    languages: list[Language] = Field(min_length=1)
    time_zone: Line
    name: Lines
    contact: ContactFile = ContactFile()
    address: AddressFile | None = None
    hours: HoursFile
    therapists: int = Field(ge=1, le=50)
    treatments: list[TreatmentFile] = Field(min_length=1)
    plan: PlanFile | None = None
    booking: BookingFile
    facts: dict[Annotated[str, StringConstraints(pattern="^[a-z_]+$")], Lines] = {}
    wording: dict[Licence, dict[Annotated[str, StringConstraints(pattern="^[a-z_]+$")], Lines]]
    not_allowed: dict[Licence, list[Line]] = {}
