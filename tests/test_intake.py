"""Polling, over real HTTP: it goes on whatever Telegram sends or answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.app import Brain
from bot.intake import Polling
from tests.clock import FakeClock
from tests.dialogues.steps import told
from tests.dialogues.talk import Talk, talking
from tests.faults.unreadable import WORDS, unreadable

PATIENCE = 10.0
"""Seconds."""


@pytest.fixture
async def talk(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Talk]:
    async with talking(mind, tmp_path, clock) as opened:
        yield opened


@asynccontextmanager
async def polling(talk: Talk) -> AsyncIterator[None]:
    """The real loop; what ended it before its time is raised here."""
    task = asyncio.create_task(Polling(talk.bot, talk.parts.intake).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def answered(talk: Talk) -> bool:
    """Whether a question on another phone gets its answer."""
    other = talk.trial.world.add_client("Ryo", start=True)
    other.says("does massage lower cortisol?")
    journal = talk.trial.world.journal
    return await journal.until(lambda: told(other, "cortisol") or None, PATIENCE) is not None


async def test_polling_begins_once_telegram_is_there(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.WAITS", (0,))
    talk.trial.world.faults.bad_gateway("deleteWebhook", times=2)
    async with polling(talk):
        assert await answered(talk)


async def test_an_update_that_cannot_be_read_neither_ends_the_polling_nor_comes_into_the_log(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    talk.trial.world.updates.put("message", unreadable(talk.phone))
    async with polling(talk):
        assert await answered(talk)
    assert WORDS not in caplog.text
