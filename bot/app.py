"""The only wiring: from settings to a running bot."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from aiohttp import web
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy.engine import make_url
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.adapters.calendar_file import CalendarFiles
from bot.adapters.channels import channels_of, clinic_addresses, telegram
from bot.adapters.channels.given import Given
from bot.adapters.knowledge_yaml.loader import Loaded, load
from bot.adapters.mood_chart import draw
from bot.adapters.store import backup as backup_of
from bot.adapters.store.cipher import Cipher, key_from_file
from bot.adapters.store.database import Database
from bot.adapters.store.rekey import write_keys
from bot.adapters.texts import Catalogues
from bot.adapters.transport import AiohttpRequest
from bot.answers.route import Router
from bot.answers.safety import SafetyCheck
from bot.domain.clinic import Clinic
from bot.domain.errors import Misconfigured
from bot.domain.lifecycle import WITH_SLOT, State
from bot.domain.requests import Request
from bot.handlers.announce import Others, TelegramAnnouncer
from bot.handlers.commands import publish_commands
from bot.handlers.context import Desk
from bot.handlers.dispatcher import Dispatcher
from bot.handlers.group_cards import GroupCards
from bot.handlers.views import Views
from bot.handlers.views.bookings import Address
from bot.intake import ALLOWED, Intake, Polling
from bot.services.care import SelfCare
from bot.services.check_in import CheckIns
from bot.services.deliver import Deliverer
from bot.services.digest import Digest
from bot.services.fill_form import FillForm
from bot.services.guide import Guides
from bot.services.move_request import MoveRequest
from bot.services.notice import FOR_CALENDARS, kind_of, notice_of
from bot.services.ports import Channel, Clock
from bot.services.privacy import Privacy
from bot.services.remind_care import RemindCare
from bot.services.retain import Keep, Retain
from bot.services.talk import Talk
from bot.services.tick import Ticker
from bot.services.wait import Wait
from bot.settings import Settings, Updates
from bot.web import CALENDAR_PATH, WEBHOOK_PATH, web_app

log = structlog.get_logger(__name__)

DATA = Path("data")
FEED_BEFORE = timedelta(days=31)
"""How far back the calendar feed goes."""

CALENDAR_SECRET = "calendar_secret"  # noqa: S105 - the name of a note

API_WAITS = (1, 2, 5, 10, 30)
"""Seconds between tries while the API is down at start; the last one goes on."""

KEEP = Keep()

Progress = Callable[[str], None]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Brain:
    """All that answers need, and nothing that connects: what `ask` and `evaluate` run on too."""

    loaded: Loaded
    texts: Catalogues
    router: Router
    views: Views


def brain(knowledge_dir: Path, progress: Progress = lambda _: None) -> Brain:
    """Raises Misconfigured with every problem of the knowledge base."""
    texts = Catalogues()
    loaded = load(knowledge_dir, texts, progress)
    router = Router(loaded.knowledge, loaded.clinic, SafetyCheck(loaded.safety_rules))
    address = Address(loaded.address, loaded.map_url) if loaded.address else None
    views = Views(texts, loaded.knowledge, loaded.clinic, loaded.safety_texts, loaded.actions, address)
    return Brain(loaded, texts, router, views)


def database(settings: Settings) -> Database:
    """Raises Misconfigured where the address or the key is malformed."""
    if settings.data_key is not None:
        keys = settings.data_key.get_secret_value()
    else:
        keys = key_from_file(_key_file(settings))
    return Database(settings.database_url, Cipher(keys))


def _beside(url: str) -> Path:
    """The folder of the database file; `data` where the database is no file."""
    if url.startswith("sqlite"):
        name = make_url(url).database
        if name and name != ":memory:":
            return Path(name).parent
    return DATA


def _key_file(settings: Settings) -> Path:
    return _beside(settings.database_url) / "data.key"


def _sqlite(settings: Settings, tool: str) -> Path:
    """The database file. Raises Misconfigured for PostgreSQL: `tool` does it there."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Misconfigured([f"DATABASE_URL: is no SQLite file; use PostgreSQL's own tool: {tool}"])
    return Path(url.database)


def _keys(settings: Settings) -> str:
    """The keys as they are. Raises Misconfigured where there are none: none is made here."""
    if settings.data_key is not None:
        return settings.data_key.get_secret_value()
    if not _key_file(settings).exists():
        raise Misconfigured([f"{_key_file(settings)}: is missing; put your copy of the key there"])
    return key_from_file(_key_file(settings))


async def rekey(settings: Settings, progress: Progress) -> int:
    """Seal everything with a new key; how many values. A key file is changed before and after.

    Raises:
        Misconfigured: the bot runs on the old key, or there is no new key to be had.
    """
    held, file = _keys(settings), None if settings.data_key else _key_file(settings)
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
    size = backup_of.back_up(_sqlite(settings, f"pg_dump --format=custom --file={file}"), file)
    return size, "DATA_KEY" if settings.data_key else str(_key_file(settings))


def restore(settings: Settings, file: Path, *, force: bool, clock: Clock = system_clock) -> Path | None:
    """Put a backup in the database's place; where the former database lies now, if there was one."""
    database = _sqlite(settings, f"pg_restore --clean {file}")
    return backup_of.restore(file, database, Cipher(_keys(settings)), clock(), force=force)


def keep_of(settings: Settings) -> Keep:
    """How long what is kept."""
    return Keep(
        bookings=timedelta(days=settings.keep_bookings_days),
        screening=timedelta(days=settings.keep_screening_days),
        mood=timedelta(days=settings.keep_mood_days),
        questions=timedelta(days=settings.keep_questions_days),
    )


def telegram_bot(settings: Settings) -> "ExtBot[None]":
    if settings.telegram_bot_token is None:
        raise Misconfigured(["TELEGRAM_BOT_TOKEN: is missing"])
    api = str(settings.telegram_api_url).rstrip("/")
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )


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
        mind = brain(settings.knowledge_dir)
    if mind.loaded.warnings:
        log.warning("the knowledge base has warnings; `check` lists them", count=len(mind.loaded.warnings))
    store = database(settings)
    bot = telegram_bot(settings)
    ways = ways_of(settings, mind, bot, clock)
    try:
        progress("opening the database")
        await store.prepare(progress)
        progress("saying hello to Telegram")
        await _greet(bot, stop)
        if stop.is_set():
            return
        await _serve(settings, stop, mind, store, bot, ways, clock, progress)
    finally:
        await bot.shutdown()
        await store.close()


async def _greet(bot: "ExtBot[None]", stop: asyncio.Event) -> None:
    """Wait until the API answers: it may be down when the machine starts."""
    failures = 0
    while not stop.is_set():
        try:
            await bot.initialize()
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


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


@dataclass(frozen=True, slots=True)
class Parts:
    """The running parts, wired. The tests drive them by hand; `run` lets them run."""

    intake: Intake
    dispatcher: Dispatcher
    deliverer: Deliverer
    ticker: Ticker
    feed: Callable[[], Awaitable[bytes]]
    """The clinic's appointments as a calendar."""


async def assemble(
    mind: Brain,
    store: Database,
    bot: "ExtBot[None]",
    clock: Clock,
    ways: Mapping[str, Channel],
    group_id: int | None,
    keep: Keep = KEEP,
    policy_url: str | None = None,
) -> Parts:
    """Wire the parts. `bot` is initialised, `store` prepared; `ways` are the channels by name."""
    clinic, texts, views = mind.loaded.clinic, mind.texts, mind.views
    files = CalendarFiles(clinic, texts, mind.loaded.address, mind.loaded.map_url)
    announcer = TelegramAnnouncer(
        views,
        texts,
        clinic,
        group_id,
        lambda request, language: (
            files.cancelled(request, language)
            if request.state is State.CANCELLED
            else files.appointment(request, language)
        ),
        Others(
            [
                (name, way.clinic_address)
                for name, way in ways.items()
                if name != telegram.NAME and way.clinic_address is not None
            ],
            lambda request: _notice(request, clinic, files),
        ),
    )
    move_request = MoveRequest(clinic, announcer)
    wait = Wait(clinic, announcer)
    cards = GroupCards(announcer, views)
    actions = mind.loaded.actions
    guides = Guides(actions, views.care, since=clock())
    remind_care = RemindCare(clinic.zone, views.reminders.reminder)
    desk = Desk(
        knowledge=mind.loaded.knowledge,
        clinic=clinic,
        router=mind.router,
        texts=texts,
        views=views,
        announcer=announcer,
        fill_form=FillForm(clinic, mind.loaded.screening),
        move_request=move_request,
        wait=wait,
        talk=Talk(move_request, announcer),
        self_care=SelfCare(actions),
        guides=guides,
        check_ins=CheckIns(clinic.zone, keep.mood),
        remind_care=remind_care,
        draw_weeks=draw,
        privacy=Privacy(clinic, move_request, wait, cards, keep),
        policy_url=policy_url,
        tidy=store.tidy,
        bot_name=bot.username,
    )
    deliverer = Deliverer(store, ways, clock, announcer.undelivered, announcer.group_moved)
    dispatcher = Dispatcher(bot, desk)
    await dispatcher.start()
    digest = Digest(clinic, announcer)
    jobs = (
        guides.tick,
        move_request.tick,
        move_request.remind,
        move_request.nudge,
        wait.tick,
        digest.tick,
        remind_care.tick,
        Retain(keep, cards).tick,
    )
    intake = Intake(store, dispatcher, deliverer, bot, clock)

    async def feed() -> bytes:
        now = clock()
        until = now + clinic.booking.horizon + timedelta(days=1)
        async with store.transaction() as tx:
            held = await tx.requests.starting(now - FEED_BEFORE, until, WITH_SLOT)
        return files.feed(held, clinic.languages[0])

    return Parts(intake, dispatcher, deliverer, Ticker(store, deliverer, clock, jobs), feed)


async def calendar_secret(store: Database) -> str:
    """The secret part of the feed's address; made at the first start."""
    async with store.transaction() as tx:
        secret = await tx.notes.get(CALENDAR_SECRET)
        if secret is None:
            secret = secrets.token_urlsafe(24)
            await tx.notes.put(CALENDAR_SECRET, secret)
        return secret


def _notice(request: Request, clinic: Clinic, files: CalendarFiles) -> str | None:
    """What the clinic's other channels are told; None where it is nothing."""
    kind, language = kind_of(request), clinic.languages[0]
    if kind is None:
        return None
    calendar = files.for_clinic(request, language) if kind in FOR_CALENDARS else None
    return notice_of(request, kind, clinic, language, calendar=calendar).to_json()


def ways_of(settings: Settings, mind: Brain, bot: "ExtBot[None]", clock: Clock) -> Mapping[str, Channel]:
    """The channels that are set up.

    Raises:
        Misconfigured: with every mistake, or that there is no way to reach the clinic.
    """
    held = settings.model_dump(mode="json", exclude_none=True)
    named = {
        name.upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(held[name])
        for name in held
        if (value := getattr(settings, name)) is not None
    }
    clinic = mind.loaded.clinic
    ways = channels_of(Given(named, bot, mind.texts, clock, clinic.name, clinic.languages[0]))
    clinic_addresses(ways)
    return ways


async def _serve(
    settings: Settings,
    stop: asyncio.Event,
    mind: Brain,
    store: Database,
    bot: "ExtBot[None]",
    ways: Mapping[str, Channel],
    clock: Clock,
    progress: Progress,
) -> None:
    url = str(settings.privacy_url) if settings.privacy_url else None
    parts = await assemble(mind, store, bot, clock, ways, settings.clinic_chat_id, keep_of(settings), url)
    await publish_commands(bot, mind.texts, mind.loaded.clinic)
    if settings.updates is Updates.POLLING:
        # Only one process can poll, so whatever is leased was leased by one that is dead.
        async with store.transaction() as tx:
            await tx.outbox.release(clock())
    await parts.intake.resume()
    webhook = settings.updates is Updates.WEBHOOK
    runner = await _web(settings, store, clock, bot, parts) if webhook or settings.http_port else None
    jobs = [
        asyncio.create_task(parts.ticker.run(parts.intake.resume), name="ticker"),
        asyncio.create_task(stop.wait(), name="stop"),
    ]
    if webhook:
        await bot.set_webhook(
            f"{str(settings.webhook_url).rstrip('/')}{WEBHOOK_PATH}",
            allowed_updates=ALLOWED,
            secret_token=settings.webhook_secret.get_secret_value() if settings.webhook_secret else None,
        )
    else:
        jobs.append(asyncio.create_task(Polling(bot, parts.intake).run(), name="polling"))
    progress(f"@{bot.username} is at work; stop with Ctrl-C")
    try:
        done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        for job in done:
            job.result()
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await parts.intake.idle()
        if runner is not None:
            await runner.cleanup()
        await parts.dispatcher.stop()


async def _web(
    settings: Settings, store: Database, clock: Clock, bot: "ExtBot[None]", parts: Parts
) -> web.AppRunner:
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    taking = settings.updates is Updates.WEBHOOK
    app = web_app(
        store,
        clock,
        bot=bot,
        intake=parts.intake if taking else None,
        secret=secret,
        feed=parts.feed,
        feed_secret=await calendar_secret(store),
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
            log_level=settings.log_level,
        )


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
        path = CALENDAR_PATH.format(secret=await calendar_secret(store))
        lines.append(f"calendar feed: http://{settings.http_host}:{settings.http_port}{path}")
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
