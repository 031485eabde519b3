"""Pushes updates to the webhook: one after the other, again and again until it answers 200."""

import asyncio

import aiohttp

from bot.trial.updates import Webhook
from bot.trial.world import World

ANSWER_SECONDS = 20
HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def deliver(world: World, pause: float = 0.2) -> None:
    """Runs until it is cancelled; `pause` is the seconds between two tries of the same update."""
    queue = world.updates
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        while True:
            queue.arrived.clear()
            hook = queue.webhook
            if hook is None or not queue.pending:
                await queue.arrived.wait()
                continue
            update = queue.pending[0]
            if await _push(world, session, hook, update):
                if queue.pending and queue.pending[0] is update:
                    queue.pending.popleft()
            else:
                await asyncio.sleep(pause)


async def _push(
    world: World, session: aiohttp.ClientSession, hook: Webhook, update: dict[str, object]
) -> bool:
    headers = {HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
            if 200 <= answer.status < 300:
                return True
            problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        problem = f"Connection failed: {type(error).__name__}"
    hook.last_error, hook.last_error_at = problem, world.clock()
    return False
