"""The program's own web side, over real HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.app import Brain
from bot.trial.world import World
from bot.web import WEBHOOK_PATH, web_app
from tests.clock import FakeClock
from tests.dialogues.talk import Talk, talking
from tests.faults.unreadable import unreadable

SECRET = "a-secret-of-our-own"


@pytest.fixture
async def talk(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Talk]:
    async with talking(mind, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def address(talk: Talk) -> AsyncIterator[str]:
    async def feed() -> bytes:
        return b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

    app = web_app(
        talk.store,
        talk.clock,
        intake=talk.parts.intake,
        secret=SECRET,
        feed=feed,
        feed_secret="only-we-know",
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def an_update(world: World) -> dict[str, object]:
    """What Telegram would send for a question on the phone."""
    world.phone.says("does massage lower cortisol?")
    (update,) = world.updates.pending
    return update


async def post(url: str, body: bytes | dict[str, object], secret: str | None) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    data = {"json": body} if isinstance(body, dict) else {"data": body}
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers, **data) as answer:
        return answer.status


async def get(url: str, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_an_update_is_stored_before_it_is_acknowledged_and_then_worked_on(
    talk: Talk, address: str
) -> None:
    update = an_update(talk.trial.world)
    assert await post(address + WEBHOOK_PATH, update, SECRET) == 200
    await talk.parts.intake.idle()
    talk.sees_entry("massage-stress-cortisol")


async def test_the_same_update_twice_is_answered_once(talk: Talk, address: str) -> None:
    update = an_update(talk.trial.world)
    for _ in range(3):
        assert await post(address + WEBHOOK_PATH, update, SECRET) == 200
    await talk.parts.intake.idle()
    assert len([each for each in talk.phone.screen if each.sender.is_bot]) == 1


async def test_an_update_that_cannot_be_read_is_taken_so_that_telegram_does_not_repeat_it(
    talk: Talk, address: str
) -> None:
    update = {"update_id": 5, "message": unreadable(talk.phone)}
    assert await post(address + WEBHOOK_PATH, update, SECRET) == 200
    await talk.parts.intake.idle()
    async with talk.store.transaction() as tx:
        assert await tx.inbox.waiting() == 0


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ü"])
async def test_without_the_secret_nothing_is_even_read(talk: Talk, address: str, secret: str | None) -> None:
    assert await post(address + WEBHOOK_PATH, b"not json at all", secret) == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "5"}', 400),
        (b"\xff\xfe", 400),
        (b"x" * 1_100_000, 413),
    ],
)
async def test_a_body_that_is_no_update_is_refused(
    talk: Talk, address: str, body: bytes, status: int
) -> None:
    assert await post(address + WEBHOOK_PATH, body, SECRET) == status


async def test_health_and_metrics_tell_what_waits(talk: Talk, address: str) -> None:
    await talk.says("hello")
    assert await get(f"{address}/healthz") == (200, '{"status": "ok", "inbox": 0}')
    status, text = await get(f"{address}/metrics")
    assert status == 200
    assert "teate_outbox_waiting 0.0" in text
    assert 'teate_counted{name="route.small_talk"} 1.0' in text


async def test_the_calendar_is_for_who_has_its_address(address: str) -> None:
    assert (await get(f"{address}/calendar/only-we-know.ics"))[0] == 200
    assert (await get(f"{address}/calendar/guess.ics"))[0] == 404


async def test_a_calendar_app_that_has_it_already_gets_nothing_again(address: str) -> None:
    url = f"{address}/calendar/only-we-know.ics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        tag = answer.headers["ETag"]
    assert (await get(url, **{"If-None-Match": tag}))[0] == 304
