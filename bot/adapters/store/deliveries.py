"""The outbox, and which message shows what."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, String, and_, cast, delete, exists, func, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.booking_tables import LIVE_STATES
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.statements import insert_or_update
from bot.adapters.store.tables import deliveries, requests, shown
from bot.services.ports import Delivery
from bot.services.screens import AWAY

TAKES_AWAY: Final = and_(
    deliveries.c.due_at.is_not(None), func.coalesce(deliveries.c.key, "").startswith(AWAY)
)
"""What waits to take a message out of its chat."""


class DeliveryTable:
    """A row with a `due_at` is on its way; without one it has arrived or was given up."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(
        self,
        channel: str,
        address: str,
        content: str,
        *,
        key: str | None = None,
        now: datetime,
        lease: timedelta = timedelta(0),
    ) -> Delivery:
        row = {
            "channel": channel,
            "address": address,
            "key": key,
            "sealed_content": self._cipher.seal(content),
            "created_at": now,
            "due_at": now + lease,
            "attempts": 1 if lease else 0,
        }
        result = await self._connection.execute(insert(deliveries).values(**row).returning(deliveries.c.id))
        return Delivery(result.scalar_one(), channel, address, key, content, 1 if lease else 0, now)

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        older = deliveries.alias()
        first_of_address = ~exists().where(
            older.c.channel == deliveries.c.channel,
            older.c.address == deliveries.c.address,
            older.c.due_at.is_not(None),
            older.c.id < deliveries.c.id,
        )
        query = (
            select(deliveries)
            .where(deliveries.c.due_at <= now, first_of_address)
            .order_by(deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(query)).all()
        if rows:
            await self._connection.execute(
                update(deliveries)
                .where(deliveries.c.id.in_([row.id for row in rows]))
                .values(due_at=now + lease, attempts=deliveries.c.attempts + 1)
            )
        return [self._delivery(row) for row in rows]

    async def newer(self, delivery: Delivery) -> Sequence[Delivery]:
        query = select(deliveries).where(
            deliveries.c.channel == delivery.channel,
            deliveries.c.address == delivery.address,
            deliveries.c.due_at.is_not(None),
            deliveries.c.id > delivery.id,
        )
        return [self._delivery(row) for row in (await self._connection.execute(query)).all()]

    def _delivery(self, row: Row[Any]) -> Delivery:
        content = self._cipher.open(row.sealed_content)
        return Delivery(row.id, row.channel, row.address, row.key, content, row.attempts + 1, row.created_at)

    async def release(self, now: datetime) -> None:
        await self._connection.execute(update(deliveries).where(deliveries.c.due_at > now).values(due_at=now))

    async def sent(self, delivery_id: int, now: datetime) -> None:
        await self._set(delivery_id, due_at=None, sent_at=now, sealed_content=None)

    async def postpone(self, delivery_id: int, due_at: datetime) -> None:
        await self._set(delivery_id, due_at=due_at)

    async def give_up(self, delivery_id: int, reason: str, now: datetime) -> None:
        await self._set(delivery_id, due_at=None, sent_at=now, given_up=reason[:255], sealed_content=None)

    async def take_back(self, channel: str, address: str, begins: str) -> None:
        await self._connection.execute(
            delete(deliveries).where(
                deliveries.c.channel == channel,
                deliveries.c.address == address,
                deliveries.c.key.startswith(begins, autoescape=True),
                deliveries.c.due_at.is_not(None),
            )
        )

    async def _set(self, delivery_id: int, **values: object) -> None:
        await self._connection.execute(
            update(deliveries).where(deliveries.c.id == delivery_id).values(**values)
        )

    async def waiting_for(self, address: str) -> bool:
        query = select(exists().where(deliveries.c.address == address, deliveries.c.due_at.is_not(None)))
        return bool((await self._connection.execute(query)).scalar_one())

    async def waiting(self) -> int:
        query = select(func.count()).select_from(deliveries).where(deliveries.c.due_at.is_not(None))
        return (await self._connection.execute(query)).scalar_one()

    async def move(self, address: str, new_address: str) -> None:
        await self._connection.execute(
            update(deliveries).where(deliveries.c.address == address).values(address=new_address)
        )

    async def purge(self, before: datetime) -> int:
        finished = or_(deliveries.c.sent_at < before)
        return (await self._connection.execute(delete(deliveries).where(finished))).rowcount


_NAMES_SOMEBODY: Final = and_(
    shown.c.chat_id < 0, or_(*(shown.c.key.startswith(each) for each in ("card:", "about:", "handover:")))
)
"""In the clinic's group: until the person is taken out, however old it is; `GroupCards` forgets it then."""

_OF_LIVE_REQUEST: Final = (
    select(requests.c.id)
    .where(
        requests.c.client_id == shown.c.chat_id,
        requests.c.state.in_(LIVE_STATES),
        or_(
            *(
                shown.c.key.startswith(each + cast(requests.c.id, String) + ":")
                for each in ("about:", "asked:")
            )
        ),
    )
    .correlate(shown)
    .exists()
)
"""In a client's chat: it is edited once the request moves on, and a reply to it reaches the clinic."""


class ShownTable:
    """Telegram's message ids by what they show."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def message(self, chat_id: int, key: str) -> int | None:
        query = select(shown.c.message_id).where(shown.c.chat_id == chat_id, shown.c.key == key)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def key_of(self, chat_id: int, message_id: int) -> str | None:
        query = select(shown.c.key).where(shown.c.chat_id == chat_id, shown.c.message_id == message_id)
        return (await self._connection.execute(query.limit(1))).scalar_one_or_none()

    async def messages(self, chat_id: int, begins: str) -> Sequence[int]:
        query = select(shown.c.message_id).where(
            shown.c.chat_id == chat_id, shown.c.key.startswith(begins, autoescape=True)
        )
        return (await self._connection.execute(query.order_by(shown.c.message_id))).scalars().all()

    async def remember(self, chat_id: int, key: str, message_id: int, now: datetime) -> None:
        row = {"chat_id": chat_id, "key": key, "message_id": message_id, "at": now}
        await insert_or_update(self._connection, shown, row, {"message_id": message_id, "at": now})

    async def forget(self, chat_id: int, key: str) -> None:
        await self._connection.execute(delete(shown).where(shown.c.chat_id == chat_id, shown.c.key == key))

    async def purge(self, before: datetime) -> int:
        query = delete(shown).where(shown.c.at < before, not_(or_(_NAMES_SOMEBODY, _OF_LIVE_REQUEST)))
        return (await self._connection.execute(query)).rowcount
