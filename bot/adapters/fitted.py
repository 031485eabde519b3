"""What was fitted, on disk: a start with the same base takes it up instead of fitting for seconds.

They lie in the user's cache folder and are pickles, which may run code when they are read. So only what this
very user wrote, and nobody else could, is opened: the trust that Python has in its own `.pyc` files.
"""

import os
import pickle
import platform
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np
import rapidfuzz
import scipy

import bot.answers
import bot.domain.language
from bot.answers.index import QuestionIndex
from bot.answers.safety_likeness import Examples, Likenesses
from bot.domain.language import Language

try:
    import fcntl
except ImportError:  # Windows, where nothing is kept
    fcntl = None  # type: ignore[assignment]

KEPT = 8
"""Files: index and likenesses of two bases in two languages, so that going back and forth stays quick."""

WORK = "learning its sayings (about half a minute, and only after a change)"

AN_HOUR = 3600.0
"""Seconds after which nobody still writes a file."""

PATIENCE = 60.0
"""Seconds to wait for another process that fits the same; then it is taken to hang."""

LOOK_EVERY = 0.1
"""Seconds."""

_CHECK = sha256().digest_size


def cache_folder() -> Path | None:
    """Where a user's programs put what they can make anew; None for a user without a home."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():  # any other is to be ignored, says the standard of these folders
        return given / "teate"
    try:
        return Path.home() / ".cache" / "teate"
    except RuntimeError:
        return None


Fitted = TypeVar("Fitted", QuestionIndex, Likenesses)


class FittedOnDisk:
    """By what they were fitted from. Whatever is wrong with the folder, they are fitted."""

    def __init__(self, folder: Path | None, progress: Callable[[str], None] = lambda _: None) -> None:
        """Without a folder nothing is kept."""
        self._progress = progress
        self._told = False
        self._folder = folder if hasattr(os, "getuid") else None

    def index(self, pairs: Iterable[tuple[str, str]], language: Language) -> QuestionIndex:
        pairs = list(pairs)
        return self._kept(QuestionIndex, lambda: QuestionIndex(pairs, language=language), (language, pairs))

    def likenesses(self, examples: Mapping[Language, Examples]) -> dict[Language, Likenesses]:
        return {
            language: self._kept(Likenesses, partial(Likenesses, each), (each.texts, each.folding))
            for language, each in examples.items()
        }

    def _kept(self, kind: type[Fitted], fit: Callable[[], Fitted], learnt_from: object) -> Fitted:
        if self._folder is None:
            self._tell()
            return fit()
        path = self._folder / f"{_key(kind.__name__, learnt_from)}.fitted"
        found = _taken_up(path)
        if isinstance(found, kind):
            return found
        with _alone(path.with_suffix(".lock")):
            found = _taken_up(path)
            if isinstance(found, kind):  # Another process has fitted it meanwhile.
                return found
            self._tell()
            fitted = fit()
            with suppress(OSError):
                _put_down(path, fitted)
        return fitted

    def _tell(self) -> None:
        if not self._told:
            self._progress(WORK)
        self._told = True


def _key(kind: str, learnt_from: object) -> str:
    """Another one wherever something else could come out, or the file could be read in another way."""
    digest = sha256(repr((kind, learnt_from)).encode())
    versions = (sys.version, platform.machine(), np.__version__, scipy.__version__, rapidfuzz.__version__)
    digest.update(repr(versions).encode() + _sources())
    return digest.hexdigest()[:32]


@cache
def _sources() -> bytes:
    """A digest of all that takes part in fitting: this process runs what it has read once."""
    folder = Path(str(bot.answers.__file__)).parent
    read = sorted(each for each in folder.rglob("*") if each.suffix in {".py", ".txt"})
    digest = sha256()
    for source in (Path(str(bot.domain.language.__file__)), *read):
        digest.update(source.read_bytes())
    return digest.digest()


def _taken_up(path: Path) -> object:
    """None where there is no file, or one that is not ours or not whole."""
    try:
        if not _is_ours(path.parent.lstat(), stat.S_IFDIR):
            return None
        # The very file that was looked at is read, and no link is followed out of the folder.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            if not _is_ours(os.fstat(file.fileno()), stat.S_IFREG):
                return None
            check, content = file.read(_CHECK), file.read()
            if sha256(content).digest() != check:
                return None
            os.utime(file.fileno())  # What is used is not cleared away.
        return pickle.loads(content)  # noqa: S301 - ours alone, see the module
    except Exception:  # A pickle may raise anything, and fitting anew is always right.
        return None


def _is_ours(found: os.stat_result, kind: int) -> bool:
    """Of this kind, owned by this user, and open to nobody else."""
    alone = not stat.S_IMODE(found.st_mode) & 0o077
    return stat.S_IFMT(found.st_mode) == kind and found.st_uid == os.getuid() and alone


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time, for two that fit at once take longer than one after the other.

    The lock goes with its process. Whoever cannot have it goes on without: to fit twice is never wrong.
    """
    try:
        _make_ours(path.parent)
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield
        return
    try:
        _wait(number)
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # Whoever waits for it, or comes later, finds what was fitted.
        os.close(number)


def _wait(number: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK_EVERY)
        except OSError:  # a file system without locks
            return
        else:
            return


def _make_ours(folder: Path) -> None:
    """Raises OSError where the folder cannot be made, or is open to others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(folder.lstat(), stat.S_IFDIR):
        raise PermissionError(folder)


def _put_down(path: Path, fitted: object) -> None:
    """Whole or not at all, whoever else reads or writes. Raises OSError."""
    _make_ours(path.parent)
    content = pickle.dumps(fitted, protocol=5)
    number, name = tempfile.mkstemp(dir=path.parent, prefix="new-")  # mkstemp's files have mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            file.write(sha256(content).digest() + content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _clear(path.parent)


def _clear(folder: Path) -> None:
    """Those of bases that have changed since, and what a killed process left."""
    by_age = sorted(folder.glob("*.fitted"), key=lambda each: each.stat().st_mtime, reverse=True)
    long_ago = by_age[0].stat().st_mtime - AN_HOUR
    left = [
        each for each in (*folder.glob("new-*"), *folder.glob("*.lock")) if each.stat().st_mtime < long_ago
    ]
    for old in (*by_age[KEPT:], *left):
        old.unlink(missing_ok=True)
