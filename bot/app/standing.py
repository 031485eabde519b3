"""How the bot stands: what waits, what was asked, whether Telegram answers."""

import secrets
from datetime import timedelta

from telegram.error import TelegramError

from bot.adapters.store.database import Database
from bot.app.connection import telegram_bot
from bot.app.outside import system_clock
from bot.app.places import database
from bot.services.ports import Clock
from bot.settings import Settings
from bot.web import CALENDAR_PATH

CALENDAR_SECRET = "calendar_secret"  # noqa: S105 - the name of a note
ANSWER_SECRET = "answer_secret"  # noqa: S105 - the name of a note


async def calendar_secret(store: Database) -> str:
    """The secret part of the feed's address; made at the first start."""
    return await _secret(store, CALENDAR_SECRET)


async def answer_secret(store: Database) -> bytes:
    """What the clinic's links are signed with; made at the first start."""
    return (await _secret(store, ANSWER_SECRET)).encode()


async def _secret(store: Database, name: str) -> str:
    async with store.transaction() as tx:
        return await tx.notes.once(name, secrets.token_urlsafe(24))


async def status(settings: Settings, clock: Clock = system_clock) -> list[str]:
    """Lines for a person: what waits, what was asked, whether Telegram answers."""
    store = database(settings)
    try:
        await store.prepare()
        async with store.transaction() as tx:
            lines = [
                f"updates waiting: {await tx.inbox.waiting()}",
                f"deliveries waiting: {await tx.outbox.waiting()}",
            ]
            totals = await tx.counters.totals((clock() - timedelta(days=7)).date())
            feedback = await tx.questions.feedback()
        if settings.http_port:
            path = CALENDAR_PATH.format(secret=await calendar_secret(store))
            lines.append(f"calendar feed: http://{settings.http_host}:{settings.http_port}{path}")
        else:
            lines.append("calendar feed: none, as HTTP_PORT is 0")
    finally:
        await store.close()
    lines += [f"last 7 days, {name}: {total}" for name, total in sorted(totals.items())]
    lines += [f"helped, {entry}: {yes} yes, {no} no" for entry, (yes, no) in sorted(feedback.items())]
    if settings.telegram_bot_token is None:
        return [*lines, "Telegram: no TELEGRAM_BOT_TOKEN is set"]
    bot = telegram_bot(settings)
    try:
        await bot.initialize()
    except TelegramError as error:
        lines.append(f"Telegram: does not answer ({type(error).__name__})")
    else:
        lines.append(f"Telegram: @{bot.username}")
    finally:
        await bot.shutdown()
    return lines
