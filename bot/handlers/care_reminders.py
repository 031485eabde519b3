"""Reminders of self-care in the chat: consent, time, days, quiet hours, later, stop."""

from datetime import time
from typing import Final

from telegram import Update

from bot.domain.clients import Client
from bot.domain.errors import Forged
from bot.domain.reminders import SNOOZE, ReminderTimes, half_day, next_reminder
from bot.domain.subject import Subject
from bot.handlers.callbacks import Tap
from bot.handlers.care import of_client
from bot.handlers.context import Context
from bot.handlers.form_words import Meaning, holds, says
from bot.handlers.times_in_words import without_times
from bot.handlers.views.care_codes import read_days, read_time_of_day
from bot.services.remind_care import QUIET
from bot.services.remind_care import stop as stop_reminders
from bot.services.screens import Screen

STOP: Final = "reminders.words.stop"
"""Words of which one is enough, where it is clear that reminders are meant."""

TIME: Final = "reminders.words.time"
"""What may stand around a time and changes nothing of it."""


async def reminders(update: Update, context: Context) -> None:
    """/reminders"""
    work, desk = context.work, context.desk
    if work.client is not None:
        work.say(_settings(context, await desk.remind_care.times(work.tx, work.client)))


async def in_words(text: str, context: Context) -> None:
    """ "Remind me at nine" and "stop reminding me": the same, with what the words say done or filled in."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    if holds(text, (STOP,), desk.texts):
        await stop_reminders(work.tx, work.client.id)
        work.say(desk.views.reminders.stopped(work.language))
        return
    times = await desk.remind_care.times(work.tx, work.client)
    at = _time_in(text, times, context)
    if times is not None and at is not None:
        times = await desk.remind_care.set_time(work.tx, work.client, at, work.now)
    work.say(_settings(context, times, at))


async def typed(text: str, context: Context) -> bool:
    """Whether the text was a time, soon after one was asked for; then it is set."""
    work, desk = context.work, context.desk
    rest = without_times(text)
    if work.client is None or (rest and not says(rest, (TIME, Meaning.AGREE, Meaning.ASIDE), desk.texts)):
        return False
    if await work.tx.threads.subject(work.client.id, work.now) != Subject():
        return False
    times = await desk.remind_care.times(work.tx, work.client)
    at = _time_in(text, times, context)
    if times is None or at is None:
        return False
    times = await desk.remind_care.set_time(work.tx, work.client, at, work.now)
    work.say(_settings(context, times))
    return True


def _time_in(text: str, times: ReminderTimes | None, context: Context) -> time | None:
    """The one time of day that the words name; None too where they name a day."""
    opening = half_day(times.quiet_until if times is not None else QUIET[1])
    wish = context.desk.router.wish(text, context.work.now, opening)
    return wish.start if wish.exact and not wish.days else None


def _settings(context: Context, times: ReminderTimes | None, at: time | None = None) -> Screen:
    """How reminders are set; the consent, where the client wants none yet, with the time that they named."""
    work, views = context.work, context.desk.views.reminders
    if times is None:
        return views.consent(work.language, at)
    work.subject = Subject()
    return views.settings(times, next_reminder(times, work.now), work.language)


@of_client
async def show(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work = context.work
    work.edit(_settings(context, await context.desk.remind_care.times(work.tx, client)), message_id)


@of_client
async def consent(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    if tap.argument() == "1":
        at = read_time_of_day(tap.argument(1)) if len(tap.arguments) > 1 else None
        times = await desk.remind_care.agree(work.tx, client, work.now, at)
        work.edit(_settings(context, times), message_id)
    elif tap.argument() == "0":
        await stop_reminders(work.tx, client.id)
        work.edit(desk.views.reminders.refused(work.language), message_id)
    else:
        raise Forged("neither yes nor no")


@of_client
async def choose_time(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """Like the next two: a tap on settings that are no more leads to the consent."""
    work, desk = context.work, context.desk
    times = await desk.remind_care.times(work.tx, client)
    if times is not None and tap.arguments:
        at = read_time_of_day(tap.argument())
        times = await desk.remind_care.set_time(work.tx, client, at, work.now)
    screen = desk.views.reminders.ask_time(times, work.language) if times else _settings(context, None)
    work.subject = Subject() if times else None
    work.edit(screen, message_id)


@of_client
async def choose_days(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    times = await desk.remind_care.times(work.tx, client)
    if times is not None and tap.arguments:
        days = read_days(tap.argument())
        times = await desk.remind_care.set_days(work.tx, client, days, work.now)
    screen = desk.views.reminders.ask_days(times, work.language) if times else _settings(context, None)
    work.edit(screen, message_id)


@of_client
async def choose_quiet(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    times = await desk.remind_care.times(work.tx, client)
    if times is not None and tap.arguments:
        begin, end = read_time_of_day(tap.argument(0)), read_time_of_day(tap.argument(1))
        times = await desk.remind_care.set_quiet(work.tx, client, begin, end, work.now)
    screen = desk.views.reminders.ask_quiet(times, work.language) if times else _settings(context, None)
    work.edit(screen, message_id)


@of_client
async def snooze(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    if tap.argument() != str(int(SNOOZE.total_seconds()) // 60):
        raise Forged("no such while")
    times = await desk.remind_care.times(work.tx, client)
    if times is None:
        work.edit(desk.views.reminders.stopped(work.language), message_id)
        return
    moment = await desk.remind_care.snooze(work.tx, client, work.now)
    screen = (
        _settings(context, times)
        if moment is None
        else desk.views.reminders.snoozed(moment, times, work.language)
    )
    work.edit(screen, message_id)


@of_client
async def stop(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    """One tap, from the settings or from a reminder."""
    await stop_reminders(context.work.tx, client.id)
    context.work.edit(context.desk.views.reminders.stopped(context.work.language), message_id)
