"""Deliveries go out: at once after the commit that caused them, or later, until they arrive."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from bot.domain.errors import DeliveryFailed, StoreUnavailable, TryLater, TryNever, TrySoon
from bot.services.ports import Channel, Clock, Delivery, Store, Transaction
from bot.services.screens import UNTIL, Outgoing

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""How long a delivery is one process's own. Longer than any send may take."""

BEGIN_WITHIN = timedelta(seconds=10)
"""A send that begins so long after the delivery was leased still ends within the lease."""

SIDE_BY_SIDE = 16
"""Addresses that are sent to at the same time. More would only run into Telegram's 30 a second."""

ENDS_WITHIN = timedelta(seconds=5)
"""How long sends under way are waited for when the program ends."""

SOON = (1, 2, 4, 8, 15, 30, 60)
"""Seconds between tries after a dropped connection; the last one goes on."""

LATER = (1, 5, 15, 30, 60)
"""Minutes between tries while the other side is down; the last one goes on."""

TOO_OLD = timedelta(days=3)
"""After this nobody waits for it any more: it is given up, and a person is told."""


class Moved(DeliveryFailed):
    """The reader has another address now; try again there at once."""

    def __init__(self, address: str) -> None:
        super().__init__("moved")
        self.address = address


class Alarm(Protocol):
    """Tells a person that something does not arrive, in the transaction that settles what becomes of it."""

    async def is_for_clinic(self, tx: Transaction, delivery: Delivery) -> bool:
        """Whether it goes to the clinic itself, where somebody can open a way that is shut."""

    async def held_up(self, tx: Transaction, delivery: Delivery, reason: str, now: datetime) -> None:
        """A way to the clinic is shut, and what goes there waits. Called at each try."""

    async def given_up(self, tx: Transaction, delivery: Delivery, reason: str, now: datetime) -> None: ...


Follow = Callable[[Transaction, str, str], Awaitable[None]]
"""Told that a reader has moved, from an address to another."""


class Deliverer:
    """Sends what the outbox holds. No send happens inside a transaction."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        alarm: Alarm | None = None,
        follow: Follow | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._alarm = alarm
        self._follow = follow
        self._under_way: set[asyncio.Task[None]] = set()

    async def send(self, deliveries: Sequence[Delivery]) -> bool:
        """Send what was leased as it was made, in order; False where one could not go out now.

        The rest of that address then waits too, so that nothing overtakes.
        """
        held: set[tuple[str, str]] = set()
        for each in deliveries:
            address = (each.channel, each.address)
            if address in held or self._clock() - each.created_at > BEGIN_WITHIN:
                await self._release(each)
                held.add(address)
            elif not await self._send_one(each):
                held.add(address)
        return not held

    async def send_due(self) -> None:
        """Start on what is due, one address beside the other: a slow one holds up nobody else."""
        # Only as many as can begin at once: the lease of what is claimed runs.
        for due in await self._claim(SIDE_BY_SIDE - len(self._under_way)):
            task = asyncio.create_task(self._work(due))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def idle(self) -> None:
        """Wait until everything that was due is sent or put off."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def stop(self, within: timedelta = ENDS_WITHIN) -> None:
        """Let sends under way come to their end; one that does not is due again once its lease runs out."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within.total_seconds())
        rest = tuple(self._under_way)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _work(self, due: Delivery) -> None:
        """Send it, and then whatever else is due: what comes next to the same address, to begin with."""
        claimed: Sequence[Delivery] = (due,)
        try:
            while claimed:
                await self._send_one(claimed[0])
                claimed = await self._claim(1)
        except StoreUnavailable:
            # Nothing is lost: once the lease has run out it is due again.
            log.warning("the database does not answer; the delivery waits")
        except Exception:  # The loop's boundary: one bad delivery must not stop the others.
            log.exception("a delivery failed", delivery=claimed[0].id)

    async def _claim(self, limit: int) -> Sequence[Delivery]:
        if limit <= 0:
            return ()
        async with self._store.transaction() as tx:
            return await tx.outbox.claim(self._clock(), LEASE, limit)

    async def _send_one(self, delivery: Delivery) -> bool:
        if _is_past(delivery, self._clock()):
            async with self._store.transaction() as tx:
                await tx.outbox.give_up(delivery.id, "its moment has passed", self._clock())
            return True
        channel = self._channels.get(delivery.channel)
        if channel is None:  # taken out of the settings; who puts it back finds what waited
            return await self._failed(delivery, TryLater("no such channel is set up"))
        chat_id = _chat(delivery)
        async with self._store.transaction() as tx:
            known = await tx.shown.message(chat_id, delivery.key) if delivery.key is not None else None
            if chat_id and await _is_outdated(tx, delivery, known):
                await tx.outbox.give_up(delivery.id, "a newer edit follows", self._clock())
                return True
        try:
            message_id = await channel.send(delivery, known)
        except Moved as moved:
            async with self._store.transaction() as tx:
                if self._follow is not None:
                    await self._follow(tx, delivery.address, moved.address)
                await tx.outbox.move(delivery.address, moved.address)
                await tx.outbox.postpone(delivery.id, self._clock())
            log.info("reader moved", channel=delivery.channel)
            return False
        except DeliveryFailed as failure:
            return await self._failed(delivery, failure)
        now = self._clock()
        async with self._store.transaction() as tx:
            await tx.outbox.sent(delivery.id, now)
            if delivery.key is not None and message_id is not None and message_id != known:
                await tx.shown.remember(chat_id, delivery.key, message_id, now)
        return True

    async def _failed(self, delivery: Delivery, failure: DeliveryFailed) -> bool:
        """True where the address is free for what comes after."""
        now = self._clock()
        shut = isinstance(failure, TryNever) and failure.shut
        async with self._store.transaction() as tx:
            # Nobody knocks at a client's shut door; the clinic's own, somebody there can open again.
            waits = shut and self._alarm is not None and await self._alarm.is_for_clinic(tx, delivery)
            over = now - delivery.created_at > TOO_OLD or (isinstance(failure, TryNever) and not waits)
            if over:
                await tx.outbox.give_up(delivery.id, str(failure), now)
                if shut and not waits and delivery.address.isdigit():
                    await tx.clients.mark_gone(int(delivery.address))
                if self._alarm is not None:
                    await self._alarm.given_up(tx, delivery, str(failure), now)
            else:
                await tx.outbox.postpone(delivery.id, now + pause(delivery.attempts, failure))
                if self._alarm is not None and waits:
                    await self._alarm.held_up(tx, delivery, str(failure), now)
        log.warning(
            "delivery failed",
            delivery=delivery.id,
            channel=delivery.channel,
            attempt=delivery.attempts,
            kind=type(failure).__name__,
            to_clinic=waits,
        )
        return over

    async def _release(self, delivery: Delivery) -> None:
        async with self._store.transaction() as tx:
            await tx.outbox.postpone(delivery.id, self._clock())


def pause(attempts: int, failure: DeliveryFailed) -> timedelta:
    """How long to wait after `attempts` tries; never less than the other side asked for."""
    if not isinstance(failure, TrySoon):
        return timedelta(minutes=LATER[min(attempts, len(LATER)) - 1])
    wait = timedelta(seconds=SOON[min(attempts, len(SOON)) - 1])
    return wait if failure.after is None else max(wait, failure.after)


def _is_past(delivery: Delivery, now: datetime) -> bool:
    if delivery.key is None or not delivery.key.startswith(UNTIL):
        return False
    return datetime.fromtimestamp(int(delivery.key.removeprefix(UNTIL)), UTC) < now


async def _is_outdated(tx: Transaction, delivery: Delivery, known: int | None) -> bool:
    """Whether a newer delivery edits the very message that this one would edit.

    Telegram takes 20 messages a minute for a group, edits too: after an outage a card is worth one, its last.
    """
    chat_id = _chat(delivery)
    edited = _edits(delivery, known)
    if edited is None:
        return False
    for each in await tx.outbox.newer(delivery):
        shows = await tx.shown.message(chat_id, each.key) if each.key is not None else None
        if _edits(each, shows) == edited:
            return True
    return False


def _edits(delivery: Delivery, known: int | None) -> int | None:
    return Outgoing.from_json(_chat(delivery), delivery.key, delivery.content).edits(known)


def _chat(delivery: Delivery) -> int:
    """Telegram's addresses are chat numbers; other channels have no use for one."""
    return int(delivery.address) if delivery.address.lstrip("-").isdigit() else 0
