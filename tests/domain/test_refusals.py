"""What a request does not take, and by which name it says so."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.domain.clinic import Closure
from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import Move, Reason, Refusal, State
from bot.domain.moves import move
from bot.domain.requests import CLOCK, By, Request
from tests.domain.requests_in import change_proposed, change_requested, confirmed, countered, proposed
from tests.domain.samples import (
    ANN,
    CLINIC,
    FRIDAY_16,
    KEN,
    NOW,
    ONE_THERAPIST,
    STRANGER,
    THURSDAY_15,
    TUESDAY_10,
    TUESDAY_11,
    YUKI,
    at,
    wish,
)


def refusal(request: Request, what: Move, by: By, now: datetime = NOW, **more: Any) -> Refusal:
    with pytest.raises(MoveRefused) as refused:
        move(request, what, by, now, CLINIC, **more)
    assert refused.value.request is request
    return refused.value.reason


@pytest.mark.parametrize(
    ("request_", "what", "by", "more"),
    [
        (confirmed(), Move.CONFIRM, YUKI, {"times": (TUESDAY_10,)}),
        (proposed(), Move.PROPOSE, YUKI, {"times": (FRIDAY_16,)}),
        (proposed(), Move.PROPOSE, KEN, {"times": (FRIDAY_16,)}),
        (change_proposed(), Move.PROPOSE, YUKI, {"times": (FRIDAY_16,)}),
        (countered(), Move.COUNTER, ANN, {"times": (THURSDAY_15,)}),
        (change_requested(), Move.ASK_CHANGE, ANN, {"times": (THURSDAY_15, FRIDAY_16)}),
        (wish(), Move.ASK_CHANGE, ANN, {"times": (TUESDAY_10, THURSDAY_15)}),
        (confirmed(), Move.ASK_CHANGE, ANN, {"times": (TUESDAY_10,)}),
        (move(confirmed(), Move.COMING, ANN, NOW, CLINIC), Move.COMING, ANN, {}),
        (move(confirmed(), Move.CANCEL, ANN, NOW, CLINIC), Move.CANCEL, ANN, {}),
        (move(wish(), Move.WITHDRAW, ANN, NOW, CLINIC), Move.WITHDRAW, ANN, {}),
    ],
)
def test_a_second_tap_is_told_apart(request_: Request, what: Move, by: By, more: dict[str, Any]) -> None:
    assert refusal(request_, what, by, NOW, **more) is Refusal.REPEATED


@pytest.mark.parametrize(
    ("request_", "what", "by", "more"),
    [
        (confirmed(), Move.CONFIRM, KEN, {"times": (TUESDAY_10,)}),
        (confirmed(), Move.DECLINE, YUKI, {"reason": Reason.FULL}),
        (move(confirmed(), Move.CANCEL, YUKI, NOW, CLINIC), Move.CANCEL, ANN, {}),
        (move(wish(), Move.WITHDRAW, ANN, NOW, CLINIC), Move.CONFIRM, YUKI, {"times": (TUESDAY_10,)}),
        (wish(), Move.ACCEPT, ANN, {"times": (TUESDAY_10,)}),
    ],
)
def test_the_first_to_act_wins(request_: Request, what: Move, by: By, more: dict[str, Any]) -> None:
    assert refusal(request_, what, by, NOW, **more) is Refusal.ALREADY_DECIDED


@pytest.mark.parametrize(
    ("what", "by"),
    [
        (Move.WITHDRAW, STRANGER),
        (Move.CONFIRM, ANN),
        (Move.WITHDRAW, YUKI),
        (Move.EXPIRE, YUKI),
        (Move.ASK, CLOCK),
    ],
)
def test_everybody_has_their_own_moves(what: Move, by: By) -> None:
    assert refusal(wish(), what, by, at(28, 12), times=(TUESDAY_10,)) is Refusal.NOT_YOURS


@pytest.mark.parametrize(
    ("request_", "what", "by", "now", "more", "reason"),
    [
        (wish(), Move.CONFIRM, YUKI, NOW, {"times": (FRIDAY_16,)}, Refusal.CHANGED),
        (wish(), Move.CONFIRM, YUKI, NOW, {"times": (TUESDAY_10,), "seen": 5}, Refusal.CHANGED),
        (wish(), Move.CONFIRM, YUKI, NOW, {}, Refusal.NO_TIME),
        (wish(), Move.CONFIRM, YUKI, at(25, 12), {"times": (TUESDAY_10,)}, Refusal.PAST),
        (wish(at(23, 10)), Move.CONFIRM, YUKI, NOW, {"times": (at(23, 10),)}, Refusal.CLOSED),
        (wish(), Move.DECLINE, YUKI, NOW, {}, Refusal.NO_REASON),
        (wish(), Move.PROPOSE, YUKI, NOW, {"times": (at(24, 13),)}, Refusal.CLOSED),
        (wish(), Move.PROPOSE, YUKI, NOW, {"times": (at(20, 11),)}, Refusal.PAST),
        (wish(), Move.PROPOSE, YUKI, NOW, {"times": (TUESDAY_11, FRIDAY_16)}, Refusal.NO_TIME),
        (proposed(), Move.ACCEPT, ANN, NOW, {"times": (TUESDAY_10,)}, Refusal.CHANGED),
        (proposed(), Move.ACCEPT, ANN, FRIDAY_16, {"times": (FRIDAY_16,)}, Refusal.PAST),
        (proposed(), Move.COUNTER, ANN, NOW, {"times": (at(24, 10, 10),)}, Refusal.NOT_OFFERED),
        (proposed(), Move.COUNTER, ANN, NOW, {"times": (at(20, 14),)}, Refusal.NOT_OFFERED),
        (proposed(), Move.COUNTER, ANN, NOW, {"times": ()}, Refusal.NO_TIME),
        (confirmed(), Move.CANCEL, ANN, at(23, 10, 1), {}, Refusal.TOO_LATE),
        (confirmed(), Move.ASK_CHANGE, ANN, at(23, 10, 1), {"times": (FRIDAY_16,)}, Refusal.TOO_LATE),
        (change_requested(), Move.CANCEL, ANN, at(23, 10, 1), {}, Refusal.TOO_LATE),
        (confirmed(), Move.CANCEL, ANN, TUESDAY_10, {}, Refusal.PAST),
        (confirmed(), Move.CANCEL, YUKI, TUESDAY_11, {}, Refusal.PAST),
        (change_requested(), Move.KEEP, ANN, TUESDAY_10, {}, Refusal.PAST),
        (confirmed(), Move.ANSWER, ANN, NOW, {}, Refusal.NOT_ASKED),
        (confirmed(), Move.MARK_NO_SHOW, YUKI, NOW, {}, Refusal.NOT_YET),
        (confirmed(), Move.COMPLETE, CLOCK, TUESDAY_10, {}, Refusal.NOT_YET),
        (wish(), Move.EXPIRE, CLOCK, TUESDAY_11, {}, Refusal.NOT_YET),
    ],
)
def test_a_move_is_refused_by_name(
    request_: Request, what: Move, by: By, now: datetime, more: dict[str, Any], reason: Refusal
) -> None:
    assert refusal(request_, what, by, now, **more) is reason


@pytest.mark.parametrize(
    ("request_", "by", "now"),
    [
        (confirmed(), ANN, at(23, 10)),  # to the minute
        (confirmed(), YUKI, at(24, 10, 30)),
        (change_proposed(), ANN, at(24, 9)),  # the clinic asked
    ],
)
def test_cancelling_in_time(request_: Request, by: By, now: datetime) -> None:
    assert move(request_, Move.CANCEL, by, now, CLINIC).state is State.CANCELLED


def test_a_time_that_is_taken_cannot_be_confirmed() -> None:
    other = move(wish(TUESDAY_10, client_id=9), Move.CONFIRM, YUKI, NOW, ONE_THERAPIST, times=(TUESDAY_10,))

    with pytest.raises(MoveRefused) as refused:
        taken = other.cells(CLINIC.booking.buffer)
        move(wish(TUESDAY_11), Move.CONFIRM, YUKI, NOW, ONE_THERAPIST, times=(TUESDAY_11,), taken=taken)

    assert refused.value.reason is Refusal.SLOT_TAKEN


def test_an_offer_on_a_day_that_was_closed_since_cannot_be_accepted() -> None:
    closed = replace(CLINIC, closures=(Closure(FRIDAY_16.date(), FRIDAY_16.date(), None),))

    with pytest.raises(MoveRefused) as refused:
        move(proposed(), Move.ACCEPT, ANN, NOW, closed, times=(FRIDAY_16,))

    assert refused.value.reason is Refusal.CLOSED
