"""The clinic's lists in its group: a day's appointments, a week's."""

from datetime import date, timedelta

from telegram import Update

from bot.domain import hours
from bot.domain.errors import Forged
from bot.domain.lifecycle import APPOINTMENTS, State
from bot.domain.requests import Request
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.staff import in_group, now_shows
from bot.handlers.views.codes import read_day
from bot.services.screens import Screen

LISTED = frozenset({*APPOINTMENTS, State.DONE, State.NO_SHOW})


async def today(update: Update, context: Context) -> None:
    """/today, in the group only."""
    if await in_group(context):
        context.work.say(await _today(context, hours.today(context.desk.clinic, context.work.now)))


async def week(update: Update, context: Context) -> None:
    """/week, in the group only."""
    if await in_group(context):
        day = hours.today(context.desk.clinic, context.work.now)
        context.work.say(await _week(context, day - timedelta(days=day.weekday())))


async def show_today(tap: Tap, context: Context, message_id: int) -> None:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    await now_shows(None, context, message_id)
    context.work.edit(await _today(context, read_day(tap.argument(0))), message_id)


async def show_week(tap: Tap, context: Context, message_id: int) -> None:
    if not await in_group(context):
        raise Forged("a tap from outside the clinic's group")
    await now_shows(None, context, message_id)
    context.work.edit(await _week(context, read_day(tap.argument(0))), message_id)


async def _today(context: Context, day: date) -> Screen:
    found = await _appointments(context, day, 1)
    return context.desk.views.cards.today(found, day, context.desk.announcer.lang)


async def _week(context: Context, monday: date) -> Screen:
    found = await _appointments(context, monday, 7)
    return context.desk.views.cards.week(found, monday, context.desk.announcer.lang)


async def _appointments(context: Context, first: date, length: int) -> list[Request]:
    clinic = context.desk.clinic
    start = hours.moment(clinic, first, hours.MIDNIGHT)
    end = hours.moment(clinic, first + timedelta(days=length), hours.MIDNIGHT)
    return list(await context.work.tx.requests.starting(start, end, LISTED))
