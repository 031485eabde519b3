"""The clinic answers a request by a link: for clinics that are told by mail or webhook, and have no group."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.errors import Forged
from bot.domain.lifecycle import WAITS_FOR_CLINIC, Actor, Move, Reason
from bot.domain.moves import moves_for
from bot.domain.requests import By, Request
from bot.services.move_request import MoveRequest
from bot.services.ports import Clock, Store, Texts

ANSWER_PATH: Final = "/answer/{token}"
LIVES: Final = timedelta(days=14)
"""How long a link works. What is told later carries a new one."""

SIGNED: Final = 18
"""Bytes of the signature that a link carries."""


@dataclass(frozen=True, slots=True)
class AnswerLinks:
    """A link goes to the clinic alone: whoever has it may answer that one request, as the group may."""

    public_url: str
    """Where the bot's own web server is reached from outside."""
    secret: bytes = field(repr=False)

    def link(self, request: Request, now: datetime) -> str | None:
        """None where the clinic has nothing to decide."""
        if request.state not in WAITS_FOR_CLINIC:
            return None
        signed = f"{request.id}.{int((now + LIVES).timestamp())}"
        token = f"{signed}.{self._signature(signed)}"
        return self.public_url.rstrip("/") + ANSWER_PATH.format(token=token)

    def request_id(self, token: str, now: datetime) -> int:
        """Raises Forged for what this bot did not sign, and for what has run out."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(signed).encode()):
            raise Forged("a link that is not ours")
        number, _, until = signed.partition(".")
        if now.timestamp() > int(until):
            raise Forged("a link that has run out")
        return int(number)

    def _signature(self, signed: str) -> str:
        digest = hmac.digest(self.secret, signed.encode(), "sha256")
        return urlsafe_b64encode(digest[:SIGNED]).decode()


@dataclass(frozen=True, slots=True)
class Answerable:
    """A request as whoever has the link sees it, and what can be done with it now."""

    request: Request
    moves: frozenset[Move]


class AnswerByLink:
    """Through the same moves as the group's buttons: the first to act wins, and nothing happens twice."""

    def __init__(
        self,
        links: AnswerLinks,
        move_request: MoveRequest,
        clinic: Clinic,
        texts: Texts,
        store: Store,
        clock: Clock,
    ) -> None:
        self._links = links
        self._move_request = move_request
        self._clinic = clinic
        self._store = store
        self._clock = clock
        # A link does not tell who follows it.
        self._by = By(Actor.STAFF, label=texts("answer.by", clinic.languages[0]))

    async def look(self, token: str) -> Answerable:
        """Changes nothing. Raises Forged where there is nothing to see."""
        async with self._store.transaction() as tx:
            request = await tx.requests.get(self._links.request_id(token, self._clock()))
        if request is None:
            raise Forged("a request that is no more")
        return self.seen(request)

    def seen(self, request: Request) -> Answerable:
        """The request with what the clinic can decide about it by link."""
        possible = moves_for(request, self._by, self._clock(), self._clinic)
        return Answerable(request, frozenset({Move.CONFIRM, Move.DECLINE}.intersection(possible)))

    async def confirm(self, token: str, start: datetime, seen: int) -> Answerable:
        """Raises MoveRefused, and Forged as `look`."""
        return await self._move(token, Move.CONFIRM, seen, times=(start,))

    async def decline(self, token: str, reason: Reason, seen: int) -> Answerable:
        """Raises MoveRefused, and Forged as `look`."""
        return await self._move(token, Move.DECLINE, seen, reason=reason)

    async def _move(
        self,
        token: str,
        what: Move,
        seen: int,
        *,
        times: tuple[datetime, ...] = (),
        reason: Reason | None = None,
    ) -> Answerable:
        number = (await self.look(token)).request.id
        async with self._store.transaction() as tx:
            moved = await self._move_request.move(
                tx, number, what, self._by, self._clock(), times=times, reason=reason, seen=seen
            )
        return self.seen(moved)
