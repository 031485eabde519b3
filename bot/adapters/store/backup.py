"""A copy of a SQLite database while the bot runs, and the way back. PostgreSQL has tools of its own."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.migrate import MIGRATIONS
from bot.adapters.store.rekey import KEY_CHECK
from bot.domain.errors import Misconfigured, WrongKey

BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open."""

OWNER_ONLY: Final = 0o600
BUSY: Final = 0.5
"""Seconds to wait for somebody else before saying that the bot runs."""


def back_up(database: Path, file: Path) -> int:
    """A consistent copy of what is committed now, without what was erased; its size in bytes.

    Raises:
        Misconfigured: there is no such database, `file` exists, or it cannot be written.
    """
    if not database.exists():
        raise Misconfigured([f"DATABASE_URL: there is no database at {database} yet"])
    if file.exists():
        raise Misconfigured([f"{file}: exists already; a backup overwrites nothing, name another file"])
    with _written(file) as part:
        try:
            with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True)) as connection:
                # Not the backup API: this leaves out the free pages, and with them all that was erased.
                connection.execute("VACUUM INTO ?", (str(part),))
        except sqlite3.Error as error:
            raise Misconfigured([f"{database}: cannot be copied: {error}"]) from error
    return file.stat().st_size


def restore(file: Path, database: Path, cipher: Cipher, now: datetime, *, force: bool) -> Path | None:
    """Put a backup in the place of the database; where the one that was there lies now, if any.

    Raises:
        Misconfigured: the file is no backup of ours, a database is in the way, or the bot runs.
        WrongKey: the key does not open it.
    """
    check(file, cipher)
    held = database.exists()
    if held and not force:
        raise Misconfigured(
            [f"{database}: a database is there; stop the bot, and repeat with --force to put it aside"]
        )
    if held and not is_alone(database):
        raise Misconfigured([f"{database}: the bot is running on it; stop it first"])
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        aside = _put_aside(database, now) if held else None
        for end in BESIDE:
            Path(f"{database}{end}").unlink(missing_ok=True)
        with _written(database) as part:
            shutil.copyfile(file, part)
    except OSError as error:
        raise Misconfigured([f"{database}: cannot be written: {error.strerror}"]) from error
    return aside


def check(file: Path, cipher: Cipher) -> None:
    """Whether `file` is a whole database of ours that the key opens.

    Raises:
        Misconfigured, WrongKey
    """
    if not file.is_file():
        raise Misconfigured([f"{file}: there is no such file"])
    try:
        # Immutable: nothing is made beside a backup that may lie on a disk that cannot be written.
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (held,) = connection.execute("SELECT value FROM notes WHERE name = ?", (KEY_CHECK,)).fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise Misconfigured([f"{file}: is no backup of a Teate database"]) from error
    if sound != "ok":
        raise Misconfigured([f"{file}: is damaged: {sound}"])
    if version not in _versions():
        raise Misconfigured(
            [f"{file}: was made by a newer Teate (version {version}); update the program first"]
        )
    try:
        cipher.open(held.encode())
    except WrongKey as error:
        raise WrongKey(
            [f"{file}: the key does not open it; put back the key of the day on which it was made"]
        ) from error


def _versions() -> frozenset[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return frozenset(each.revision for each in ScriptDirectory.from_config(config).walk_revisions())


def is_alone(database: Path | str) -> bool:
    """Whether no other program has the database open: an open connection keeps a lock, also when idle."""
    if not Path(database).exists():
        return True
    with closing(sqlite3.connect(database, timeout=BUSY)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.rollback()
        except sqlite3.OperationalError as error:
            return "locked" not in str(error) and "busy" not in str(error)
        except sqlite3.DatabaseError:
            return True  # a damaged one: the very reason to restore
    return True


def _put_aside(database: Path, now: datetime) -> Path:
    aside = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")
    for end in ("", *BESIDE):
        with suppress(FileNotFoundError):
            Path(f"{database}{end}").rename(f"{aside}{end}")
    return aside


@contextmanager
def _written(file: Path) -> Iterator[Path]:
    """A file for its owner alone, that appears under its name only once it is whole."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except OSError as error:
        raise Misconfigured([f"{file}: cannot be written: {error.strerror}"]) from error
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
