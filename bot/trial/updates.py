"""The queue of updates: numbered, kept until confirmed, fetched by polling or pushed to a webhook."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.trial.errors import ApiError, Json, conflict

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: datetime | None = None


@dataclass(slots=True)
class UpdateQueue:
    next_id: int
    allowed: frozenset[str] = frozenset()
    """Empty: everything but what must be asked for."""
    webhook: Webhook | None = None
    pending: deque[Json] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: "asyncio.Future[None] | None" = None

    @property
    def waiting(self) -> bool:
        """Whether a poll waits for updates."""
        return self._poll is not None and not self._poll.done()

    def put(self, kind: str, body: Json) -> int | None:
        """Queues an update; returns its id, or None if the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return None
        number = self.next_id
        self.next_id += 1
        self.pending.append({"update_id": number, kind: body})
        self.arrived.set()
        if self._poll is not None and self.waiting:
            self._poll.set_result(None)
        return number

    def repeat(self, update: Json) -> None:
        """The same update a second time, as Telegram may deliver it when an answer got lost."""
        self.pending.appendleft(update)
        self.arrived.set()

    def confirm(self, offset: int) -> None:
        """Forgets what is below `offset`; a negative one keeps only so many of the last."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        while self.pending and _number(self.pending[0]) < offset:
            self.pending.popleft()

    async def fetch(
        self,
        offset: int,
        limit: int,
        timeout: float,  # noqa: ASYNC109 - its name in the Bot API
        allowed: Sequence[str] | None,
    ) -> list[Json]:
        """getUpdates. A second call ends the one that waits, with 409, as Telegram does."""
        if self.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        if self._poll is not None and self.waiting:
            self._poll.set_exception(conflict(OTHER_POLL))
        if allowed is not None:
            self.allowed = frozenset(allowed)
        if offset:
            self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return [update for update, _ in zip(self.pending, range(limit), strict=False)]

    def interrupt(self, error: ApiError) -> None:
        """Ends a poll that waits."""
        if self._poll is not None and self.waiting:
            self._poll.set_exception(error)

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None


def _number(update: Json) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
