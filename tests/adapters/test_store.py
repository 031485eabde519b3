"""The store keeps the same rules on SQLite and PostgreSQL."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher, key_from_file
from bot.adapters.store.database import Database
from bot.adapters.store.tables import metadata
from bot.app.standing import answer_secret, calendar_secret
from bot.domain.errors import Misconfigured, WrongKey
from bot.domain.language import Language
from bot.services.ports import Waiting
from tests.clock import FakeClock

HANA = 6_000_000_001


def update(number: int, chat: int = HANA, content: str = "{}") -> Waiting:
    return Waiting(number, chat, content, 0)


async def test_an_update_that_arrives_twice_is_stored_once(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        assert await tx.inbox.add([update(1), update(1), update(2)], clock()) == 2
    async with store.transaction() as tx:
        assert await tx.inbox.add([update(2), update(3)], clock()) == 1
        assert await tx.inbox.waiting() == 3


async def test_a_done_update_is_not_stored_again(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.inbox.add([update(1)], clock())
        await tx.inbox.done(1, clock())
    async with store.transaction() as tx:
        assert await tx.inbox.add([update(1)], clock()) == 0
        assert await tx.inbox.first(HANA) is None


async def test_a_chat_is_worked_on_oldest_first(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.inbox.add([update(3, content="c"), update(1, content="a"), update(2, 99)], clock())
        first = await tx.inbox.first(HANA)
        assert first is not None and (first.update_id, first.content) == (1, "a")
        assert list(await tx.inbox.chats()) == [HANA, 99]


async def test_what_failed_leaves_nothing_behind(store: Database, clock: FakeClock) -> None:
    with pytest.raises(RuntimeError):
        async with store.transaction() as tx:
            await tx.inbox.add([update(1)], clock())
            raise RuntimeError
    async with store.transaction() as tx:
        assert await tx.inbox.waiting() == 0


async def test_a_delivery_goes_out_after_the_older_ones_of_its_address(
    store: Database, clock: FakeClock
) -> None:
    lease = timedelta(minutes=1)
    async with store.transaction() as tx:
        first = await tx.outbox.add("telegram", "1", "a", now=clock())
        await tx.outbox.add("telegram", "1", "b", now=clock())
        other = await tx.outbox.add("telegram", "2", "c", now=clock())
    async with store.transaction() as tx:
        assert [each.id for each in await tx.outbox.claim(clock(), lease, 9)] == [first.id, other.id]
        assert not await tx.outbox.claim(clock(), lease, 9)
        await tx.outbox.sent(first.id, clock())
        assert [each.content for each in await tx.outbox.claim(clock(), lease, 9)] == ["b"]


async def test_a_lease_that_ran_out_is_claimed_again(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add("telegram", "1", "a", now=clock(), lease=timedelta(minutes=1))
        assert not await tx.outbox.claim(clock(), timedelta(minutes=1), 9)
    clock.move(timedelta(minutes=1))
    async with store.transaction() as tx:
        (again,) = await tx.outbox.claim(clock(), timedelta(minutes=1), 9)
        assert again.attempts == 2


async def test_two_processes_start_together_and_claim_a_delivery_once(
    bare_database_url: str, clock: FakeClock
) -> None:
    key = Cipher.new_key()
    one, two = Database(bare_database_url, Cipher(key)), Database(bare_database_url, Cipher(key))
    await asyncio.gather(one.prepare(), two.prepare())
    async with one.transaction() as tx:
        for number in range(20):
            await tx.outbox.add("telegram", str(number), "a", now=clock())

    async def claim(store: Database) -> list[int]:
        async with store.transaction() as tx:
            return [each.id for each in await tx.outbox.claim(clock(), timedelta(minutes=1), 20)]

    found = await asyncio.gather(*[claim(each) for each in (one, two) * 5])
    claimed = [number for each in found for number in each]
    assert sorted(claimed) == sorted(set(claimed)) and len(claimed) == 20
    await one.close()
    await two.close()


async def test_two_processes_that_start_together_keep_one_secret(bare_database_url: str) -> None:
    key = Cipher.new_key()
    stores = [Database(bare_database_url, Cipher(key)) for _ in range(2)]
    await asyncio.gather(*[each.prepare() for each in stores])
    feeds = await asyncio.gather(*[calendar_secret(each) for each in stores * 5])
    links = await asyncio.gather(*[answer_secret(each) for each in stores * 5])
    assert {*feeds} == {await calendar_secret(stores[0])}
    assert {*links} == {await answer_secret(stores[0])}
    for each in stores:
        await each.close()


async def test_of_two_processes_that_start_together_with_two_keys_one_is_turned_away(
    bare_database_url: str,
) -> None:
    stores = [Database(bare_database_url, Cipher(Cipher.new_key())) for _ in range(2)]
    started = await asyncio.gather(*[each.prepare() for each in stores], return_exceptions=True)
    assert [type(each) for each in started if each is not None] == [WrongKey]
    for each in stores:
        await each.close()


def test_processes_that_start_together_make_one_key_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "data.key"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: key_from_file(path), range(8)))
    assert keys == {path.read_text().strip()}


async def test_two_processes_work_on_a_chat_one_after_the_other(database_url: str, clock: FakeClock) -> None:
    key = Cipher.new_key()
    stores = [Database(database_url, Cipher(key)) for _ in range(2)]
    await stores[0].prepare()
    async with stores[0].transaction() as tx:
        await tx.inbox.add([update(number) for number in range(20)], clock())
    done: list[int] = []

    async def work(store: Database) -> None:
        while True:
            async with store.transaction() as tx:
                first = await tx.inbox.first(HANA)
                if first is None:
                    return
                done.append(first.update_id)
                await tx.inbox.done(first.update_id, clock())

    await asyncio.gather(*map(work, stores))
    assert done == list(range(20))
    for each in stores:
        await each.close()


async def test_a_clients_own_choice_of_language_stays(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.clients.meet(HANA, Language.EN, clock())
        await tx.clients.choose_language(HANA, Language.JA)
        hana = await tx.clients.meet(HANA, Language.EN, clock())
    assert (hana.language, hana.speaks) == (Language.JA, Language.JA)


async def test_feedback_keeps_the_last_word(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        assert await tx.questions.add_feedback(HANA, "hours", helped=True, now=clock())
        assert not await tx.questions.add_feedback(HANA, "hours", helped=True, now=clock())
        assert await tx.questions.add_feedback(HANA, "hours", helped=False, now=clock())
        assert await tx.questions.feedback() == {"hours": (0, 1)}


async def test_counters_add_up_over_days(store: Database, clock: FakeClock) -> None:
    today = clock().date()
    async with store.transaction() as tx:
        await tx.counters.count("route.answer", today)
        await tx.counters.count("route.answer", today)
        await tx.counters.count("route.answer", today - timedelta(days=9))
        assert await tx.counters.totals(today - timedelta(days=7)) == {"route.answer": 2}


async def test_another_key_is_refused_with_a_clear_line(database_url: str) -> None:
    first = Database(database_url, Cipher(Cipher.new_key()))
    await first.prepare()
    await first.close()
    second = Database(database_url, Cipher(Cipher.new_key()))
    with pytest.raises(WrongKey, match="DATA_KEY"):
        await second.prepare()
    await second.close()


async def test_a_new_key_in_front_opens_what_the_old_one_sealed(database_url: str) -> None:
    old = Cipher.new_key()
    first = Database(database_url, Cipher(old))
    await first.prepare()
    await first.close()
    second = Database(database_url, Cipher(f"{Cipher.new_key()},{old}"))
    await second.prepare()
    await second.close()


async def test_the_migrations_make_the_tables_that_the_program_knows(store: Database) -> None:
    def tables(connection: AsyncConnection) -> dict[str, set[str]]:
        found = inspect(connection)
        return {
            name: {column["name"] for column in found.get_columns(name)}
            for name in found.get_table_names()
            if name != "alembic_version"
        }

    async with store._engine.connect() as connection:
        made = await connection.run_sync(tables)  # type: ignore[arg-type]
    assert made == {table.name: set(table.columns.keys()) for table in metadata.tables.values()}


async def test_texts_are_not_readable_in_the_file(tmp_path: Path, clock: FakeClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/teate.db", Cipher(Cipher.new_key()))
    await database.prepare()
    async with database.transaction() as tx:
        await tx.inbox.add([update(1, content="my shoulder hurts")], clock())
        await tx.outbox.add("telegram", "1", "your shoulder", now=clock())
        await tx.questions.add_unanswered(HANA, Language.EN, "shoulder braces", "hand_over", clock())
    await database.close()
    assert not any(b"shoulder" in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "sqlite:////proc/no/such/place.db"])
def test_an_address_that_is_none_is_one_clear_line(address: str) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        Database(address, Cipher(Cipher.new_key()))
