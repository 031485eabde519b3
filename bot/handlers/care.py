"""Self-care in the chat: need, time, an action, its guide, and what came of it. All in one message."""

from collections.abc import Awaitable, Callable
from functools import wraps

from telegram import Update

from bot.domain.care import Action, Ending, Need
from bot.domain.clients import Client
from bot.domain.errors import Forged
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.views.care_codes import read_minutes, read_needs
from bot.services.guide import GUIDE
from bot.services.screens import Outgoing, Screen


def of_client(
    answerer: Callable[[Tap, Context, int, Client], Awaitable[None]],
) -> Callable[[Tap, Context, int], Awaitable[None]]:
    """An answerer that needs the client; `taps` lets none of these through outside a private chat."""

    @wraps(answerer)
    async def answer(tap: Tap, context: Context, message_id: int) -> None:
        client = context.work.client
        assert client is not None
        await answerer(tap, context, message_id, client)

    return answer


async def selfcare(update: Update, context: Context) -> None:
    """/selfcare"""
    context.work.say(context.desk.views.care.needs((), context.work.language))


@of_client
async def open_care(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """The way in, from below an answer for instance: a new message, so that the answer stays."""
    needs = read_needs(tap.argument() if tap.arguments else "")
    views, lang = context.desk.views.care, context.work.language
    context.work.say(views.minutes(needs, lang) if needs else views.needs((), lang))


@of_client
async def choose_needs(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    needs = read_needs(tap.argument())
    await _show(context, context.desk.views.care.needs(needs, context.work.language), message_id, client)


@of_client
async def suggest(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """An action that fits; each tap on "another" gives another, in place."""
    work, desk = context.work, context.desk
    needs, minutes = _place(tap, 0)
    action = await desk.self_care.suggest(work.tx, client, needs, minutes, work.now)
    screen = (
        desk.views.care.nothing(needs, work.language)
        if action is None
        else desk.views.care.action(action, needs, minutes, work.language)
    )
    await _show(context, screen, message_id, client)


@of_client
async def show_action(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """The same action again: back from its research, or rated."""
    work, desk = context.work, context.desk
    action, (needs, minutes) = _action(tap, context), _place(tap, 1)
    rated = await desk.self_care.rated(work.tx, client, action)
    screen = desk.views.care.action(action, needs, minutes, work.language, rated=rated)
    await _show(context, screen, message_id, client)


@of_client
async def show_why(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    action, (needs, minutes) = _action(tap, context), _place(tap, 1)
    screen = context.desk.views.care.why(action, needs, minutes, context.work.language)
    await _show(context, screen, message_id, client)


@of_client
async def rate(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    action, (needs, minutes) = _action(tap, context), _place(tap, 2)
    if tap.argument(1) not in ("0", "1"):
        raise Forged("neither helped nor not")
    helped = tap.argument(1) == "1"
    await desk.self_care.rate(work.tx, client, action, helped=helped, now=work.now)
    screen = desk.views.care.action(action, needs, minutes, work.language, rated=helped)
    await _show(context, screen, message_id, client)


@of_client
async def guide(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """Begin; what runs elsewhere in the chat ends. A second tap while it runs changes nothing."""
    work, desk = context.work, context.desk
    action, (needs, minutes) = _action(tap, context), _place(tap, 1)
    running = await desk.guides.running(work.tx, client)
    if running is not None and (running.message_id, running.action_id) == (message_id, action.id):
        return
    if running is not None and running.message_id != message_id:
        await hush(context)
    screen = await desk.guides.start(work.tx, client, action, needs, minutes, message_id, work.now)
    work.say(screen, key=GUIDE)


@of_client
async def stop_guide(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """Also where nothing runs any more, so that no message is left with a button that does nothing."""
    action, (needs, minutes) = _action(tap, context), _place(tap, 1)
    screen = context.desk.views.care.ended(action, Ending.STOPPED, needs, minutes, context.work.language)
    await _show(context, screen, message_id, client)


async def hush(context: Context, reply: int | None = None) -> None:
    """End what runs in the client's own chat, wherever they wrote: something else matters now.

    A guide in the message `reply` ends without a word: that message says something else already.
    """
    work, desk = context.work, context.desk
    running = await desk.guides.running(work.tx, work.client) if work.client else None
    if running is None:
        return
    screen = await desk.guides.end(work.tx, running, Ending.STOPPED)
    if screen is not None and running.message_id != reply:
        work.outgoing.append(Outgoing(running.client_id, screen, message_id=running.message_id))


@of_client
async def show_history(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work = context.work
    history = await work.tx.care.experiences(client.id)
    await _show(context, context.desk.views.care.history(history, work.language), message_id, client)


@of_client
async def reset(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """Asks once, then forgets."""
    work, views = context.work, context.desk.views.care
    if not tap.arguments:
        await _show(context, views.ask_reset(work.language), message_id, client)
        return
    await work.tx.care.forget_experiences(client.id)
    await _show(context, views.reset(work.language), message_id, client)


async def _show(context: Context, screen: Screen, message_id: int, client: Client) -> None:
    """In place. A guide that runs in this very message would write over it, so it ends."""
    work, desk = context.work, context.desk
    running = await desk.guides.running(work.tx, client)
    if running is not None and running.message_id == message_id:
        await desk.guides.end(work.tx, running, Ending.STOPPED)
    work.edit(screen, message_id)


def _action(tap: Tap, context: Context) -> Action:
    """Raises KeyError for one that is no more."""
    return context.desk.self_care.action(tap.argument(0))


def _place(tap: Tap, first: int) -> tuple[tuple[Need, ...], int]:
    """Needs and minutes, from that argument on."""
    return read_needs(tap.argument(first)), read_minutes(tap.argument(first + 1))
