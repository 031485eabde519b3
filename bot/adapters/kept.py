"""What takes long to make, on disk: a later start that would make the same takes it up instead.

The files lie in the user's cache folder and are pickles, which may run code when they are read. So only what
this very user wrote, and nobody else could, is opened: the trust that Python has in its own `.pyc` files.
"""

import gc
import os
import pickle
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

try:
    import fcntl
except ImportError:  # Windows, where nothing is kept
    fcntl = None  # type: ignore[assignment]

KEPT = 14
"""Files: two bases as read, each with index, likenesses and intents in two languages, so that going back
and forth stays quick."""

AN_HOUR = 3600.0
"""Seconds after which nobody still writes a file."""

PATIENCE = 60.0
"""Seconds to wait for another process that makes the same; then it is taken to hang."""

LOOK_EVERY = 0.1
"""Seconds."""

_CHECK = sha256().digest_size

Made = TypeVar("Made")


def cache_folder() -> Path | None:
    """Where a user's programs put what they can make anew; None for a user without a home."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():  # any other is to be ignored, says the standard of these folders
        return given / "teate"
    try:
        return Path.home() / ".cache" / "teate"
    except RuntimeError:
        return None


@contextmanager
def sweeping_put_off() -> Iterator[None]:
    """Nearly all that is made here stays: to look for garbage among it takes a third of the time."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


class Kept:
    """By the name of what they were made from. Whatever is wrong with the folder, they are made."""

    def __init__(self, folder: Path | None) -> None:
        """Without a folder nothing is kept."""
        self._folder = folder if hasattr(os, "getuid") else None

    def keeps(self) -> bool:
        """Whether anything can be kept at all."""
        if self._folder is None:
            return False
        try:
            _make_ours(self._folder)
        except OSError:
            return False
        return os.access(self._folder, os.W_OK)

    def has(self, name: str) -> bool:
        """Whether something lies under the name; `get` finds out whether it is any good."""
        return self._folder is not None and (self._folder / name).is_file()

    def get(
        self, name: str, kind: type[Made], make: Callable[[], Made], sound: Callable[[], bool] = lambda: True
    ) -> Made:
        """What is kept under the name, or what `make` gives, which is kept from now on if it is `sound`."""
        if self._folder is None:
            return make()
        path = self._folder / name
        found = _taken_up(path)
        if isinstance(found, kind):
            return found
        with _alone(path.with_suffix(".lock")):
            found = _taken_up(path)
            if isinstance(found, kind):  # Another process has made it meanwhile.
                return found
            made = make()
            if sound():
                with suppress(OSError):
                    _put_down(path, made)
        return made


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
    except Exception:  # A pickle may raise anything, and making anew is always right.
        return None


def _is_ours(found: os.stat_result, kind: int) -> bool:
    """Of this kind, owned by this user, and open to nobody else."""
    alone = not stat.S_IMODE(found.st_mode) & 0o077
    return stat.S_IFMT(found.st_mode) == kind and found.st_uid == os.getuid() and alone


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time, for two that make the same at once take longer than one after the other.

    The lock goes with its process. Whoever cannot have it goes on without: to make it twice is never wrong.
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
            path.unlink()  # Whoever waits for it, or comes later, finds what was made.
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


def _put_down(path: Path, made: object) -> None:
    """Whole or not at all, whoever else reads or writes. Raises OSError."""
    _make_ours(path.parent)
    content = pickle.dumps(made, protocol=5)
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
    by_age = sorted(folder.glob("*.kept"), key=lambda each: each.stat().st_mtime, reverse=True)
    long_ago = by_age[0].stat().st_mtime - AN_HOUR
    left = [
        each for each in (*folder.glob("new-*"), *folder.glob("*.lock")) if each.stat().st_mtime < long_ago
    ]
    for old in (*by_age[KEPT:], *left):
        old.unlink(missing_ok=True)
