"""The table of states, and its picture."""

from pathlib import Path

import pytest

from bot.domain.lifecycle import (
    ACTORS,
    APPOINTMENTS,
    BEFORE_CONFIRMATION,
    LIVE,
    TABLE,
    TALK,
    WAITS_FOR_CLIENT,
    WAITS_FOR_CLINIC,
    Actor,
    Move,
    State,
)
from bot.domain.picture import picture
from bot.domain.references import reference

PAGE = Path(__file__).parents[2] / "docs" / "requests.md"


def test_the_page_shows_the_picture_of_the_table() -> None:
    assert f"```mermaid\n{picture()}```" in PAGE.read_text(encoding="utf-8")


def test_every_state_can_be_reached() -> None:
    reached, edge = set[State](), {State.WAITING}
    while edge:
        reached |= edge
        edge = {target for (state, _), target in TABLE.items() if state in reached} - reached

    assert reached == set(State)


def test_every_move_has_an_actor_and_a_place() -> None:
    assert set(ACTORS) == set(Move)
    assert {move for _, move in TABLE} == set(Move)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_nothing_waits_for_ever(state: State) -> None:
    by_clock = {move for each, move in TABLE if each is state and Actor.CLOCK in ACTORS[move]}

    assert by_clock in ({Move.EXPIRE}, {Move.COMPLETE})


@pytest.mark.parametrize("state", sorted(LIVE))
def test_a_client_can_always_take_it_back(state: State) -> None:
    assert ((state, Move.WITHDRAW) in TABLE) is (state in BEFORE_CONFIRMATION)
    assert ((state, Move.CANCEL) in TABLE) is (state in APPOINTMENTS)


def test_whoever_is_asked_can_say_yes_no_and_another_time() -> None:
    for state in WAITS_FOR_CLINIC:
        assert {Move.CONFIRM, Move.PROPOSE, Move.DECLINE} <= {move for each, move in TABLE if each is state}
    for state in WAITS_FOR_CLIENT:
        moves = {move for each, move in TABLE if each is state}
        assert {Move.ACCEPT, Move.COUNTER} <= moves
        assert moves & {Move.WITHDRAW, Move.CANCEL}


def test_only_the_clinics_yes_or_the_clients_yes_to_its_offer_makes_an_appointment() -> None:
    makes = {
        move for (state, move), to in TABLE.items() if to is State.CONFIRMED and state in BEFORE_CONFIRMATION
    }

    assert makes == {Move.CONFIRM, Move.ACCEPT}


def test_what_is_over_stays_over_but_for_a_no_show() -> None:
    after = {(state, move) for state, move in TABLE if state not in LIVE}

    assert after == {(State.DONE, Move.MARK_NO_SHOW), (State.NO_SHOW, Move.UNDO_NO_SHOW)}


def test_talk_decides_nothing() -> None:
    assert all(TABLE[state, move] is state for state, move in TABLE if move in TALK)


def test_a_reference_is_short_and_has_no_letter_that_looks_like_another() -> None:
    codes = {reference(number.to_bytes(8, "big")) for number in range(5_000)}

    assert len(codes) == 5_000
    assert all(
        len(code) == 7 and not set(code.removeprefix("TM-")) & set("0O1IL5S8BUZ2GAE") - {"2"}
        for code in codes
    )
