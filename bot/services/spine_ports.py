"""What every use case needs of the database: arrivals, clients, questions, counters, deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.clients import Client
from bot.domain.concern import Concern
from bot.domain.language import Language
from bot.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that has arrived and is not done. `content` is Telegram's JSON."""

    update_id: int
    chat_id: int
    content: str
    attempts: int


class Inbox(Protocol):
    """Updates, written down before Telegram is told that they arrived."""

    async def add(self, updates: Sequence[Waiting], now: datetime) -> int:
        """Store what is not known yet; how many were new. The same `update_id` twice is stored once."""

    async def chats(self) -> Sequence[int]:
        """Chats that have something waiting, longest waiting first."""

    async def first(self, chat_id: int) -> Waiting | None:
        """The oldest update of the chat that is not done, locked until the transaction ends."""

    async def done(self, update_id: int, now: datetime) -> None:
        """Mark as done and forget what it said."""

    async def failed(self, update_id: int) -> int:
        """Count a failure; how many there were."""

    async def waiting(self) -> int:
        """How many are not done."""

    async def purge(self, before: datetime) -> int:
        """Forget the numbers of updates done before `before`; how many."""


class Clients(Protocol):
    """Who writes to the clinic."""

    async def get(self, client_id: int) -> Client | None: ...

    async def meet(self, client_id: int, suggested: Language, now: datetime) -> Client:
        """The client, made if new; a client who writes is not gone."""

    async def choose_language(self, client_id: int, language: Language | None) -> None: ...

    async def mark_gone(self, client_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that Teate could not answer, with personal data masked."""

    id: int
    language: Language
    text: str
    at: datetime
    route: str


class Questions(Protocol):
    """What Teate could not answer, and what helped."""

    async def add_unanswered(
        self, client_id: int, language: Language, text: str, route: str, now: datetime
    ) -> int: ...

    async def unanswered(self, limit: int) -> Sequence[Unanswered]: ...

    async def add_feedback(self, client_id: int, entry_id: str, *, helped: bool, now: datetime) -> bool:
        """Keep the client's last word on an entry; False where it was the same already."""

    async def feedback(self) -> dict[str, tuple[int, int]]:
        """Of each entry: how many it helped, how many it did not."""


class Counters(Protocol):
    """Numbers of a day that belong to nobody."""

    async def count(self, name: str, day: date) -> None: ...

    async def totals(self, since: date) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that must reach somebody. `content` is the channel's own form of it."""

    id: int
    channel: str
    address: str
    key: str | None
    content: str
    attempts: int
    created_at: datetime


class Outbox(Protocol):
    """Deliveries, written in the transaction of what caused them; one address's go out in order."""

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
        """With a `lease` it is claimed already: the caller sends it right after the commit."""

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        """What is due: the first of each address. It counts as tried, and is due again after `lease`."""

    async def release(self, now: datetime) -> None:
        """Everything is due: for a process that starts and knows that no other one is sending."""

    async def newer(self, delivery: Delivery) -> Sequence[Delivery]:
        """What waits behind it for the same address."""

    async def sent(self, delivery_id: int, now: datetime) -> None:
        """It arrived: forget what it said."""

    async def postpone(self, delivery_id: int, due_at: datetime) -> None: ...

    async def give_up(self, delivery_id: int, reason: str, now: datetime) -> None: ...

    async def take_back(self, channel: str, address: str, begins: str) -> None:
        """What waits for this address under keys that begin so goes, content and all."""

    async def waiting_for(self, address: str) -> bool:
        """Whether anything older waits for this address, so that something new must queue."""

    async def waiting(self) -> int: ...

    async def move(self, address: str, new_address: str) -> None:
        """The reader has another address now (a group that became a supergroup)."""

    async def purge(self, before: datetime) -> int: ...


class Shown(Protocol):
    """Which message of a chat shows what, so that it is edited and not repeated."""

    async def message(self, chat_id: int, key: str) -> int | None: ...

    async def key_of(self, chat_id: int, message_id: int) -> str | None:
        """What a message shows."""

    async def messages(self, chat_id: int, begins: str) -> Sequence[int]:
        """Those whose keys begin so, oldest first."""

    async def remember(self, chat_id: int, key: str, message_id: int, now: datetime) -> None: ...

    async def forget(self, chat_id: int, key: str) -> None: ...

    async def purge(self, before: datetime) -> int: ...


class Threads(Protocol):
    """Where a client's talk stands, for an hour or two."""

    async def concern(self, client_id: int, now: datetime) -> Concern | None:
        """The alarm that is in mind, if there was one lately."""

    async def keep(self, client_id: int, concern: Concern | None, now: datetime) -> None:
        """Also where there is none, so that a row tells nothing."""

    async def subject(self, client_id: int, now: datetime) -> Subject | None:
        """What the bot said last was about, if that is not long ago."""

    async def turn_to(self, client_id: int, subject: Subject | None, now: datetime) -> None:
        """Something was said: about this, or about nothing that a few words could go on from."""

    async def purge(self, before: datetime) -> int: ...


class Notes(Protocol):
    """Small facts that the program keeps about itself."""

    async def get(self, name: str) -> str | None: ...

    async def put(self, name: str, value: str) -> None: ...

    async def change(self, name: str, value: str) -> bool:
        """Put it; False where it says so already. Of two processes at once one gets True."""
