"""A database of an older version: what it holds is carried along, on both databases."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.store.migrate import MIGRATIONS
from bot.domain.errors import WrongKey
from bot.domain.lifecycle import State
from bot.domain.screening import Outcome
from tests.domain.samples import NOW

KEY = Cipher.new_key()
OPEN = {
    **{"id": 1, "reference": "TM-0001", "client_id": 6_000_000_001, "language": "en"},
    **{"kind": "appointment", "treatment_id": "massage-60", "duration": "PT1H"},
    **{"wished": ["2026-11-27T18:00:00+09:00"], "screening": "doctor_first"},
    **{"created_at": "2026-11-20T03:00:00Z", "state": "declined", "version": 1, "reason": "doctor_first"},
    "last": {
        "move": "decline",
        "by": {"actor": "staff", "id": 5_500_000_001, "label": "Aoi Mori"},
        "at": "2026-11-20T04:00:00Z",
    },
}
PERSONAL = {"name": "伊藤 花", "phone": None, "note": "left shoulder"}


async def migrated(url: str, version: str) -> Database:
    """A database as that version left it."""
    store = Database(url, Cipher(KEY))

    def upgrade(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)

    async with store._engine.connect() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()
    return store


async def of_the_third_version(url: str) -> Database:
    """With a request in it, of which only what the client wrote is sealed."""
    store = await migrated(url, "0003")
    row = {
        "content": json.dumps(OPEN),
        "personal": store._cipher.seal(json.dumps(PERSONAL)),
    }
    async with store._engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO requests (id, reference, client_id, language, kind, state, version, created_at,"
                " content, sealed_personal) VALUES (1, 'TM-0001', 6000000001, 'en', 'appointment',"
                " 'declined', 1, '2026-11-20 03:00:00', :content, :personal)"
            ),
            row,
        )
    return store


async def of_the_fifth_version(url: str) -> Database:
    """With a guide in it that runs, and what it is for lying open."""
    store = await migrated(url, "0005")
    async with store._engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO guides (client_id, action_id, needs, minutes, language, message_id, started_at,"
                " stage) VALUES (6000000001, 'slow-breath', 'low-mood+sleep', 2, 'ja', 9,"
                " '2026-11-20 03:00:00', 3)"
            )
        )
    return store


async def version_of(connection: AsyncConnection) -> str:
    return str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())


async def test_a_request_of_before_is_sealed_and_is_the_same(bare_database_url: str) -> None:
    store = await of_the_third_version(bare_database_url)
    await store.prepare()
    async with store.transaction() as tx:
        request = await tx.requests.get(1)
    assert request is not None and request.last is not None
    assert (request.personal.name, request.personal.note) == ("伊藤 花", "left shoulder")
    assert (request.state, request.screening) == (State.DECLINED, Outcome.DOCTOR_FIRST)
    assert request.last.by.label == "Aoi Mori"
    await store.close()


@pytest.mark.parametrize(
    ("older", "table", "traces"),
    [
        (of_the_third_version, b"requests", (b"doctor_first", b"Aoi Mori", b"screening")),
        (of_the_fifth_version, b"guides", (b"low-mood",)),
    ],
    ids=["requests", "guides"],
)
async def test_what_lay_open_before_is_in_no_byte_of_the_file(
    tmp_path: Path,
    older: Callable[[str], Awaitable[Database]],
    table: bytes,
    traces: tuple[bytes, ...],
) -> None:
    store = await older(f"sqlite:///{tmp_path}/old.db")

    def lying() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert all(trace in lying() for trace in traces)
    await store.prepare()
    assert table in lying()
    assert not any(trace in lying() for trace in traces)
    await store.close()


async def test_a_guide_of_before_is_sealed_and_is_the_same(bare_database_url: str) -> None:
    store = await of_the_fifth_version(bare_database_url)
    await store.prepare()
    async with store.transaction() as tx:
        (guide,) = await tx.care.running_guides()
    assert (guide.client_id, guide.needs, guide.stage) == (6_000_000_001, "low-mood+sleep", 3)
    await store.close()


async def test_what_a_client_said_before_counts_as_written_once(bare_database_url: str) -> None:
    store = await of_the_fifth_version(bare_database_url)
    async with store._engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO remarks (request_id, by_clinic, sealed_text, at)"
                " VALUES (1, :by_clinic, :sealed, '2026-11-20 03:00:00')"
            ),
            {"by_clinic": False, "sealed": store._cipher.seal("the left one")},
        )
    await store.prepare()
    async with store.transaction() as tx:
        await tx.remarks.add(1, "the right one", by_clinic=False, now=NOW, edited=True)
        said = await tx.remarks.of_request(1)
    assert [(each.text, each.edited) for each in said] == [("the left one", False), ("the right one", True)]
    await store.close()


async def test_a_key_that_does_not_open_it_leaves_it_as_it_was(bare_database_url: str) -> None:
    store = await of_the_third_version(bare_database_url)
    stranger = Database(bare_database_url, Cipher(Cipher.new_key()))
    with pytest.raises(WrongKey):
        await stranger.prepare()
    await stranger.close()
    async with store._engine.connect() as connection:
        assert await version_of(connection) == "0003"
    await store.prepare()
    async with store.transaction() as tx:
        assert await tx.requests.get(1) is not None
    await store.close()
