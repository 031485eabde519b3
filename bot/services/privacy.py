"""A client's data in their own hands: what they agreed to, all that is kept, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.clients import Client
from bot.domain.clinic import Clinic
from bot.domain.form import Step
from bot.domain.lifecycle import LIVE, Actor, Move
from bot.domain.moves import moves_for
from bot.domain.requests import By, Personal, Request
from bot.services import check_in, remind_care
from bot.services.move_request import MoveRequest
from bot.services.ports import Consent, Records, Transaction
from bot.services.retain import Cards, Keep, forget_person, forget_screening
from bot.services.wait import Wait


@dataclass(frozen=True, slots=True)
class Deletion:
    """What becomes of a client's requests when everything is deleted."""

    ended: tuple[Request, ...]
    """Still open, and cancelled by it, so that the clinic knows."""
    stays: tuple[Request, ...]
    """Too near to be cancelled here: these lose their person once they are over."""
    past: tuple[Request, ...]


class Privacy:
    """Every method is part of one transaction: all of it is done, or nothing."""

    def __init__(
        self, clinic: Clinic, move_request: MoveRequest, wait: Wait, cards: Cards, keep: Keep
    ) -> None:
        self._clinic = clinic
        self._move_request = move_request
        self._wait = wait
        self._cards = cards
        self.keep = keep

    async def consents(self, tx: Transaction, client: Client) -> Mapping[Consent, datetime | None]:
        """Since when each was given; None where it is not."""
        return {each: await tx.care.consent(client.id, each) for each in Consent}

    async def withdraw(self, tx: Transaction, client: Client, kind: Consent, now: datetime) -> bool:
        """Take a consent back and erase what rests on it; False where an open request still needs it."""
        match kind:
            case Consent.BOOKING:
                if await tx.requests.open_requests(client.id):
                    return False
                await self._forget_bookings(tx, client, now)
            case Consent.HEALTH:
                await self._forget_health(tx, client, now)
            case Consent.MOOD:
                await check_in.withdraw(tx, client.id)
            case Consent.REMINDERS:
                await remind_care.stop(tx, client.id)
        await tx.care.withdraw_consent(client.id, kind)
        return True

    async def _forget_bookings(self, tx: Transaction, client: Client, now: datetime) -> None:
        """Dates and treatments stay the client's own; names, numbers and what was written go."""
        await tx.forms.drop(client.id)
        await self._leave_waiting_list(tx, client)
        for request in await tx.requests.of_client(client.id):
            await self._strip(tx, request, now)

    async def _strip(self, tx: Transaction, request: Request, now: datetime) -> None:
        stripped = replace(request, personal=Personal())
        await tx.personal_data.forget_remarks(request.id)
        await tx.personal_data.rewrite(stripped)
        await self._cards.changed(tx, stripped, now)
        await self._cards.below_forgotten(tx, stripped, now)

    async def _forget_health(self, tx: Transaction, client: Client, now: datetime) -> None:
        form = await tx.forms.get(client.id)
        if form is not None:
            asked = frozenset({Step.CONSENT, Step.HEALTH})
            await tx.forms.save(
                client.id, replace(form, consent=None, health={}, answered=form.answered - asked), now
            )
        for request in await tx.requests.of_client(client.id):
            if request.screening is not None:
                await forget_screening(tx, request, self._cards, now)

    async def _leave_waiting_list(self, tx: Transaction, client: Client) -> None:
        for place in await tx.places.all():
            if place.client_id == client.id:
                await self._wait.leave(tx, client, place.id)

    async def everything(self, tx: Transaction, client: Client) -> Records:
        """All that is kept about the client."""
        return await tx.personal_data.everything(client.id)

    async def outlook(self, tx: Transaction, client: Client, now: datetime) -> Deletion:
        """What deleting would do; nothing is done yet."""
        held = await tx.requests.of_client(client.id)
        live = [each for each in held if each.state in LIVE]
        ended = tuple(each for each in live if self._end(each, now))
        stays = tuple(each for each in live if each not in ended)
        return Deletion(ended, stays, tuple(each for each in held if each.state not in LIVE))

    def _end(self, request: Request, now: datetime) -> Move | None:
        """How the client can end it now."""
        possible = moves_for(request, _client_of(request), now, self._clinic)
        return next((each for each in (Move.WITHDRAW, Move.CANCEL) if each in possible), None)

    async def delete(self, tx: Transaction, client: Client, now: datetime) -> Deletion:
        """Everything about the client goes, or loses its person; the clinic hears of what is cancelled."""
        data = tx.personal_data
        deletion = await self.outlook(tx, client, now)
        going = (*deletion.ended, *deletion.past)
        await data.unqueue_about(each.reference for each in going)
        await self._leave_waiting_list(tx, client)
        for request in deletion.ended:
            await self._cancel(tx, request, now)
        for number in await data.handovers(client.id):
            await self._cards.question_forgotten(tx, number, now)
        await data.erase(client.id, but_appointments=bool(deletion.stays))
        for each in going:
            await forget_person(tx, await self._move_request.get(tx, each.id), self._cards, now)
        for each in deletion.stays:
            await data.erase_later(each.id)
        return deletion

    async def _cancel(self, tx: Transaction, request: Request, now: datetime) -> None:
        """Without its person first, so that what the clinic is told now holds none."""
        what = self._end(request, now)
        assert what is not None
        await tx.personal_data.forget_remarks(request.id)
        await tx.personal_data.rewrite(replace(request, personal=Personal(), screening=None))
        await self._move_request.move(tx, request.id, what, _client_of(request), now)


def _client_of(request: Request) -> By:
    return By(Actor.CLIENT, request.client_id)
