"""What comes of a folder of YAML, apart from how it is read: who takes it up again needs no YAML."""

from dataclasses import dataclass

from bot.answers.model import Knowledge
from bot.answers.safety import SafetyRules
from bot.answers.safety_texts import SafetyTexts
from bot.domain.care import Action
from bot.domain.clinic import Clinic
from bot.domain.language import Localised
from bot.domain.screening import Screening


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that a person must mend, and where. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The knowledge base and the clinic, and what a person should look at some day."""

    knowledge: Knowledge
    clinic: Clinic
    screening: Screening
    actions: tuple[Action, ...]
    address: Localised | None
    map_url: str | None
    safety_rules: SafetyRules
    safety_texts: SafetyTexts
    warnings: tuple[Problem, ...]
