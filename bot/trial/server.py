"""The trial as a server on this machine: the Bot API, the page, and the webhook's deliveries."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.trial.api import WORLD, add_api
from bot.trial.delivery import deliver
from bot.trial.errors import ApiError
from bot.trial.guard import add_headers, is_loopback, only_from_here
from bot.trial.page_api import STREAMS, add_page
from bot.trial.world import TRIAL_TOKEN, World, now

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Trial:
    """A running trial. `api_url` is what TELEGRAM_API_URL takes; `url` is the page."""

    world: World
    url: str
    runner: web.AppRunner
    delivering: "asyncio.Task[None]"

    @property
    def api_url(self) -> str:
        return self.url

    def drop_streams(self) -> None:
        """Breaks the page's line, as a network does; the page opens it again."""
        for stream in self.runner.app[STREAMS]:
            stream.put_nowait(None)

    async def close(self) -> None:
        """Ends what waits (polls, streams, scripted silence) and frees the port."""
        self.delivering.cancel()
        with suppress(asyncio.CancelledError):
            await self.delivering
        self.world.faults.release()
        self.world.updates.interrupt(ApiError(502, "Bad Gateway"))
        self.drop_streams()
        await self.runner.cleanup()


def make_app(world: World) -> web.Application:
    app = web.Application(middlewares=[only_from_here], client_max_size=world.limits.upload + 1024 * 1024)
    app[WORLD] = world
    app.on_response_prepare.append(add_headers)
    add_api(app)
    add_page(app)
    return app


async def start_trial(
    port: int = 0,
    token: str = TRIAL_TOKEN,
    clock: Callable[[], datetime] = now,
    *,
    host: str = HOST,
    world: World | None = None,
    webhook_pause: float = 0.2,
) -> Trial:
    """Starts the trial; port 0 takes a free one. `world` lets a test bring its own.

    Raises ValueError for a host that is not this machine, OSError for a port that is taken.
    """
    if not is_loopback(host):
        raise ValueError(f"the trial listens on this machine only, not on {host}")
    world = world or World(token, clock)
    # A poll whose caller has gone must not go on waiting: it would look like a second bot.
    runner = web.AppRunner(make_app(world), handler_cancellation=True, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    taken = runner.addresses[0][1]
    delivering = asyncio.create_task(deliver(world, webhook_pause))
    return Trial(world, f"http://{host}:{taken}", runner, delivering)
