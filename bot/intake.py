"""The inbox: updates are written down, then worked on in order, one chat's never side by side.

Polling stores a batch before it asks for the next offset; the webhook stores before it answers 200. A
process may die at any instant: what was stored is worked on at the next start, and the effects of an
update commit together with the mark that it is done.

Updates are stored as Telegram wrote them and read when they are worked on: one that cannot be read then
fails by itself, where it would otherwise come again and again and hold up whatever is behind it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.domain.errors import Misconfigured, NotAnUpdate, StoreUnavailable
from bot.services.deliver import LEASE, Deliverer
from bot.services.ports import Clock, Delivery, Store, Transaction, Waiting
from bot.services.screens import Outgoing
from bot.services.tell import tell

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 32
"""Chats worked on at the same time; more gains nothing on two cores."""

TRIES = 3
"""How often an update is worked on before it is put aside with an apology."""

POLL = timedelta(seconds=30)
ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
WAITS = (1, 2, 5, 10, 30)
"""Seconds between tries while the API does not answer; the last one goes on."""


class Handled(Protocol):
    """What working on an update leaves to be done once it is committed."""

    @property
    def outgoing(self) -> Sequence[Outgoing]: ...
    @property
    def after(self) -> Sequence[Callable[[Bot], Awaitable[object]]]: ...


class Handler(Protocol):
    """Works on one update inside a transaction."""

    async def handle(self, tx: Transaction, content: str, now: datetime) -> Handled: ...

    def apology(self, chat_id: int) -> Outgoing:
        """What a client reads whose message could not be worked on."""


class Intake:
    """Works on what waits. `arrived` wakes it; `run` goes on until cancelled."""

    def __init__(self, store: Store, handler: Handler, deliverer: Deliverer, bot: Bot, clock: Clock) -> None:
        self._store = store
        self._handler = handler
        self._deliverer = deliverer
        self._bot = bot
        self._clock = clock
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)

    async def arrived(self, updates: Sequence[object]) -> int:
        """Store updates, the JSON that Telegram sent, and start on them; the number of the last.

        Once this returns they cannot be lost.

        Raises:
            NotAnUpdate: one of them is none; nothing was stored.
            StoreUnavailable: nothing was stored; Telegram must not be told that they arrived.
        """
        waiting = [_waiting(each) for each in updates]
        async with self._store.transaction() as tx:
            await tx.inbox.add(waiting, self._clock())
        for chat_id in dict.fromkeys(each.chat_id for each in waiting):
            self.wake(chat_id)
        return waiting[-1].update_id

    async def resume(self) -> None:
        """Start on what an earlier process left, or another one forgot."""
        async with self._store.transaction() as tx:
            chats = await tx.inbox.chats()
        for chat_id in chats:
            self.wake(chat_id)

    def wake(self, chat_id: int) -> None:
        """Work on a chat, or look again once the work under way is done."""
        if chat_id in self._busy:
            self._again.add(chat_id)
            return
        self._busy[chat_id] = asyncio.create_task(self._work(chat_id))

    async def idle(self) -> None:
        """Wait until everything that has arrived is worked on."""
        while self._busy:
            await asyncio.wait(self._busy.values())

    async def _work(self, chat_id: int) -> None:
        try:
            async with self._places:
                while await self._one(chat_id):
                    pass
        except StoreUnavailable:
            # Nothing is lost: the row waits, and the next tick looks again.
            log.warning("the database does not answer; the update waits")
        finally:
            del self._busy[chat_id]
            if chat_id in self._again:
                self._again.discard(chat_id)
                self.wake(chat_id)

    async def _one(self, chat_id: int) -> bool:
        """Work on the chat's oldest update; False where there is none."""
        now = self._clock()
        waiting: Waiting | None = None
        try:
            async with self._store.transaction() as tx:
                waiting = await tx.inbox.first(chat_id)
                if waiting is None:
                    return False
                handled = await self._handler.handle(tx, waiting.content, now)
                deliveries = await self._queue(tx, handled.outgoing, now)
                await tx.inbox.done(waiting.update_id, now)
        except StoreUnavailable:
            raise
        except Exception:  # The loop's boundary: one bad update must not stop the others.
            log.exception("an update failed", update=waiting.update_id if waiting else None)
            if waiting is not None:
                await self._put_aside(waiting)
            return waiting is not None
        for call in handled.after:
            try:
                await call(self._bot)
            except TelegramError as error:
                log.warning("a side call failed", kind=type(error).__name__)
        await self._deliverer.send(deliveries)
        return True

    async def _queue(self, tx: Transaction, outgoing: Sequence[Outgoing], now: datetime) -> list[Delivery]:
        """Write deliveries; those returned are leased to us and sent right after the commit."""
        leased: list[Delivery] = []
        queued: set[str] = set()
        for each in outgoing:
            address = str(each.chat_id)
            if address not in {one.address for one in leased} and await tx.outbox.waiting_for(address):
                queued.add(address)
            lease = timedelta(0) if address in queued else LEASE
            delivery = await tell(tx, each, now, lease)
            if address not in queued:
                leased.append(delivery)
        return leased

    async def _put_aside(self, waiting: Waiting) -> None:
        now = self._clock()
        async with self._store.transaction() as tx:
            if await tx.inbox.failed(waiting.update_id) < TRIES:
                return
            await tx.inbox.done(waiting.update_id, now)
            if waiting.chat_id:
                await self._queue_apology(tx, waiting.chat_id, now)

    async def _queue_apology(self, tx: Transaction, chat_id: int, now: datetime) -> None:
        await tell(tx, self._handler.apology(chat_id), now)


class Source(Protocol):
    """Where updates are asked for."""

    async def delete_webhook(self) -> bool: ...

    async def raw_updates(self, offset: int, wait: timedelta, allowed: Sequence[str]) -> Sequence[object]:
        """What has arrived from `offset` on, as Telegram wrote it; after `wait` an empty list."""


class Polling:
    """Long polling. It ends only by being cancelled, or with an error that a person must see."""

    def __init__(self, source: Source, intake: Intake) -> None:
        self._source = source
        self._intake = intake

    async def run(self) -> None:
        """Raises Misconfigured where the token is refused or somebody else polls with it."""
        offset = 0
        failures = 0
        free = False
        while True:
            try:
                # Nobody can poll while updates go to a webhook, which an earlier setting may have left.
                free = free or await self._source.delete_webhook()
                updates = await self._source.raw_updates(offset, POLL, ALLOWED)
                if updates:
                    offset = await self._intake.arrived(updates) + 1
                failures = 0
            except (TelegramError, NotAnUpdate, StoreUnavailable) as error:
                await asyncio.sleep(_wait(error, failures))
                failures += 1


def _wait(error: Exception, failures: int) -> float:
    """Seconds until the next try; raises what no trying mends."""
    if isinstance(error, InvalidToken):
        raise Misconfigured(
            ["TELEGRAM_BOT_TOKEN: Telegram refuses it; get a new one from @BotFather"]
        ) from error
    if isinstance(error, Conflict):
        raise Misconfigured(
            ["TELEGRAM_BOT_TOKEN: another program polls with this token; stop it, then start again"]
        ) from error
    if isinstance(error, BadRequest):
        raise Misconfigured([f"TELEGRAM_API_URL: the API refuses to be polled: {error}"]) from error
    log.warning("no updates for now", kind=type(error).__name__, failures=failures + 1)
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)
    return float(WAITS[min(failures, len(WAITS) - 1)])


def _waiting(update: object) -> Waiting:
    """Nothing is asked of it but a number."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(number, int):
        raise NotAnUpdate
    return Waiting(number, _chat(update), json.dumps(update), 0)


def _chat(update: Mapping[str, object]) -> int:
    """What keeps its order: a chat; where there is none (inline mode), the person; 0: nobody is named."""
    for body in update.values():
        places = (_in(body, "chat"), _in(_in(body, "message"), "chat"), _in(body, "from"))
        for number in (_in(each, "id") for each in places):
            if isinstance(number, int):
                return number
    return 0


def _in(body: object, name: str) -> object:
    return body.get(name) if isinstance(body, dict) else None
