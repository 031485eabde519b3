"""Databases as the newest migration leaves them. It runs once; each test gets a copy."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.migrate import migrate

TEMPLATE = "teate_template"


def sqlite_at(path: Path) -> str:
    """The address of a migrated database in a file of its own."""
    path.touch(mode=0o600)
    path.write_bytes(_migrated_file())
    return f"sqlite:///{path}"


@cache
def _migrated_file() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        run_apart(_migrate(f"sqlite+aiosqlite:///{file}"))
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA journal_mode=WAL")  # is a mark in the file, which the copy keeps
        connection.close()
        return file.read_bytes()


def run_apart(work: Coroutine[None, None, None]) -> None:
    """On a loop of its own, in a thread of its own: whoever asks first may be on a loop already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _migrate(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await migrate(connection, Cipher(Cipher.new_key()), lambda _: None)
    await engine.dispose()


class PostgreSQL:
    """A server with a migrated database that others are copied from."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    async def set_up(self) -> None:
        async with self._admin() as admin:
            # Nothing here outlives the run, so nothing need reach the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                await admin.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            await admin.execute(text("SELECT pg_reload_conf()"))
            await admin.execute(text(f"CREATE DATABASE {TEMPLATE}"))
        await _migrate(_driven(self.address_of(TEMPLATE)))

    async def create(self, name: str, template: str = TEMPLATE) -> str:
        """The address of a new database."""
        async with self._admin() as admin:
            await admin.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
        return self.address_of(name)

    async def drop(self, name: str) -> None:
        async with self._admin() as admin:
            await admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def address_of(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    @asynccontextmanager
    async def _admin(self) -> AsyncIterator[AsyncConnection]:
        engine = create_async_engine(_driven(self._uri), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            yield connection
        await engine.dispose()


def _driven(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+asyncpg://", 1)
