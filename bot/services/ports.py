"""What the use cases need of the world; adapters give it. The database has three files beside."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.clinic import Closure
from bot.domain.language import Language
from bot.domain.lifecycle import Move
from bot.domain.requests import By, Request
from bot.domain.waiting_list import Place
from bot.services.booking_ports import Cells as Cells
from bot.services.booking_ports import Forms as Forms
from bot.services.booking_ports import Handover as Handover
from bot.services.booking_ports import Places as Places
from bot.services.booking_ports import Remark as Remark
from bot.services.booking_ports import Remarks as Remarks
from bot.services.booking_ports import Reminders as Reminders
from bot.services.booking_ports import Requests as Requests
from bot.services.care_ports import Care as Care
from bot.services.care_ports import Consent as Consent
from bot.services.care_ports import PersonalData as PersonalData
from bot.services.care_ports import Records as Records
from bot.services.care_ports import RunningGuide as RunningGuide
from bot.services.spine_ports import Clients as Clients
from bot.services.spine_ports import Counters as Counters
from bot.services.spine_ports import Delivery as Delivery
from bot.services.spine_ports import Inbox as Inbox
from bot.services.spine_ports import Notes as Notes
from bot.services.spine_ports import Outbox as Outbox
from bot.services.spine_ports import Questions as Questions
from bot.services.spine_ports import Shown as Shown
from bot.services.spine_ports import Threads as Threads
from bot.services.spine_ports import Unanswered as Unanswered
from bot.services.spine_ports import Waiting as Waiting

Clock = Callable[[], datetime]
"""Aware, in UTC. Passed in everywhere, so that tests decide what time it is."""


class Transaction(Protocol):
    """All that is written in it is written, or nothing is."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def clients(self) -> Clients: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def counters(self) -> Counters: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def shown(self) -> Shown: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def cells(self) -> Cells: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def places(self) -> Places: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def remarks(self) -> Remarks: ...
    @property
    def care(self) -> Care: ...
    @property
    def personal_data(self) -> PersonalData: ...


class Store(Protocol):
    """The database."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Commits at the end, rolls back on an exception.

        Raises:
            StoreUnavailable: the database cannot be reached now.
        """


class Announcer(Protocol):
    """Tells people what happened: writes deliveries in the transaction that made it happen."""

    async def requested(self, tx: Transaction, request: Request, now: datetime) -> None: ...

    async def moved(
        self, tx: Transaction, before: Request, after: Request, what: Move, by: By, now: datetime
    ) -> None: ...

    async def card(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The request's card as it is now; edited where the clinic has it already."""

    async def reminder(self, tx: Transaction, request: Request, hours_before: int, now: datetime) -> None: ...
    async def nudge(self, tx: Transaction, request: Request, since: datetime, now: datetime) -> None: ...
    async def offer(self, tx: Transaction, place: Place, now: datetime) -> None: ...
    async def digest(self, tx: Transaction, day: date, now: datetime) -> None: ...

    async def asked(self, tx: Transaction, request: Request, text: str, now: datetime) -> None:
        """The clinic asks the client."""

    async def answered(
        self, tx: Transaction, request: Request, text: str, now: datetime, *, edited: bool
    ) -> None:
        """The client answers the clinic; or has `edited` an answer, which reads so now."""

    async def handed_over(
        self, tx: Transaction, handover: Handover, now: datetime, earlier: Handover | None
    ) -> None:
        """A question for a person, where there is a group to read it; `earlier`, as it was put before."""

    async def replied(self, tx: Transaction, handover: Handover, text: str, now: datetime) -> None:
        """A person's answer to the client's question."""


class Texts(Protocol):
    """The catalogue: what people read and what does not stand in the knowledge base."""

    def __call__(self, key: str, language: Language, /, count: int | None = None, **values: object) -> str:
        """The text as it is, for buttons and logs of the terminal."""

    def html(self, key: str, language: Language, /, count: int | None = None, **values: object) -> str:
        """The text as Telegram's HTML; every value is escaped."""

    def when(self, moment: datetime, language: Language) -> str:
        """Weekday, date, 24 h."""

    def day(self, day: date, language: Language) -> str:
        """Weekday and date."""

    def closure(self, closure: Closure, language: Language) -> str:
        """Its first and last day, and the reason where there is one."""


class Channel(Protocol):
    """A way to reach somebody."""

    name: str

    @property
    def clinic_address(self) -> str | None:
        """Where it reaches the clinic: what a delivery's `address` takes. None: it does not."""

    async def send(self, delivery: Delivery, known: int | None) -> int | None:
        """Send or edit; the id of the message that shows it now, where the channel has such a thing.

        `known` is the message that shows the delivery's key by now.

        Raises:
            TrySoon, TryLater, TryNever: see `bot.domain.errors`.
        """
