"""What does not arrive, told to the people at the clinic by all the ways that they have."""

from datetime import datetime, timedelta
from html import escape
from typing import Final

from bot.domain.requests import Request
from bot.handlers.announce import Others, TelegramAnnouncer
from bot.handlers.message_keys import ALARM, alarm_key, answered_number, handover_key, request_number
from bot.services.deliver import TOO_OLD
from bot.services.ports import Delivery, Texts, Transaction
from bot.services.screens import Outgoing, Screen
from bot.services.tell import TELEGRAM, tell

REMIND_AFTER: Final = timedelta(days=1)
"""How often the clinic is told that one of its ways is shut."""

TOLD_NOTE: Final = "told_shut:"
"""With a channel's name: when it was told last that the clinic cannot be reached there."""


class Undelivered:
    """Who at the clinic hears of it, and in which words."""

    def __init__(self, announcer: TelegramAnnouncer, texts: Texts, others: Others) -> None:
        self._announcer = announcer
        self._texts = texts
        self._others = others

    async def is_for_clinic(self, tx: Transaction, delivery: Delivery) -> bool:
        if delivery.channel == TELEGRAM:
            return await self._announcer.is_group(tx, int(delivery.address))
        return (delivery.channel, delivery.address) in self._others.addresses

    async def held_up(self, tx: Transaction, delivery: Delivery, reason: str, now: datetime) -> None:
        """By the other ways: by this one it would arrive once it is true no more."""
        note = f"{TOLD_NOTE}{delivery.channel}"
        last = await tx.notes.get(note)
        if _is_alarm(delivery) or (last is not None and now < datetime.fromisoformat(last) + REMIND_AFTER):
            return
        await tx.notes.put(note, now.isoformat())
        told = self._texts(
            "staff.held_up",
            self._announcer.lang,
            channel=delivery.channel,
            reason=reason,
            days=TOO_OLD.days,
        )
        await self._tell(tx, told, now, but=delivery.channel)

    async def given_up(self, tx: Transaction, delivery: Delivery, reason: str, now: datetime) -> None:
        if _is_alarm(delivery):
            return
        number = request_number(delivery.key)
        request = await tx.requests.get(number) if number is not None else None
        if delivery.channel != TELEGRAM or await self.is_for_clinic(tx, delivery):
            await self._lost(tx, "staff.undelivered.channel", delivery, request, reason, now)
            return
        client = await tx.clients.get(int(delivery.address))
        if client is None and request is None and delivery.address.isdigit():
            return  # Who had everything deleted misses nothing.
        if client is None or not client.gone:
            await self._lost(tx, "staff.undelivered.client", delivery, request, reason, now)
            return
        # Who left in the middle of a chat misses nothing; who has an appointment has to be called, and who
        # took the trouble to answer should know.
        answered, group = answered_number(delivery.key), await self._announcer.group(tx)
        if answered is not None and group is not None:
            question = await tx.shown.message(group, handover_key(answered))
            told = Screen(self._texts.html("staff.gone", self._announcer.lang))
            await tell(tx, Outgoing(group, told, reply_to=question), now)
        outgoing = Outgoing.from_json(client.id, delivery.key, delivery.content)
        if request is not None and outgoing.screen.attachment is None:
            await self._announcer.unreachable(tx, request, now)

    async def _lost(
        self,
        tx: Transaction,
        key: str,
        delivery: Delivery,
        request: Request | None,
        reason: str,
        now: datetime,
    ) -> None:
        # Beside Telegram a delivery has the request's reference for its key.
        named = "" if delivery.channel == TELEGRAM else delivery.key or ""
        reference = request.reference if request is not None else named
        told = self._texts(
            key, self._announcer.lang, channel=delivery.channel, reference=reference, reason=reason
        )
        await self._tell(tx, told, now)

    async def _tell(self, tx: Transaction, told: str, now: datetime, but: str | None = None) -> None:
        group = await self._announcer.group(tx)
        if group is not None and but != TELEGRAM:
            await tell(tx, Outgoing(group, Screen(escape(told)), key=alarm_key()), now)
        for channel, address in self._others.addresses:
            if channel != but:
                await tx.outbox.add(channel, address, self._others.trouble(told), key=alarm_key(), now=now)


def _is_alarm(delivery: Delivery) -> bool:
    """Nobody is told of these: of two ways that are both shut each would tell of the other for ever."""
    return (delivery.key or "").startswith(f"{ALARM}:")
