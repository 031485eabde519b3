"""For each channel of the registry its other side: what arrives there, and what can go wrong there."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, Protocol

import aiohttp
from aiohttp import web
from telegram.ext import ExtBot
from yarl import URL

from bot.adapters.channels.email import EmailChannel, MailServer
from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.channels.webhook import WebhookChannel
from bot.adapters.texts import Catalogues
from bot.adapters.transport import AiohttpRequest
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.services.notice import Notice, NoticeKind
from bot.services.ports import Channel, Delivery
from bot.services.screens import Outgoing, Screen
from bot.trial.errors import ApiError
from bot.trial.server import start_trial
from tests.adapters.mail_box import MailBox, mail_server
from tests.clock import FakeClock
from tests.domain.samples import CLINIC

REFERENCE = "TM-7K3F"
IMPATIENT = 0.3
"""Seconds that the channels wait in tests of silence."""

NOTICE = Notice(
    kind=NoticeKind.REQUESTED,
    reference=REFERENCE,
    version=0,
    state=State.WAITING,
    language=Language.EN,
    treatment="Massage, 60 min",
    times=("2026-11-24T10:00:00+09:00", "2026-11-26T15:00:00+09:00"),
    name="Ann",
    phone="+819012345678",
    note="My left shoulder",
)


@dataclass(frozen=True)
class Arrival:
    """What the other side got: all of it as text, and that by which it knows a repetition."""

    text: str
    mark: str
    whole: Any = None


class Rig(Protocol):
    """The other side of a channel, before which it is put."""

    @property
    def channel(self) -> Channel: ...
    @property
    def address(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def secrets(self) -> tuple[str, ...]: ...
    def arrivals(self) -> list[Arrival]: ...
    def refuses_for_now(self) -> None: ...
    def refuses_for_good(self) -> None: ...
    def is_silent(self) -> None: ...
    async def is_away(self) -> None: ...


def delivery_to(rig: Rig, content: str | None = None) -> Delivery:
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    return Delivery(41, rig.channel.name, rig.address, None, content or rig.content, 1, at)


@dataclass
class TelegramRig:
    trial: Any
    bot: Any
    channel: TelegramChannel

    @property
    def address(self) -> str:
        return str(self.trial.world.group.id)

    @property
    def content(self) -> str:
        return Outgoing(0, Screen(f"<b>{REFERENCE}</b> Massage, 60 min")).to_json()

    @property
    def secrets(self) -> tuple[str, ...]:
        return (self.trial.world.token, self.trial.world.token.split(":")[1])

    def arrivals(self) -> list[Arrival]:
        shown = [each.words for each in self.trial.world.group.messages.values() if each.sender.is_bot]
        return [Arrival(each, each.split()[0]) for each in shown]

    def refuses_for_now(self) -> None:
        error = ApiError(429, "Too Many Requests: retry after 5", {"retry_after": 5})
        self.trial.world.faults.fail("sendMessage", error)

    def refuses_for_good(self) -> None:
        kicked = ApiError(403, "Forbidden: bot was kicked from the supergroup chat")
        self.trial.world.faults.fail("sendMessage", kicked)

    def is_silent(self) -> None:
        self.trial.world.faults.hang("sendMessage")

    async def is_away(self) -> None:
        await self.trial.close()


@asynccontextmanager
async def telegram() -> AsyncIterator[TelegramRig]:
    trial = await start_trial(clock=FakeClock())
    bot: ExtBot[None] = ExtBot(
        trial.world.token,
        base_url=f"{trial.api_url}/bot",
        request=AiohttpRequest(read_timeout=IMPATIENT),
        get_updates_request=AiohttpRequest(),
    )
    await bot.initialize()
    yield TelegramRig(trial, bot, TelegramChannel(bot, trial.world.group.id))
    await bot.shutdown()
    await trial.close()


@dataclass
class EmailRig:
    box: MailBox
    server: asyncio.Server
    channel: EmailChannel
    address: str = "clinic@example.com"
    content: str = NOTICE.to_json()
    secrets: tuple[str, ...] = ("mail-password",)

    def arrivals(self) -> list[Arrival]:
        return [
            Arrival(f"{mail['Subject']}\n{_words(mail)}", str(mail["Message-ID"]), mail)
            for mail in self.box.mails
        ]

    def refuses_for_now(self) -> None:
        self.box.answers.append("451 4.3.0 try again, clinic@example.com")

    def refuses_for_good(self) -> None:
        self.box.answers.append("550 5.1.1 no such user clinic@example.com")

    def is_silent(self) -> None:
        self.box.silent = asyncio.Event()

    async def is_away(self) -> None:
        self.server.close()


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@asynccontextmanager
async def email() -> AsyncIterator[EmailRig]:
    box = MailBox()
    async with mail_server(box) as (server, port):
        yield EmailRig(box, server, email_channel(port))


def email_channel(port: int, host: str = "127.0.0.1", language: Language = Language.EN) -> EmailChannel:
    at = MailServer(host, port, tls=False, user="clinic", password="mail-password")
    return EmailChannel(at, "clinic@example.com", Catalogues(), CLINIC.name, language, IMPATIENT)


@dataclass
class WebhookRig:
    runner: web.AppRunner
    posts: list[tuple[dict[str, str], bytes]]
    script: list[web.Response]
    silence: asyncio.Event
    channel: WebhookChannel
    clock: FakeClock
    content: str = NOTICE.to_json()
    secrets: tuple[str, ...] = ("0123456789abcdef-webhook", "/hooks/of-its-own")

    @property
    def address(self) -> str:
        return self.channel.clinic_address

    def arrivals(self) -> list[Arrival]:
        return [
            Arrival(
                json.dumps(json.loads(body), ensure_ascii=False),
                headers["X-Teate-Delivery"],
                (headers, body),
            )
            for headers, body in self.posts
        ]

    def answers(self, status: int, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.script.append(web.Response(status=status, headers=named, text="words that nobody reads"))

    def refuses_for_now(self) -> None:
        self.answers(503)

    def refuses_for_good(self) -> None:
        self.answers(410)

    def is_silent(self) -> None:
        self.silence.clear()

    async def is_away(self) -> None:
        await self.runner.cleanup()


@asynccontextmanager
async def webhook() -> AsyncIterator[WebhookRig]:
    posts: list[tuple[dict[str, str], bytes]] = []
    script: list[web.Response] = []
    silence = asyncio.Event()
    silence.set()

    async def receive(request: web.Request) -> web.Response:
        await silence.wait()
        posts.append(({**request.headers, ":path": request.path_qs}, await request.read()))
        return script.pop(0) if script else web.Response(status=204)

    app = web.Application()
    app.router.add_post("/{path:.*}", receive)
    app.router.add_get("/{path:.*}", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    clock = FakeClock()
    url = URL(f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/of-its-own")
    channel = WebhookChannel(url, "0123456789abcdef-webhook", clock, aiohttp.ClientTimeout(total=IMPATIENT))
    yield WebhookRig(runner, posts, script, silence, channel, clock)
    silence.set()
    await runner.cleanup()


RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Any]]] = {
    "telegram": telegram,
    "email": email,
    "webhook": webhook,
}
