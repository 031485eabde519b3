"""A client's wish for an appointment, from the first message to the visit."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.language import Language
from bot.domain.lifecycle import ENDED, WITH_SLOT, Actor, Move, Reason, State
from bot.domain.screening import Outcome
from bot.domain.slots import Cell, Slot


class Kind(StrEnum):
    APPOINTMENT = "appointment"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: Telegram's id, and for staff the name that cards show."""

    actor: Actor
    id: int = 0
    label: str = ""


CLOCK: Final = By(Actor.CLOCK)
NOBODY: Final = 0
"""Whose a request is that has lost its person."""


@dataclass(frozen=True, slots=True)
class Act:
    """The last decision. Questions, answers and "I'm coming" decide nothing."""

    move: Move
    by: By
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Other times than the wished ones. The clinic names one, and holds the slot; the client one or two."""

    by: Actor
    times: tuple[datetime, ...]
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """What clients tell of themselves, for the clinic to read: it is erased as one."""

    name: str = field(default="", repr=False)
    phone: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)
    goal: str | None = field(default=None, repr=False)
    activity_now: str | None = field(default=None, repr=False)
    suits: str | None = field(default=None, repr=False)

    def with_text(self, part: str, text: str | None) -> "Personal":
        """The same with one part replaced; a name is never None."""
        if part == "name":
            return replace(self, name=text or "")
        parts = {"phone": self.phone, "note": self.note, "goal": self.goal}
        parts |= {"activity_now": self.activity_now, "suits": self.suits, part: text}
        return Personal(self.name, **parts)


@dataclass(frozen=True, slots=True)
class Request:
    """A wish, then an appointment. Only `moves.move` makes the next one out of it."""

    id: int
    reference: str
    client_id: int
    language: Language
    kind: Kind
    treatment_id: str | None
    duration: timedelta
    wished: tuple[datetime, ...]
    """First and second choice, as the client named them last; none for a plan."""
    personal: Personal
    screening: Outcome | None
    """None: the client would rather be asked by the therapist."""
    created_at: datetime
    state: State = State.WAITING
    version: int = 0
    """One more with every move: guards writes, tells old buttons apart, and is the calendar's SEQUENCE."""
    proposal: Proposal | None = None
    appointment: Slot | None = None
    """Stays after a cancellation, for whoever has to be told what was cancelled; `held` no longer has it."""
    last: Act | None = None
    reason: Reason | None = None
    asked_at: datetime | None = None
    """Since when a question of the staff waits for the client's answer."""
    coming: bool = False

    @property
    def open_times(self) -> tuple[datetime, ...]:
        """The times on the table: what the other side may say yes to."""
        if self.state is State.WAITING:
            return self.wished
        return self.proposal.times if self.proposal else ()

    @property
    def asked_in_vain(self) -> tuple[datetime, ...]:
        """What the client asked for last, where nothing came of it."""
        if self.appointment is None:
            return self.wished if self.state in ENDED else ()
        refused = self.last is not None and self.last.move is Move.DECLINE
        return self.wished if refused and self.appointment.start not in self.wished else ()

    @property
    def held(self) -> tuple[Slot, ...]:
        """What is kept free for this request: its appointment, and what the clinic has offered."""
        kept = self.appointment if self.state in WITH_SLOT else None
        offered = self.proposal.slot if self.proposal else None
        return tuple(each for each in (kept, offered) if each)

    @property
    def holder(self) -> str:
        """Under this name the store keeps its cells."""
        return f"request:{self.id}"

    def cells(self, buffer: timedelta) -> frozenset[Cell]:
        """The rows that the store keeps for it; an offer that overlaps the own appointment shares them."""
        return frozenset(cell for slot in self.held for cell in slot.cells(buffer))


def is_overtaken(before: Request, after: Request) -> bool:
    """Whether what was told of the request before is true no more: another time, or no visit at all."""
    moved = before.appointment not in (None, after.appointment)
    return moved or (after.state in ENDED and before.state not in ENDED)
