"""What the use cases need of the world; adapters give it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.care import Experience
from bot.domain.check_ins import CheckIn
from bot.domain.clients import Client
from bot.domain.form import Form
from bot.domain.language import Language
from bot.domain.lifecycle import Move, State
from bot.domain.reminders import ReminderTimes
from bot.domain.requests import By, Request
from bot.domain.slots import Cell
from bot.domain.waiting_list import Place

Clock = Callable[[], datetime]
"""Aware, in UTC. Passed in everywhere, so that tests decide what time it is."""


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

    async def sent(self, delivery_id: int, now: datetime) -> None:
        """It arrived: forget what it said."""

    async def postpone(self, delivery_id: int, due_at: datetime) -> None: ...

    async def give_up(self, delivery_id: int, reason: str, now: datetime) -> None: ...

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

    async def remember(self, chat_id: int, key: str, message_id: int, now: datetime) -> None: ...

    async def forget(self, chat_id: int, key: str) -> None: ...

    async def purge(self, before: datetime) -> int: ...


class Requests(Protocol):
    """Requests and appointments."""

    async def next_id(self) -> int: ...
    async def reference_exists(self, reference: str) -> bool: ...
    async def add(self, request: Request, due_at: datetime | None) -> None: ...

    async def save(self, request: Request, due_at: datetime | None, buffer: timedelta) -> None:
        """After a move. Raises MoveRefused: `changed` or `slot_taken`, where somebody else was faster."""

    async def get(self, request_id: int) -> Request | None: ...
    async def by_reference(self, reference: str) -> Request | None: ...
    async def of_client(self, client_id: int) -> Sequence[Request]: ...

    async def starting(self, start: datetime, end: datetime, states: Iterable[State]) -> Sequence[Request]:
        """With an appointment that starts from `start` on and before `end`, in order."""

    async def in_states(self, states: Iterable[State]) -> Sequence[Request]: ...
    async def due(self, now: datetime) -> Sequence[Request]: ...
    async def open_requests(self, client_id: int) -> int: ...
    async def nudged_at(self, request_id: int) -> datetime | None: ...
    async def set_nudged(self, request_id: int, now: datetime) -> None: ...

    async def lock_book(self) -> None:
        """One booking at a time, until the transaction ends."""


class Cells(Protocol):
    """Who holds which five minutes of which therapist; nobody twice, kept so by the database."""

    async def taken(
        self, start: datetime, end: datetime, *, but: AbstractSet[str] = frozenset()
    ) -> frozenset[Cell]:
        """What is held between two moments, apart from what the holders in `but` have."""

    async def hold(self, holder: str, wanted: AbstractSet[Cell]) -> bool:
        """The holder has these and no others; False, and nothing changed, where one is taken."""


class Forms(Protocol):
    """Booking forms under way, one a client."""

    async def get(self, client_id: int) -> Form | None: ...
    async def under_way(self, client_id: int) -> bool: ...
    async def save(self, client_id: int, form: Form, now: datetime) -> None: ...
    async def drop(self, client_id: int) -> None: ...
    async def purge(self, before: datetime) -> int: ...


class Places(Protocol):
    """The waiting list."""

    async def join(
        self, client_id: int, language: Language, treatment_id: str, day: date, now: datetime
    ) -> Place:
        """The client's place; the one they have, if they are on that day's list already."""

    async def all(self) -> Sequence[Place]: ...
    async def get(self, place_id: int) -> Place | None: ...
    async def save(self, place: Place) -> None: ...
    async def leave(self, place_id: int) -> None: ...


class Reminders(Protocol):
    """Reminders of appointments that are still to be sent."""

    async def plan(self, request_id: int, due: Iterable[tuple[int, datetime]]) -> None: ...
    async def take_due(self, now: datetime) -> Sequence[tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A question of the clinic about a request, or the client's answer."""

    by_clinic: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that a person at the clinic answers."""

    id: int
    client_id: int
    language: Language
    text: str
    at: datetime
    answered_at: datetime | None


class Remarks(Protocol):
    """What is said between the group and a client."""

    async def add(self, request_id: int, text: str, *, by_clinic: bool, now: datetime) -> None: ...
    async def of_request(self, request_id: int) -> Sequence[Remark]: ...
    async def hand_over(self, client_id: int, language: Language, text: str, now: datetime) -> int: ...
    async def handover(self, handover_id: int) -> Handover | None: ...
    async def answered(self, handover_id: int, now: datetime) -> None: ...


class Consent(StrEnum):
    """What a client can agree to, each by itself, and take back."""

    BOOKING = "booking"
    HEALTH = "health"
    MOOD = "mood"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class RunningGuide:
    """A guided action that runs in a client's chat. `stage` is the one that is shown."""

    client_id: int
    action_id: str
    needs: str
    minutes: int
    language: Language
    message_id: int
    started_at: datetime
    stage: int


class Care(Protocol):
    """Self-care, and what the client agreed to."""

    async def consent(self, client_id: int, kind: Consent) -> datetime | None: ...
    async def give_consent(self, client_id: int, kind: Consent, now: datetime) -> None: ...
    async def withdraw_consent(self, client_id: int, kind: Consent) -> None: ...

    async def add_experience(self, client_id: int, action_id: str, now: datetime) -> None: ...
    async def rate_experience(self, client_id: int, action_id: str, *, helped: bool) -> None: ...
    async def experiences(self, client_id: int) -> Sequence[Experience]: ...
    async def forget_experiences(self, client_id: int) -> None: ...

    async def add_check_in(self, client_id: int, check_in: CheckIn) -> int: ...
    async def set_check_in(self, client_id: int, check_in_id: int, check_in: CheckIn) -> None: ...
    async def check_in(self, client_id: int, check_in_id: int) -> CheckIn | None: ...
    async def check_ins(self, client_id: int) -> Sequence[CheckIn]: ...
    async def forget_check_ins(self, client_id: int) -> None: ...
    async def purge_check_ins(self, before: datetime) -> int: ...

    async def reminder(self, client_id: int) -> ReminderTimes | None: ...
    async def set_reminder(self, client_id: int, times: ReminderTimes, next_at: datetime | None) -> None: ...
    async def plan_reminder(self, client_id: int, next_at: datetime | None) -> None: ...

    async def due_reminders(self, now: datetime) -> Sequence[tuple[int, ReminderTimes, datetime]]:
        """Client, times, and when it was due."""

    async def stop_reminder(self, client_id: int) -> None: ...

    async def start_guide(self, guide: RunningGuide) -> None: ...
    async def running_guides(self) -> Sequence[RunningGuide]: ...

    async def set_guide_stage(self, client_id: int, stage: int) -> bool:
        """False where it has ended, or somebody else was faster: then there is nothing to show."""

    async def end_guide(self, client_id: int) -> bool:
        """False where none was running."""


Records = Mapping[str, Sequence[Mapping[str, object]]]
"""What is held about a client: of each kind its records, as JSON can write them."""


class PersonalData(Protocol):
    """What of every table belongs to a client: read whole, rewritten, erased."""

    async def everything(self, client_id: int) -> Records: ...

    async def rewrite(self, request: Request) -> None:
        """Write personal parts, owner and content anew; state, version, cells and deadline stay."""

    async def forget_remarks(self, request_id: int) -> None: ...

    async def erase(self, client_id: int, *, but_appointments: bool = False) -> None:
        """Every row of the client but requests and places, which somebody else counts on.

        With `but_appointments` also what an appointment needs that stays for now: chat, remarks, reminders.
        """

    async def unqueue(self, key: str) -> bool:
        """Take back what waits to show this key; whether anything did."""

    async def take_shown(self, chat_id: int, begins: str) -> Sequence[int]:
        """The messages of a chat whose keys begin so; their keys are forgotten."""

    async def unqueue_about(self, references: Iterable[str]) -> None:
        """Take back whatever waits for the clinic and tells of these requests."""

    async def handovers(self, client_id: int) -> Sequence[int]: ...
    async def handovers_before(self, moment: datetime) -> Sequence[int]: ...
    async def forget_handover(self, handover_id: int) -> None: ...

    async def erase_later(self, request_id: int) -> None:
        """Remember that the request has to lose its person once it is over."""

    async def to_erase(self) -> Sequence[int]: ...
    async def erased(self, request_id: int) -> None: ...

    async def over_before(self, moment: datetime, *, with_screening: bool) -> Sequence[Request]:
        """Requests of somebody that are over, whose visit or, without one, making was before `moment`."""

    async def purge_unanswered(self, before: datetime) -> int: ...

    async def purge_strangers(self) -> int:
        """Forget the numbers of private chats that belong to no client (any more)."""


class Notes(Protocol):
    """Small facts that the program keeps about itself."""

    async def get(self, name: str) -> str | None: ...

    async def put(self, name: str, value: str) -> None: ...


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

    async def moved(self, tx: Transaction, after: Request, what: Move, by: By, now: datetime) -> None: ...

    async def card(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The request's card as it is now; edited where the clinic has it already."""

    async def reminder(self, tx: Transaction, request: Request, hours_before: int, now: datetime) -> None: ...
    async def nudge(self, tx: Transaction, request: Request, since: datetime, now: datetime) -> None: ...
    async def offer(self, tx: Transaction, place: Place, now: datetime) -> None: ...
    async def digest(self, tx: Transaction, day: date, now: datetime) -> None: ...

    async def asked(self, tx: Transaction, request: Request, text: str, now: datetime) -> None:
        """The clinic asks the client."""

    async def answered(self, tx: Transaction, request: Request, text: str, now: datetime) -> None:
        """The client answers the clinic."""

    async def handed_over(self, tx: Transaction, handover: Handover, now: datetime) -> bool:
        """False where there is nobody to hand it to."""

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
