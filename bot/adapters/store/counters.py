"""Numbers that belong to nobody, and small facts of the program itself."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.statements import insert_if_new, insert_or_update
from bot.adapters.store.tables import counters, notes


class CounterTable:
    """How often something happened on a day, with no link to whom."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, name: str, day: date) -> None:
        row = {"day": day, "name": name, "total": 1}
        await insert_or_update(self._connection, counters, row, {"total": counters.c.total + 1})

    async def totals(self, since: date) -> dict[str, int]:
        query = (
            select(counters.c.name, func.sum(counters.c.total))
            .where(counters.c.day >= since)
            .group_by(counters.c.name)
        )
        return {name: int(total) for name, total in await self._connection.execute(query)}


class NoteTable:
    """Name and value."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, name: str) -> str | None:
        query = select(notes.c.value).where(notes.c.name == name)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def put(self, name: str, value: str) -> None:
        await insert_or_update(self._connection, notes, {"name": name, "value": value}, {"value": value})

    async def once(self, name: str, value: str) -> str:
        """What it says; `value`, put there for good, where it said nothing. Of two processes one is heard."""
        await insert_if_new(self._connection, notes, {"name": name, "value": value})
        # Inserting has waited for the other process, so that what it committed is seen by now.
        return await self.get(name) or value

    async def change(self, name: str, value: str) -> bool:
        """Put it; False where it says so already, be it that another process was faster by a moment."""
        if await self.get(name) == value:
            return False
        row = {"name": name, "value": value}
        return await insert_or_update(
            self._connection, notes, row, {"value": value}, where=notes.c.value != value
        )
