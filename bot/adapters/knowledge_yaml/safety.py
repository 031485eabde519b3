"""What is wrong with `knowledge/safety.yaml`, and what somebody at the clinic should see to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.adapters.knowledge_safety import safety_rules
from bot.adapters.knowledge_yaml.facts import fill, fill_each, missing
from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Data, Document, Path_
from bot.adapters.knowledge_yaml.schema import ClinicFile
from bot.adapters.knowledge_yaml.self_praise import PlacedText
from bot.adapters.safety_schema import Both, ExamplesData, HelplineData, SafetyData
from bot.answers.safety import HOLDS, SafetyRules
from bot.answers.safety_phrases import PhraseError
from bot.answers.safety_texts import Condition, Helpline, Reply, SafetyTexts
from bot.domain.language import Language, Localised

YEAR = timedelta(days=365)
"""How long a telephone number may be trusted after somebody has looked it up."""

HELPLINES = frozenset({"helplines"})
FILLED_LATER = {hold.value: frozenset({"condition", "outcome"}) for hold in HOLDS}
"""What the views put into a reply, which knows more than the licence: by the reply's key, else helplines."""


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
    """Helplines that the bot shows and that nobody has looked up lately."""
    for number, line in enumerate(data.helplines):
        if line.on and today is not None and (told := _unverified(line, today)):
            yield document.problem(("helplines", number, "verified_on"), told)


def _unverified(line: HelplineData, today: date) -> str | None:
    # Not by calling: a test call keeps somebody in need waiting.
    remedy = f"look {line.number} up on the service's own page (don't call it to test), then write the day"
    if line.verified_on is None:
        return f"`{line.id}` was never verified: {remedy}"
    if today - line.verified_on > YEAR:
        return f"`{line.id}` was last verified on {line.verified_on}: {remedy}"
    return None


def check_safety_texts(document: Document, data: SafetyData, clinic: ClinicFile) -> Iterator[Problem]:
    """A placeholder that nothing fills would be read by somebody in danger."""
    wording = clinic.wording.get(clinic.licence, {}).keys()
    for path, _, text in _texts(data):
        filled_later = FILLED_LATER.get(str(path[1]), HELPLINES) if path[0] == "replies" else frozenset()
        for unknown in sorted(missing(text, wording | filled_later)):
            yield document.problem(path, f"nothing stands for `{{{unknown}}}` here; mend it")


def safety_replies(document: Document, data: SafetyData) -> Iterator[PlacedText]:
    """Every text that somebody in danger, or with a condition, can read."""
    for path, language, text in _texts(data):
        yield document, path, language, text


def _texts(data: SafetyData) -> Iterator[tuple[Path_, Language, str]]:
    for name, texts in data.replies.items():
        for language, written in texts.localised().items():
            for number, text in enumerate(written):
                yield ("replies", name, language.value, number), language, text
    whole: list[tuple[Path_, Both]] = [
        *((("outcomes", outcome.value), both) for outcome, both in data.outcomes.items()),
        *((("messages", name), both) for name, both in data.messages.items()),
        *((("conditions", number, "say"), each.say) for number, each in enumerate(data.conditions)),
        *(
            (("helplines", number, "what_happens"), each.what_happens)
            for number, each in enumerate(data.helplines)
        ),
    ]
    for path, both in whole:
        for language, text in both.localised().items():
            yield (*path, language.value), language, text


def safety_texts(data: SafetyData, terms: Mapping[Language, Mapping[str, str]]) -> SafetyTexts:
    """What is said, as the views show it; `terms` are the words that depend on the licence."""

    def filled(both: Both) -> Localised:
        return fill_each(both.localised(), terms)

    return SafetyTexts(
        helplines=tuple(
            Helpline(line.id, line.name.localised(), line.number, line.tel, line.hours.localised(),
                     line.languages, line.serves, line.minors_first, line.always_24h, line.on,
                     filled(line.what_happens), line.source, line.verified_on)
            for line in data.helplines
        ),
        replies={
            key: Reply({language: tuple(fill(text, terms[language]) for text in written)
                        for language, written in texts.localised().items()})
            for key, texts in data.replies.items()
        },
        outcomes={outcome: filled(text) for outcome, text in data.outcomes.items()},
        conditions={
            condition.id: Condition(condition.id, condition.outcome, filled(condition.say))
            for condition in data.conditions
        },
        messages={key: filled(text) for key, text in data.messages.items()},
    )  # fmt: skip
