"""The clinic's own rules, and the messages that they are tried on."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.adapters.fitted import FittedOnDisk, cache_folder
from bot.adapters.knowledge_safety import load_safety
from bot.answers.model import Safety
from bot.answers.safety import SafetyCheck
from bot.answers.safety_texts import SafetyTexts

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
HARMLESS = "harmless"

CRISIS = frozenset(
    {
        Safety.CRISIS_IMMINENT,
        Safety.CRISIS,
        Safety.CRISIS_OTHER,
        Safety.VIOLENCE,
        Safety.HARM_OTHERS,
        Safety.MEDICAL_EMERGENCY,
    }
)
RED_FLAG = frozenset({Safety.MEDICAL_SOON, Safety.MASSAGE_HOLD, Safety.EXERCISE_HOLD})


@cache
def check() -> SafetyCheck:
    rules, fitted = load_safety(KNOWLEDGE)[0], FittedOnDisk(cache_folder())
    return SafetyCheck(rules, {each: fitted.likenesses(known) for each, known in rules.examples.items()})


@cache
def texts() -> SafetyTexts:
    return load_safety(KNOWLEDGE)[1]


def cases(language: str) -> Iterator[tuple[str, str]]:
    """(class, message) pairs."""
    path = Path(__file__).with_name(f"safety_cases_{language}.yaml")
    # BaseLoader: "yes" is what a client wrote, not a truth.
    for name, messages in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items():  # noqa: S506
        for message in messages:
            yield name, message


def kind(safety: str) -> str:
    """Which answer a class leads to: notes on an ordinary answer count as harmless."""
    if safety in CRISIS:
        return "crisis"
    if safety in RED_FLAG:
        return "red_flag"
    return safety if safety == Safety.DISTRESS else HARMLESS


def found(message: str) -> str:
    finding = check().classify(message)
    return HARMLESS if finding is None else finding.safety
