"""Updates that have arrived."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_if_new
from bot.adapters.store.tables import inbox
from bot.services.ports import Waiting


class InboxTable:
    """Content is sealed while it waits and gone once it is done."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, updates: Sequence[Waiting], now: datetime) -> int:
        new = 0
        for each in updates:
            new += await insert_if_new(
                self._connection,
                inbox,
                {
                    "update_id": each.update_id,
                    "chat_id": each.chat_id,
                    "received_at": now,
                    "sealed_content": self._cipher.seal(each.content),
                    "failures": 0,
                },
            )
        return new

    async def chats(self) -> Sequence[int]:
        query = (
            select(inbox.c.chat_id)
            .where(inbox.c.done_at.is_(None))
            .group_by(inbox.c.chat_id)
            .order_by(func.min(inbox.c.update_id))
        )
        return (await self._connection.execute(query)).scalars().all()

    async def first(self, chat_id: int) -> Waiting | None:
        if self._connection.dialect.name == "postgresql":
            # Another process may be busy with this chat: wait for it, so that the order is kept.
            await self._connection.execute(text("SELECT pg_advisory_xact_lock(:chat)"), {"chat": chat_id})
        query = (
            select(inbox.c.update_id, inbox.c.sealed_content, inbox.c.failures)
            .where(inbox.c.chat_id == chat_id, inbox.c.done_at.is_(None))
            .order_by(inbox.c.update_id)
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Waiting(row.update_id, chat_id, self._cipher.open(row.sealed_content), row.failures)

    async def done(self, update_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(done_at=now, sealed_content=None)
        )

    async def failed(self, update_id: int) -> int:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(failures=inbox.c.failures + 1)
        )
        query = select(inbox.c.failures).where(inbox.c.update_id == update_id)
        return int((await self._connection.execute(query)).scalar_one())

    async def waiting(self) -> int:
        query = select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None))
        return (await self._connection.execute(query)).scalar_one()

    async def purge(self, before: datetime) -> int:
        return (await self._connection.execute(delete(inbox).where(inbox.c.done_at < before))).rowcount
