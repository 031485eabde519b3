"""What becomes of a request."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import TABLE, Move, Reason, State
from bot.domain.moves import another_time, clock_due, move, moves_for
from bot.domain.requests import CLOCK, By, Kind, Request, is_overtaken
from bot.domain.slots import Slot
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


def test_staff_confirm_the_second_choice() -> None:
    request = move(wish(), Move.CONFIRM, YUKI, NOW, CLINIC, times=(THURSDAY_15,))

    assert request.state is State.CONFIRMED
    assert request.appointment == Slot(THURSDAY_15, THURSDAY_15 + timedelta(hours=1), 0)
    assert request.version == 1
    assert request.last and (request.last.by, request.last.at) == (YUKI, NOW)


def test_a_proposal_is_held_for_the_client_who_accepts_it() -> None:
    offer = proposed()
    others = slot_of(offer)
    assert offer.held == (others,)

    request = move(
        offer,
        Move.ACCEPT,
        ANN,
        NOW,
        ONE_THERAPIST,
        times=(FRIDAY_16,),
        taken=offer.cells(CLINIC.booking.buffer),
    )

    assert request.state is State.CONFIRMED
    assert request.appointment == others
    assert request.proposal is None


def slot_of(request: Request) -> Slot:
    assert request.proposal and request.proposal.slot
    return request.proposal.slot


def test_staff_confirm_what_the_client_offered_instead() -> None:
    request = move(countered(), Move.CONFIRM, KEN, NOW, CLINIC, times=(THURSDAY_15,))

    assert request.appointment and request.appointment.start == THURSDAY_15


def test_an_appointment_stands_until_its_change_is_confirmed() -> None:
    request = change_requested()
    assert [each.start for each in request.held] == [TUESDAY_10]

    changed = move(request, Move.CONFIRM, YUKI, NOW, CLINIC, times=(FRIDAY_16,))

    assert [each.start for each in changed.held] == [FRIDAY_16]


def test_an_offered_change_holds_both_times() -> None:
    assert [each.start for each in change_proposed().held] == [TUESDAY_10, FRIDAY_16]


@pytest.mark.parametrize(
    ("what", "by", "reason"),
    [(Move.DECLINE, YUKI, Reason.FULL), (Move.KEEP, ANN, None), (Move.EXPIRE, CLOCK, None)],
)
@pytest.mark.parametrize("request_", [change_requested(), change_proposed()], ids=lambda each: each.state)
def test_without_agreement_the_appointment_stays_as_it_was(
    request_: Request, what: Move, by: By, reason: Reason | None
) -> None:
    now = NOW if what is not Move.EXPIRE else FRIDAY_16
    request = move(request_, what, by, now, CLINIC, reason=reason)

    assert (request.state, request.appointment, request.proposal) == (
        State.CONFIRMED,
        confirmed().appointment,
        None,
    )
    assert request.reason is reason


def test_an_appointment_can_move_into_its_own_time() -> None:
    request = move(wish(), Move.CONFIRM, YUKI, NOW, ONE_THERAPIST, times=(TUESDAY_10,))
    own = request.cells(CLINIC.booking.buffer)

    request = move(request, Move.PROPOSE, YUKI, NOW, ONE_THERAPIST, times=(at(24, 10, 30),), taken=own)

    assert len(request.cells(CLINIC.booking.buffer)) < 2 * len(own)


def test_what_was_cancelled_can_still_be_told_but_holds_nothing() -> None:
    request = move(confirmed(), Move.CANCEL, ANN, NOW, CLINIC)

    assert request.appointment and request.appointment.start == TUESDAY_10
    assert request.held == ()


def test_a_client_changes_a_wish_that_nobody_has_answered() -> None:
    request = move(wish(), Move.ASK_CHANGE, ANN, NOW, CLINIC, times=(FRIDAY_16,))

    assert (request.state, request.open_times) == (State.WAITING, (FRIDAY_16,))


@pytest.mark.parametrize(
    ("request_", "asked"),
    [
        (wish(), (TUESDAY_10, THURSDAY_15)),
        (proposed(), (TUESDAY_10, THURSDAY_15)),
        (countered(), (THURSDAY_15,)),
        (change_requested(), (THURSDAY_15, FRIDAY_16)),
    ],
    ids=lambda each: each.state if isinstance(each, Request) else "",
)
def test_who_is_declined_can_be_told_for_when(request_: Request, asked: tuple[datetime, ...]) -> None:
    declined = move(request_, Move.DECLINE, YUKI, NOW, CLINIC, reason=Reason.FULL)

    assert declined.asked_in_vain == asked


def test_what_was_granted_or_is_still_open_was_not_asked_in_vain() -> None:
    withdrawn_offer = move(change_proposed(), Move.DECLINE, YUKI, NOW, CLINIC, reason=Reason.FULL)

    for each in (wish(), countered(), confirmed(), change_requested(), withdrawn_offer):
        assert each.asked_in_vain == ()


@pytest.mark.parametrize(
    ("before", "after", "overtaken"),
    [
        (wish(), confirmed(), False),
        (confirmed(), change_requested(), False),
        (change_requested(), move(change_requested(), Move.KEEP, ANN, NOW, CLINIC), False),
        (
            change_requested(),
            move(change_requested(), Move.CONFIRM, YUKI, NOW, CLINIC, times=(FRIDAY_16,)),
            True,
        ),
        (confirmed(), move(confirmed(), Move.CANCEL, ANN, NOW, CLINIC), True),
        (proposed(), move(proposed(), Move.WITHDRAW, ANN, NOW, CLINIC), True),
        (confirmed(), move(confirmed(), Move.COMPLETE, CLOCK, TUESDAY_11, CLINIC), False),
    ],
)
def test_another_time_and_no_visit_overtake_what_was_told(
    before: Request, after: Request, *, overtaken: bool
) -> None:
    assert is_overtaken(before, after) is overtaken


def test_a_no_show_can_be_taken_back() -> None:
    missed = move(confirmed(), Move.MARK_NO_SHOW, YUKI, TUESDAY_10, CLINIC)
    assert missed.held == confirmed().held

    back = move(missed, Move.UNDO_NO_SHOW, YUKI, TUESDAY_11, CLINIC)

    assert move(back, Move.COMPLETE, CLOCK, TUESDAY_11, CLINIC).state is State.DONE


def test_asking_and_answering_decide_nothing() -> None:
    asked = move(confirmed(), Move.ASK, KEN, NOW, CLINIC)
    assert asked.asked_at == NOW
    assert asked.last == confirmed().last

    answered = move(asked, Move.ANSWER, ANN, NOW, CLINIC)

    assert (answered.state, answered.asked_at) == (State.CONFIRMED, None)


def test_a_new_time_needs_a_new_im_coming() -> None:
    request = move(confirmed(), Move.COMING, ANN, NOW, CLINIC)
    assert request.coming

    request = move(request, Move.PROPOSE, YUKI, NOW, CLINIC, times=(FRIDAY_16,))

    assert not move(request, Move.ACCEPT, ANN, NOW, CLINIC, times=(FRIDAY_16,)).coming


@pytest.mark.parametrize(
    ("request_", "due"),
    [
        (wish(), (Move.EXPIRE, THURSDAY_15)),
        (replace(wish(), wished=(), kind=Kind.PLAN), (Move.EXPIRE, NOW + CLINIC.booking.horizon)),
        (proposed(), (Move.EXPIRE, FRIDAY_16)),
        (confirmed(), (Move.COMPLETE, TUESDAY_11)),
        (change_requested(), (Move.EXPIRE, TUESDAY_11)),
        (change_proposed(), (Move.EXPIRE, TUESDAY_11)),
        (
            move(confirmed(), Move.ASK_CHANGE, ANN, NOW, CLINIC, times=(at(21, 10),)),
            (Move.EXPIRE, at(21, 10)),
        ),
        (move(confirmed(), Move.CANCEL, ANN, NOW, CLINIC), None),
    ],
)
def test_the_clock_knows_its_next_move(request_: Request, due: tuple[Move, datetime] | None) -> None:
    assert clock_due(request_, CLINIC) == due
    if due:
        what, when = due
        move(request_, what, CLOCK, when, CLINIC)


@pytest.mark.parametrize(
    ("request_", "by", "now", "moves"),
    [
        (wish(), YUKI, NOW, {Move.CONFIRM, Move.PROPOSE, Move.DECLINE, Move.ASK}),
        (replace(wish(), wished=(), kind=Kind.PLAN), YUKI, NOW, {Move.PROPOSE, Move.DECLINE, Move.ASK}),
        (wish(), ANN, NOW, {Move.ASK_CHANGE, Move.WITHDRAW}),
        (proposed(), ANN, NOW, {Move.ACCEPT, Move.COUNTER, Move.WITHDRAW}),
        (confirmed(), ANN, NOW, {Move.ASK_CHANGE, Move.CANCEL, Move.COMING}),
        (confirmed(), ANN, at(24, 9), {Move.COMING}),
        (confirmed(), YUKI, at(24, 10), {Move.PROPOSE, Move.CANCEL, Move.ASK, Move.MARK_NO_SHOW}),
        (confirmed(), STRANGER, NOW, set()),
    ],
)
def test_the_buttons_are_what_can_be_done(request_: Request, by: By, now: datetime, moves: set[Move]) -> None:
    assert set(moves_for(request_, by, now, CLINIC)) == moves


def test_all_that_the_table_has_happens_and_nothing_else() -> None:
    """Every state with every button, from one request onwards, over ten days."""
    moments = [NOW, at(23, 9), at(24, 9), at(24, 10, 30), at(24, 12), at(27, 18)]
    clock_times = (THURSDAY_15, FRIDAY_16, at(26, 17))
    found, waiting, known = set[tuple[State, Move]](), [wish()], set[object]()
    while waiting:
        before = waiting.pop()
        for now, by in product(moments, (ANN, YUKI, CLOCK)):
            for what in moves_for(before, by, now, CLINIC):
                named = what in (Move.CONFIRM, Move.ACCEPT)
                for each in before.open_times if named else clock_times:
                    try:
                        after = move(before, what, by, now, CLINIC, times=(each,), reason=Reason.FULL)
                    except MoveRefused:
                        continue
                    found.add((before.state, what))
                    assert TABLE[before.state, what] is after.state
                    key = (after.state, after.open_times, after.appointment, after.asked_at, after.coming)
                    if key not in known:
                        known.add(key)
                        waiting.append(after)

    assert found == set(TABLE)


def test_another_time_answers_an_offer_or_asks_unasked() -> None:
    assert another_time(proposed()) is another_time(change_proposed()) is Move.COUNTER
    assert another_time(wish()) is another_time(confirmed()) is Move.ASK_CHANGE


def test_nothing_personal_is_in_what_a_log_may_show() -> None:
    request = replace(
        wish(), personal=wish().personal.with_text("note", "secret knee").with_text("phone", "+8190")
    )

    assert not {"Ann", "secret", "8190"} & set(repr(request).replace("'", " ").split())
    assert "secret" not in repr(request)
