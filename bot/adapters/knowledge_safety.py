"""Reads `knowledge/safety.yaml`: phrases into rules, replies and helplines into texts."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.answers.model import Safety
from bot.answers.safety import Rule, SafetyRules
from bot.answers.safety_folding import EnglishFold, japanese_fold
from bot.answers.safety_phrases import Phrase, PhraseReader, words_of
from bot.answers.safety_texts import Condition, Helpline, Outcome, Reply, SafetyTexts
from bot.answers.safety_typos import Typos, typos
from bot.domain.language import Language

# Missing one of these costs most, so that they forgive a word in between: "I want to [almost] die".
_ALARMS = (Safety.CRISIS_IMMINENT, Safety.CRISIS, Safety.VIOLENCE, Safety.HARM_OTHERS)


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
    en: Lines = ()
    ja: Lines = ()


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
    helplines: tuple[HelplineData, ...]
    replies: dict[str, Variations]
    outcomes: dict[Outcome, Both]
    messages: dict[str, Both]


def load_safety(path: Path) -> tuple[SafetyRules, SafetyTexts]:
    """Raises pydantic.ValidationError or PhraseError, which name what to write instead."""
    # BaseLoader: 1-2-3 stays text, `no` stays "no".
    data = SafetyData.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506
    return safety_rules(data), safety_texts(data)


def safety_rules(data: SafetyData) -> SafetyRules:
    """The rules as the check applies them. Raises PhraseError."""
    english = _english_fold(data, typos((), (), ()))
    japanese = japanese_fold(data.ja.spelling)
    readers = {
        Language.EN: PhraseReader(cache(english.phrase), True, data.en.lists),
        Language.JA: PhraseReader(cache(japanese.phrase), False, data.ja.lists),
    }

    def read(phrases: Phrases, *, loose: bool = False) -> dict[Language, tuple[Phrase, ...]]:
        written = {Language.EN: phrases.en, Language.JA: phrases.ja}
        return {
            language: tuple(reader.read(line, loose=loose) for line in written[language])
            for language, reader in readers.items()
        }

    rules = [
        Rule(rule.safety, rule.kind, read(rule.phrases, loose=rule.safety in _ALARMS),
             read(rule.exceptions), rule.aside, rule.exercise_only, rule.yields)
        for rule in data.rules
    ]  # fmt: skip
    rules += [
        Rule(Safety.MASSAGE_HOLD, condition.id, read(condition.phrases), read(condition.exceptions),
             exercise_only=condition.exercise_only)
        for condition in data.conditions
    ]  # fmt: skip
    harmless = read(data.harmless)
    topics = {name: read(phrases) for name, phrases in data.topics.items()}
    folds: dict[Language, Callable[[str], str]] = {
        Language.EN: _english_fold(data, _english_typos(data, rules, harmless, topics)).message,
        Language.JA: japanese.message,
    }
    return SafetyRules(folds, tuple(rules), harmless, topics)


def _english_fold(data: SafetyData, mending: Typos) -> EnglishFold:
    spelling = {_word(key): " ".join(map(_word, value.split())) for key, value in data.en.spelling.items()}
    return EnglishFold(spelling, frozenset(map(_word, data.en.fillers)), mending)


def _word(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written.lower())


def _english_typos(
    data: SafetyData,
    rules: list[Rule],
    harmless: Mapping[Language, tuple[Phrase, ...]],
    topics: Mapping[str, Mapping[Language, tuple[Phrase, ...]]],
) -> Typos:
    def english() -> Iterator[Phrase]:
        for rule in rules:
            yield from (*rule.phrases[Language.EN], *rule.exceptions[Language.EN])
        for phrases in (harmless, *topics.values()):
            yield from phrases[Language.EN]

    known = words_of(english()) | {_word(key) for key in data.en.spelling}
    known |= {_word(word) for value in data.en.spelling.values() for word in value.split()}
    known |= {_word(word) for word in data.en.fillers}
    return typos(known, map(_word, data.en.neighbours), set(map(_word, data.en.tolerant)))


def safety_texts(data: SafetyData) -> SafetyTexts:
    """What is said, as the views show it."""
    return SafetyTexts(
        helplines=tuple(
            Helpline(line.id, line.name.localised(), line.number, line.tel, line.hours.localised(),
                     line.languages, line.serves, line.minors_first, line.always_24h, line.on,
                     line.what_happens.localised(), line.source, line.verified_on)
            for line in data.helplines
        ),
        replies={
            key: Reply({Language.EN: texts.en, Language.JA: texts.ja}) for key, texts in data.replies.items()
        },
        outcomes={outcome: text.localised() for outcome, text in data.outcomes.items()},
        conditions={
            condition.id: Condition(condition.id, condition.outcome, condition.say.localised())
            for condition in data.conditions
        },
        messages={key: text.localised() for key, text in data.messages.items()},
    )  # fmt: skip
