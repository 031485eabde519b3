"""The pictures of the documents can be drawn at any time."""

from pathlib import Path

import pytest

from bot.app import Brain
from tests.pictures import PICTURES, draw
from tests.trial.page.conftest import in_browser

pytestmark = [*in_browser, pytest.mark.slow]


async def test_every_picture_of_the_documents_is_drawn_anew(mind: Brain, tmp_path: Path) -> None:
    await draw(mind, tmp_path)
    drawn = {path.name: path.read_bytes()[:4] for path in tmp_path.iterdir()}
    assert drawn == {path.name: b"\x89PNG" for path in PICTURES.iterdir()}
