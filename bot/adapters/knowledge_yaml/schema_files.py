"""JSON schemas of the knowledge files, so that editors complete and check while one types."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from bot.adapters.knowledge_yaml.schema import (
    ArticlesFile,
    ClinicFile,
    CommandsFile,
    IntentsFile,
    TopicFile,
)
from bot.adapters.knowledge_yaml.screening import ScreeningFile
from bot.adapters.knowledge_yaml.self_care import SelfCareFile
from bot.adapters.safety_schema import ExamplesData, Phrases, SafetyData

SCHEMAS: dict[str, type[BaseModel]] = {
    "clinic": ClinicFile,
    "articles": ArticlesFile,
    "intents": IntentsFile,
    "commands": CommandsFile,
    "topic": TopicFile,
    "screening": ScreeningFile,
    "self_care": SelfCareFile,
    "safety": SafetyData,
    "safety_examples": ExamplesData,
    "safety_harmless": Phrases,
}


def schema_texts() -> dict[str, str]:
    """Of each file of docs/schemas/ what it must hold."""
    return {
        f"{name}.json": json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        for name, model in SCHEMAS.items()
    }


def write_schemas(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text)
        yield folder / name
