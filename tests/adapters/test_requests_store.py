"""Requests, forms, places and reminders in the store; the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.domain.errors import MoveRefused
from bot.domain.form import Form, Said, Step
from bot.domain.language import Language
from bot.domain.lifecycle import Actor, Move, Refusal, State
from bot.domain.moves import move
from bot.domain.requests import By, Personal, Request
from bot.domain.slots import Slot
from bot.domain.waiting_list import Offer, Place
from bot.services.move_request import MoveRequest
from bot.services.ports import Handover, Transaction
from tests.domain.requests_in import change_proposed, change_requested, confirmed, countered, proposed
from tests.domain.samples import ANN, NOW, ONE_THERAPIST, TUESDAY_10, TUESDAY_11, YUKI, at, wish

BUFFER = ONE_THERAPIST.booking.buffer
PERSONAL = Personal("Ann <Onymous>", "+819012345678", "my left\nshoulder", "sleep", "none", "Tuesdays")


class Silent:
    """Tells nobody anything, and remembers what it was asked to tell."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, Move]] = []

    async def requested(self, tx: Transaction, request: Request, now: datetime) -> None: ...
    async def card(self, tx: Transaction, request: Request, now: datetime) -> None: ...

    async def moved(
        self, tx: Transaction, before: Request, after: Request, what: Move, by: By, now: datetime
    ) -> None:
        self.moves.append((after.reference, what))

    async def reminder(self, tx: Transaction, request: Request, hours_before: int, now: datetime) -> None: ...
    async def nudge(self, tx: Transaction, request: Request, since: datetime, now: datetime) -> None: ...
    async def offer(self, tx: Transaction, place: Place, now: datetime) -> None: ...
    async def digest(self, tx: Transaction, day: date, now: datetime) -> None: ...
    async def asked(self, tx: Transaction, request: Request, text: str, now: datetime) -> None: ...
    async def answered(
        self, tx: Transaction, request: Request, text: str, now: datetime, *, edited: bool
    ) -> None: ...

    async def handed_over(
        self, tx: Transaction, handover: Handover, now: datetime, earlier: Handover | None
    ) -> None: ...

    async def replied(self, tx: Transaction, handover: Handover, text: str, now: datetime) -> None: ...


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes on one database."""
    key = Cipher.new_key()
    one, two = Database(database_url, Cipher(key)), Database(database_url, Cipher(key))
    await one.prepare()
    yield one, two
    await one.close()
    await two.close()


@pytest.mark.parametrize(
    "request_", [wish(), confirmed(), proposed(), countered(), change_requested(), change_proposed()]
)
async def test_a_request_comes_back_as_it_was(store: Database, request_: Request) -> None:
    written = replace(request_, personal=PERSONAL)
    async with store.transaction() as tx:
        await tx.requests.add(written, NOW)
    async with store.transaction() as tx:
        assert await tx.requests.get(written.id) == written
        assert list(await tx.requests.of_client(written.client_id)) == [written]
        assert list(await tx.requests.in_states([written.state])) == [written]
        assert await tx.requests.get(99) is None


async def test_nothing_personal_lies_open(store: Database) -> None:
    form = Form(personal=PERSONAL, health={"pregnancy": True}, answered=frozenset({Step.NAME}))
    async with store.transaction() as tx:
        await tx.requests.add(replace(wish(), personal=PERSONAL), None)
        await tx.forms.save(ANN.id, form, NOW)
        await tx.remarks.add(1, "which shoulder, Ann?", by_clinic=True, now=NOW)
        await tx.remarks.hand_over(ANN.id, Language.EN, "I am Ann", NOW)
        everything = ""
        for table in ("requests", "forms", "remarks", "handovers"):
            rows = await tx._connection.execute(text(f"SELECT * FROM {table}"))
            everything += repr(rows.all())
    # A name as short as "Ann" turns up by chance in what is sealed.
    for part in ("Onymous", "I am Ann", "shoulder", "9012345678", "pregnancy"):
        assert part not in everything


async def test_a_form_comes_back_as_it_was(store: Database) -> None:
    form = Form(
        treatment_id="massage-60",
        day=date(2026, 11, 24),
        start=TUESDAY_10,
        said=Said(
            day=date(2026, 11, 24),
            start=TUESDAY_10.time(),
            exact=True,
            otherwise=Said(day=date(2026, 11, 26), until=TUESDAY_10.time()),
        ),
        personal=PERSONAL,
        consent=True,
        questions=("fever", "skin"),
        health={"fever": False},
        answered=frozenset({Step.TREATMENT, Step.DAY}),
        prefilled=frozenset({Step.DAY}),
    )
    async with store.transaction() as tx:
        await tx.forms.save(ANN.id, form, NOW)
        assert await tx.forms.get(ANN.id) == form
        await tx.forms.purge(NOW + timedelta(seconds=1))
        assert await tx.forms.get(ANN.id) is None


async def test_a_form_of_an_older_version_is_begun_again(store: Database, database_url: str) -> None:
    async with store.transaction() as tx:
        await tx.forms.save(ANN.id, Form(), NOW)
        row = {"sealed": tx.forms._cipher.seal('{"kind": "voucher"}')}
        await tx._connection.execute(text("UPDATE forms SET sealed_form = :sealed"), row)
        assert await tx.forms.get(ANN.id) is None


async def test_a_place_and_its_offer_come_back_as_they_were(store: Database) -> None:
    async with store.transaction() as tx:
        place = await tx.places.join(ANN.id, Language.JA, "massage-60", TUESDAY_10.date(), NOW)
        assert await tx.places.join(ANN.id, Language.JA, "massage-60", TUESDAY_10.date(), NOW) == place
        slot = Slot(TUESDAY_10.astimezone(UTC), TUESDAY_11.astimezone(UTC), 0)
        offered = replace(place, offer=Offer(slot, NOW.astimezone(UTC)), passed=frozenset({slot.start}))
        await tx.places.save(offered)
    async with store.transaction() as tx:
        assert await tx.places.get(place.id) == offered
        assert list(await tx.places.all()) == [offered]
        await tx.places.leave(place.id)
        assert not await tx.places.all()


async def test_a_time_is_held_by_one_alone(store: Database) -> None:
    slot = Slot(TUESDAY_10, TUESDAY_11, 0)
    beside = Slot(at(24, 11), at(24, 12), 0)
    async with store.transaction() as tx:
        assert await tx.cells.hold("request:1", slot.cells(BUFFER))
        assert not await tx.cells.hold("request:2", beside.cells(BUFFER)), "the buffer counts"
        until = (0, int(TUESDAY_11.timestamp()) // 300)
        assert await tx.cells.taken(TUESDAY_10, TUESDAY_11) == slot.cells(timedelta()) | {until}
        assert not await tx.cells.taken(TUESDAY_10, TUESDAY_11, but={"request:1"})
        assert await tx.cells.hold("request:1", frozenset())
        assert await tx.cells.hold("request:2", beside.cells(BUFFER))


async def test_a_request_that_moved_meanwhile_is_not_overwritten(store: Database) -> None:
    async with store.transaction() as tx:
        await tx.requests.add(wish(), None)
        await tx.requests.save(confirmed(), None, BUFFER)
    async with store.transaction() as tx:
        with pytest.raises(MoveRefused) as caught:
            await tx.requests.save(proposed(), None, BUFFER)
        assert caught.value.reason is Refusal.CHANGED
        assert await tx.requests.get(1) == confirmed(), "and the transaction goes on"


async def test_a_refused_move_leaves_nothing_behind(store: Database) -> None:
    second = replace(wish(request_id=2, client_id=8), reference="TM-0002")
    async with store.transaction() as tx:
        await tx.requests.add(wish(), None)
        await tx.requests.add(second, None)
        await tx.requests.save(confirmed(), None, BUFFER)
        moved = move(second, Move.CONFIRM, YUKI, NOW, ONE_THERAPIST, times=(TUESDAY_10,))
        with pytest.raises(MoveRefused) as caught:
            await tx.requests.save(moved, None, BUFFER)
        assert caught.value.reason is Refusal.SLOT_TAKEN
    async with store.transaction() as tx:
        assert await tx.requests.get(2) == second


@pytest.mark.parametrize("start", [TUESDAY_10, at(24, 10, 30), TUESDAY_11])
async def test_of_two_processes_that_confirm_overlapping_times_at_once_one_wins(
    processes: tuple[Database, Database], start: datetime
) -> None:
    first, second = wish(TUESDAY_10), wish(start, request_id=2, client_id=8)
    announcer = Silent()
    async with processes[0].transaction() as tx:
        for each in (first, second):
            await tx.requests.add(each, None)

    async def confirm(store: Database, request: Request) -> Request | MoveRefused:
        moving = MoveRequest(ONE_THERAPIST, announcer)
        by = By(Actor.STAFF, request.id, "Yuki")
        async with store.transaction() as tx:
            try:
                return await moving.move(tx, request.id, Move.CONFIRM, by, NOW, times=request.wished)
            except MoveRefused as refused:
                return refused

    results = await asyncio.gather(confirm(processes[0], first), confirm(processes[1], second))
    (lost,) = [each for each in results if isinstance(each, MoveRefused)]
    assert lost.reason is Refusal.SLOT_TAKEN
    assert lost.request.state is State.WAITING, "its card must not show what did not happen"
    async with processes[0].transaction() as tx:
        assert len(await tx.requests.in_states([State.CONFIRMED])) == 1
    assert len(announcer.moves) == 1


async def test_the_database_itself_refuses_a_time_twice_whatever_the_program_believes(
    processes: tuple[Database, Database],
) -> None:
    """Both have looked and seen the time free; only then both write."""
    requests = [wish(TUESDAY_10), wish(at(24, 10, 30), request_id=2, client_id=8)]
    async with processes[0].transaction() as tx:
        for each in requests:
            await tx.requests.add(each, None)
    moved = [move(each, Move.CONFIRM, YUKI, NOW, ONE_THERAPIST, times=(each.wished[0],)) for each in requests]

    async def save(store: Database, request: Request) -> bool:
        async with store.transaction() as tx:
            try:
                await tx.requests.save(request, None, BUFFER)
            except MoveRefused:
                return False
            return True

    assert sorted(await asyncio.gather(save(processes[0], moved[0]), save(processes[1], moved[1]))) == [
        False,
        True,
    ]


async def test_a_reminder_is_taken_by_one_process(processes: tuple[Database, Database]) -> None:
    async with processes[0].transaction() as tx:
        for number in range(10):
            await tx.reminders.plan(number, [(24, NOW), (2, NOW + timedelta(hours=22))])

    async def take(store: Database) -> list[tuple[int, int]]:
        async with store.transaction() as tx:
            return list(await tx.reminders.take_due(NOW))

    taken = [each for found in await asyncio.gather(*map(take, processes * 3)) for each in found]
    assert sorted(taken) == [(number, 24) for number in range(10)]


async def test_a_new_plan_replaces_the_old_reminders(store: Database) -> None:
    async with store.transaction() as tx:
        await tx.reminders.plan(1, [(24, NOW), (2, NOW)])
        await tx.reminders.plan(1, [(2, NOW + timedelta(hours=1))])
        assert not await tx.reminders.take_due(NOW)
        assert list(await tx.reminders.take_due(NOW + timedelta(hours=1))) == [(1, 2)]
        await tx.reminders.plan(1, [])
