"""Reminders of self-care: at the client's time, once, and never when it is quiet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.clients import Client
from bot.domain.language import Language
from bot.domain.reminders import LATE, ReminderTimes, next_reminder, ring, snoozed
from bot.services.ports import Consent, Transaction
from bot.services.screens import Outgoing, Screen, until
from bot.services.tell import tell_unasked

FIRST_AT = time(21)
QUIET = (time(22), time(7))
"""What a client begins with; every tap can change it."""

MINUTE = timedelta(minutes=1)


class RemindCare:
    """`reminder` writes the message; its first argument counts days, so that the words change."""

    def __init__(self, zone: tzinfo, reminder: Callable[[int, Language], Screen]) -> None:
        self._zone = zone
        self._reminder = reminder

    async def agree(
        self, tx: Transaction, client: Client, now: datetime, at: time | None = None
    ) -> ReminderTimes:
        """Consent, and times to begin with: every evening, or `at`. Those that were chosen before stay."""
        await tx.care.give_consent(client.id, Consent.REMINDERS, now)
        known = await tx.care.reminder(client.id)
        if known is not None and at is None:
            return known
        first = known or ReminderTimes(FIRST_AT, frozenset(range(7)), *QUIET, self._zone)
        return await self._set(tx, client, replace(first, at=at or first.at), now)

    async def times(self, tx: Transaction, client: Client) -> ReminderTimes | None:
        """None: the client wants none."""
        if await tx.care.consent(client.id, Consent.REMINDERS) is None:
            return None
        return await tx.care.reminder(client.id)

    async def set_time(self, tx: Transaction, client: Client, at: time, now: datetime) -> ReminderTimes:
        """This and the next two raise KeyError where the client wants no reminders."""
        return await self._set(tx, client, replace(await self._known(tx, client), at=at), now)

    async def set_days(
        self, tx: Transaction, client: Client, weekdays: frozenset[int], now: datetime
    ) -> ReminderTimes:
        return await self._set(tx, client, replace(await self._known(tx, client), weekdays=weekdays), now)

    async def set_quiet(
        self, tx: Transaction, client: Client, begin: time, end: time, now: datetime
    ) -> ReminderTimes:
        times = replace(await self._known(tx, client), quiet_from=begin, quiet_until=end)
        return await self._set(tx, client, times, now)

    async def snooze(self, tx: Transaction, client: Client, now: datetime) -> datetime | None:
        """When it comes again; a second tap on the same reminder counts from then."""
        moment = snoozed(await self._known(tx, client), now)
        await tx.care.plan_reminder(client.id, moment)
        return moment

    async def _known(self, tx: Transaction, client: Client) -> ReminderTimes:
        times = await self.times(tx, client)
        if times is None:
            raise KeyError("no reminders are wanted")
        return times

    async def _set(
        self, tx: Transaction, client: Client, times: ReminderTimes, now: datetime
    ) -> ReminderTimes:
        await tx.care.set_reminder(client.id, times, next_reminder(times, now))
        return times

    async def tick(self, tx: Transaction, now: datetime) -> int:
        """Send what is due; how many. The next one is planned in the same transaction: none comes twice."""
        sent = 0
        for client_id, times, due_at in await tx.care.due_reminders(now):
            client = await tx.clients.get(client_id)
            agreed = await tx.care.consent(client_id, Consent.REMINDERS) is not None
            if client is None or client.gone or not agreed:
                await stop(tx, client_id)
                continue
            if due_at + LATE >= now and await tx.outbox.waiting_for(str(client_id)):
                # Behind what cannot be delivered now it would come late; it waits here while it is in time.
                continue
            rings = ring(times, due_at, now)
            await tx.care.plan_reminder(client_id, rings.again)
            if rings.now:
                await self._send(tx, client, times, due_at, now)
                sent += 1
        return sent

    async def _send(
        self, tx: Transaction, client: Client, times: ReminderTimes, due_at: datetime, now: datetime
    ) -> None:
        day = now.astimezone(times.zone).toordinal()
        outgoing = Outgoing(client.id, self._reminder(day, client.speaks), key=until(_in_time(times, due_at)))
        await tell_unasked(tx, outgoing, now)


def _in_time(times: ReminderTimes, due_at: datetime) -> datetime:
    """Until when a reminder may still arrive: while it is not late, and before it becomes quiet."""
    moment = due_at
    while moment < due_at + LATE and not times.is_quiet(moment.astimezone(times.zone).time()):
        moment += MINUTE
    return moment


async def stop(tx: Transaction, client_id: int) -> None:
    """No more reminders: the consent is taken back, times and days are deleted."""
    await tx.care.withdraw_consent(client_id, Consent.REMINDERS)
    await tx.care.stop_reminder(client_id)
