"""The states of a request, and the moves between them: one table, from which also its picture is drawn.

`moves.move` adds what a table cannot say: whose request it is, until when, and which times.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a request stands. From `confirmed` on it is an appointment."""

    WAITING = "waiting"
    PROPOSED_BY_CLINIC = "proposed_by_clinic"
    PROPOSED_BY_CLIENT = "proposed_by_client"
    CONFIRMED = "confirmed"
    CHANGE_REQUESTED = "change_requested"
    """The client asks for another time; the appointment stands until the clinic confirms that."""
    CHANGE_PROPOSED = "change_proposed"
    """The clinic offers another time; the appointment stands until the client accepts that."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"
    DONE = "done"


class Move(StrEnum):
    """What somebody does with a request."""

    CONFIRM = "confirm"
    PROPOSE = "propose"
    DECLINE = "decline"
    ACCEPT = "accept"
    COUNTER = "counter"
    WITHDRAW = "withdraw"
    ASK_CHANGE = "ask_change"
    KEEP = "keep"
    """The client would rather have the appointment as it was."""
    CANCEL = "cancel"
    ASK = "ask"
    ANSWER = "answer"
    COMING = "coming"
    """The client says after a reminder that it stays so."""
    MARK_NO_SHOW = "mark_no_show"
    UNDO_NO_SHOW = "undo_no_show"
    COMPLETE = "complete"
    EXPIRE = "expire"


class Actor(StrEnum):
    CLIENT = "client"
    STAFF = "staff"
    CLOCK = "clock"


_S, _M = State, Move

WAITS_FOR_CLINIC: Final = frozenset({_S.WAITING, _S.PROPOSED_BY_CLIENT, _S.CHANGE_REQUESTED})
WAITS_FOR_CLIENT: Final = frozenset({_S.PROPOSED_BY_CLINIC, _S.CHANGE_PROPOSED})
BEFORE_CONFIRMATION: Final = frozenset({_S.WAITING, _S.PROPOSED_BY_CLINIC, _S.PROPOSED_BY_CLIENT})
APPOINTMENTS: Final = frozenset({_S.CONFIRMED, _S.CHANGE_REQUESTED, _S.CHANGE_PROPOSED})
LIVE: Final = BEFORE_CONFIRMATION | APPOINTMENTS
ENDED: Final = frozenset({_S.DECLINED, _S.WITHDRAWN, _S.CANCELLED, _S.EXPIRED})
"""There will be no visit."""
WITH_SLOT: Final = APPOINTMENTS | {_S.NO_SHOW, _S.DONE}
"""An appointment that took place keeps its slot, so that a no-show can be undone."""

TABLE: Final[Mapping[tuple[State, Move], State]] = {
    (_S.WAITING, _M.CONFIRM): _S.CONFIRMED,
    (_S.WAITING, _M.PROPOSE): _S.PROPOSED_BY_CLINIC,
    (_S.WAITING, _M.DECLINE): _S.DECLINED,
    (_S.WAITING, _M.ASK_CHANGE): _S.WAITING,
    (_S.WAITING, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.WAITING, _M.EXPIRE): _S.EXPIRED,
    (_S.PROPOSED_BY_CLINIC, _M.ACCEPT): _S.CONFIRMED,
    (_S.PROPOSED_BY_CLINIC, _M.COUNTER): _S.PROPOSED_BY_CLIENT,
    (_S.PROPOSED_BY_CLINIC, _M.PROPOSE): _S.PROPOSED_BY_CLINIC,
    (_S.PROPOSED_BY_CLINIC, _M.DECLINE): _S.DECLINED,
    (_S.PROPOSED_BY_CLINIC, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.PROPOSED_BY_CLINIC, _M.EXPIRE): _S.EXPIRED,
    (_S.PROPOSED_BY_CLIENT, _M.CONFIRM): _S.CONFIRMED,
    (_S.PROPOSED_BY_CLIENT, _M.PROPOSE): _S.PROPOSED_BY_CLINIC,
    (_S.PROPOSED_BY_CLIENT, _M.DECLINE): _S.DECLINED,
    (_S.PROPOSED_BY_CLIENT, _M.ASK_CHANGE): _S.PROPOSED_BY_CLIENT,
    (_S.PROPOSED_BY_CLIENT, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.PROPOSED_BY_CLIENT, _M.EXPIRE): _S.EXPIRED,
    (_S.CONFIRMED, _M.ASK_CHANGE): _S.CHANGE_REQUESTED,
    (_S.CONFIRMED, _M.PROPOSE): _S.CHANGE_PROPOSED,
    (_S.CONFIRMED, _M.COMING): _S.CONFIRMED,
    (_S.CONFIRMED, _M.COMPLETE): _S.DONE,
    (_S.CHANGE_REQUESTED, _M.CONFIRM): _S.CONFIRMED,
    (_S.CHANGE_REQUESTED, _M.PROPOSE): _S.CHANGE_PROPOSED,
    (_S.CHANGE_REQUESTED, _M.DECLINE): _S.CONFIRMED,
    (_S.CHANGE_REQUESTED, _M.ASK_CHANGE): _S.CHANGE_REQUESTED,
    (_S.CHANGE_PROPOSED, _M.ACCEPT): _S.CONFIRMED,
    (_S.CHANGE_PROPOSED, _M.COUNTER): _S.CHANGE_REQUESTED,
    (_S.CHANGE_PROPOSED, _M.PROPOSE): _S.CHANGE_PROPOSED,
    (_S.CHANGE_PROPOSED, _M.DECLINE): _S.CONFIRMED,
    **{(state, _M.KEEP): _S.CONFIRMED for state in (_S.CHANGE_REQUESTED, _S.CHANGE_PROPOSED)},
    **{(state, _M.EXPIRE): _S.CONFIRMED for state in (_S.CHANGE_REQUESTED, _S.CHANGE_PROPOSED)},
    **{(state, _M.CANCEL): _S.CANCELLED for state in State if state in APPOINTMENTS},
    **{(state, _M.MARK_NO_SHOW): _S.NO_SHOW for state in State if state in APPOINTMENTS | {_S.DONE}},
    (_S.NO_SHOW, _M.UNDO_NO_SHOW): _S.CONFIRMED,
    **{(state, move): state for state in State if state in LIVE for move in (_M.ASK, _M.ANSWER)},
}
"""From a state, by a move, to a state. What does not stand here cannot happen."""

ACTORS: Final[Mapping[Move, frozenset[Actor]]] = {
    **{move: frozenset({Actor.STAFF}) for move in (_M.CONFIRM, _M.PROPOSE, _M.DECLINE, _M.ASK)},
    **{move: frozenset({Actor.STAFF}) for move in (_M.MARK_NO_SHOW, _M.UNDO_NO_SHOW)},
    **{move: frozenset({Actor.CLIENT}) for move in (_M.ACCEPT, _M.COUNTER, _M.WITHDRAW, _M.ASK_CHANGE)},
    **{move: frozenset({Actor.CLIENT}) for move in (_M.KEEP, _M.ANSWER, _M.COMING)},
    **{move: frozenset({Actor.CLOCK}) for move in (_M.COMPLETE, _M.EXPIRE)},
    _M.CANCEL: frozenset({Actor.CLIENT, Actor.STAFF}),
}


TALK: Final = frozenset({_M.ASK, _M.ANSWER, _M.COMING})
"""Moves that decide nothing."""


class Reason(StrEnum):
    """Why the clinic says no or cancels; the client reads it as a sentence."""

    FULL = "full"
    CLOSED = "closed"
    THERAPIST_AWAY = "therapist_away"
    UNSUITABLE = "unsuitable"
    DOCTOR_FIRST = "doctor_first"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Refusal(StrEnum):
    """Why a move is not taken."""

    REPEATED = "repeated"
    """The same person has just done this: nothing to do, nobody to tell."""
    ALREADY_DECIDED = "already_decided"
    """It has moved on; `request.last` tells who did what."""
    CHANGED = "changed"
    """The time or the card that the button belongs to is no longer the present one."""
    NOT_YOURS = "not_yours"
    TOO_LATE = "too_late"
    """Past the cut-off: by telephone only."""
    PAST = "past"
    NOT_YET = "not_yet"
    SLOT_TAKEN = "slot_taken"
    CLOSED = "closed"
    """Not within one opening of the clinic."""
    NOT_OFFERED = "not_offered"
    """Not a time that clients may ask for: step, notice, horizon."""
    NO_TIME = "no_time"
    NO_REASON = "no_reason"
    NOT_ASKED = "not_asked"
