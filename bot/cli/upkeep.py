"""Commands for whoever looks after the bot: database, key, backups, what was asked."""

import asyncio
import time
from pathlib import Path

import click

from bot import app
from bot.cli.group import commands, read_settings, tell


@commands.command()
def migrate() -> None:
    """Bring the database up to date (also done by every start)."""
    settings = read_settings()

    async def work() -> None:
        store = app.database(settings)
        try:
            await store.prepare(tell)
        finally:
            await store.close()

    asyncio.run(work())
    click.echo("The database is up to date.")


@commands.command()
def rekey() -> None:
    """Seal all personal data with a new key; a second run goes on where a first was interrupted."""
    settings = read_settings()
    changed = asyncio.run(app.rekey(settings, tell))
    click.echo(f"{changed} values sealed with the new key. The old one opens nothing any more.")
    if settings.data_key is not None:
        click.echo("Now leave only the new key in DATA_KEY, and restart the bot.")
    click.echo("Older backups still need the old key: keep it as long as you keep them, apart from them.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE, also while the bot runs. The key is not in it."""
    size, key = app.back_up(read_settings(), file)
    click.echo(f"{file}: {size:,} bytes, readable by you alone.")
    click.echo(f"The key is not in it: without {key} nobody can read it. Keep a copy of that, apart from it.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Put a database that is there aside first.")
def restore(file: Path, *, force: bool) -> None:
    """Put the backup FILE in the place of the database; the bot must be stopped."""
    aside = app.restore(read_settings(), file, force=force)
    if aside is not None:
        click.echo(f"The database that was there lies at {aside} now; delete it when all is well.")
    click.echo("Restored. Whoever had their data deleted since then is in it again: see docs/privacy.md.")


@commands.command()
def status() -> None:
    """What waits, what was asked this week, what helped; whether Telegram answers."""
    settings = read_settings()
    started = time.monotonic()
    for line in asyncio.run(app.status(settings)):
        click.echo(line)
    if time.monotonic() - started > 1:
        tell("done")


@commands.command()
@click.option("--most", default=50, show_default=True, help="How many.")
def gaps(most: int) -> None:
    """The newest questions that had no answer, personal details masked: what to write next."""
    settings = read_settings()
    for line in asyncio.run(app.gaps(settings, most)):
        click.echo(line)
