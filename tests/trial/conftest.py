"""A trial over HTTP, and python-telegram-bot's own Bot that talks to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.trial.calling import answer
from bot.trial.files import Upload
from bot.trial.params import Params
from bot.trial.server import Trial, start_trial
from bot.trial.world import World


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> None:
        self.time += timedelta(**span)


async def until(holds: Callable[[], bool]) -> None:
    """Lets the loop turn until something holds; the test's own timeout is the limit."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - anything may be asked, and not everything has an event
            await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock=clock)


@pytest.fixture
async def trial(world: World) -> AsyncIterator[Trial]:
    running = await start_trial(world=world, webhook_pause=0.01)
    yield running
    await running.close()


@pytest.fixture
async def bot(trial: Trial) -> AsyncIterator[Bot]:
    async with bot_of(trial) as made:
        yield made


def bot_of(trial: Trial) -> Bot:
    return Bot(
        trial.world.token,
        base_url=f"{trial.api_url}/bot",
        base_file_url=f"{trial.api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=8),
        get_updates_request=HTTPXRequest(),
    )


Said = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def call(world: World) -> Said:
    """Calls a method without HTTP and returns the whole answer."""

    async def calling(
        method: str, files: dict[str, Upload] | None = None, **values: object
    ) -> dict[str, Any]:
        given = await answer(world, world.token, method, Params(values, files or {}))
        body: dict[str, Any] = json.loads(given.body)
        assert body["ok"] is (given.status == 200)
        return body

    return calling


def inline(*buttons: object) -> dict[str, object]:
    return {"inline_keyboard": [list(buttons)]}


def data(value: object, text: object = "Yes") -> dict[str, object]:
    return {"text": text, "callback_data": value}


async def refused(call: Said, method: str, *code: int, **values: object) -> str:
    """The description of the refusal (400 unless another code is given), without its kind."""
    said = await call(method, **values)
    assert not said["ok"], said
    assert said["error_code"] == (code[0] if code else 400), said
    return str(said["description"]).partition(": ")[2]
