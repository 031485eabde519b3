"""The parameters of a call: the same whether they came as JSON, as a form, in the address or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.trial.errors import Json, bad_request
from bot.trial.files import Upload

TRUE = ("true", "yes", "1")


@dataclass(frozen=True, slots=True)
class Params:
    values: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The value as text; empty if it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str) -> int | None:
        """A whole number; None if it is missing, a 400 if it is something else."""
        if name not in self:
            return None
        try:
            return int(self.text(name))
        except ValueError as error:
            raise bad_request(f'parameter "{name}" must be an integer') from error

    def decimal(self, name: str) -> float | None:
        if name not in self:
            return None
        try:
            return float(self.text(name))
        except ValueError as error:
            raise bad_request(f'parameter "{name}" must be a number') from error

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in TRUE

    def value(self, name: str) -> object:
        """A JSON value; None if it is missing."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            parsed: object = json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error
        return parsed

    def mapping(self, name: str) -> Json:
        """A JSON object; empty if it is missing."""
        value = self.value(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Object")
        return value

    def sequence(self, name: str) -> list[object] | None:
        """A JSON array; None if it is missing."""
        value = self.value(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array")
        return value
