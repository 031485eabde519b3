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

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7420_2026
"""The number of PostgreSQL's advisory lock: two processes that start together must not both migrate."""


async def migrate(connection: AsyncConnection, progress: Callable[[str], None]) -> None:
    """Bring the database to the newest version; `progress` hears of each step.

    On PostgreSQL the whole run is one transaction. SQLite commits each step.
    """
    await connection.run_sync(_migrate, progress)
    await connection.commit()


def _migrate(connection: Connection, progress: Callable[[str], None]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
    head = _newest()
    if MigrationContext.configure(connection).get_current_revision() == head:
        return
    progress(f"bringing the database to version {head}")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()
