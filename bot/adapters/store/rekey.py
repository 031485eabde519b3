"""A new key for everything that is sealed: row by row, and on from where it was interrupted."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.tables import metadata, notes
from bot.domain.errors import WrongKey

SEALED: Final = "sealed_"
"""How the names of sealed columns begin; a test holds that no other column is sealed."""

KEY_CHECK: Final = "key_check"
BATCH: Final = 200
"""Rows of one transaction: a running bot waits no longer than for these."""

PASSES: Final = 5
"""Over all rows, until one pass finds nothing left: others may write meanwhile."""

Progress = Callable[[str], None]


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    for table in metadata.sorted_tables:
        yield from ((table, each) for each in table.columns if each.name.startswith(SEALED))


async def rekey(engine: AsyncEngine, keys: str, progress: Progress) -> int:
    """Seal with the first of `keys` whatever another of them sealed; how many values that were.

    Every batch commits by itself, and what is sealed anew already is left alone: an interrupted run is
    repeated, and goes on.

    Raises:
        WrongKey: something opens with none of the keys; it is as it was.
    """
    resealer = _Resealer(keys)
    changed = 0
    async with engine.begin() as connection:
        # First, so that whoever still starts with the old key alone is turned away at once.
        changed += await _check(connection, resealer)
    for number in range(PASSES):
        found = 0
        for table, column in sealed_columns():
            found += await _column(engine, table, column, resealer, progress)
        changed += found
        if not found and number:
            return changed
    raise WrongKey(["the old key is still in use: restart every running bot with both keys, then repeat"])


class _Resealer:
    def __init__(self, keys: str) -> None:
        self._all = Cipher(keys)
        self._new = Cipher(keys.partition(",")[0])

    def anew(self, sealed: bytes) -> bytes | None:
        """Sealed with the new key; None where it is already."""
        try:
            self._new.open(sealed)
        except WrongKey:
            return self._new.seal(self._all.open(sealed))
        return None


async def _check(connection: AsyncConnection, resealer: _Resealer) -> int:
    query = select(notes.c.value).where(notes.c.name == KEY_CHECK)
    held = (await connection.execute(query)).scalar_one_or_none()
    anew = resealer.anew(held.encode()) if held is not None else None
    if anew is None:
        return 0
    await connection.execute(update(notes).where(notes.c.name == KEY_CHECK).values(value=anew.decode()))
    return 1


async def _column(
    engine: AsyncEngine, table: Table, column: Column[Any], resealer: _Resealer, progress: Progress
) -> int:
    key = next(iter(table.primary_key.columns))
    async with engine.connect() as connection:
        total = (await connection.execute(select(func.count()).where(column.is_not(None)))).scalar_one()
    last, changed, seen = None, 0, 0
    while True:
        query = select(key, column).where(column.is_not(None)).order_by(key).limit(BATCH)
        async with engine.begin() as connection:
            rows = (await connection.execute(query if last is None else query.where(key > last))).all()
            for number, sealed in rows:
                anew = resealer.anew(sealed)
                if anew is not None:
                    # Only if it is still the same: a running bot may have written meanwhile.
                    same = update(table).where(key == number, column == sealed).values({column.name: anew})
                    changed += (await connection.execute(same)).rowcount
        if not rows:
            return changed
        last, seen = rows[-1][0], seen + len(rows)
        if changed:
            progress(f"{table.name}: {min(seen, total)} of {total}")


def write_keys(path: Path, keys: str) -> None:
    """Replace the key file in one step: whatever happens, either the old or the new one is whole."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(keys + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
