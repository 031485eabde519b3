"""Jobs are ticks: a tick only wakes us; what is due lives in the database."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.domain.concern import STAYS
from bot.domain.errors import StoreUnavailable
from bot.services.deliver import Deliverer
from bot.services.fill_form import FORM_LIVES
from bot.services.ports import Clock, Store, Transaction

log = structlog.get_logger(__name__)

TICK = timedelta(seconds=1)
RESUME_EVERY = 30
"""Ticks between looks at the inbox for what another process left."""

PURGE_EVERY = 3600
KEEP_DONE = timedelta(days=7)
"""How long the numbers of updates and deliveries are kept: Telegram repeats nothing older than a day."""

KEEP_SHOWN = timedelta(days=60)


Job = Callable[[Transaction, datetime], Awaitable[object]]
"""Looks in the database for what is due, and does it, in one transaction."""


class Ticker:
    """Does what is due, sends it, resumes what was left, purges what is done with."""

    def __init__(self, store: Store, deliverer: Deliverer, clock: Clock, jobs: Sequence[Job] = ()) -> None:
        self._store = store
        self._deliverer = deliverer
        self._clock = clock
        self._jobs = jobs

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
        """Everything that is due now. One job that fails does not keep the others from their turn.

        Sends are only started: a slow mail server must not hold up a client or a job.
        """
        for job in self._jobs:
            try:
                async with self._store.transaction() as tx:
                    await job(tx, self._clock())
            except StoreUnavailable:
                raise
            except Exception:  # The loop's boundary.
                log.exception("a job failed", job=getattr(job, "__qualname__", "job"))
        await self._deliverer.send_due()

    async def purge(self) -> None:
        now = self._clock()
        async with self._store.transaction() as tx:
            await tx.inbox.purge(now - KEEP_DONE)
            await tx.outbox.purge(now - KEEP_DONE)
            await tx.shown.purge(now - KEEP_SHOWN)
            await tx.forms.purge(now - FORM_LIVES)
            await tx.threads.purge(now - STAYS)
