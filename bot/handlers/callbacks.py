"""The one place that packs and parses the data of buttons: `verb:argument:...`, at most 64 bytes."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Forged

LONGEST = 64
"""Bytes, Telegram's limit."""


class Verb(StrEnum):
    """What a tap asks for. Short, because the limit is bytes."""

    ENTRY = "e"  # entry id
    MORE = "m"  # entry id
    WHY = "w"  # entry id
    RELATED = "r"  # entry id
    HELPED = "h"  # entry id, 1 or 0
    TOPICS = "t"
    TOPIC = "tp"  # topic id, page
    LANGUAGE = "l"
    SET_LANGUAGE = "ls"  # language code, or auto
    SETTINGS = "st"
    HELP = "hp"
    BOOK = "b"
    SELF_CARE = "sc"
    SOS = "sos"
    PERSON = "p"  # leave the question for a person


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's data, parsed."""

    verb: Verb
    arguments: tuple[str, ...] = ()

    def argument(self, number: int = 0) -> str:
        """Raises Forged where the data has no such argument."""
        if number >= len(self.arguments):
            raise Forged(f"{self.verb.name} without its argument")
        return self.arguments[number]


def pack(verb: Verb, *arguments: object) -> str:
    data = ":".join([verb.value, *map(str, arguments)])
    if len(data.encode()) > LONGEST:
        raise ValueError(f"{data} has more than {LONGEST} bytes")
    return data


def parse(data: str) -> Tap:
    """Raises Forged for what `pack` did not make."""
    verb, *arguments = data.split(":")
    try:
        return Tap(Verb(verb), tuple(arguments))
    except ValueError as error:
        raise Forged("an unknown verb") from error
