"""Jobs are ticks: a tick only wakes us; what is due lives in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.domain.errors import StoreUnavailable
from bot.services.deliver import Deliverer
from bot.services.ports import Clock, Store

log = structlog.get_logger(__name__)

TICK = timedelta(seconds=1)
RESUME_EVERY = 30
"""Ticks between looks at the inbox for what another process left."""

PURGE_EVERY = 3600
KEEP_DONE = timedelta(days=7)
"""How long the numbers of updates and deliveries are kept: Telegram repeats nothing older than a day."""

KEEP_SHOWN = timedelta(days=60)


class Ticker:
    """Sends what is due, resumes what was left, purges what is done with."""

    def __init__(self, store: Store, deliverer: Deliverer, clock: Clock) -> None:
        self._store = store
        self._deliverer = deliverer
        self._clock = clock

    async def run(self, resume: Callable[[], Awaitable[None]]) -> None:
        ticks = 0
        while True:
            try:
                await self.tick()
                if ticks % RESUME_EVERY == 0:
                    await resume()
                if ticks % PURGE_EVERY == 0:
                    await self.purge()
            except StoreUnavailable:
                log.warning("the database does not answer")
            ticks += 1
            await asyncio.sleep(TICK.total_seconds())

    async def tick(self) -> None:
        """Everything that is due now."""
        while await self._deliverer.send_due():
            pass

    async def purge(self) -> None:
        now = self._clock()
        async with self._store.transaction() as tx:
            await tx.inbox.purge(now - KEEP_DONE)
            await tx.outbox.purge(now - KEEP_DONE)
            await tx.shown.purge(now - KEEP_SHOWN)
