"""What booking needs of the database."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.form import Form
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.domain.requests import Request
from bot.domain.slots import Cell
from bot.domain.waiting_list import Place


class Requests(Protocol):
    """Requests and appointments."""

    async def next_id(self) -> int: ...
    async def reference_exists(self, reference: str) -> bool: ...
    async def add(self, request: Request, due_at: datetime | None) -> None: ...

    async def save(self, request: Request, due_at: datetime | None, buffer: timedelta) -> None:
        """After a move. Raises MoveRefused: `changed` or `slot_taken`, where somebody else was faster."""

    async def get(self, request_id: int) -> Request | None: ...
    async def of_client(self, client_id: int) -> Sequence[Request]: ...

    async def starting(self, start: datetime, end: datetime, states: Iterable[State]) -> Sequence[Request]:
        """With an appointment that starts from `start` on and before `end`, in order."""

    async def in_states(self, states: Iterable[State]) -> Sequence[Request]: ...
    async def due(self, now: datetime) -> Sequence[Request]: ...
    async def open_requests(self, client_id: int) -> int: ...
    async def nudged_at(self, request_id: int) -> datetime | None: ...

    async def set_nudged(self, request: Request, before: datetime | None, now: datetime) -> bool:
        """False, and nothing written, where it was moved meanwhile, or brought up again since `before`."""

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
    """The waiting list. Whoever changes a place has read it under the lock of the book."""

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
    edited: bool
    """An answer of before as the client has changed it."""


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

    async def add(
        self, request_id: int, text: str, *, by_clinic: bool, now: datetime, edited: bool = False
    ) -> None: ...
    async def of_request(self, request_id: int) -> Sequence[Remark]: ...
    async def hand_over(self, client_id: int, language: Language, text: str, now: datetime) -> int: ...
    async def handover(self, handover_id: int) -> Handover | None: ...
    async def answered(self, handover_id: int, now: datetime) -> None: ...
