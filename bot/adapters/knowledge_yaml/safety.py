"""What is wrong with `knowledge/safety.yaml`, and what somebody at the clinic should see to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.adapters.knowledge_safety import safety_rules
from bot.adapters.knowledge_yaml.reader import Data, Document, Path_, Problem
from bot.adapters.knowledge_yaml.self_praise import PlacedText
from bot.adapters.safety_schema import ExamplesData, HelplineData, SafetyData
from bot.answers.safety import SafetyRules
from bot.answers.safety_phrases import PhraseError
from bot.domain.language import Language

YEAR = timedelta(days=365)
"""How long a telephone number may be trusted after somebody has called it."""


def checked_rules(
    document: Document, data: SafetyData, examples: ExamplesData, ordinary: Mapping[Language, Sequence[str]]
) -> tuple[SafetyRules, list[Problem]]:
    """The rules, and each phrase that cannot be read, at its own line."""
    problems: list[Problem] = []

    def broken(path: Path_, written: str, error: PhraseError) -> None:
        line, _ = document.place(path)
        problems.append(Problem(document.file, line + _row(document.data, path, written), 1, str(error)))

    return safety_rules(data, examples, ordinary, broken), problems


def _row(data: Data, path: Path_, written: str) -> int:
    """How many lines below its key a phrase stands; 0 where it shares the key's line."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
    rows = data.splitlines() if isinstance(data, str) else []
    return next((at for at, row in enumerate(rows, 1) if row.strip() == written), 0) if len(rows) > 1 else 0


def warn_of_helplines(document: Document, data: SafetyData, today: date | None) -> Iterator[Problem]:
    """Helplines that the bot shows and that nobody has called lately."""
    for number, line in enumerate(data.helplines):
        if line.on and today is not None and (told := _unverified(line, today)):
            yield document.problem(("helplines", number, "verified_on"), told)


def _unverified(line: HelplineData, today: date) -> str | None:
    if line.verified_on is None:
        return f"`{line.id}` was never verified: call {line.number}, then write the day"
    if today - line.verified_on > YEAR:
        return f"`{line.id}` was verified on {line.verified_on}: call {line.number} again, then write the day"
    return None


def safety_replies(document: Document, data: SafetyData) -> Iterator[PlacedText]:
    """Every Japanese text that somebody in danger, or with a condition, can read."""
    for path, text in _replies(data):
        yield document, path, Language.JA, text


def _replies(data: SafetyData) -> Iterator[tuple[Path_, str]]:
    for name, texts in data.replies.items():
        for number, text in enumerate(texts.ja):
            yield ("replies", name, "ja", number), text
    for outcome, both in data.outcomes.items():
        yield ("outcomes", outcome.value, "ja"), both.ja
    for name, both in data.messages.items():
        yield ("messages", name, "ja"), both.ja
    for number, condition in enumerate(data.conditions):
        yield ("conditions", number, "say", "ja"), condition.say.ja
