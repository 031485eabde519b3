"""Self-care: what was tried, check-ins, reminders, guides that run, and what the client agreed to."""

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_if_new, insert_or_update
from bot.adapters.store.tables import care_reminders, check_ins, consents, experiences, guides
from bot.domain.care import Experience, Need
from bot.domain.check_ins import CheckIn
from bot.domain.language import Language
from bot.domain.reminders import ReminderTimes
from bot.services.ports import Consent, RunningGuide


class CareTables:
    """How somebody feels is sealed; which action helped is not personal text."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def consent(self, client_id: int, kind: Consent) -> datetime | None:
        """Since when, or None."""
        query = select(consents.c.at).where(consents.c.client_id == client_id, consents.c.kind == kind.value)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def give_consent(self, client_id: int, kind: Consent, now: datetime) -> None:
        await insert_if_new(
            self._connection, consents, {"client_id": client_id, "kind": kind.value, "at": now}
        )

    async def withdraw_consent(self, client_id: int, kind: Consent) -> None:
        await self._connection.execute(
            delete(consents).where(consents.c.client_id == client_id, consents.c.kind == kind.value)
        )

    async def add_experience(self, client_id: int, action_id: str, now: datetime) -> None:
        await self._connection.execute(
            insert(experiences).values(client_id=client_id, action_id=action_id, at=now)
        )

    async def rate_experience(self, client_id: int, action_id: str, *, helped: bool) -> None:
        """The client's word on the last time."""
        last = (
            select(experiences.c.id)
            .where(experiences.c.client_id == client_id, experiences.c.action_id == action_id)
            .order_by(experiences.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        await self._connection.execute(
            update(experiences).where(experiences.c.id == last).values(helped=helped)
        )

    async def experiences(self, client_id: int) -> Sequence[Experience]:
        query = select(experiences).where(experiences.c.client_id == client_id).order_by(experiences.c.id)
        return [
            Experience(row.action_id, row.at, row.helped) for row in await self._connection.execute(query)
        ]

    async def forget_experiences(self, client_id: int) -> None:
        await self._connection.execute(delete(experiences).where(experiences.c.client_id == client_id))

    async def add_check_in(self, client_id: int, check_in: CheckIn) -> int:
        row = {"client_id": client_id, "at": check_in.at, "sealed_content": self._sealed(check_in)}
        result = await self._connection.execute(insert(check_ins).values(**row).returning(check_ins.c.id))
        return int(result.scalar_one())

    async def set_check_in(self, client_id: int, check_in_id: int, check_in: CheckIn) -> None:
        await self._connection.execute(
            update(check_ins)
            .where(check_ins.c.id == check_in_id, check_ins.c.client_id == client_id)
            .values(sealed_content=self._sealed(check_in))
        )

    async def check_in(self, client_id: int, check_in_id: int) -> CheckIn | None:
        query = select(check_ins).where(check_ins.c.id == check_in_id, check_ins.c.client_id == client_id)
        row = (await self._connection.execute(query)).one_or_none()
        return self._check_in(row) if row is not None else None

    async def check_ins(self, client_id: int) -> Sequence[CheckIn]:
        query = select(check_ins).where(check_ins.c.client_id == client_id).order_by(check_ins.c.at)
        return [self._check_in(row) for row in await self._connection.execute(query)]

    async def forget_check_ins(self, client_id: int) -> None:
        await self._connection.execute(delete(check_ins).where(check_ins.c.client_id == client_id))

    async def purge_check_ins(self, before: datetime) -> int:
        return (await self._connection.execute(delete(check_ins).where(check_ins.c.at < before))).rowcount

    def _sealed(self, check_in: CheckIn) -> bytes:
        need = check_in.need.value if check_in.need else None
        held = {"face": check_in.face, "need": need, "offered": check_in.offered}
        return self._cipher.seal(json.dumps(held))

    def _check_in(self, row: Row[Any]) -> CheckIn:
        held = json.loads(self._cipher.open(row.sealed_content))
        need = Need(held["need"]) if held["need"] else None
        return CheckIn(row.at, held["face"], need, offered=held["offered"])

    async def reminder(self, client_id: int) -> ReminderTimes | None:
        query = select(care_reminders.c.content).where(care_reminders.c.client_id == client_id)
        content = (await self._connection.execute(query)).scalar_one_or_none()
        return _times(content) if content is not None else None

    async def set_reminder(self, client_id: int, times: ReminderTimes, next_at: datetime | None) -> None:
        content = {
            "at": times.at.isoformat("minutes"),
            "weekdays": sorted(times.weekdays),
            "quiet_from": times.quiet_from.isoformat("minutes"),
            "quiet_until": times.quiet_until.isoformat("minutes"),
            "zone": str(times.zone),
        }
        row = {"client_id": client_id, "content": content, "next_at": next_at}
        await insert_or_update(
            self._connection, care_reminders, row, {"content": content, "next_at": next_at}
        )

    async def plan_reminder(self, client_id: int, next_at: datetime | None) -> None:
        await self._connection.execute(
            update(care_reminders).where(care_reminders.c.client_id == client_id).values(next_at=next_at)
        )

    async def due_reminders(self, now: datetime) -> Sequence[tuple[int, ReminderTimes, datetime]]:
        """Client, times, and when it was due."""
        query = (
            select(care_reminders)
            .where(care_reminders.c.next_at <= now)
            .order_by(care_reminders.c.next_at)
            .with_for_update(skip_locked=True)
        )
        rows = await self._connection.execute(query)
        return [(row.client_id, _times(row.content), row.next_at) for row in rows]

    async def stop_reminder(self, client_id: int) -> None:
        await self._connection.execute(delete(care_reminders).where(care_reminders.c.client_id == client_id))

    async def start_guide(self, guide: RunningGuide) -> None:
        row = {
            "client_id": guide.client_id,
            "action_id": guide.action_id,
            "sealed_needs": self._cipher.seal(guide.needs),
            "minutes": guide.minutes,
            "language": guide.language.value,
            "message_id": guide.message_id,
            "started_at": guide.started_at,
            "stage": guide.stage,
        }
        await insert_or_update(self._connection, guides, row, row)

    async def running_guides(self) -> Sequence[RunningGuide]:
        return [
            RunningGuide(
                client_id=row.client_id,
                action_id=row.action_id,
                needs=self._cipher.open(row.sealed_needs),
                minutes=row.minutes,
                language=Language(row.language),
                message_id=row.message_id,
                started_at=row.started_at,
                stage=row.stage,
            )
            for row in await self._connection.execute(select(guides))
        ]

    async def set_guide_stage(self, client_id: int, stage: int) -> bool:
        """False where it has ended, or somebody else was faster."""
        query = update(guides).where(guides.c.client_id == client_id, guides.c.stage < stage)
        return (await self._connection.execute(query.values(stage=stage))).rowcount > 0

    async def end_guide(self, client_id: int) -> bool:
        """False where none was running."""
        ended = await self._connection.execute(delete(guides).where(guides.c.client_id == client_id))
        return ended.rowcount > 0


def _times(content: dict[str, Any]) -> ReminderTimes:
    return ReminderTimes(
        at=time.fromisoformat(content["at"]),
        weekdays=frozenset(content["weekdays"]),
        quiet_from=time.fromisoformat(content["quiet_from"]),
        quiet_until=time.fromisoformat(content["quiet_until"]),
        zone=ZoneInfo(content["zone"]),
    )
