"""Fitted indexes are taken up from disk; whatever is wrong with what lies there, an index is fitted."""

import errno
import fcntl
import os
import pickle
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.adapters import kept
from bot.adapters.fitted import FittedOnDisk
from bot.adapters.kept import KEPT, cache_folder
from bot.answers.index import QuestionIndex
from bot.domain.language import Language

PAIRS = [
    ("where are you", "place"),
    ("how do I get there", "place"),
    ("when are you open", "hours"),
    ("are you open on sunday", "hours"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "teate"


def index(folder: Path | None, pairs: list[tuple[str, str]] = PAIRS) -> QuestionIndex:
    return FittedOnDisk(folder).index(iter(pairs), Language.EN)


def plant(file: Path) -> None:
    """Another index in the place of a fitted one, to be told from one that was fitted."""
    content = pickle.dumps(QuestionIndex([("where are you", "planted"), ("when are you open", "planted")]))
    file.write_bytes(sha256(content).digest() + content)


def fitted_file(folder: Path) -> Path:
    index(folder)
    (file,) = folder.iterdir()
    return file


def test_the_same_base_is_taken_up(folder: Path) -> None:
    plant(fitted_file(folder))
    assert index(folder).decide("where are you") == "planted"


def test_what_is_taken_up_answers_as_what_was_fitted(folder: Path) -> None:
    fresh, again = index(folder), index(folder)
    for asked in ("where are you?", "open on sundays", "opne today", "what is the weather"):
        assert again.judge(asked) == fresh.judge(asked)


@pytest.mark.parametrize("changed", [PAIRS[:-1], [*PAIRS, ("are you closed", "hours")], PAIRS[::-1]])
def test_another_base_is_fitted_anew(folder: Path, changed: list[tuple[str, str]]) -> None:
    plant(fitted_file(folder))
    assert index(folder, changed).decide("where are you") == "place"


def test_files_and_folder_are_for_their_owner_alone(folder: Path) -> None:
    file = fitted_file(folder)
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


class _Trap:
    """A pickle that leaves a trace when somebody reads it."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (str(self.trace),)


def test_a_file_without_its_check_is_not_unpickled(folder: Path, tmp_path: Path) -> None:
    fitted_file(folder).write_bytes(pickle.dumps(_Trap(tmp_path / "trace")))
    assert index(folder).decide("where are you") == "place"
    assert not (tmp_path / "trace").exists()


def _shorten(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _let_others_write(file: Path) -> None:
    file.chmod(0o620)


def _let_others_into_the_folder(file: Path) -> None:
    file.parent.chmod(0o755)


def _link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def _link_the_folder(file: Path) -> None:
    file.parent.rename(file.parent.with_name("elsewhere"))
    file.parent.symlink_to(file.parent.with_name("elsewhere"))


def _empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    "spoilt", [_shorten, _empty, _let_others_write, _let_others_into_the_folder, _link, _link_the_folder]
)
def test_what_is_damaged_or_open_to_others_is_fitted_anew(
    folder: Path, spoilt: Callable[[Path], None]
) -> None:
    file = fitted_file(folder)
    plant(file)
    spoilt(file)
    assert index(folder).decide("where are you") == "place"


def test_a_file_of_somebody_else_is_fitted_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(fitted_file(folder))
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert index(folder).decide("where are you") == "place"


def test_where_nothing_can_be_written_all_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert index(tmp_path / "file" / "teate").decide("where are you") == "place"
    assert index(None).decide("where are you") == "place"


def test_old_ones_are_cleared_away_and_the_used_stays(folder: Path) -> None:
    used = fitted_file(folder)
    for number in range(KEPT + 1):
        for file in folder.iterdir():
            os.utime(file, (0, 0))
        index(folder)
        index(folder, [*PAIRS, (f"what is {number}", "number")])
    assert used.exists() and len(list(folder.iterdir())) == KEPT


@pytest.fixture
def taken(folder: Path) -> Iterator[tuple[Path, int]]:
    """A file that another process is fitting, and its lock."""
    file = fitted_file(folder)
    file.unlink()
    lock = os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    yield file, lock
    os.close(lock)


def test_of_two_that_start_together_one_fits(
    folder: Path, taken: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, lock = taken

    def the_other_is_done(_: float) -> None:
        file.touch(mode=0o600)
        plant(file)
        fcntl.flock(lock, fcntl.LOCK_UN)

    monkeypatch.setattr(time, "sleep", the_other_is_done)
    assert index(folder).decide("where are you") == "planted"
    assert list(folder.iterdir()) == [file]


def test_who_hangs_is_not_waited_for(
    folder: Path, taken: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 2 * kept.LOOK_EVERY)
    assert index(folder).decide("where are you") == "place"


def test_where_nothing_can_be_locked_all_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert index(folder).decide("where are you") == "place"


def test_the_cache_lies_where_the_user_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "teate"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "teate"
