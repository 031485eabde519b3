"""`python -m tests.pictures [folder]`: draws the pictures of the documents as the trial shows them now.

Each is a conversation with the real bot, played on the trial and then opened in the machine's Chromium.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import ViewportSize, async_playwright

from bot.app import Brain, brain
from bot.domain.language import Language
from bot.handlers.commands import publish_commands
from tests.clock import FakeClock
from tests.conftest import KNOWLEDGE
from tests.dialogues.steps import Wish, asks, books
from tests.dialogues.talk import Talk, talking
from tests.trial.page.conftest import CHROMIUM

PICTURES: Final = KNOWLEDGE.parent / "docs" / "pictures"
SIZE: Final = ViewportSize(width=1280, height=900)


async def _booking(talk: Talk) -> None:
    """From the client's wish to the clinic's answer."""
    await talk.says("/start")
    await books(talk)


async def _question(talk: Talk) -> None:
    """A wish that waits for the clinic, and a question that Teate answers by itself."""
    await talk.says("/start")
    await asks(talk, Wish(name="伊藤 花"))
    await talk.says("眠れないときにマッサージは効きますか")


SCENES: Final[dict[str, tuple[Language, Callable[[Talk], Awaitable[None]]]]] = {
    "booking-en": (Language.EN, _booking),
    "trial-ja": (Language.JA, _question),
}


async def draw(mind: Brain, folder: Path) -> None:
    """Write each scene's picture into the folder."""
    clock = FakeClock()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (language, scene) in SCENES.items():
            with TemporaryDirectory() as data:
                async with talking(mind, Path(data), clock, language) as talk:
                    await publish_commands(talk.bot, mind.texts, mind.loaded.clinic)
                    await scene(talk)
                    context = await browser.new_context(
                        viewport=SIZE, timezone_id="Asia/Tokyo", color_scheme="light"
                    )
                    page = await context.new_page()
                    await page.clock.set_fixed_time(clock())
                    await page.goto(talk.trial.url)
                    await page.wait_for_selector("body[data-ready]")
                    await page.screenshot(path=folder / f"{name}.png", animations="disabled")
                    await context.close()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw(brain(KNOWLEDGE), Path(*sys.argv[1:2]) if sys.argv[1:] else PICTURES))
