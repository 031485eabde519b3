"""The waiting list: who wants a day that is full, and who is told when a time is free again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.clients import Client
from bot.domain.clinic import Clinic
from bot.domain.waiting_list import Place, is_over, is_past, next_offer, refused
from bot.services.ports import Announcer, Transaction

FILLING_IN = timedelta(minutes=30)
"""How long at least an accepted time is kept while its form is filled in."""


class Wait:
    """An offered time is held by its place on the list, so that nobody else gets it meanwhile."""

    def __init__(self, clinic: Clinic, announcer: Announcer) -> None:
        self._clinic = clinic
        self._announcer = announcer

    async def join(
        self, tx: Transaction, client: Client, treatment_id: str, day: date, now: datetime
    ) -> Place:
        """The client's place; nobody stands on a day's list twice."""
        return await tx.places.join(client.id, client.speaks, treatment_id, day, now)

    async def accept(
        self, tx: Transaction, client: Client, place_id: int, start: datetime, now: datetime
    ) -> Place | None:
        """The place; its time is kept while the form is filled in. None where it is not on offer."""
        place = await self._own(tx, client, place_id)
        if place is None or place.offer is None or is_over(place.offer, now):
            return None
        if place.offer.slot.start != start:
            return None
        until = max(place.offer.until, now + FILLING_IN)
        place = replace(place, offer=replace(place.offer, until=until))
        await tx.places.save(place)
        return place

    async def refuse(self, tx: Transaction, client: Client, place_id: int, now: datetime) -> Place | None:
        """The client stays on the list for another time; None where they are not on it any more."""
        place = await self._own(tx, client, place_id)
        if place is not None and place.offer is not None:
            place = await self._let_go(tx, place)
            await self.tick(tx, now)
        return place

    async def leave(self, tx: Transaction, client: Client, place_id: int) -> None:
        place = await self._own(tx, client, place_id)
        if place is not None:
            await tx.cells.hold(place.holder, frozenset())
            await tx.places.leave(place.id)

    async def _own(self, tx: Transaction, client: Client, place_id: int) -> Place | None:
        # A tick that has read the list must not write over what the client does meanwhile, nor keep a time
        # for a place that is no more.
        await tx.requests.lock_book()
        place = await tx.places.get(place_id)
        return place if place is not None and place.client_id == client.id else None

    async def tick(self, tx: Transaction, now: datetime) -> int:
        """Take back offers that are over, forget days that are past, offer what is free; how many offers."""
        # Before the list is read: what another process has just offered is no longer to be offered.
        await tx.requests.lock_book()
        places = []
        for place in await tx.places.all():
            if is_past(place, self._clinic, now):
                await tx.cells.hold(place.holder, frozenset())
                await tx.places.leave(place.id)
            elif await _is_gone(tx, place):
                # They are told nothing, so nothing is kept for them; whoever comes back still has the place.
                if place.offer is not None:
                    await self._let_go(tx, place)
            elif place.offer is not None and is_over(place.offer, now):
                places.append(await self._let_go(tx, place))
            else:
                places.append(place)
        if not places:
            return 0
        day = timedelta(days=1)
        offers = 0
        while True:
            taken = await tx.cells.taken(now - day, now + self._clinic.booking.horizon + 2 * day)
            offered = next_offer(places, self._clinic, taken, now)
            if offered is None or offered.offer is None:
                return offers
            cells = offered.offer.slot.cells(self._clinic.booking.buffer)
            if not await tx.cells.hold(offered.holder, cells):
                return offers
            await tx.places.save(offered)
            await self._announcer.offer(tx, offered, now)
            places = [offered if each.id == offered.id else each for each in places]
            offers += 1

    async def _let_go(self, tx: Transaction, place: Place) -> Place:
        place = refused(place)
        await tx.cells.hold(place.holder, frozenset())
        await tx.places.save(place)
        return place


async def _is_gone(tx: Transaction, place: Place) -> bool:
    client = await tx.clients.get(place.client_id)
    return client is None or client.gone
