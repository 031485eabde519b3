"""Requests, and the cells that keep two of them apart."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.booking_tables import LIVE_STATES
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.coding import request_from_text, request_to_text
from bot.adapters.store.tables import cells, requests
from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import Refusal, State
from bot.domain.requests import Request
from bot.domain.slots import Cell, cells_between


class CellTable:
    """Who holds which five minutes. A holder is `request:7` or `place:3`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def taken(
        self, start: datetime, end: datetime, *, but: AbstractSet[str] = frozenset()
    ) -> frozenset[Cell]:
        between = cells_between(start, end)
        query = select(cells.c.lane, cells.c.number).where(
            cells.c.number >= between.start, cells.c.number < between.stop, cells.c.holder.not_in(but)
        )
        return frozenset((lane, number) for lane, number in await self._connection.execute(query))

    async def hold(self, holder: str, wanted: AbstractSet[Cell]) -> bool:
        """The holder has these cells and no others; False, and nothing changed, where one is taken."""
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(delete(cells).where(cells.c.holder == holder))
                if wanted:
                    rows = [{"lane": lane, "number": number, "holder": holder} for lane, number in wanted]
                    await self._connection.execute(insert(cells), rows)
        except IntegrityError:
            return False
        return True


class RequestTable:
    """Sealed whole: what follows from health questions is in it, and who decided. Beside it stands what is
    searched by."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._cells = CellTable(connection)

    async def next_id(self) -> int:
        """A number for a new request; the primary key decides where two took the same."""
        found = (await self._connection.execute(select(func.max(requests.c.id)))).scalar_one()
        return (found or 0) + 1

    async def reference_exists(self, reference: str) -> bool:
        query = select(requests.c.id).where(requests.c.reference == reference)
        return (await self._connection.execute(query)).first() is not None

    async def add(self, request: Request, due_at: datetime | None) -> None:
        row = {**self._row(request, due_at), "id": request.id, "reference": request.reference}
        await self._connection.execute(
            insert(requests).values(**row, client_id=request.client_id, created_at=request.created_at)
        )

    async def save(self, request: Request, due_at: datetime | None, buffer: timedelta) -> None:
        """Write the request after a move, and hold its cells.

        Raises:
            MoveRefused: `changed` where somebody else moved it meanwhile, `slot_taken` where a time is gone.
        """
        # In a savepoint: whoever catches the refusal goes on with a transaction in which nothing happened.
        async with self._connection.begin_nested():
            written = await self._connection.execute(
                update(requests)
                .where(requests.c.id == request.id, requests.c.version == request.version - 1)
                .values(**self._row(request, due_at))
            )
            if written.rowcount != 1:
                raise MoveRefused(Refusal.CHANGED, request)
            if request.last is None:
                # Only talked about so far: a time that the waiting list kept for it stays kept.
                return
            if not await self._cells.hold(request.holder, request.cells(buffer)):
                raise MoveRefused(Refusal.SLOT_TAKEN, request)

    def _row(self, request: Request, due_at: datetime | None) -> dict[str, Any]:
        return {
            "language": request.language.value,
            "kind": request.kind.value,
            "treatment_id": request.treatment_id,
            "state": request.state.value,
            "version": request.version,
            "starts_at": request.appointment.start if request.appointment else None,
            "due_at": due_at,
            "sealed_content": self._cipher.seal(request_to_text(request)),
        }

    async def get(self, request_id: int) -> Request | None:
        """The request, locked until the transaction ends."""
        query = select(requests).where(requests.c.id == request_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return self._request(row) if row is not None else None

    async def of_client(self, client_id: int) -> Sequence[Request]:
        """Newest first."""
        query = select(requests).where(requests.c.client_id == client_id).order_by(requests.c.id.desc())
        return self._all(await self._connection.execute(query))

    async def starting(self, start: datetime, end: datetime, states: Iterable[State]) -> Sequence[Request]:
        """With an appointment that starts from `start` on and before `end`, in order."""
        query = (
            select(requests)
            .where(requests.c.starts_at >= start, requests.c.starts_at < end)
            .where(requests.c.state.in_([each.value for each in states]))
            .order_by(requests.c.starts_at, requests.c.id)
        )
        return self._all(await self._connection.execute(query))

    async def in_states(self, states: Iterable[State]) -> Sequence[Request]:
        """Oldest first."""
        query = select(requests).where(requests.c.state.in_([each.value for each in states]))
        return self._all(await self._connection.execute(query.order_by(requests.c.id)))

    async def due(self, now: datetime) -> Sequence[Request]:
        """For which the clock has something to do."""
        query = select(requests).where(requests.c.due_at <= now).order_by(requests.c.due_at)
        return self._all(await self._connection.execute(query.with_for_update(skip_locked=True)))

    async def open_requests(self, client_id: int) -> int:
        live = requests.c.state.in_(LIVE_STATES)
        query = select(func.count()).where(requests.c.client_id == client_id, live)
        return (await self._connection.execute(query)).scalar_one()

    async def nudged_at(self, request_id: int) -> datetime | None:
        """When it was last brought up again in the group."""
        query = select(requests.c.nudged_at).where(requests.c.id == request_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def set_nudged(self, request: Request, before: datetime | None, now: datetime) -> bool:
        """False, and nothing written, where it was moved meanwhile, or brought up again since `before`."""
        written = await self._connection.execute(
            update(requests)
            .where(requests.c.id == request.id, requests.c.version == request.version)
            .where(requests.c.nudged_at.is_not_distinct_from(before))
            .values(nudged_at=now)
        )
        return written.rowcount == 1

    async def lock_book(self) -> None:
        """One booking at a time reads what is free and takes it; SQLite's one writer does so anyway."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("SELECT pg_advisory_xact_lock(7420001)"))

    def _all(self, rows: Iterable[Row[Any]]) -> list[Request]:
        return [self._request(row) for row in rows]

    def _request(self, row: Row[Any]) -> Request:
        return request_from_text(self._cipher.open(row.sealed_content))
