"""A client says how they are with one tap, if they agreed that it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from bot.domain import check_ins
from bot.domain.care import Need
from bot.domain.check_ins import CheckIn, Week
from bot.domain.clients import Client
from bot.services.ports import Consent, Transaction


@dataclass(frozen=True, slots=True)
class Noted:
    """A check-in that is stored, and whether to offer a person now."""

    id: int
    check_in: CheckIn
    offer: bool


class CheckIns:
    """All of it only under the consent for check-ins."""

    def __init__(self, zone: tzinfo, kept: timedelta) -> None:
        """`kept`: how long a check-in is stored; the consent names it."""
        self._zone = zone
        self.kept = kept

    async def agreed(self, tx: Transaction, client: Client) -> bool:
        return await tx.care.consent(client.id, Consent.MOOD) is not None

    async def agree(self, tx: Transaction, client: Client, now: datetime) -> None:
        await tx.care.give_consent(client.id, Consent.MOOD, now)

    async def note(
        self, tx: Transaction, client: Client, face: int, now: datetime, *, earlier: int | None = None
    ) -> Noted:
        """Store it, or change the face of the check-in `earlier`, where that still exists.

        Raises ValueError for what is no face; the caller has made sure of the consent.
        """
        held = None if earlier is None else await tx.care.check_in(client.id, earlier)
        if earlier is not None and held is not None:
            check_in = replace(held, face=face)
            await tx.care.set_check_in(client.id, earlier, check_in)
            return Noted(earlier, check_in, offer=False)
        check_in = CheckIn(now, face)
        known = await tx.care.check_ins(client.id)
        last = check_ins.last_offer(known)
        offer = check_ins.offers_person([*known, check_in], now, self._zone, last)
        check_in = replace(check_in, offered=offer)
        return Noted(await tx.care.add_check_in(client.id, check_in), check_in, offer)

    async def say_need(self, tx: Transaction, client: Client, check_in_id: int, need: Need | None) -> CheckIn:
        """What it was about, if that was said. Raises KeyError for a check-in that is no more."""
        held = await tx.care.check_in(client.id, check_in_id)
        if held is None:
            raise KeyError(f"no check-in {check_in_id}")
        if need is not None:
            held = replace(held, need=need)
            await tx.care.set_check_in(client.id, check_in_id, held)
        return held

    async def any(self, tx: Transaction, client: Client) -> bool:
        return bool(await tx.care.check_ins(client.id))

    async def weeks(self, tx: Transaction, client: Client, now: datetime, count: int) -> Sequence[Week]:
        return check_ins.weeks(await tx.care.check_ins(client.id), now, self._zone, count)


async def withdraw(tx: Transaction, client_id: int) -> None:
    """The consent is taken back, and what was kept under it is deleted."""
    await tx.care.withdraw_consent(client_id, Consent.MOOD)
    await tx.care.forget_check_ins(client_id)
