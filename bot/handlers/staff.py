"""The clinic's group: cards, other times, declining; what is said to clients is in `talk`.

Only what happens in the configured group counts, and that is checked here, on the server: nobody else can
write there, and a forged tap from another chat is turned away.
"""

from datetime import datetime

from telegram import Update

from bot.domain import hours
from bot.domain.errors import Forged, MoveRefused
from bot.domain.lifecycle import Actor, Move, Reason, Refusal
from bot.domain.requests import By, Request
from bot.domain.slots import slot_for, starts_of
from bot.handlers.callbacks import Tap
from bot.handlers.commands import give_menu
from bot.handlers.context import Context
from bot.handlers.message_keys import card_key, copies, copy_key
from bot.handlers.views.codes import read_day, read_month, read_time
from bot.services.screens import Screen


async def in_group(context: Context) -> bool:
    """Whether this update comes from the clinic's group."""
    return await context.desk.announcer.is_group(context.work.tx, context.work.chat_id)


def by(context: Context) -> By:
    """Who of the staff does it; without a name where an administrator stays anonymous."""
    if (user := context.work.user) is None:
        raise Forged("nobody")
    return By(Actor.STAFF, user.id, "" if user.is_bot else user.full_name)


async def _request(tap: Tap, context: Context) -> Request:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    request = await context.work.tx.requests.get(int(tap.argument(0)))
    if request is None:
        raise Forged("a request that is no more")
    return request


async def show_card(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    await _card(request, context, message_id)


async def _card(request: Request, context: Context, message_id: int) -> None:
    work, announcer = context.work, context.desk.announcer
    await _draw(await announcer.card_screen(work.tx, request, work.now), request, context, message_id)


async def _draw(screen: Screen, request: Request, context: Context, message_id: int) -> None:
    await now_shows(request, context, message_id)
    context.work.edit(screen, message_id)


async def now_shows(request: Request | None, context: Context, message_id: int) -> None:
    """What a message shows from now on: a list becomes a card, and the card has to be found in it when its
    client goes. A reply to it reaches that client and no other."""
    work, shown = context.work, context.work.tx.shown
    known = await shown.key_of(work.chat_id, message_id)
    if request is not None and known is not None and f"{known}:".startswith(copies(request)):
        return
    if known is not None:
        await shown.forget(work.chat_id, known)
    if request is not None:
        await shown.remember(work.chat_id, copy_key(request), message_id, work.now)


async def confirm(tap: Tap, context: Context, message_id: int) -> None:
    start = read_time(context.desk.clinic, tap.argument(2), tap.argument(3))
    await _move(tap, context, message_id, Move.CONFIRM, times=(start,))


async def propose(tap: Tap, context: Context, message_id: int) -> None:
    start = read_time(context.desk.clinic, tap.argument(2), tap.argument(3))
    await _move(tap, context, message_id, Move.PROPOSE, times=(start,))


async def decide(tap: Tap, context: Context, message_id: int) -> None:
    """Decline or cancel, with the reason that was chosen and confirmed."""
    what = Move(tap.argument(2))
    if what not in (Move.DECLINE, Move.CANCEL):
        raise Forged("no such decision")
    await _move(tap, context, message_id, what, reason=Reason(tap.argument(3)))


async def no_show(tap: Tap, context: Context, message_id: int) -> None:
    await _move(tap, context, message_id, Move.MARK_NO_SHOW)


async def undo_no_show(tap: Tap, context: Context, message_id: int) -> None:
    await _move(tap, context, message_id, Move.UNDO_NO_SHOW)


async def _move(
    tap: Tap,
    context: Context,
    message_id: int,
    what: Move,
    *,
    times: tuple[datetime, ...] = (),
    reason: Reason | None = None,
) -> None:
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    try:
        moved = await desk.move_request.move(
            work.tx,
            request.id,
            what,
            by(context),
            work.now,
            times=times,
            reason=reason,
            seen=int(tap.argument(1)),
        )
    except MoveRefused as refused:
        if refused.reason is not Refusal.REPEATED:
            work.notice = desk.views.cards.refused(refused.reason, refused.request, desk.announcer.lang).plain
        await _card(refused.request, context, message_id)
        return
    if message_id != await work.tx.shown.message(work.chat_id, card_key(moved)):
        await _card(moved, context, message_id)


async def choose_day(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    month = read_month(tap.argument(1)) if len(tap.arguments) > 1 and tap.argument(1) else None
    against = await desk.fill_form.desk(work.tx, work.now, request)
    screen = desk.views.cards.choose_day(request, against, month, desk.announcer.lang)
    await _draw(screen, request, context, message_id)


async def choose_time(tap: Tap, context: Context, message_id: int) -> None:
    """Every free time of the day within opening hours; notice and horizon bind clients, not the clinic."""
    request = await _request(tap, context)
    work, desk = context.work, context.desk
    day = read_day(tap.argument(1))
    against = await desk.fill_form.desk(work.tx, work.now, request)
    free = [
        hours.local(desk.clinic, start)
        for start in starts_of(desk.clinic, request.duration, day)
        if start > work.now and slot_for(desk.clinic, start, request.duration, against.taken)
    ]
    screen = desk.views.cards.choose_time(request, day, free, desk.announcer.lang)
    await _draw(screen, request, context, message_id)


async def choose_reason(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    screen = desk.views.cards.choose_reason(request, desk.announcer.lang, move=Move(tap.argument(1)))
    await _draw(screen, request, context, message_id)


async def confirm_reason(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    screen = desk.views.cards.confirm_decline(
        request, Reason(tap.argument(2)), desk.announcer.lang, move=Move(tap.argument(1))
    )
    await _draw(screen, request, context, message_id)


async def ask_client(tap: Tap, context: Context, message_id: int) -> None:
    request = await _request(tap, context)
    desk = context.desk
    screen = desk.views.cards.ask_client_hint(request, desk.announcer.lang)
    await _draw(screen, request, context, message_id)


async def on_migrated(update: Update, context: Context) -> None:
    """The group became a supergroup: its new number is followed."""
    message = update.effective_message
    if message is None or message.migrate_to_chat_id is None or not await in_group(context):
        return
    desk, group = context.desk, message.migrate_to_chat_id
    tx, old, new = context.work.tx, str(context.work.chat_id), str(group)
    await desk.announcer.group_moved(tx, old, new)
    await tx.outbox.move(old, new)
    context.work.later(lambda bot: give_menu(bot, desk.texts, desk.announcer.lang, group))
