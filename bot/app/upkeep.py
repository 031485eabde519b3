"""For whoever looks after the bot: key, backups, what was asked."""

from pathlib import Path

from sqlalchemy.engine import make_url

from bot.adapters.store import backup as backup_of
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.store.rekey import write_keys
from bot.app.outside import Progress, system_clock
from bot.app.places import database, held_keys, key_file_of, sqlite_file
from bot.domain.errors import Misconfigured
from bot.services.ports import Clock
from bot.settings import Settings


async def rekey(settings: Settings, progress: Progress) -> int:
    """Seal everything with a new key; how many values. A key file is changed before and after.

    Raises:
        Misconfigured: the bot runs on the old key, or there is no new key to be had.
    """
    held, file = held_keys(settings), None if settings.data_key else key_file_of(settings)
    first, *older = [each.strip() for each in held.split(",")]
    if file is None and not older:
        raise Misconfigured(
            [
                "DATA_KEY: holds one key only. Put a new one before it, restart every bot, and repeat:",
                f"  DATA_KEY={Cipher.new_key()},<the present key>",
            ]
        )
    await _nobody_else(settings, held, needed=file is not None)
    keys = held
    if file is not None and not older:
        keys = f"{Cipher.new_key()},{first}"
        write_keys(file, keys)
    store = Database(settings.database_url, Cipher(keys))
    try:
        changed = await store.rekey(keys, progress)
        await store.tidy()
    finally:
        await store.close()
    if file is not None:
        write_keys(file, keys.partition(",")[0])
    return changed


async def _nobody_else(settings: Settings, keys: str, *, needed: bool) -> None:
    """The key opens the database; where `needed`, no bot runs that knows the old key alone."""
    running = Misconfigured(["DATABASE_URL: the bot is running on it; stop it first"])
    file = make_url(settings.database_url).database if settings.database_url.startswith("sqlite") else None
    if needed and file and not backup_of.is_alone(file):
        raise running
    store = Database(settings.database_url, Cipher(keys))
    try:
        await store.prepare()
        if needed and file is None and await store.others():
            raise running
    finally:
        await store.close()


def back_up(settings: Settings, file: Path) -> tuple[int, str]:
    """A copy of the database; its size in bytes, and where the key is that opens it."""
    size = backup_of.back_up(sqlite_file(settings, f"pg_dump --format=custom --file={file}"), file)
    return size, "DATA_KEY" if settings.data_key else str(key_file_of(settings))


def restore(settings: Settings, file: Path, *, force: bool, clock: Clock = system_clock) -> Path | None:
    """Put a backup in the database's place; where the former database lies now, if there was one."""
    database = sqlite_file(settings, f"pg_restore --clean {file}")
    return backup_of.restore(file, database, Cipher(held_keys(settings)), clock(), force=force)


async def gaps(settings: Settings, most: int) -> list[str]:
    """Questions without an answer, newest first."""
    store = database(settings)
    try:
        await store.prepare()
        async with store.transaction() as tx:
            return [
                f"{each.at:%Y-%m-%d} {each.language.value} {each.route:10} {each.text}"
                for each in await tx.questions.unanswered(most)
            ]
    finally:
        await store.close()
