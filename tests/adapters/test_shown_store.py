"""How long it is known which message shows what, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.adapters.store.database import Database
from bot.adapters.store.tables import shown
from bot.domain.lifecycle import LIVE, State
from bot.services.deliver import Deliverer
from bot.services.tick import KEEP_SHOWN, Ticker
from tests.clock import FakeClock
from tests.domain.samples import ANN, STRANGER, wish

GROUP = -100
OF_A_REQUEST = ["about:1:stands:ff", "asked:1:ff"]
REST = ["about:10:ff", "answer:1:ff", "form", "reply:5"]


async def known(store: Database) -> list[tuple[int, str]]:
    """The chat's number and what is shown there, from every row that is left."""
    async with store.transaction() as tx:
        rows = await tx._connection.execute(select(shown.c.chat_id, shown.c.key).order_by(shown.c.key))
    return [(row.chat_id, row.key) for row in rows]


@pytest.mark.parametrize("state", State)
async def test_a_clients_messages_are_known_60_days_and_about_what_is_to_come_until_it_is_over(
    store: Database, clock: FakeClock, state: State
) -> None:
    ticker = Ticker(store, Deliverer(store, {}, clock), clock)
    async with store.transaction() as tx:
        await tx.requests.add(replace(wish(), state=state), None)
        for number, key in enumerate([*OF_A_REQUEST, *REST]):
            await tx.shown.remember(ANN.id, key, number, clock())
        await tx.shown.remember(STRANGER.id, "about:1:ff", 1, clock())
    clock.move(KEEP_SHOWN)
    await ticker.purge()
    assert len(await known(store)) == len(OF_A_REQUEST) + len(REST) + 1
    clock.move(timedelta(hours=1))
    await ticker.purge()
    assert await known(store) == [(ANN.id, each) for each in OF_A_REQUEST if state in LIVE]


async def test_in_the_group_what_names_somebody_is_known_until_they_are_taken_out(
    store: Database, clock: FakeClock
) -> None:
    lasting = ["about:1:ff", "card:1", "card:1:ff", "handover:1"]
    async with store.transaction() as tx:
        for number, key in enumerate([*lasting, "alarm:ff", "reply:5"]):
            await tx.shown.remember(GROUP, key, number, clock())
        await tx.shown.purge(clock() + 100 * KEEP_SHOWN)
    assert await known(store) == [(GROUP, each) for each in lasting]
    async with store.transaction() as tx:
        assert list(await tx.shown.messages(GROUP, "about:1:")) == [0]
        assert list(await tx.personal_data.take_shown(GROUP, "about:1:")) == [0]
    assert await known(store) == [(GROUP, each) for each in lasting[1:]]
