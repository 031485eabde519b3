"""What of every table belongs to a client: read whole for them, and erased at their wish.

A table is in one of the two lists below, and a test holds that none is forgotten.
"""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, String, Table, and_, cast, delete, func, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store import tables
from bot.adapters.store.booking_tables import LIVE_STATES
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.coding import request_from_text, request_to_text
from bot.adapters.store.deliveries import TAKES_AWAY
from bot.adapters.store.statements import insert_if_new
from bot.adapters.store.tables import deliveries, handovers, inbox, notes, requests, shown, unanswered
from bot.domain.requests import NOBODY, Request
from bot.services.ports import Records
from bot.services.tell import TELEGRAM

ERASE_LATER: Final = "erase:"
"""Name of a note, before a request's number: it loses its person once it is over."""


@dataclass(frozen=True, slots=True)
class Owned:
    """How the rows of a client are found, and the name that they have in the client's file."""

    name: str
    column: str = "client_id"
    unread: AbstractSet[str] = frozenset()
    """Columns that are left out: the client's own number on each row, and what only passes through."""


_THROUGH: Final = frozenset({"sealed_content"})

OF_CLIENTS: Final[dict[Table, Owned]] = {
    tables.clients: Owned("you", "id"),
    tables.consents: Owned("consents"),
    tables.requests: Owned("requests_and_appointments", unread=frozenset({"nudged_at", "due_at", "version"})),
    tables.remarks: Owned("messages_about_requests", "request_id"),
    tables.reminders: Owned("reminders_of_appointments", "request_id"),
    tables.forms: Owned("form_under_way"),
    tables.places: Owned("waiting_list"),
    tables.handovers: Owned("questions_for_a_person"),
    tables.unanswered: Owned("questions_without_an_answer"),
    tables.feedback: Owned("answers_rated"),
    tables.experiences: Owned("self_care_tried"),
    tables.check_ins: Owned("check_ins"),
    tables.care_reminders: Owned("reminders_of_self_care"),
    tables.guides: Owned("guided_action_running"),
    tables.threads: Owned("where_the_talk_stands", unread=frozenset({"sealed_concern"})),
    tables.shown: Owned("messages_that_can_be_edited", "chat_id"),
    tables.inbox: Owned("numbers_of_messages_from_you", "chat_id", _THROUGH),
    tables.deliveries: Owned("numbers_of_messages_to_you", "address", _THROUGH | {"key", "channel"}),
}
"""Every table that has rows of clients, in the order of the client's file."""

OF_NOBODY: Final = frozenset({tables.counters, tables.notes, tables.cells})
"""Numbers of days, facts of the program, and which five minutes are taken."""

REWRITTEN: Final = frozenset({tables.requests, tables.places, tables.inbox, tables.deliveries})
"""Not erased row by row: the clinic's book and the waiting list have to stay whole, updates known; and what
waits to take something out of the chat takes part in the erasing."""

OF_APPOINTMENTS: Final = frozenset({tables.clients, tables.remarks, tables.reminders})
"""What is needed as long as an appointment stands."""


class PersonalTables:
    """Reads, rewrites and erases across all tables."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def everything(self, client_id: int) -> Records:
        found: dict[str, list[dict[str, object]]] = {}
        for table, owned in OF_CLIENTS.items():
            query = select(table).where(_of(table, client_id)).order_by(*table.primary_key.columns)
            rows = await self._connection.execute(query)
            records = [self._record(row, owned) for row in rows]
            if records:
                found[owned.name] = records
        return found

    def _record(self, row: Row[Any], owned: Owned) -> dict[str, object]:
        record: dict[str, object] = {}
        for name, value in row._mapping.items():
            if name in owned.unread or (name == owned.column and name not in ("id", "request_id")):
                continue
            if name.startswith("sealed_"):
                record[name.removeprefix("sealed_")] = _without_staff(self._opened(value))
            else:
                record[name] = _plain(value)
        return record

    def _opened(self, sealed: bytes | None) -> object:
        if sealed is None:
            return None
        text = self._cipher.open(sealed)
        try:
            return json.loads(text)
        except ValueError:
            return text

    async def rewrite(self, request: Request) -> None:
        await self._connection.execute(
            update(requests)
            .where(requests.c.id == request.id)
            .values(
                client_id=request.client_id,
                sealed_content=self._cipher.seal(request_to_text(request)),
            )
        )

    async def forget_remarks(self, request_id: int) -> None:
        remarks = tables.remarks
        await self._connection.execute(delete(remarks).where(remarks.c.request_id == request_id))

    async def erase(self, client_id: int, *, but_appointments: bool = False) -> None:
        """Every row of the client but requests and places, which somebody else counts on.

        With `but_appointments` also what an appointment needs that stays for now: chat, remarks, reminders.
        """
        for table in OF_CLIENTS:
            if table not in REWRITTEN and not (but_appointments and table in OF_APPOINTMENTS):
                await self._connection.execute(delete(table).where(_of(table, client_id)))
        await self._connection.execute(delete(deliveries).where(_of(deliveries, client_id), not_(TAKES_AWAY)))
        await self._forget_chats(inbox.c.chat_id == client_id)

    async def _forget_chats(self, condition: ColumnElement[bool]) -> int:
        """The number of an update stays a week, so that it is not taken for new; whose it was does not."""
        query = update(inbox).where(inbox.c.done_at.is_not(None), condition).values(chat_id=NOBODY)
        return (await self._connection.execute(query)).rowcount

    async def unqueue(self, key: str) -> bool:
        """Take back what waits to show this key; whether anything did."""
        waiting = delete(deliveries).where(deliveries.c.key == key, deliveries.c.due_at.is_not(None))
        return (await self._connection.execute(waiting)).rowcount > 0

    async def take_shown(self, chat_id: int, begins: str) -> Sequence[int]:
        """The messages of a chat whose keys begin so; their keys are forgotten."""
        query = (
            delete(shown)
            .where(shown.c.chat_id == chat_id, shown.c.key.startswith(begins, autoescape=True))
            .returning(shown.c.message_id)
        )
        return sorted((await self._connection.execute(query)).scalars())

    async def unqueue_about(self, references: Iterable[str]) -> None:
        told_of = tuple(references)
        waiting = select(deliveries.c.id, deliveries.c.sealed_content).where(deliveries.c.due_at.is_not(None))
        about = [
            row.id
            for row in (await self._connection.execute(waiting)).all()
            if row.sealed_content and any(each in self._cipher.open(row.sealed_content) for each in told_of)
        ]
        await self._connection.execute(delete(deliveries).where(deliveries.c.id.in_(about)))

    async def handovers(self, client_id: int) -> Sequence[int]:
        return await self._handovers(handovers.c.client_id == client_id)

    async def handovers_before(self, moment: datetime) -> Sequence[int]:
        return await self._handovers(handovers.c.at < moment)

    async def _handovers(self, condition: Any) -> Sequence[int]:
        query = select(handovers.c.id).where(condition).order_by(handovers.c.id)
        return (await self._connection.execute(query)).scalars().all()

    async def forget_handover(self, handover_id: int) -> None:
        await self._connection.execute(delete(handovers).where(handovers.c.id == handover_id))

    async def erase_later(self, request_id: int) -> None:
        row = {"name": f"{ERASE_LATER}{request_id}", "value": ""}
        await insert_if_new(self._connection, notes, row)

    async def to_erase(self) -> Sequence[int]:
        query = select(notes.c.name).where(notes.c.name.startswith(ERASE_LATER, autoescape=True))
        return [
            int(name.removeprefix(ERASE_LATER)) for name in (await self._connection.execute(query)).scalars()
        ]

    async def erased(self, request_id: int) -> None:
        await self._connection.execute(delete(notes).where(notes.c.name == f"{ERASE_LATER}{request_id}"))

    async def over_before(self, moment: datetime) -> Sequence[Request]:
        query = (
            select(requests)
            .where(requests.c.client_id != NOBODY, requests.c.state.not_in(LIVE_STATES))
            .where(func.coalesce(requests.c.starts_at, requests.c.created_at) < moment)
        )
        rows = await self._connection.execute(query.order_by(requests.c.id).with_for_update(skip_locked=True))
        return [request_from_text(self._cipher.open(row.sealed_content)) for row in rows]

    async def purge_unanswered(self, before: datetime) -> int:
        return (await self._connection.execute(delete(unanswered).where(unanswered.c.at < before))).rowcount

    async def purge_strangers(self) -> int:
        """Forget the numbers of private chats that belong to no client (any more)."""
        known = select(tables.clients.c.id)
        addresses = select(cast(tables.clients.c.id, String))
        private = not_(deliveries.c.address.startswith("-"))
        done = deliveries.c.due_at.is_(None)
        stale = (
            delete(shown).where(shown.c.chat_id > 0, shown.c.chat_id.not_in(known)),
            delete(deliveries).where(
                done, deliveries.c.channel == TELEGRAM, private, deliveries.c.address.not_in(addresses)
            ),
        )
        forgotten = await self._forget_chats(and_(inbox.c.chat_id > 0, inbox.c.chat_id.not_in(known)))
        return forgotten + sum([(await self._connection.execute(each)).rowcount for each in stale])


def _of(table: Table, client_id: int) -> Any:
    """The condition that a row is the client's."""
    match OF_CLIENTS[table].column:
        case "request_id":
            own = select(requests.c.id).where(requests.c.client_id == client_id)
            return table.c.request_id.in_(own)
        case "address":
            return table.c.address == str(client_id)
        case column:
            return table.c[column] == client_id


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _without_staff(value: object) -> object:
    """A request without who of the clinic decided: that is theirs."""
    if not isinstance(value, dict) or not isinstance(value.get("last"), dict):
        return value
    by = value["last"].get("by") or {}
    return {**value, "last": {**value["last"], "by": by.get("actor")}}
