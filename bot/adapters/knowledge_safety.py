"""Reads the rules of `knowledge/safety.yaml`: phrases to rules, examples to a likeness."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from bot.adapters.knowledge_yaml.reader import Path_
from bot.adapters.safety_schema import ExamplesData, Phrases, SafetyData
from bot.answers.model import Safety
from bot.answers.safety import Rule, SafetyRules
from bot.answers.safety_folding import EnglishFold, japanese_fold
from bot.answers.safety_likeness import Examples
from bot.answers.safety_phrases import Phrase, PhraseError, PhraseReader
from bot.answers.safety_signs import ALARMS, HEALTH, Signs
from bot.answers.safety_typos import Typos, typos
from bot.domain.language import Language

# Missing one of these costs most, so that they forgive a word in between: "I want to [almost] die".
_ALARMS = (Safety.CRISIS_IMMINENT, Safety.CRISIS, Safety.VIOLENCE, Safety.HARM_OTHERS)

Written = Mapping[Language, Sequence[str]]
Broken = Callable[[Path_, str, PhraseError], None]


def safety_rules(
    data: SafetyData,
    examples: ExamplesData,
    ordinary: Written,
    broken: Broken,
) -> SafetyRules:
    """The rules as the check applies them; `ordinary` are harmless examples and the base's own sayings.

    A phrase that cannot be read is handed to `broken` with its place in the file, and left out.
    """
    english = _english_fold(data, typos((), (), ()))
    japanese = japanese_fold(data.ja.spelling)
    readers = {
        Language.EN: PhraseReader(cache(english.phrase), True, data.en.lists),
        Language.JA: PhraseReader(cache(japanese.phrase), False, data.ja.lists),
    }

    def read(phrases: Phrases, *path: str | int, loose: bool = False) -> dict[Language, tuple[Phrase, ...]]:
        found: dict[Language, list[Phrase]] = {language: [] for language in readers}
        for language, reader in readers.items():
            for line in phrases.of(language):
                try:
                    found[language].append(reader.read(line, loose=loose))
                except PhraseError as error:
                    broken((*path, language.value), line, error)
        return {language: tuple(each) for language, each in found.items()}

    rules = [
        Rule(rule.safety, rule.kind,
             read(rule.phrases, "rules", at, "phrases", loose=rule.safety in _ALARMS),
             read(rule.exceptions, "rules", at, "except"), rule.aside, rule.exercise_only, rule.yields)
        for at, rule in enumerate(data.rules)
    ]  # fmt: skip
    rules += [
        Rule(Safety.MASSAGE_HOLD, condition.id, read(condition.phrases, "conditions", at, "phrases"),
             read(condition.exceptions, "conditions", at, "except"), exercise_only=condition.exercise_only)
        for at, condition in enumerate(data.conditions)
    ]  # fmt: skip
    signs = tuple(
        Signs(family, read(phrases, "signs", name))
        for family, name, phrases in (
            (ALARMS, "alarm", data.signs.alarm),
            (HEALTH, "health", data.signs.health),
        )
    )
    harmless = read(data.harmless, "harmless")
    topics = {name: read(phrases, "topics", name) for name, phrases in data.topics.items()}
    known = readers[Language.EN].words()
    folds: dict[Language, Callable[[str], str]] = {
        Language.EN: _english_fold(data, _english_typos(data, known)).message,
        Language.JA: japanese.message,
    }
    learnt = {
        language: Examples(_texts(examples, ordinary, language), fold.message, written.model_dump_json())
        for language, fold, written in ((Language.EN, english, data.en), (Language.JA, japanese, data.ja))
    }
    return SafetyRules(folds, tuple(rules), harmless, topics, signs, learnt)


def _texts(
    examples: ExamplesData, ordinary: Written, language: Language
) -> tuple[tuple[Safety | None, str], ...]:
    told = [(safety, text) for safety, texts in examples.classes.items() for text in texts.of(language)]
    # A wish to come may name a condition: then it is a saying of booking, and an example of the condition.
    named = {text for _, text in told}
    return (*told, *((None, text) for text in ordinary.get(language, ()) if text not in named))


def _english_fold(data: SafetyData, mending: Typos) -> EnglishFold:
    spelling = {_word(key): " ".join(map(_word, value.split())) for key, value in data.en.spelling.items()}
    return EnglishFold(spelling, frozenset(map(_word, data.en.fillers)), mending)


def _word(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written.lower())


def _english_typos(data: SafetyData, known: set[str]) -> Typos:
    known = known | {_word(key) for key in data.en.spelling} | {_word(word) for word in data.en.fillers}
    known |= {_word(word) for value in data.en.spelling.values() for word in value.split()}
    return typos(known, map(_word, data.en.neighbours), set(map(_word, data.en.tolerant)))
