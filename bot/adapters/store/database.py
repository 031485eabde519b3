"""Connections and transactions."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.adapters.store.booking import FormTable, PlaceTable, RemarkTable, ReminderTable
from bot.adapters.store.care import CareTables
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.clients import ClientTable
from bot.adapters.store.counters import CounterTable, NoteTable
from bot.adapters.store.deliveries import DeliveryTable, ShownTable
from bot.adapters.store.inbox import InboxTable
from bot.adapters.store.migrate import migrate
from bot.adapters.store.privacy import PersonalTables
from bot.adapters.store.questions import QuestionTables
from bot.adapters.store.rekey import KEY_CHECK, rekey
from bot.adapters.store.requests import CellTable, RequestTable
from bot.adapters.store.threads import ThreadTable
from bot.domain.errors import Misconfigured, StoreUnavailable, WrongKey

WAL_TRIES = 200
"""A twentieth of a second apart: as long as any other wait for the file."""


class DatabaseTransaction:
    """One connection inside BEGIN ... COMMIT, seen as table groups."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    @cached_property
    def inbox(self) -> InboxTable:
        return InboxTable(self._connection, self._cipher)

    @cached_property
    def clients(self) -> ClientTable:
        return ClientTable(self._connection)

    @cached_property
    def questions(self) -> QuestionTables:
        return QuestionTables(self._connection, self._cipher)

    @cached_property
    def counters(self) -> CounterTable:
        return CounterTable(self._connection)

    @cached_property
    def outbox(self) -> DeliveryTable:
        return DeliveryTable(self._connection, self._cipher)

    @cached_property
    def shown(self) -> ShownTable:
        return ShownTable(self._connection)

    @cached_property
    def threads(self) -> ThreadTable:
        return ThreadTable(self._connection, self._cipher)

    @cached_property
    def notes(self) -> NoteTable:
        return NoteTable(self._connection)

    @cached_property
    def requests(self) -> RequestTable:
        return RequestTable(self._connection, self._cipher)

    @cached_property
    def cells(self) -> CellTable:
        return CellTable(self._connection)

    @cached_property
    def forms(self) -> FormTable:
        return FormTable(self._connection, self._cipher)

    @cached_property
    def places(self) -> PlaceTable:
        return PlaceTable(self._connection)

    @cached_property
    def reminders(self) -> ReminderTable:
        return ReminderTable(self._connection)

    @cached_property
    def care(self) -> CareTables:
        return CareTables(self._connection, self._cipher)

    @cached_property
    def remarks(self) -> RemarkTable:
        return RemarkTable(self._connection, self._cipher)

    @cached_property
    def personal_data(self) -> PersonalTables:
        return PersonalTables(self._connection, self._cipher)


class Database:
    """The store. SQLite has one writer: its transactions queue here rather than at a timeout."""

    def __init__(self, url: str, cipher: Cipher) -> None:
        self._cipher = cipher
        self._engine = _engine(url)
        self._one_writer = asyncio.Lock() if self._engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[DatabaseTransaction]:
        """Raises StoreUnavailable where the database cannot be reached now."""
        if self._one_writer is None:
            async with self._begin() as transaction:
                yield transaction
        else:
            async with self._one_writer, self._begin() as transaction:
                yield transaction

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[DatabaseTransaction]:
        try:
            async with self._engine.begin() as connection:
                yield DatabaseTransaction(connection, self._cipher)
        except (OperationalError, InterfaceError, OSError) as error:
            raise StoreUnavailable(f"the database does not answer: {type(error).__name__}") from error

    async def prepare(self, progress: Callable[[str], None] = lambda _: None) -> None:
        """Bring the tables up to date and check the key.

        Raises:
            StoreUnavailable, WrongKey
        """
        try:
            async with self._engine.connect() as connection:
                stepped = await migrate(connection, self._cipher, progress)
            if stepped:
                await self.tidy()  # what a step has sealed or taken out must not stay in the log
        except (OperationalError, InterfaceError, OSError) as error:
            raise StoreUnavailable(f"the database does not answer: {type(error).__name__}") from error
        async with self.transaction() as transaction:
            held = await transaction.notes.once(KEY_CHECK, self._cipher.seal(KEY_CHECK).decode())
            if self._cipher.open(held.encode()) != KEY_CHECK:
                raise WrongKey(["DATA_KEY: does not open this database"])

    async def rekey(self, keys: str, progress: Callable[[str], None]) -> int:
        """Seal with the first of `keys` what others of them sealed; how many values.

        Raises:
            StoreUnavailable, WrongKey: what is done stays done, and a repetition goes on.
        """
        try:
            return await rekey(self._engine, keys, progress)
        except (OperationalError, InterfaceError, OSError) as error:
            raise StoreUnavailable(f"the database does not answer: {type(error).__name__}") from error

    async def others(self) -> int:
        """How many other connections a PostgreSQL has to this database."""
        query = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with self._engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def tidy(self) -> None:
        """Empty SQLite's log, which still holds what was erased; PostgreSQL does so by itself, later."""
        if self._one_writer is None:
            return
        async with self._one_writer, self._engine.connect() as connection:
            await connection.rollback()  # a checkpoint does nothing inside a transaction
            raw = await connection.get_raw_connection()
            await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    async def close(self) -> None:
        await self._engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            parsed = parsed.set(drivername="sqlite+aiosqlite")
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
                # For its owner alone from the first byte; SQLite gives its log the same rights.
                Path(parsed.database).touch(mode=0o600)
        elif parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+asyncpg")
        else:
            raise Misconfigured(
                ["DATABASE_URL: starts with sqlite:/// or postgresql://, e.g. sqlite:///data/teate.db"]
            )
        engine = create_async_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    except ArgumentError as error:
        raise Misconfigured(
            ["DATABASE_URL: is no address of a database, e.g. sqlite:///data/teate.db"]
        ) from error
    except OSError as error:
        raise Misconfigured([f"DATABASE_URL: its folder cannot be made: {error.strerror}"]) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _sqlite_settings)
        event.listen(
            engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE")
        )
    return engine


def _sqlite_settings(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE takes the write lock at once,
    # where a later upgrade of a read lock could fail in the middle.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")  # NORMAL may lose the last commits in a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what was deleted must not be readable in the file
    cursor.close()


def _use_wal(cursor: DBAPICursor) -> None:
    """Of two processes that make a new file at once, SQLite turns one away without any waiting."""
    for left in reversed(range(WAL_TRIES)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(0.05)
        else:
            return
