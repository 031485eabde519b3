"""What the people at the clinic and a client say to each other through the bot."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.clients import Client
from bot.domain.errors import TooLong
from bot.domain.lifecycle import LIVE, Actor, Move
from bot.domain.requests import By, Request
from bot.services.move_request import MoveRequest
from bot.services.ports import Announcer, Handover, Transaction
from bot.services.screens import counted

LONGEST: Final = 3000
"""Characters, as `counted`: they fit one message whole, beside what surrounds them.

Longer text is refused, never cut: half an instruction can say the opposite.
"""

GOES_ON: Final = timedelta(minutes=30)
"""After an answer somebody may have more to say."""


class Passed(StrEnum):
    """What became of the words of the staff."""

    ON = "passed_on"
    NOBODY = "reaches_nobody"
    """There is no client behind the message (any more)."""
    GONE = "gone"
    """The client has blocked the chat: nothing was sent, and somebody may want to call."""


class Talk:
    """Kept with the request, so that whoever opens the card reads all of it."""

    def __init__(self, move_request: MoveRequest, announcer: Announcer) -> None:
        self._move_request = move_request
        self._announcer = announcer

    async def ask(self, tx: Transaction, request_id: int, text: str, by: By, now: datetime) -> Passed:
        """The staff ask the client about a request. Raises MoveRefused where it is over, TooLong."""
        _check(text)
        request = await tx.requests.get(request_id)
        client = await tx.clients.get(request.client_id) if request is not None else None
        if client is None or client.gone:
            return Passed.NOBODY if client is None else Passed.GONE
        request = await self._move_request.move(tx, request_id, Move.ASK, by, now, said=text)
        await self._announcer.asked(tx, request, text, now)
        return Passed.ON

    async def answer(
        self, tx: Transaction, request: Request, text: str, now: datetime, *, edited: bool = False
    ) -> None:
        """The client's answer; a late or a second one reaches the clinic too. Raises TooLong.

        `edited`: the clinic has it as it was before, and may have asked something else meanwhile.
        """
        _check(text)
        if request.asked_at is not None and not edited:
            by = By(Actor.CLIENT, request.client_id)
            request = await self._move_request.move(tx, request.id, Move.ANSWER, by, now, said=text)
        else:
            await tx.remarks.add(request.id, text, by_clinic=False, now=now, edited=edited)
            await self._announcer.card(tx, request, now)
        await self._announcer.answered(tx, request, text, now, edited=edited)

    async def has_read(self, tx: Transaction, request: Request, text: str) -> bool:
        """Whether these are the client's last words to the clinic."""
        said = [each.text for each in await tx.remarks.of_request(request.id) if not each.by_clinic]
        return said[-1:] == [text]

    async def under_way(self, tx: Transaction, client: Client, now: datetime) -> Request | None:
        """The request about which the clinic waits for an answer, or has just had one; None without any."""
        found: list[tuple[datetime, Request]] = []
        for request in await tx.requests.of_client(client.id):
            remarks = await tx.remarks.of_request(request.id) if request.state in LIVE else ()
            if remarks and (request.asked_at is not None or now - remarks[-1].at < GOES_ON):
                found.append((remarks[-1].at, request))
        return max(found, key=lambda each: each[0])[1] if found else None

    async def hand_over(
        self, tx: Transaction, client: Client, text: str, now: datetime, earlier: Handover | None = None
    ) -> int:
        """A question goes to a person; its number. Raises TooLong.

        `earlier`: as the client had put it before. It may be answered already, so this is a question anew.
        """
        _check(text)
        number = await tx.remarks.hand_over(client.id, client.speaks, text, now)
        handover = await tx.remarks.handover(number)
        assert handover is not None
        await self._announcer.handed_over(tx, handover, now, earlier)
        return number

    async def reply(self, tx: Transaction, handover_id: int, text: str, now: datetime) -> Passed:
        """A person's answer goes back to the client who left the question. Raises TooLong."""
        _check(text)
        handover = await tx.remarks.handover(handover_id)
        if handover is None:
            return Passed.NOBODY
        client = await tx.clients.get(handover.client_id)
        if client is not None and client.gone:
            return Passed.GONE
        await tx.remarks.answered(handover_id, now)
        await self._announcer.replied(tx, handover, text, now)
        return Passed.ON


def _check(text: str) -> None:
    if counted(text) > LONGEST:
        raise TooLong(LONGEST)
