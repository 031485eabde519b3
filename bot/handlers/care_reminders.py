"""Reminders of self-care in the chat: consent, time, days, quiet hours, later, stop."""

from telegram import Update

from bot.domain.clients import Client
from bot.domain.errors import Forged
from bot.domain.reminders import SNOOZE, ReminderTimes, next_reminder
from bot.handlers.callbacks import Tap
from bot.handlers.care import of_client
from bot.handlers.context import Context
from bot.handlers.views.care_codes import read_days, read_time_of_day
from bot.services.remind_care import stop as stop_reminders
from bot.services.screens import Screen


async def reminders(update: Update, context: Context) -> None:
    """/reminders"""
    work, desk = context.work, context.desk
    if work.client is not None:
        work.say(_settings(context, await desk.remind_care.times(work.tx, work.client)))


def _settings(context: Context, times: ReminderTimes | None) -> Screen:
    """How reminders are set; the consent, where the client wants none yet."""
    work, views = context.work, context.desk.views.reminders
    if times is None:
        return views.consent(work.language)
    return views.settings(times, next_reminder(times, work.now), work.language)


@of_client
async def show(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work = context.work
    work.edit(_settings(context, await context.desk.remind_care.times(work.tx, client)), message_id)


@of_client
async def consent(tap: Tap, context: Context, message_id: int, client: Client) -> None:
    work, desk = context.work, context.desk
    if tap.argument() == "1":
        times = await desk.remind_care.agree(work.tx, client, work.now)
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
