"""Where a client's talk stands: whether there was an alarm lately. Sealed, and for all of one length."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_or_update
from bot.adapters.store.tables import threads
from bot.domain.concern import About, Concern

LENGTH: Final = 96
"""Characters that are sealed, so that the length of what is sealed tells nothing."""


class ThreadTable:
    """Written with every answered message, so that a row does not tell for whom there was an alarm."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def concern(self, client_id: int, now: datetime) -> Concern | None:
        query = select(threads.c.sealed_concern).where(threads.c.client_id == client_id)
        sealed = (await self._connection.execute(query)).scalar_one_or_none()
        held = json.loads(self._cipher.open(sealed)) if sealed is not None else None
        if held is None:
            return None
        concern = Concern(About(held["about"]), datetime.fromisoformat(held["until"]))
        return concern if now < concern.until else None

    async def keep(self, client_id: int, concern: Concern | None, now: datetime) -> None:
        held = concern and {"about": concern.about.value, "until": concern.until.isoformat()}
        changed = {"sealed_concern": self._cipher.seal(json.dumps(held).ljust(LENGTH)), "at": now}
        await insert_or_update(self._connection, threads, {"client_id": client_id, **changed}, changed)

    async def purge(self, before: datetime) -> int:
        return (await self._connection.execute(delete(threads).where(threads.c.at < before))).rowcount
