"""A conversation in each language."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Brain
from bot.domain.language import Language
from tests.clock import FakeClock
from tests.dialogues.talk import Talk, talking


@pytest.fixture
async def talk(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Talk]:
    """An English phone."""
    async with talking(mind, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def hanashi(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Talk]:
    """A Japanese phone."""
    async with talking(mind, tmp_path, clock, Language.JA) as opened:
        yield opened


@pytest.fixture(params=list(Language), ids=str)
async def either(
    request: pytest.FixtureRequest, mind: Brain, tmp_path: Path, clock: FakeClock
) -> AsyncIterator[Talk]:
    """A phone in each language."""
    async with talking(mind, tmp_path, clock, request.param) as opened:
        yield opened
