"""Clients."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.statements import insert_or_update
from bot.adapters.store.tables import clients
from bot.domain.clients import Client
from bot.domain.language import Language


class ClientTable:
    """A client is a number, a language and a day; names stay with Telegram."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, client_id: int) -> Client | None:
        row = (await self._connection.execute(select(clients).where(clients.c.id == client_id))).one_or_none()
        if row is None:
            return None
        return Client(
            id=row.id,
            language=row.language and Language(row.language),
            suggested=Language(row.suggested),
            since=row.since,
            gone=row.gone,
        )

    async def meet(self, client_id: int, suggested: Language, now: datetime) -> Client:
        known = await self.get(client_id)
        if known is not None and known.suggested is suggested and not known.gone:
            return known
        await insert_or_update(
            self._connection,
            clients,
            {"id": client_id, "suggested": suggested.value, "since": now, "gone": False},
            {"suggested": suggested.value, "gone": False},
        )
        return Client(
            id=client_id,
            language=known.language if known else None,
            suggested=suggested,
            since=known.since if known else now,
        )

    async def choose_language(self, client_id: int, language: Language | None) -> None:
        await self._set(client_id, language=language and language.value)

    async def mark_gone(self, client_id: int) -> None:
        await self._set(client_id, gone=True)

    async def _set(self, client_id: int, **values: object) -> None:
        await self._connection.execute(update(clients).where(clients.c.id == client_id).values(**values))
