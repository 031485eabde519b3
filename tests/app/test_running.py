"""The whole bot in this process: how it starts, and how it does not."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import AnyHttpUrl, SecretStr

from bot import app
from bot.adapters.store.cipher import Cipher
from bot.app import Brain
from bot.domain.errors import Misconfigured
from bot.settings import Settings, Updates
from bot.trial.errors import ApiError
from bot.trial.server import Trial, start_trial
from bot.trial.world import TRIAL_TOKEN
from tests.conftest import KNOWLEDGE
from tests.databases import sqlite_at

PATIENCE = 20.0
"""Seconds for a start on a busy machine."""


@pytest.fixture
async def trial() -> AsyncIterator[Trial]:
    started = await start_trial()
    yield started
    await started.close()


def by_webhook(trial: Trial, folder: Path) -> Settings:
    port = free_port()
    return Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(trial.world.token),
        telegram_api_url=AnyHttpUrl(trial.api_url),
        clinic_chat_id=trial.world.group.id,
        database_url=sqlite_at(folder / "teate.db"),
        data_key=SecretStr(Cipher.new_key()),
        knowledge_dir=KNOWLEDGE,
        updates=Updates.WEBHOOK,
        webhook_url=AnyHttpUrl(f"http://127.0.0.1:{port}"),
        webhook_secret=SecretStr("a-secret-of-our-own"),
        http_port=port,
    )


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


async def test_the_webhook_is_set_once_telegram_is_there_and_questions_are_answered(
    trial: Trial, mind: Brain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.running.API_WAITS", (0,))
    trial.world.faults.bad_gateway("setWebhook", times=2)
    trial.world.phone.says("does massage lower cortisol?")
    stop = asyncio.Event()
    running = asyncio.create_task(app.run(by_webhook(trial, tmp_path), stop, silent, mind=mind))
    assert await trial.world.journal.until(lambda: said(trial) or None, PATIENCE)
    stop.set()
    await running


async def test_an_address_that_telegram_does_not_take_is_told_in_one_line(
    trial: Trial, mind: Brain, tmp_path: Path
) -> None:
    refusal = ApiError(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    trial.world.faults.fail("setWebhook", refusal)
    with pytest.raises(Misconfigured, match=r"^WEBHOOK_URL: .*failed to resolve host"):
        await app.run(by_webhook(trial, tmp_path), asyncio.Event(), silent, mind=mind)


def test_a_trial_has_no_way_to_the_clinic_whatever_the_environment_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://mail.example")
    monkeypatch.setenv("CLINIC_EMAIL", "clinic@example.com")
    monkeypatch.setenv("CLINIC_WEBHOOK_URL", "https://secret@clinic.example/hook")
    monkeypatch.setenv("PUBLIC_URL", "https://clinic.example")
    with app.trial_settings(Settings(_env_file=None), TRIAL_TOKEN, "http://127.0.0.1:1", -5) as tried:
        assert (tried.smtp_url, tried.clinic_email, tried.clinic_webhook_url, tried.public_url) == (None,) * 4


def silent(_: str) -> None:
    """What it tells of its progress is not the matter here."""


def said(trial: Trial) -> list[str]:
    return [each.words for each in trial.world.phone.screen if each.sender.is_bot]
