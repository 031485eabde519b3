"""What surrounds requests: forms under way, the waiting list, reminders, remarks, handovers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.coding import (
    form_from_text,
    form_to_text,
    offer_from,
    passed_from,
    place_to_content,
)
from bot.adapters.store.statements import insert_if_new, insert_or_update
from bot.adapters.store.tables import forms, handovers, places, remarks, reminders
from bot.domain.form import Form
from bot.domain.language import Language
from bot.domain.waiting_list import Place
from bot.services.ports import Handover, Remark


class FormTable:
    """One form a client, sealed whole: it holds names and answers about health."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def get(self, client_id: int) -> Form | None:
        query = select(forms.c.sealed_form).where(forms.c.client_id == client_id)
        sealed = (await self._connection.execute(query)).scalar_one_or_none()
        return form_from_text(self._cipher.open(sealed)) if sealed is not None else None

    async def under_way(self, client_id: int) -> bool:
        query = select(forms.c.client_id).where(forms.c.client_id == client_id)
        return (await self._connection.execute(query)).first() is not None

    async def save(self, client_id: int, form: Form, now: datetime) -> None:
        row = {"client_id": client_id, "sealed_form": self._cipher.seal(form_to_text(form)), "at": now}
        await insert_or_update(self._connection, forms, row, {"sealed_form": row["sealed_form"], "at": now})

    async def drop(self, client_id: int) -> None:
        await self._connection.execute(delete(forms).where(forms.c.client_id == client_id))

    async def purge(self, before: datetime) -> int:
        return (await self._connection.execute(delete(forms).where(forms.c.at < before))).rowcount


class PlaceTable:
    """The waiting list."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def join(
        self, client_id: int, language: Language, treatment_id: str, day: date, now: datetime
    ) -> Place:
        """The client's place on the list of that day; the one they have, if they are on it already."""
        same = select(places).where(places.c.client_id == client_id, places.c.day == day)
        known = (await self._connection.execute(same)).first()
        if known is not None:
            return self._place(known)
        row = {"client_id": client_id, "language": language.value, "treatment_id": treatment_id, "day": day}
        content: dict[str, object] = {"offer": None, "passed": []}
        await self._connection.execute(insert(places).values(**row, since=now, content=content))
        return self._place((await self._connection.execute(same)).one())

    async def all(self) -> Sequence[Place]:
        """In the order of joining."""
        rows = await self._connection.execute(select(places).order_by(places.c.id))
        return [self._place(row) for row in rows]

    async def get(self, place_id: int) -> Place | None:
        query = select(places).where(places.c.id == place_id)
        row = (await self._connection.execute(query)).one_or_none()
        return self._place(row) if row is not None else None

    async def save(self, place: Place) -> None:
        await self._connection.execute(
            update(places)
            .where(places.c.id == place.id)
            .values(content=place_to_content(place), offer_until=place.offer.until if place.offer else None)
        )

    async def leave(self, place_id: int) -> None:
        await self._connection.execute(delete(places).where(places.c.id == place_id))

    def _place(self, row: Row[Any]) -> Place:
        return Place(
            id=row.id,
            client_id=row.client_id,
            language=Language(row.language),
            treatment_id=row.treatment_id,
            day=row.day,
            since=row.since,
            offer=offer_from(row.content),
            passed=passed_from(row.content),
        )


class ReminderTable:
    """A row is a reminder still to be sent; sending removes it in the same transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(self, request_id: int, due: Iterable[tuple[int, datetime]]) -> None:
        """Replace what was planned: hours before, and when."""
        await self._connection.execute(delete(reminders).where(reminders.c.request_id == request_id))
        for hours_before, due_at in due:
            row = {"request_id": request_id, "hours_before": hours_before, "due_at": due_at}
            await insert_if_new(self._connection, reminders, row)

    async def take_due(self, now: datetime) -> Sequence[tuple[int, int]]:
        """Requests and hours before; what is taken is gone."""
        query = (
            select(reminders.c.request_id, reminders.c.hours_before)
            .where(reminders.c.due_at <= now)
            .order_by(reminders.c.due_at)
            .with_for_update(skip_locked=True)
        )
        due = [(row.request_id, row.hours_before) for row in await self._connection.execute(query)]
        for request_id, hours_before in due:
            await self._connection.execute(
                delete(reminders).where(
                    reminders.c.request_id == request_id, reminders.c.hours_before == hours_before
                )
            )
        return due


class RemarkTable:
    """Questions of the clinic and answers of the client, and what clients hand over to a person."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(
        self, request_id: int, text: str, *, by_clinic: bool, now: datetime, edited: bool = False
    ) -> None:
        row = {"request_id": request_id, "by_clinic": by_clinic, "at": now, "edited": edited}
        await self._connection.execute(insert(remarks).values(**row, sealed_text=self._cipher.seal(text)))

    async def of_request(self, request_id: int) -> Sequence[Remark]:
        query = select(remarks).where(remarks.c.request_id == request_id).order_by(remarks.c.id)
        return [
            Remark(row.by_clinic, self._cipher.open(row.sealed_text), row.at, row.edited)
            for row in await self._connection.execute(query)
        ]

    async def hand_over(self, client_id: int, language: Language, text: str, now: datetime) -> int:
        row = {"client_id": client_id, "language": language.value, "at": now}
        result = await self._connection.execute(
            insert(handovers).values(**row, sealed_text=self._cipher.seal(text)).returning(handovers.c.id)
        )
        return int(result.scalar_one())

    async def handover(self, handover_id: int) -> Handover | None:
        query = select(handovers).where(handovers.c.id == handover_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        text = self._cipher.open(row.sealed_text)
        return Handover(row.id, row.client_id, Language(row.language), text, row.at, row.answered_at)

    async def answered(self, handover_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(handovers).where(handovers.c.id == handover_id).values(answered_at=now)
        )
