"""A command in plain words: a message that says what a command does, and nothing else."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import fuzz, process

from bot.answers.model import Command
from bot.answers.normalise import normalise

NEAR: Final = 92.0
"""Points of likeness: a slip of the pen in ten letters. Below it "show my date" becomes "show my data"."""

LONGEST: Final = 80
"""Characters; whoever writes more says more than a command."""

_BEFORE: Final = re.compile(
    r"^(?:(?:hi|hello|hey|ok|so|lol|haha|please|pls|plz|just|let me|how (?:do|can) i|i wanna|i want(?! to)"
    r"|(?:can|could|may) (?:you|i)|(?:i )?(?:want|need|like) to|(?:i would|id) like(?: to)?) )+"
)
_AFTER: Final = re.compile(
    r"(?: (?:please|pls|plz|thanks|thank you|now|again|lol|haha))+$"
    r"|[のん](?:です|だ)(?:が|けど|けれど|けれども)$"
)


def heard(text: str) -> str:
    """What is compared: folded, without courtesies; one number is like another."""
    words = normalise(text)
    return re.sub(r"\d+", "0", _AFTER.sub("", _BEFORE.sub("", words)))


class PlainCommands:
    """Deterministic: a table of sayings, matched whole."""

    def __init__(self, said: Mapping[Command, Iterable[str]]) -> None:
        self._commands = {heard(saying): command for command, sayings in said.items() for saying in sayings}

    def find(self, text: str) -> Command | None:
        """The command that the message asks for, if it asks for nothing else."""
        if len(text) > LONGEST:
            return None
        words = heard(text)
        if words in self._commands:
            return self._commands[words]
        near = process.extractOne(words, self._commands.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        return self._commands[near[0]] if near else None
