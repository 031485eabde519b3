"""The clinic's own rules, and the messages that they are tried on."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.adapters.fitted import FittedOnDisk
from bot.adapters.kept import cache_folder
from bot.adapters.knowledge_yaml.loaded import Loaded
from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.texts import Catalogues
from bot.answers.model import Safety
from bot.answers.route import CRISIS as CRISIS
from bot.answers.route import RED_FLAG
from bot.answers.safety import SafetyCheck
from bot.answers.safety_texts import SafetyTexts

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
HARMLESS = "harmless"
ONE_IN = 120


@cache
def _loaded() -> Loaded:
    return load(KNOWLEDGE, Catalogues())


@cache
def check() -> SafetyCheck:
    rules = _loaded().safety_rules
    return SafetyCheck(rules, FittedOnDisk(cache_folder()).likenesses(rules.examples))


def texts() -> SafetyTexts:
    return _loaded().safety_texts


def harmless_examples() -> list[str]:
    """One in so many of those that the likeness has learnt from."""
    examples = _loaded().safety_rules.examples
    return [text for each in examples.values() for safety, text in each.texts[::ONE_IN] if safety is None]


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
