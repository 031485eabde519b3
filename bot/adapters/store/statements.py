"""The one statement that both databases have and SQLAlchemy Core does not: insert or update."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_or_update(
    connection: AsyncConnection,
    table: Table,
    row: Mapping[str, Any],
    update: Mapping[str, Any],
    *,
    where: ColumnElement[bool] | None = None,
) -> bool:
    """Insert `row`; where its primary key is there already, set `update` instead, if `where` holds of it.

    Whether anything was written.
    """
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table).values(**row)
    result = await connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(table.primary_key.columns), set_=dict(update), where=where
        )
    )
    return result.rowcount > 0


async def insert_if_new(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert `row` unless its primary key is there already; whether it was inserted."""
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table).values(**row)
    result = await connection.execute(insert.on_conflict_do_nothing())
    return result.rowcount > 0
