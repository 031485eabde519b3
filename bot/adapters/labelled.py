"""Labelled messages from a file: YAML as in tests/labelled/, or CSV with the columns question,label."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.adapters.knowledge_yaml.reader import Document, read_document
from bot.answers.evaluation import Labelled
from bot.answers.model import Intent, Knowledge, Need, Route, Safety
from bot.domain.errors import Misconfigured

OUT_OF_SCOPE = "oos"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    route: list[Route] = []
    entries: list[str] = []
    claims: list[str] = []
    safety: Safety | None = None
    need: list[Need] = []
    intent: Intent | None = None
    slots: dict[str, str] | None = None
    harmless: bool = False

    @field_validator("route", "need", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return value if isinstance(value, list) else [value]


def read_labelled(path: Path, knowledge: Knowledge) -> list[Labelled]:
    """Raises Misconfigured with every row that cannot be used."""
    if not path.is_file():
        raise Misconfigured([f"{path}: there is no such file"])
    return _from_csv(path, knowledge) if path.suffix == ".csv" else _from_yaml(path, knowledge)


def _from_yaml(path: Path, knowledge: Knowledge) -> list[Labelled]:
    document = read_document(path, str(path), top="messages")
    if document.problems:
        raise Misconfigured([str(each) for each in document.problems])
    rows = document.data["messages"]
    assert isinstance(rows, list)
    messages: list[Labelled] = []
    lines: list[str] = []
    for number, row in enumerate(rows):
        try:
            messages.append(_labelled(_Row.model_validate(row), knowledge, document, number))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            told = f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}"
            lines.append(str(document.problem(("messages", number), told)))
        except Misconfigured as error:
            lines += error.lines
    if lines:
        raise Misconfigured(lines)
    return messages


def _labelled(row: _Row, knowledge: Knowledge, document: Document, number: int) -> Labelled:
    unknown = [f"no entry {each}" for each in row.entries if each not in knowledge.entries]
    unknown += [f"no claim {each}" for each in row.claims if each not in knowledge.claims]
    if unknown:
        raise Misconfigured([str(document.problem(("messages", number), ", ".join(unknown)))])
    entries = [*row.entries, *(entry for claim in row.claims for entry in _speaking_of(claim, knowledge))]
    slots: Mapping[str, str | None] | None = None
    if row.slots is not None:
        slots = {name: None if value in ("null", "") else value for name, value in row.slots.items()}
    return Labelled(
        text=row.text,
        routes=tuple(row.route),
        entries=tuple(dict.fromkeys(entries)),
        safety=row.safety,
        needs=tuple(row.need),
        intent=row.intent,
        slots=slots,
        harmless=row.harmless,
    )


def _from_csv(path: Path, knowledge: Knowledge) -> list[Labelled]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Misconfigured([f"{path}: cannot be read as CSV in UTF-8: {error}"]) from error
    messages: list[Labelled] = []
    lines: list[str] = []
    for number, row in enumerate(rows, 2):
        label = (row.get("label") or "").strip()
        text = row.get("question")
        if text is None or not label:
            lines.append(f"{path}:{number}:1: needs the columns question and label")
        elif (found := _of_label(text, label, knowledge)) is None:
            lines.append(f"{path}:{number}:1: `{label}` is no entry, claim, route or `{OUT_OF_SCOPE}`")
        else:
            messages.append(found)
    if lines:
        raise Misconfigured(lines)
    return messages


def _of_label(text: str, label: str, knowledge: Knowledge) -> Labelled | None:
    if label in knowledge.entries:
        return Labelled(text, (Route.ANSWER,), (label,))
    if label in knowledge.claims:
        return Labelled(text, (Route.ANSWER,), _speaking_of(label, knowledge))
    if label == OUT_OF_SCOPE:
        return Labelled(text, (Route.HAND_OVER,))
    return Labelled(text, (Route(label),)) if label in list(Route) else None


def _speaking_of(claim: str, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(each.id for each in knowledge.entries.values() if claim in each.claims)
