"""Where a client's talk stands: whether there was an alarm lately, and what was said last was about.

Sealed, and for all of one length.
"""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_or_update
from bot.adapters.store.tables import threads
from bot.domain.concern import About, Concern
from bot.domain.subject import FOLLOWED, Subject

LENGTH: Final = 96
"""Characters that are sealed, so that the length of what is sealed tells nothing."""

SUBJECT_LENGTH: Final = 144
"""The same for a subject: an entry's id has 64 at most."""


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
        changed = {"sealed_concern": self._concern(concern), "at": now}
        await insert_or_update(self._connection, threads, {"client_id": client_id, **changed}, changed)

    def _concern(self, concern: Concern | None) -> bytes:
        held = concern and {"about": concern.about.value, "until": concern.until.isoformat()}
        return self._cipher.seal(json.dumps(held).ljust(LENGTH))

    async def subject(self, client_id: int, now: datetime) -> Subject | None:
        query = select(threads.c.sealed_subject).where(threads.c.client_id == client_id)
        sealed = (await self._connection.execute(query)).scalar_one_or_none()
        held = json.loads(self._cipher.open(sealed)) if sealed is not None else None
        if held is None or now >= datetime.fromisoformat(held["at"]) + FOLLOWED:
            return None
        return Subject(held["entry"])

    async def turn_to(self, client_id: int, subject: Subject | None, now: datetime) -> None:
        held = subject and {"entry": subject.entry, "at": now.isoformat()}
        changed = {"sealed_subject": self._cipher.seal(json.dumps(held).ljust(SUBJECT_LENGTH))}
        if subject is None:
            await self._connection.execute(
                update(threads).where(threads.c.client_id == client_id).values(**changed)
            )
            return
        # `at` stays in a row that is there: what it says of an alarm must not outlive its time.
        row = {"client_id": client_id, "sealed_concern": self._concern(None), "at": now, **changed}
        await insert_or_update(self._connection, threads, row, changed)

    async def purge(self, before: datetime) -> int:
        return (await self._connection.execute(delete(threads).where(threads.c.at < before))).rowcount
