"""A process is killed at an instant of its own choosing; the next one finds nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.adapters.store.cipher import Cipher
from bot.trial.acting import Actor
from bot.trial.messages import Message
from bot.trial.server import start_trial
from tests.conftest import KNOWLEDGE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

QUESTIONS = 12
PATIENCE = 90.0
"""Seconds for a start and some replies on a busy machine."""


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_kill_9_between_any_two_questions_loses_none_and_answers_each(tmp_path: Path) -> None:
    trial = await start_trial()
    phone = trial.world.phone
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": trial.world.token,
        "TELEGRAM_API_URL": trial.api_url,
        "CLINIC_CHAT_ID": str(trial.world.group.id),
        "DATABASE_URL": f"sqlite:///{tmp_path}/killed.db",
        "DATA_KEY": Cipher.new_key(),
        "KNOWLEDGE_DIR": str(KNOWLEDGE.resolve()),
        "HTTP_PORT": "0",
    }
    try:
        asked = [phone.says(f"does massage lower cortisol? {number}") for number in range(QUESTIONS)]
        for goal in (4, 9):
            with running(environment) as process:
                assert await _reaches(phone, goal)
                process.send_signal(signal.SIGKILL)
        with running(environment):
            assert await _reaches(phone, len(asked))
            phone.says("where are you?")
            assert await trial.world.journal.until(lambda: "Mikage" in phone.last.words or None, PATIENCE)
        # At least once: a reply whose sending was cut off in the middle may come a second time.
        assert len(asked) < len(_replies(phone)) <= len(asked) + 4
    finally:
        await trial.close()


async def _reaches(phone: Actor, number: int) -> bool:
    """Whether the phone gets so many replies."""
    found = await phone.world.journal.until(lambda: len(_replies(phone)) >= number or None, PATIENCE)
    return found is not None


def _replies(phone: Actor) -> list[Message]:
    return [each for each in phone.screen if each.sender.is_bot]
