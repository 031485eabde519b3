"""Alembic, run at start: the tables are brought up to date before anything else."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7420_2026
"""The number of PostgreSQL's advisory lock: two processes that start together must not both migrate."""


async def migrate(connection: AsyncConnection, cipher: Cipher, progress: Callable[[str], None]) -> bool:
    """Bring the database to the newest version, in one transaction; whether there was anything to do.

    Raises:
        WrongKey: a step has to read what is sealed, and `cipher` does not open it.
    """
    stepped = await connection.run_sync(_migrate, cipher, progress)
    await connection.commit()
    return stepped


def _migrate(connection: Connection, cipher: Cipher, progress: Callable[[str], None]) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
    head = _newest()
    if MigrationContext.configure(connection).get_current_revision() == head:
        return False
    progress(f"bringing the database to version {head}")
    config = _config()
    config.attributes.update(connection=connection, cipher=cipher)
    command.upgrade(config, "head")
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()
