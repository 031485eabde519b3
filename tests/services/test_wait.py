"""Two processes and a client at the waiting list in one moment: nothing is offered twice, nothing lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import text

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.domain.clients import Client
from bot.domain.language import Language
from bot.domain.waiting_list import Place
from bot.services.ports import Announcer, Transaction
from bot.services.wait import Wait
from tests.domain.samples import CLINIC, NOW

DAY = date(2026, 11, 24)
HANA = Client(6_000_000_001, Language.EN, Language.EN, NOW)
SOON = timedelta(seconds=1)

Step = Callable[[Transaction], Awaitable[object]]


class Told:
    """What clients would read."""

    def __init__(self) -> None:
        self.offers: list[Place] = []

    async def offer(self, tx: Transaction, place: Place, now: datetime) -> None:
        self.offers.append(place)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def wait(told: Told) -> Wait:
    return Wait(CLINIC, cast(Announcer, told))


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[list[Database]]:
    """Of three processes; the database is one."""
    key = Cipher.new_key()
    made = [Database(database_url, Cipher(key)) for _ in range(3)]
    await made[0].prepare()
    async with made[0].transaction() as tx:
        await tx.clients.meet(HANA.id, Language.EN, NOW)
    yield made
    for each in made:
        await each.close()


async def at_once(stores: list[Database], *steps: Step) -> list[object]:
    """Each in a process of its own. None gets at the book before all have come as far as they can without."""

    async def run(store: Database, step: Step) -> object:
        async with store.transaction() as tx:
            return await step(tx)

    last = stores[-1]
    if last._engine.dialect.name == "sqlite":  # has one writer at a time
        return list(await asyncio.gather(*map(run, stores, steps)))
    async with last.transaction() as tx:
        await tx.requests.lock_book()
        tasks = [asyncio.create_task(run(*each)) for each in zip(stores[:-1], steps, strict=True)]
        query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        waiting = 0
        while waiting + sum(task.done() for task in tasks) < len(steps):
            waiting = (await tx._connection.execute(query)).scalar_one()
    return list(await asyncio.gather(*tasks))


async def joined(store: Database, wait: Wait) -> Place:
    async with store.transaction() as tx:
        return await wait.join(tx, HANA, "massage-60", DAY, NOW)


async def held(store: Database, place: Place) -> tuple[Place | None, int]:
    """The place as it is now, and how many cells are kept for it."""
    async with store.transaction() as tx:
        span = NOW - timedelta(days=1), NOW + timedelta(days=90)
        everything = await tx.cells.taken(*span)
        others = await tx.cells.taken(*span, but={place.holder})
        return await tx.places.get(place.id), len(everything - others)


async def test_two_processes_offer_a_place_one_time(stores: list[Database], wait: Wait, told: Told) -> None:
    place = await joined(stores[0], wait)
    await at_once(stores, lambda tx: wait.tick(tx, NOW), lambda tx: wait.tick(tx, NOW))
    (offered,) = told.offers
    kept, cells = await held(stores[0], place)
    assert kept == offered and offered.offer is not None
    assert cells == len(offered.offer.slot.cells(CLINIC.booking.buffer))


async def test_nothing_is_kept_for_who_leaves_just_then(stores: list[Database], wait: Wait) -> None:
    place = await joined(stores[0], wait)
    await at_once(stores, lambda tx: wait.tick(tx, NOW), lambda tx: wait.leave(tx, HANA, place.id))
    assert await held(stores[0], place) == (None, 0)


async def test_a_time_that_is_accepted_in_the_last_second_is_kept_or_gone_but_never_half(
    stores: list[Database], wait: Wait, told: Told
) -> None:
    place = await joined(stores[0], wait)
    async with stores[0].transaction() as tx:
        await wait.tick(tx, NOW)
    offer = told.offers[0].offer
    assert offer is not None
    _, accepted = await at_once(
        stores,
        lambda tx: wait.tick(tx, offer.until),
        lambda tx: wait.accept(tx, HANA, place.id, offer.slot.start, offer.until - SOON),
    )
    kept, _ = await held(stores[0], place)
    assert kept is not None and kept.offer is not None
    assert (accepted is not None) == (kept.offer.slot.start == offer.slot.start)
    assert accepted is None or kept == accepted
