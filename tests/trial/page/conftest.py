"""The open page and the small bot behind it. One browser, and so one loop, serves all tests of the page."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot

from bot.trial.server import Trial, start_trial
from bot.trial.world import World
from tests.trial.conftest import bot_of
from tests.trial.page.small_bot import SmallBot

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SHOTS = os.environ.get("TRIAL_SHOTS")
"""A folder for pictures of the page, for people who want to look at it."""

in_browser = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on this machine"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def trial(world: World) -> AsyncIterator[Trial]:
    running = await start_trial(world=world)
    yield running
    await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(trial: Trial) -> AsyncIterator[Bot]:
    async with bot_of(trial) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def small_bot(bot: Bot, world: World) -> AsyncIterator[SmallBot]:
    small = SmallBot(bot, world.group.id)
    await small.introduce()
    running = asyncio.create_task(small.run())
    yield small
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, trial: Trial, small_bot: SmallBot) -> AsyncIterator[Page]:
    """The open page; fails a test whose page wrote an error to the console."""
    context = await browser.new_context(viewport={"width": 1200, "height": 800}, timezone_id="Asia/Tokyo")
    opened = await context.new_page()
    problems: list[str] = []
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    await opened.goto(trial.url)
    await opened.wait_for_selector("body[data-ready]")
    yield opened
    await context.close()
    assert [one for one in problems if "ERR_" not in one] == []


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


async def say(page: Page, text: str, pane: str = ".phone") -> None:
    field = page.locator(f"{pane} textarea")
    await field.fill(text)
    await field.press("Enter")


async def start(page: Page) -> None:
    await page.locator(".phone .start").click()
    await expect(page.locator(".phone .log")).to_contain_text("Hello, this is Teate.")
