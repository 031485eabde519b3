"""How a request moves on: the table, and what a table cannot say."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import (
    ACTORS,
    APPOINTMENTS,
    LIVE,
    TABLE,
    TALK,
    WAITS_FOR_CLIENT,
    Actor,
    Move,
    Reason,
    Refusal,
    State,
)
from bot.domain.requests import Act, By, Proposal, Request
from bot.domain.slots import Cell, Slot, askable, slot_for

MOST_TIMES = 2
"""A first and a second choice."""


def move(
    request: Request,
    move: Move,
    by: By,
    now: datetime,
    clinic: Clinic,
    *,
    times: tuple[datetime, ...] = (),
    taken: AbstractSet[Cell] = frozenset(),
    reason: Reason | None = None,
    seen: int | None = None,
) -> Request:
    """The request after the move, its version one higher. That `by` is one of the staff is the caller's word.

    Args:
        times: what confirm and accept say yes to, what propose offers (one); what counter and
            ask_change ask for (one or two).
        taken: the cells of every request around these times; its own among them do no harm.
        reason: why staff decline (needed) or cancel.
        seen: the version that the button was drawn with, where a decision must not meet a newer card.

    Raises:
        MoveRefused: with the reason and the request as it is. The store raises it too, as `slot_taken`, when
            another process was faster.
    """
    return _Moving(request, move, by, now, clinic, times, taken, reason).run(seen)


def moves_for(request: Request, by: By, now: datetime, clinic: Clinic) -> tuple[Move, ...]:
    """What somebody can do with it now: the buttons to show, in the order of `Move`."""
    moving = (_Moving(request, each, by, now, clinic, (), frozenset(), None) for each in Move)
    return tuple(each.move for each in moving if not each.refused_by_table() and not each.refused_by_time())


def another_time(request: Request) -> Move:
    """How a client names another time for it: as an answer to an offer, or unasked."""
    return Move.COUNTER if request.state in WAITS_FOR_CLIENT else Move.ASK_CHANGE


def clock_due(request: Request, clinic: Clinic) -> tuple[Move, datetime] | None:
    """What the clock will do to it, and when; the store keeps the moment, so that ticks find what is due."""
    if request.state is State.CONFIRMED and request.appointment:
        return Move.COMPLETE, request.appointment.end
    if (request.state, Move.EXPIRE) not in TABLE:
        return None
    if not request.open_times:
        return Move.EXPIRE, request.created_at + clinic.booking.horizon
    last = max(request.open_times, key=datetime.timestamp)
    # Once an appointment has taken place there is nothing left to move, whatever other time is on the table.
    held = request.appointment
    return Move.EXPIRE, min(last, held.end, key=datetime.timestamp) if held else last


class _Moving:
    def __init__(
        self,
        request: Request,
        move: Move,
        by: By,
        now: datetime,
        clinic: Clinic,
        times: tuple[datetime, ...],
        taken: AbstractSet[Cell],
        reason: Reason | None,
    ) -> None:
        self.request = request
        self.move = move
        self.by = by
        self.now = now.astimezone(UTC)
        self.clinic = clinic
        self.times = tuple(hours.local(clinic, each) for each in times)
        self.taken = taken - request.cells(clinic.booking.buffer)
        self.reason = reason

    def run(self, seen: int | None) -> Request:
        refusal = self.refused_by_table() or self.refused_as_repeated()
        if not refusal and seen is not None and seen != self.request.version:
            refusal = Refusal.CHANGED
        refusal = refusal or self.refused_by_time()
        if refusal:
            raise MoveRefused(refusal, self.request)
        target = TABLE[self.request.state, self.move]
        moved = replace(self.changed(), state=target, version=self.request.version + 1)
        if self.move not in TALK:
            moved = replace(moved, last=Act(self.move, self.by, self.now))
        return moved if target in LIVE else replace(moved, asked_at=None, proposal=None)

    def refused_by_table(self) -> Refusal | None:
        request, by = self.request, self.by
        if by.actor not in ACTORS[self.move]:
            return Refusal.NOT_YOURS
        if by.actor is Actor.CLIENT and by.id != request.client_id:
            return Refusal.NOT_YOURS
        if (request.state, self.move) in TABLE:
            return None
        last = request.last
        again = last and last.move is self.move and (last.by.actor, last.by.id) == (by.actor, by.id)
        return Refusal.REPEATED if again else Refusal.ALREADY_DECIDED

    def refused_as_repeated(self) -> Refusal | None:
        """A move that would leave everything as it is: the second of two taps."""
        request = self.request
        if self.move is Move.COMING:
            return Refusal.REPEATED if request.coming else None
        stands: list[tuple[datetime, ...]] = []
        if self.move in (Move.PROPOSE, Move.ASK_CHANGE) and request.appointment:
            stands.append((request.appointment.start,))
        if self.move is Move.ASK_CHANGE or (self.move is Move.PROPOSE and request.state in WAITS_FOR_CLIENT):
            stands.append(request.open_times)
        return Refusal.REPEATED if self.times and self.times in stands else None

    def refused_by_time(self) -> Refusal | None:
        """What the clock forbids, whatever times are named."""
        request, now, appointment = self.request, self.now, self.request.appointment
        match self.move:
            case Move.COMPLETE | Move.EXPIRE:
                due = clock_due(request, self.clinic)
                return None if due and due[0] is self.move and due[1] <= now else Refusal.NOT_YET
            case Move.ANSWER:
                return None if request.asked_at else Refusal.NOT_ASKED
            case Move.MARK_NO_SHOW if appointment and now < appointment.start:
                return Refusal.NOT_YET
            case Move.KEEP | Move.COMING if appointment and appointment.start <= now:
                return Refusal.PAST
            case Move.CONFIRM if not request.open_times:
                return Refusal.NO_TIME
            case Move.CONFIRM | Move.ACCEPT if all(each <= now for each in request.open_times):
                return Refusal.PAST
            case Move.ASK_CHANGE | Move.CANCEL if appointment and request.state in APPOINTMENTS:
                return self._refused_by_cut_off(appointment)
        return None

    def _refused_by_cut_off(self, appointment: Slot) -> Refusal | None:
        if self.by.actor is Actor.STAFF:
            return Refusal.PAST if appointment.end <= self.now else None
        if appointment.start <= self.now:
            return Refusal.PAST
        # Who is asked by the clinic to come at another time may say no at any hour.
        asked_to_move = self.request.state is State.CHANGE_PROPOSED
        too_late = not asked_to_move and hours.cut_off(self.clinic, appointment.start) < self.now
        return Refusal.TOO_LATE if too_late else None

    def changed(self) -> Request:
        """Everything but state, version and act."""
        request = self.request
        match self.move:
            case Move.CONFIRM:
                return self._confirmed(self._slot(self._named()))
            case Move.ACCEPT:
                named = self._named()
                slot = request.proposal and request.proposal.slot
                return self._confirmed(slot or self._slot(named))
            case Move.PROPOSE:
                slot = self._slot(self._one())
                return replace(request, proposal=Proposal(Actor.STAFF, (slot.start,), slot), reason=None)
            case Move.ASK_CHANGE if request.state is State.WAITING:
                return replace(request, wished=self._asked_for())
            case Move.COUNTER | Move.ASK_CHANGE:
                times = self._asked_for()
                return replace(request, wished=times, proposal=Proposal(Actor.CLIENT, times), reason=None)
            case Move.DECLINE:
                if not self.reason:
                    raise MoveRefused(Refusal.NO_REASON, request)
                return replace(request, proposal=None, reason=self.reason)
            case Move.CANCEL:
                return replace(request, reason=self.reason)
            case Move.KEEP | Move.EXPIRE:
                return replace(request, proposal=None)
            case Move.ASK:
                return replace(request, asked_at=self.now)
            case Move.ANSWER:
                return replace(request, asked_at=None)
            case Move.COMING:
                return replace(request, coming=True)
        return request

    def _confirmed(self, slot: Slot) -> Request:
        if not hours.is_open_throughout(self.clinic, slot.start, slot.end):
            raise MoveRefused(Refusal.CLOSED, self.request)
        return replace(self.request, appointment=slot, proposal=None, reason=None, coming=False)

    def _one(self) -> datetime:
        if len(self.times) != 1:
            raise MoveRefused(Refusal.NO_TIME, self.request)
        if self.times[0] <= self.now:
            raise MoveRefused(Refusal.PAST, self.request)
        return self.times[0]

    def _named(self) -> datetime:
        """The one time, which the other side has named before: nobody is given a time they did not see."""
        if self.times and self.times[0] not in self.request.open_times:
            raise MoveRefused(Refusal.CHANGED, self.request)
        return self._one()

    def _slot(self, start: datetime) -> Slot:
        slot = slot_for(self.clinic, start, self.request.duration, self.taken)
        end = start.astimezone(UTC) + self.request.duration
        if not hours.is_open_throughout(self.clinic, start, end):
            raise MoveRefused(Refusal.CLOSED, self.request)
        if not slot:
            raise MoveRefused(Refusal.SLOT_TAKEN, self.request)
        return slot

    def _asked_for(self) -> tuple[datetime, ...]:
        """Times by a client: those of the calendar, and free."""
        if not 1 <= len(self.times) <= MOST_TIMES or len(set(self.times)) != len(self.times):
            raise MoveRefused(Refusal.NO_TIME, self.request)
        for each in self.times:
            if not askable(self.clinic, each, self.request.duration, self.now):
                raise MoveRefused(Refusal.NOT_OFFERED, self.request)
            if not slot_for(self.clinic, each, self.request.duration, self.taken):
                raise MoveRefused(Refusal.SLOT_TAKEN, self.request)
        return self.times
