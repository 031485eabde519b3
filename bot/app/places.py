"""Where things are, by the settings: the database and its key."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.adapters.store.cipher import Cipher, key_from_file
from bot.adapters.store.database import Database
from bot.domain.errors import Misconfigured
from bot.services.retain import Keep
from bot.settings import Settings

DATA = Path("data")


def database(settings: Settings) -> Database:
    """Raises Misconfigured where the address or the key is malformed."""
    if settings.data_key is not None:
        keys = settings.data_key.get_secret_value()
    else:
        keys = key_from_file(key_file_of(settings))
    return Database(settings.database_url, Cipher(keys))


def folder_beside(url: str) -> Path:
    """The folder of the database file; `data` where the database is no file."""
    if url.startswith("sqlite"):
        name = make_url(url).database
        if name and name != ":memory:":
            return Path(name).parent
    return DATA


def key_file_of(settings: Settings) -> Path:
    return folder_beside(settings.database_url) / "data.key"


def sqlite_file(settings: Settings, tool: str) -> Path:
    """The database file. Raises Misconfigured for PostgreSQL: `tool` does it there."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Misconfigured([f"DATABASE_URL: is no SQLite file; use PostgreSQL's own tool: {tool}"])
    return Path(url.database)


def held_keys(settings: Settings) -> str:
    """The keys as they are. Raises Misconfigured where there are none: none is made here."""
    if settings.data_key is not None:
        return settings.data_key.get_secret_value()
    if not key_file_of(settings).exists():
        raise Misconfigured([f"{key_file_of(settings)}: is missing; put your copy of the key there"])
    return key_from_file(key_file_of(settings))


def keep_of(settings: Settings) -> Keep:
    """How long what is kept."""
    return Keep(
        bookings=timedelta(days=settings.keep_bookings_days),
        screening=timedelta(days=settings.keep_screening_days),
        mood=timedelta(days=settings.keep_mood_days),
        questions=timedelta(days=settings.keep_questions_days),
    )
