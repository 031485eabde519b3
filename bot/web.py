"""The program's own HTTP side: webhook, health, metrics."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.domain.errors import NotAnUpdate, StoreUnavailable
from bot.services.ports import Clock, Store

log = structlog.get_logger(__name__)

WEBHOOK_PATH = "/telegram"
CALENDAR_PATH = "/calendar/{secret}.ics"
LARGEST_UPDATE = 1_000_000
"""Bytes. Telegram's updates have a few thousand."""


class Arrivals(Protocol):
    """Where updates are written down."""

    async def arrived(self, updates: Sequence[object]) -> int:
        """Raises NotAnUpdate, or StoreUnavailable where they could not be stored."""


def web_app(
    store: Store,
    clock: Clock,
    *,
    intake: Arrivals | None = None,
    secret: str = "",
    feed: Callable[[], Awaitable[bytes]] | None = None,
    feed_secret: str = "",
    pages: Sequence[web.RouteDef] = (),
) -> web.Application:
    """With `intake` and `secret` it takes updates at WEBHOOK_PATH; with `feed` and its secret it gives
    the clinic's appointments to a calendar app at CALENDAR_PATH. `pages` are for people.
    """
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_get("/healthz", _health(store))
    app.router.add_get("/metrics", _metrics(store, clock))
    if intake is not None and secret:
        app.router.add_post(WEBHOOK_PATH, _webhook(intake, secret))
    if feed is not None and feed_secret:
        app.router.add_get(CALENDAR_PATH, _calendar(feed, feed_secret))
    app.router.add_routes(pages)
    return app


Answer = Callable[[web.Request], Awaitable[web.Response]]


def _webhook(intake: Arrivals, secret: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        # Before anything is parsed, and in constant time.
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            await intake.arrived([json.loads(await request.read())])
        except (ValueError, NotAnUpdate):
            return web.Response(status=400)
        except StoreUnavailable:
            return web.Response(status=503)  # Telegram sends it again
        return web.Response()

    return answer


def _calendar(feed: Callable[[], Awaitable[bytes]], secret: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.match_info["secret"].encode(), secret.encode()):
            return web.Response(status=404)
        body = await feed()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

    return answer


def _health(store: Store) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        try:
            async with store.transaction() as tx:
                waiting = await tx.inbox.waiting()
        except StoreUnavailable:
            return web.json_response({"status": "the database does not answer"}, status=503)
        return web.json_response({"status": "ok", "inbox": waiting})

    return answer


def _metrics(store: Store, clock: Clock) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        registry = CollectorRegistry()
        async with store.transaction() as tx:
            Gauge("teate_inbox_waiting", "Updates not worked on yet", registry=registry).set(
                await tx.inbox.waiting()
            )
            Gauge("teate_outbox_waiting", "Deliveries on their way", registry=registry).set(
                await tx.outbox.waiting()
            )
            totals = await tx.counters.totals((clock() - timedelta(days=1)).date())
        counted = Gauge("teate_counted", "Since yesterday, by name", ["name"], registry=registry)
        for name, total in totals.items():
            counted.labels(name).set(total)
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    return answer
