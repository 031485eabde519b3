"""From settings to a running bot, and to its end."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryDirectory

import structlog
from aiohttp import web
from pydantic import AnyHttpUrl, SecretStr
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.telegram_bot import TelegramBot
from bot.app.assembly import Parts, assemble, ways_of
from bot.app.connection import telegram_bot
from bot.app.mind import Brain, brain
from bot.app.outside import Progress, system_clock
from bot.app.places import database, keep_of
from bot.app.standing import answer_secret, calendar_secret
from bot.domain.errors import Misconfigured
from bot.intake import ALLOWED, Polling
from bot.services.answer_by_link import AnswerLinks
from bot.services.ports import Channel, Clock
from bot.settings import CANNOT_ANSWER, Settings, Updates
from bot.web import WEBHOOK_PATH, web_app

log = structlog.get_logger(__name__)

API_WAITS = (1, 2, 5, 10, 30)
"""Seconds between tries while the API is down at start; the last one goes on."""


async def run(
    settings: Settings,
    stop: asyncio.Event,
    progress: Progress,
    clock: Clock = system_clock,
    mind: Brain | None = None,
) -> None:
    """Run until `stop` is set, then finish what is under way.

    Raises:
        Misconfigured: something that a person must change; also while running, when the token is revoked.
    """
    if mind is None:
        progress("reading the knowledge base")
        mind = brain(settings.knowledge_dir, progress)
        gc.freeze()  # It stays: to look for garbage in it would hold everybody up for a fifth of a second.
    if mind.loaded.warnings:
        log.warning("the knowledge base has warnings; `check` lists them", count=len(mind.loaded.warnings))
    if not settings.can_answer:
        log.warning(CANNOT_ANSWER)
    store = database(settings)
    bot = telegram_bot(settings)
    ways = ways_of(settings, mind, bot, clock)
    try:
        progress("opening the database")
        await store.prepare(progress)
        progress("saying hello to Telegram")
        await _until_answered(bot.initialize, stop)
        if stop.is_set():
            return
        await _serve(settings, stop, mind, store, bot, ways, clock, progress)
    finally:
        await bot.shutdown()
        await store.close()


async def _until_answered(call: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Call until the API answers: it may be down when the machine starts."""
    failures = 0
    while not stop.is_set():
        try:
            await call()
        except InvalidToken as error:
            raise Misconfigured(
                ["TELEGRAM_BOT_TOKEN: Telegram refuses it; get a new one from @BotFather"]
            ) from error
        except TelegramError as error:
            wait = API_WAITS[min(failures, len(API_WAITS) - 1)]
            failures += 1
            log.warning("Telegram does not answer; trying again", seconds=wait, kind=type(error).__name__)
            await _pause(stop, wait)
        else:
            return


async def _set_webhook(bot: TelegramBot, settings: Settings) -> None:
    try:
        await bot.set_webhook(
            f"{str(settings.webhook_url).rstrip('/')}{WEBHOOK_PATH}",
            allowed_updates=ALLOWED,
            secret_token=settings.webhook_secret.get_secret_value() if settings.webhook_secret else None,
        )
    except BadRequest as error:
        raise Misconfigured([f"WEBHOOK_URL: Telegram does not take it: {error}"]) from error


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _serve(
    settings: Settings,
    stop: asyncio.Event,
    mind: Brain,
    store: Database,
    bot: TelegramBot,
    ways: Mapping[str, Channel],
    clock: Clock,
    progress: Progress,
) -> None:
    url = str(settings.privacy_url) if settings.privacy_url else None
    links = AnswerLinks(str(settings.public_url), await answer_secret(store)) if settings.public_url else None
    parts = await assemble(
        mind, store, bot, clock, ways, settings.clinic_chat_id, keep_of(settings), url, links
    )
    await parts.menus()
    if settings.updates is Updates.POLLING:
        # Only one process can poll, so whatever is leased was leased by one that is dead.
        async with store.transaction() as tx:
            await tx.outbox.release(clock())
    await parts.intake.resume()
    webhook = settings.updates is Updates.WEBHOOK
    runner = await _web(settings, store, clock, parts) if settings.http_port else None
    jobs = [
        asyncio.create_task(parts.ticker.run(parts.intake.resume), name="ticker"),
        asyncio.create_task(stop.wait(), name="stop"),
    ]
    if not webhook:
        jobs.append(asyncio.create_task(Polling(bot, parts.intake).run(), name="polling"))
    try:
        if webhook:
            await _until_answered(partial(_set_webhook, bot, settings), stop)
        progress(f"@{bot.username} is at work; stop with Ctrl-C")
        done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        for job in done:
            job.result()
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await parts.intake.idle()
        await parts.deliverer.stop()
        if runner is not None:
            await runner.cleanup()
        await parts.dispatcher.stop()


async def _web(settings: Settings, store: Database, clock: Clock, parts: Parts) -> web.AppRunner:
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    taking = settings.updates is Updates.WEBHOOK
    app = web_app(
        store,
        clock,
        intake=parts.intake if taking else None,
        secret=secret,
        feed=parts.feed,
        feed_secret=await calendar_secret(store),
        pages=parts.pages,
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    except OSError as error:
        await runner.cleanup()
        raise Misconfigured(
            [f"HTTP_PORT: {settings.http_host}:{settings.http_port} cannot be used: {error.strerror}"]
        ) from error
    return runner


@contextmanager
def trial_settings(settings: Settings, token: str, api_url: str, group_id: int) -> Iterator[Settings]:
    """Settings for a trial: the same knowledge, everything else of its own and gone afterwards."""
    with TemporaryDirectory(prefix="teate-trial-") as folder:
        yield Settings(
            _env_file=None,
            telegram_bot_token=SecretStr(token),
            telegram_api_url=AnyHttpUrl(api_url),
            clinic_chat_id=group_id,
            database_url=f"sqlite:///{folder}/trial.db",
            data_key=SecretStr(Cipher.new_key()),
            knowledge_dir=settings.knowledge_dir,
            updates=Updates.POLLING,
            http_port=0,
            # What stands in the environment would be taken too, and mails of a trial would go out.
            smtp_url=None,
            clinic_email=None,
            clinic_webhook_url=None,
            public_url=None,
            log_level=settings.log_level,
        )
