"""What is learnt from a knowledge base, and the base as it was read: made once, then taken up from disk."""

import json
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import numpy as np
import rapidfuzz
import scipy

import bot
import bot.answers
import bot.domain.language
from bot.adapters.kept import Kept
from bot.adapters.knowledge_yaml.loaded import Loaded
from bot.answers.index import QuestionIndex
from bot.answers.intents import IntentModel
from bot.answers.model import Intent
from bot.answers.safety_likeness import Examples, Likenesses
from bot.domain.language import Language

WORK = "learning its sayings (about half a minute, and only after a change)"

READ_WITH = ("babel", "holidays", "pydantic", "pyyaml", "tzdata")

Fitted = TypeVar("Fitted", QuestionIndex, IntentModel, Likenesses)


class FittedOnDisk:
    """Indexes, intents and likenesses, by the sayings that they were fitted from."""

    def __init__(self, folder: Path | None, progress: Callable[[str], None] = lambda _: None) -> None:
        """Without a folder nothing is kept."""
        self._kept = Kept(folder)
        self._progress = progress
        self._told = False

    def index(self, pairs: Iterable[tuple[str, str]], language: Language) -> QuestionIndex:
        pairs = list(pairs)
        return self._get(QuestionIndex, lambda: QuestionIndex(pairs, language=language), (language, pairs))

    def intents(self, sayings: Mapping[Intent, Sequence[str]]) -> IntentModel:
        return self._get(IntentModel, partial(IntentModel, sayings), sayings)

    def likenesses(self, examples: Mapping[Language, Examples]) -> dict[Language, Likenesses]:
        return {
            language: self._get(Likenesses, partial(Likenesses, each), (each.texts, each.folding))
            for language, each in examples.items()
        }

    def _get(self, kind: type[Fitted], fit: Callable[[], Fitted], learnt_from: object) -> Fitted:
        def told() -> Fitted:
            if not self._told:
                self._told = True
                self._progress(WORK)
            return fit()

        libraries = (np.__version__, scipy.__version__, rapidfuzz.__version__)
        sources = _sources(bot.answers.__path__[0]), Path(str(bot.domain.language.__file__)).read_bytes()
        return self._kept.get(_name(kind, learnt_from, libraries, *sources), kind, told)


def read_once(folder: Path | None, knowledge: Path, read: Callable[[], Loaded]) -> Loaded:
    """The knowledge base as it was read, by the bytes of its files. What has problems is never kept."""
    name = _name_of_base(knowledge)
    if name is None:
        return read()
    # What was written while it was read is not what the name says.
    return Kept(folder).get(name, Loaded, read, lambda: _name_of_base(knowledge) == name)


def _name_of_base(knowledge: Path) -> str | None:
    """None where a file cannot be read: reading the base tells why."""
    paths = sorted(knowledge.rglob("*.yaml"))
    try:
        files = [(str(each.relative_to(knowledge)), sha256(each.read_bytes()).hexdigest()) for each in paths]
    except OSError:
        return None
    return _name(Loaded, (knowledge.name, files), [*map(version, READ_WITH)], _sources(bot.__path__[0]))


def _name(kind: type, made_from: object, libraries: Sequence[str], *sources: bytes) -> str:
    """Another one wherever something else could come out, or the file could be read in another way."""
    told = json.dumps((kind.__name__, made_from, sys.version, platform.machine(), libraries))
    digest = sha256(told.encode())
    for each in sources:
        digest.update(each)
    return f"{digest.hexdigest()[:32]}.kept"


@cache
def _sources(folder: str) -> bytes:
    """A digest of all that takes part in making it: this process runs what it has read once."""
    digest = sha256()
    for source in sorted(Path(folder).rglob("*")):
        if source.suffix in {".py", ".txt", ".po"}:
            digest.update(source.read_bytes())
    return digest.digest()
