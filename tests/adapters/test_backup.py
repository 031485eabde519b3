"""Backup, restore and a new key: whole, private, and never over something that is there."""

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.store import backup, rekey
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.store.tables import metadata
from bot.domain.errors import Misconfigured, WrongKey
from bot.domain.language import Language
from tests.clock import FakeClock

HANA = 6_000_000_001
KEY, NEW = Cipher.new_key(), Cipher.new_key()


async def opened(url: str, keys: str = KEY) -> Database:
    store = Database(url, Cipher(keys))
    await store.prepare()
    return store


async def asks(store: Database, clock: FakeClock, *texts: str) -> None:
    async with store.transaction() as tx:
        for each in texts:
            await tx.questions.add_unanswered(HANA, Language.EN, each, "hand_over", clock())


async def questions(store: Database) -> Sequence[str]:
    async with store.transaction() as tx:
        return [each.text for each in await tx.questions.unanswered(9999)][::-1]


async def test_a_backup_of_a_running_bot_is_whole_and_for_its_owner_alone(
    tmp_path: Path, clock: FakeClock
) -> None:
    store = await opened(f"sqlite:///{tmp_path}/teate.db")
    await asks(store, clock, "one")
    file = tmp_path / "copy.db"
    assert backup.back_up(tmp_path / "teate.db", file) == file.stat().st_size
    await asks(store, clock, "two")
    assert file.stat().st_mode & 0o777 == 0o600
    copy = await opened(f"sqlite:///{file}")
    assert await questions(copy) == ["one"]
    assert await questions(store) == ["one", "two"]
    for each in (copy, store):
        await each.close()
    assert not (tmp_path / "copy.db.part").exists()


async def test_neither_the_key_nor_what_was_erased_is_in_a_backup(tmp_path: Path, clock: FakeClock) -> None:
    store = await opened(f"sqlite:///{tmp_path}/teate.db")
    await asks(store, clock, *["a question"] * 50)
    async with store.transaction() as tx:
        await tx.personal_data.erase(HANA)
    backup.back_up(tmp_path / "teate.db", tmp_path / "copy.db")
    await store.close()
    lying = (tmp_path / "copy.db").read_bytes()
    assert KEY.encode() not in lying
    assert HANA.to_bytes(6, "big") not in lying


async def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    await (await opened(f"sqlite:///{tmp_path}/teate.db")).close()
    file = tmp_path / "copy.db"
    file.write_text("mine")
    with pytest.raises(Misconfigured, match="overwrites nothing"):
        backup.back_up(tmp_path / "teate.db", file)
    assert file.read_text() == "mine"


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="there is no database"):
        backup.back_up(tmp_path / "teate.db", tmp_path / "copy.db")
    assert not list(tmp_path.iterdir())


async def test_a_backup_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    await (await opened(f"sqlite:///{tmp_path}/teate.db")).close()
    with pytest.raises(Misconfigured, match="cannot be written"):
        backup.back_up(tmp_path / "teate.db", tmp_path / "no" / "such" / "copy.db")


async def backed_up(folder: Path, clock: FakeClock, name: str = "teate.db") -> Path:
    store = await opened(f"sqlite:///{folder}/{name}")
    await asks(store, clock, "from the backup")
    backup.back_up(folder / name, folder / "copy.db")
    await asks(store, clock, "later")
    await store.close()
    return folder / "copy.db"


async def test_a_restored_database_is_what_it_was(tmp_path: Path, clock: FakeClock) -> None:
    file = await backed_up(tmp_path, clock)
    database = tmp_path / "new" / "teate.db"
    assert backup.restore(file, database, Cipher(KEY), clock(), force=False) is None
    assert database.stat().st_mode & 0o777 == 0o600
    store = await opened(f"sqlite:///{database}")
    assert await questions(store) == ["from the backup"]
    await store.close()


async def test_a_database_that_is_there_is_put_aside_only_when_told_to(
    tmp_path: Path, clock: FakeClock
) -> None:
    file, database = await backed_up(tmp_path, clock), tmp_path / "teate.db"
    with pytest.raises(Misconfigured, match="--force"):
        backup.restore(file, database, Cipher(KEY), clock(), force=False)
    aside = backup.restore(file, database, Cipher(KEY), clock(), force=True)
    assert aside is not None
    restored, former = await opened(f"sqlite:///{database}"), await opened(f"sqlite:///{aside}")
    assert await questions(restored) == ["from the backup"]
    assert await questions(former) == ["from the backup", "later"]
    for each in (restored, former):
        await each.close()


async def test_nothing_is_restored_under_a_running_bot(tmp_path: Path, clock: FakeClock) -> None:
    file = await backed_up(tmp_path, clock)
    store = await opened(f"sqlite:///{tmp_path}/teate.db")
    with pytest.raises(Misconfigured, match="running"):
        backup.restore(file, tmp_path / "teate.db", Cipher(KEY), clock(), force=True)
    assert await questions(store) == ["from the backup", "later"]
    await store.close()


async def test_a_damaged_database_can_be_put_aside(tmp_path: Path, clock: FakeClock) -> None:
    file, database = await backed_up(tmp_path, clock), tmp_path / "teate.db"
    database.write_bytes(b"this was a database once")
    assert backup.restore(file, database, Cipher(KEY), clock(), force=True) is not None
    await (await opened(f"sqlite:///{database}")).close()


async def test_a_backup_that_the_key_does_not_open_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    file = await backed_up(tmp_path, clock)
    with pytest.raises(WrongKey, match="the key does not open it"):
        backup.restore(file, tmp_path / "other.db", Cipher(NEW), clock(), force=False)
    assert not (tmp_path / "other.db").exists()


async def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    file = await backed_up(tmp_path, clock)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Misconfigured, match="newer Teate"):
        backup.restore(file, tmp_path / "other.db", Cipher(KEY), clock(), force=False)


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\x00" + b"x" * 5000, b"nothing of ours"])
def test_what_is_no_backup_is_refused(tmp_path: Path, clock: FakeClock, content: bytes | None) -> None:
    file = tmp_path / "copy.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Misconfigured, match=r"copy\.db"):
        backup.restore(file, tmp_path / "other.db", Cipher(KEY), clock(), force=False)
    assert not (tmp_path / "other.db").exists()


async def test_everything_opens_with_the_new_key_alone(database_url: str, clock: FakeClock) -> None:
    store = await opened(database_url)
    texts = [f"question {number}" for number in range(rekey.BATCH + 5)]
    await asks(store, clock, *texts)
    async with store.transaction() as tx:
        await tx.outbox.add("telegram", "1", "hello", now=clock())
    await store.close()
    lines: list[str] = []
    both = await opened(database_url, f"{NEW},{KEY}")
    assert await both.rekey(f"{NEW},{KEY}", lines.append) == len(texts) + 2, "and the key check"
    assert await both.rekey(f"{NEW},{KEY}", lines.append) == 0, "a second run finds nothing to do"
    await both.close()
    assert f"unanswered: {len(texts)} of {len(texts)}" in lines
    after = await opened(database_url, NEW)
    assert await questions(after) == texts
    async with after.transaction() as tx:
        (delivery,) = await tx.outbox.claim(clock(), timedelta(minutes=1), 9)
    assert delivery.content == "hello"
    await after.close()
    with pytest.raises(WrongKey):
        await opened(database_url, KEY)


async def test_an_interrupted_run_goes_on(database_url: str, clock: FakeClock) -> None:
    store = await opened(database_url)
    await asks(store, clock, *[str(number) for number in range(3 * rekey.BATCH)])
    await store.close()
    both = await opened(database_url, f"{NEW},{KEY}")

    def interrupt(line: str) -> None:
        if str(2 * rekey.BATCH) in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await both.rekey(f"{NEW},{KEY}", interrupt)
    assert await questions(both) == [str(number) for number in range(3 * rekey.BATCH)], "both keys open all"
    assert 0 < await both.rekey(f"{NEW},{KEY}", lambda _: None) <= rekey.BATCH
    await both.close()
    after = await opened(database_url, NEW)
    assert len(await questions(after)) == 3 * rekey.BATCH
    await after.close()


async def test_what_no_key_opens_stops_the_run(database_url: str, clock: FakeClock) -> None:
    store = await opened(database_url)
    await asks(store, clock, "mine")
    await store.close()
    wrong = Database(database_url, Cipher(KEY))
    with pytest.raises(WrongKey):
        await wrong.rekey(f"{NEW},{Cipher.new_key()}", lambda _: None)
    await wrong.close()
    again = await opened(database_url)
    assert await questions(again) == ["mine"]
    await again.close()


def test_every_sealed_column_is_found() -> None:
    found = {(table.name, column.name) for table, column in rekey.sealed_columns()}
    binary = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is bytes
    }
    assert found == binary
    assert all(len(table.primary_key.columns) == 1 for table, _ in rekey.sealed_columns())


def test_the_key_file_is_replaced_whole_and_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "data.key"
    path.write_text(KEY)
    path.chmod(0o644)
    rekey.write_keys(path, f"{NEW},{KEY}")
    assert path.read_text() == f"{NEW},{KEY}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["data.key"]
