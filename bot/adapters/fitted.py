"""What is learnt from a knowledge base, and the base as it was read: made once, then taken up from disk."""

import json
import os
import pickle
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryFile
from typing import Any, Final, Generic, TypeVar

import numpy as np
import rapidfuzz
import scipy

import bot
import bot.answers
import bot.domain.language
from bot.adapters.kept import LOOK_EVERY, Kept
from bot.adapters.knowledge_yaml.loaded import Loaded
from bot.answers.index import QuestionIndex
from bot.answers.intents import IntentModel
from bot.answers.labels import booking_sayings, pairs
from bot.answers.model import Intent, Knowledge
from bot.answers.safety_likeness import Examples, Likenesses
from bot.domain.language import Language

WORK = "learning its sayings (up to a minute, and only after a change)"

READ_WITH = ("babel", "holidays", "pydantic", "pyyaml", "tzdata")

WORTH_A_PROCESS: Final = 5_000
"""Sayings from which on it takes longer to learn them than to start another process."""

Fitted = TypeVar("Fitted", QuestionIndex, IntentModel, Likenesses)


@dataclass(frozen=True, slots=True)
class _Wanted(Generic[Fitted]):
    """Something to learn, from so many sayings; `name` is that of its file."""

    kind: type[Fitted]
    name: str
    fit: Callable[[], Fitted]
    sayings: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that is learnt from one knowledge base."""

    index: Mapping[Language, QuestionIndex]
    intents: Mapping[Language, IntentModel]
    likenesses: Mapping[Language, Likenesses]


class FittedOnDisk:
    """Indexes, intents and likenesses, by the sayings that they were fitted from."""

    def __init__(self, folder: Path | None, progress: Callable[[str], None] = lambda _: None) -> None:
        """Without a folder nothing is kept."""
        self._kept = Kept(folder)
        self._progress = progress
        self._told = False

    def learnt(self, knowledge: Knowledge, examples: Mapping[Language, Examples]) -> Learnt:
        """What is not kept yet is learnt on as many cores as there are, each in a process of its own."""
        index = {each: _index([*pairs(knowledge, each)], each) for each in Language}
        intents = {each: _intents(booking_sayings(knowledge, each)) for each in Language}
        likenesses = {language: _likenesses(each) for language, each in examples.items()}
        # What takes longest comes first, so that no core waits for it at the end.
        self._at_once([*index.values(), *likenesses.values(), *intents.values()])
        return Learnt(
            {each: self._get(wanted) for each, wanted in index.items()},
            {each: self._get(wanted) for each, wanted in intents.items()},
            {each: self._get(wanted) for each, wanted in likenesses.items()},
        )

    def index(self, pairs: Iterable[tuple[str, str]], language: Language) -> QuestionIndex:
        return self._get(_index([*pairs], language))

    def likenesses(self, examples: Mapping[Language, Examples]) -> dict[Language, Likenesses]:
        return {language: self._get(_likenesses(each)) for language, each in examples.items()}

    def _at_once(self, wanted: Sequence[_Wanted[Any]]) -> None:
        """Whatever goes wrong with the processes, what they leave undone is made by this one."""
        missing = [each for each in wanted if not self._kept.has(each.name)]
        large = [each for each in missing if each.sayings >= WORTH_A_PROCESS]
        if len(large) < 2 or not self._kept.keeps():
            return
        self._tell()
        running: list[Popen[bytes]] = []
        try:
            for each in large:
                while sum(process.poll() is None for process in running) >= _cores():
                    time.sleep(LOOK_EVERY)
                running.append(_started(partial(self._kept.get, each.name, each.kind, each.fit)))
            for process in running:
                process.wait()
        except OSError:  # no process can be started
            pass
        finally:
            for process in running:
                process.kill()
                process.wait()

    def _get(self, wanted: _Wanted[Fitted]) -> Fitted:
        def told() -> Fitted:
            self._tell()
            return wanted.fit()

        return self._kept.get(wanted.name, wanted.kind, told)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._progress(WORK)


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(keep: Callable[[], object]) -> "Popen[bytes]":
    """Raises OSError. Should this process be killed, that one finishes what it is at, and ends."""
    with TemporaryFile() as sent:
        pickle.dump(keep, sent)
        sent.seek(0)
        return Popen(
            [sys.executable, "-m", "bot.adapters.fitting"],
            stdin=sent,
            stdout=DEVNULL,
            stderr=DEVNULL,  # What fails there fails here once more, and is told then.
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )


def _index(pairs: Sequence[tuple[str, str]], language: Language) -> _Wanted[QuestionIndex]:
    name = _name_of_fitted(QuestionIndex, (language, pairs))
    return _Wanted(QuestionIndex, name, partial(QuestionIndex, pairs, language=language), len(pairs))


def _intents(sayings: Mapping[Intent, Sequence[str]]) -> _Wanted[IntentModel]:
    size = sum(map(len, sayings.values()))
    return _Wanted(IntentModel, _name_of_fitted(IntentModel, sayings), partial(IntentModel, sayings), size)


def _likenesses(examples: Examples) -> _Wanted[Likenesses]:
    name = _name_of_fitted(Likenesses, (examples.texts, examples.folding))
    return _Wanted(Likenesses, name, partial(Likenesses, examples), len(examples.texts))


def _name_of_fitted(kind: type, learnt_from: object) -> str:
    libraries = (np.__version__, scipy.__version__, rapidfuzz.__version__)
    sources = _sources(bot.answers.__path__[0]), Path(str(bot.domain.language.__file__)).read_bytes()
    return _name(kind, learnt_from, libraries, *sources)


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
