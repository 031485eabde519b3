"""Commands that run the bot: for real, as a trial, and the walk through its settings."""

# Imports stand in the commands: `--help` must not wait for what only one of them needs.
# ruff: noqa: PLC0415

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import app
from bot.cli.group import commands, read_mind, read_settings, tell

if TYPE_CHECKING:
    from bot.settings import Settings


def until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM or Ctrl-C asks to stop; what is under way is finished."""

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, stop.set)
        await work(stop)

    asyncio.run(run())


@commands.command()
def run() -> None:
    """Run the bot: by long polling, or with UPDATES=webhook behind a web server."""
    from bot.logs import set_up_logs

    settings = read_settings(token_needed=True)
    set_up_logs(settings.log_level)
    until_stopped(lambda stop: app.run(settings, stop, tell))


@commands.command()
@click.option("--port", default=8077, show_default=True, help="Of the page; 0 takes a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page.")
def trial(port: int, *, browser: bool) -> None:
    """Try the bot on this machine: no token, no Telegram, nothing leaves it."""
    from bot.logs import set_up_logs

    settings = read_settings()
    set_up_logs("ERROR")
    until_stopped(lambda stop: _trial(settings, port, stop, browser=browser))


async def _trial(settings: "Settings", port: int, stop: asyncio.Event, *, browser: bool) -> None:
    from bot.trial.server import start_trial

    mind = read_mind(settings)
    try:
        server = await start_trial(port=port)
    except OSError:
        tell(f"port {port} is taken; using another")
        server = await start_trial(port=0)
    try:
        with app.trial_settings(settings, server.world.token, server.api_url, server.world.group.id) as tried:
            bot = asyncio.create_task(app.run(tried, stop, lambda _: None, mind=mind))
            click.echo(f"Teate's trial: {server.url}")
            click.echo("Stop with Ctrl-C; nothing of it is kept.")
            if browser:
                click.launch(server.url)
            await bot
    finally:
        await server.close()


class _Terminal:
    """click, as the walk through the settings sees it."""

    def say(self, line: str) -> None:
        click.echo(f"\n{line}")

    def ask(self, question: str, default: str, *, hidden: bool) -> str:
        shown = bool(default) and not hidden
        answer: str = click.prompt(question, default=default, hide_input=hidden, show_default=shown)
        return answer

    def confirm(self, question: str) -> bool:
        return click.confirm(question, default=True)


@commands.command()
def setup() -> None:
    """Walk through the settings: token, the clinic's group, e-mail. Writes .env at the end."""
    from bot.adapters.setup_walk import SetupWalk
    from bot.adapters.texts import Catalogues
    from bot.domain.language import Language

    language = Language.JA if os.environ.get("LANG", "").startswith("ja") else Language.EN
    walk = SetupWalk(Path(".env"), os.environ, _Terminal(), Catalogues(), language)
    asyncio.run(walk.run())
