"""What channels other than Telegram are told: what happened to a request, and how it stands now."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.lifecycle import APPOINTMENTS, Actor, Move, Reason, State
from bot.domain.requests import Kind, Request
from bot.domain.screening import Outcome
from bot.services.ports import Delivery

FORMAT: Final = 1
"""Of the JSON. One more when a field changes its meaning or goes; new fields do not count."""


class NoticeKind(StrEnum):
    """What happened."""

    REQUESTED = "requested"
    CHANGE_REQUESTED = "change_requested"
    """Another time than before is wished, be it confirmed already or not."""
    PROPOSED_BY_CLINIC = "proposed_by_clinic"
    PROPOSED_BY_CLIENT = "proposed_by_client"
    CONFIRMED = "confirmed"
    KEPT = "kept"
    """A change came to nothing: the appointment stays as it was."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"
    ANSWERED = "answered"
    """The client answers a question of the clinic: `remark`."""
    CORRECTED = "corrected"
    """The client has edited such an answer, which now reads `remark`."""
    UNANSWERED = "unanswered"
    """Nobody has answered the request yet."""
    UNREACHABLE = "unreachable"
    """The client has blocked the chat: what they were to read has not reached them."""
    TROUBLE = "trouble"
    """Something does not arrive: `trouble`. About no request, so that nothing else is told."""


FOR_CALENDARS: Final = frozenset({NoticeKind.CONFIRMED, NoticeKind.CANCELLED})
"""Kinds that a calendar file goes with."""


@dataclass(frozen=True, slots=True)
class Notice:
    """All that a person at the clinic needs in order to act. Times are ISO 8601 with the clinic's zone."""

    kind: NoticeKind
    reference: str
    version: int
    """Grows with every decision: the greater one is the newer one, whatever arrives first."""
    state: State | None
    language: Language
    """The client's, in which they are to be answered."""
    treatment: str
    times: tuple[str, ...] = ()
    """What is on the table, best first."""
    appointment: tuple[str, str] | None = None
    """From, until; stays when it is cancelled."""
    screening: Outcome | None = None
    reason: Reason | None = None
    by: Actor | None = None
    name: str = field(default="", repr=False)
    phone: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)
    goal: str | None = field(default=None, repr=False)
    activity_now: str | None = field(default=None, repr=False)
    suits: str | None = field(default=None, repr=False)
    remark: str | None = field(default=None, repr=False)
    trouble: str | None = None
    """In the clinic's language."""
    calendar: str | None = field(default=None, repr=False)
    """A calendar file, where a calendar has to learn of it."""
    answer: str | None = field(default=None, repr=False)
    """A page where whoever has this address may confirm or decline, for some days."""

    @property
    def starts(self) -> tuple[datetime, ...]:
        return tuple(datetime.fromisoformat(each) for each in self.times)

    @property
    def appointment_start(self) -> datetime | None:
        return datetime.fromisoformat(self.appointment[0]) if self.appointment else None

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, content: str) -> "Notice":
        held: dict[str, Any] = json.loads(content)
        held.pop("format")
        return cls(
            **held
            | {
                "kind": NoticeKind(held["kind"]),
                "state": State(held["state"]) if held["state"] else None,
                "language": Language(held["language"]),
                "times": tuple(held["times"]),
                "appointment": tuple(held["appointment"]) if held["appointment"] else None,
                "screening": Outcome(held["screening"]) if held["screening"] else None,
                "reason": Reason(held["reason"]) if held["reason"] else None,
                "by": Actor(held["by"]) if held["by"] else None,
            }
        )


_KINDS: Final = {
    Move.CONFIRM: NoticeKind.CONFIRMED,
    Move.ACCEPT: NoticeKind.CONFIRMED,
    Move.UNDO_NO_SHOW: NoticeKind.CONFIRMED,
    Move.PROPOSE: NoticeKind.PROPOSED_BY_CLINIC,
    Move.COUNTER: NoticeKind.PROPOSED_BY_CLIENT,
    Move.ASK_CHANGE: NoticeKind.CHANGE_REQUESTED,
    Move.DECLINE: NoticeKind.DECLINED,
    Move.WITHDRAW: NoticeKind.WITHDRAWN,
    Move.KEEP: NoticeKind.KEPT,
    Move.CANCEL: NoticeKind.CANCELLED,
    Move.EXPIRE: NoticeKind.EXPIRED,
    Move.MARK_NO_SHOW: NoticeKind.NO_SHOW,
}


def kind_of(request: Request) -> NoticeKind | None:
    """What the last decision was; None for one that nobody has to be told."""
    if request.last is None:
        return NoticeKind.REQUESTED
    if request.last.move in (Move.DECLINE, Move.EXPIRE) and request.state in APPOINTMENTS:
        return NoticeKind.KEPT
    return _KINDS.get(request.last.move)


def treatment_of(request: Request, clinic: Clinic, language: Language) -> str | None:
    """What the request is for; None where clinic.yaml no longer has it."""
    if request.kind is Kind.PLAN:
        return clinic.plan.name[language] if clinic.plan else None
    treatment = clinic.treatment(request.treatment_id) if request.treatment_id else None
    return treatment.name[language] if treatment else None


def notice_of(
    request: Request,
    kind: NoticeKind,
    clinic: Clinic,
    language: Language,
    *,
    remark: str | None = None,
    calendar: bytes | None = None,
    answer: str | None = None,
) -> Notice:
    """The notice of what has just happened. `language` is the clinic's own, for the treatment's name."""
    slot, said = request.appointment, request.personal
    return Notice(
        kind=kind,
        reference=request.reference,
        version=request.version,
        state=request.state,
        language=request.language,
        treatment=treatment_of(request, clinic, language) or request.treatment_id or "",
        times=_iso(request.open_times, clinic),
        appointment=(_iso([slot.start], clinic)[0], _iso([slot.end], clinic)[0]) if slot else None,
        screening=request.screening,
        reason=request.reason,
        by=request.last.by.actor if request.last else Actor.CLIENT,
        name=said.name,
        phone=said.phone,
        note=said.note,
        goal=said.goal,
        activity_now=said.activity_now,
        suits=said.suits,
        remark=remark,
        calendar=calendar.decode() if calendar is not None else None,
        answer=answer,
    )


def trouble_of(told: str, language: Language) -> Notice:
    """The notice that something does not arrive. `language` is the clinic's own."""
    return Notice(NoticeKind.TROUBLE, "", 0, None, language, "", trouble=told)


def mark(delivery: Delivery) -> str:
    """The same at every try of a delivery, and never again: a new database counts from 1 once more."""
    return f"{delivery.id}-{int(delivery.created_at.timestamp())}"


def _iso(times: Sequence[datetime], clinic: Clinic) -> tuple[str, ...]:
    return tuple(each.astimezone(clinic.zone).isoformat() for each in times)
