"""The only wiring: every part, given what it needs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp.web import RouteDef
from pydantic import SecretStr
from telegram.ext import ExtBot

from bot.adapters.answer_page import AnswerPage
from bot.adapters.calendar_file import CalendarFiles
from bot.adapters.channels import channels_of, clinic_addresses, telegram
from bot.adapters.channels.given import Given
from bot.adapters.mood_chart import draw, draw_nothing
from bot.adapters.store.database import Database
from bot.app.mind import Brain
from bot.domain.clinic import Clinic
from bot.domain.lifecycle import WITH_SLOT, State
from bot.domain.requests import Request
from bot.handlers.announce import Others, TelegramAnnouncer
from bot.handlers.commands import publish_commands, publish_group_commands
from bot.handlers.context import Desk
from bot.handlers.dispatcher import Dispatcher
from bot.handlers.group_cards import GroupCards
from bot.handlers.undelivered import Undelivered
from bot.intake import Intake
from bot.services.answer_by_link import AnswerByLink, AnswerLinks
from bot.services.care import SelfCare
from bot.services.check_in import CheckIns
from bot.services.deliver import Deliverer
from bot.services.digest import Digest
from bot.services.fill_form import FillForm
from bot.services.guide import Guides
from bot.services.move_request import MoveRequest
from bot.services.notice import FOR_CALENDARS, kind_of, notice_of, trouble_of
from bot.services.ports import Channel, Clock
from bot.services.privacy import Privacy
from bot.services.remind_care import RemindCare
from bot.services.retain import Keep, Retain
from bot.services.talk import Talk
from bot.services.tick import Ticker
from bot.services.wait import Wait
from bot.settings import Settings

KEEP = Keep()
"""How long things are kept where no setting says otherwise."""

FEED_BEFORE = timedelta(days=31)
"""How far back the calendar feed goes."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The running parts, wired. The tests drive them by hand; `run` lets them run."""

    intake: Intake
    dispatcher: Dispatcher
    deliverer: Deliverer
    ticker: Ticker
    feed: Callable[[], Awaitable[bytes]]
    """The clinic's appointments as a calendar."""
    pages: Sequence[RouteDef]
    """Where the clinic answers by link."""
    menus: Callable[[], Awaitable[None]]
    """Tells Telegram what commands there are."""


async def assemble(
    mind: Brain,
    store: Database,
    bot: "ExtBot[None]",
    clock: Clock,
    ways: Mapping[str, Channel],
    group_id: int | None,
    keep: Keep = KEEP,
    policy_url: str | None = None,
    links: AnswerLinks | None = None,
) -> Parts:
    """Wire the parts. `bot` is initialised, `store` prepared; `ways` are the channels by name."""
    clinic, texts, views = mind.loaded.clinic, mind.texts, mind.views
    files = CalendarFiles(clinic, texts, mind.loaded.address, mind.loaded.map_url)

    def answer(request: Request) -> str | None:
        return links.link(request, clock()) if links is not None else None

    others = Others(
        [
            (name, way.clinic_address)
            for name, way in ways.items()
            if name != telegram.NAME and way.clinic_address is not None
        ],
        lambda request: _notice(request, clinic, files, answer(request)),
        lambda request, kind, text: notice_of(
            request, kind, clinic, clinic.languages[0], remark=text, answer=answer(request)
        ).to_json(),
        lambda told: trouble_of(told, clinic.languages[0]).to_json(),
    )
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
        others,
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
        draw_no_weeks=draw_nothing,
        privacy=Privacy(clinic, move_request, wait, cards, keep),
        policy_url=policy_url,
        tidy=store.tidy,
        bot_name=bot.username,
    )
    undelivered = Undelivered(announcer, texts, others)
    deliverer = Deliverer(store, ways, clock, undelivered, announcer.group_moved)
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

    async def menus() -> None:
        await publish_commands(bot, texts, clinic)
        await publish_group_commands(bot, texts, announcer, store)

    pages: Sequence[RouteDef] = ()
    if links is not None:
        answers = AnswerByLink(links, move_request, clinic, texts, store, clock)
        pages = AnswerPage(answers, clinic, texts).routes()
    return Parts(intake, dispatcher, deliverer, Ticker(store, deliverer, clock, jobs), feed, pages, menus)


def _notice(request: Request, clinic: Clinic, files: CalendarFiles, answer: str | None) -> str | None:
    """What the clinic's other channels are told; None where it is nothing."""
    kind, language = kind_of(request), clinic.languages[0]
    if kind is None:
        return None
    calendar = files.for_clinic(request, language) if kind in FOR_CALENDARS else None
    return notice_of(request, kind, clinic, language, calendar=calendar, answer=answer).to_json()


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
