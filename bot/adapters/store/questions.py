"""Questions without an answer, and what clients said of the answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_or_update
from bot.adapters.store.tables import feedback, unanswered
from bot.domain.language import Language
from bot.services.ports import Unanswered


class QuestionTables:
    """Texts come masked and are sealed all the same."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add_unanswered(
        self, client_id: int, language: Language, text: str, route: str, now: datetime
    ) -> int:
        row = {
            "client_id": client_id,
            "language": language.value,
            "route": route,
            "sealed_text": self._cipher.seal(text),
            "at": now,
        }
        result = await self._connection.execute(insert(unanswered).values(**row).returning(unanswered.c.id))
        return int(result.scalar_one())

    async def unanswered(self, limit: int) -> Sequence[Unanswered]:
        query = select(unanswered).order_by(unanswered.c.id.desc()).limit(limit)
        return [
            Unanswered(row.id, Language(row.language), self._cipher.open(row.sealed_text), row.at, row.route)
            for row in await self._connection.execute(query)
        ]

    async def add_feedback(self, client_id: int, entry_id: str, *, helped: bool, now: datetime) -> bool:
        same = select(feedback.c.helped).where(
            feedback.c.client_id == client_id, feedback.c.entry_id == entry_id
        )
        if (await self._connection.execute(same)).scalar_one_or_none() is helped:
            return False
        row = {"client_id": client_id, "entry_id": entry_id, "helped": helped, "at": now}
        await insert_or_update(self._connection, feedback, row, {"helped": helped, "at": now})
        return True

    async def feedback(self) -> dict[str, tuple[int, int]]:
        helped = func.sum(case((feedback.c.helped, 1), else_=0))
        query = select(feedback.c.entry_id, helped, func.count()).group_by(feedback.c.entry_id)
        rows = (await self._connection.execute(query)).all()
        return {entry_id: (int(yes), int(total - yes)) for entry_id, yes, total in rows}
