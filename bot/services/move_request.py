"""Somebody does something with a request: the client, the staff, or the clock."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain import hours
from bot.domain.clients import Client
from bot.domain.clinic import Clinic
from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import APPOINTMENTS, WAITS_FOR_CLINIC, Actor, Move, Reason
from bot.domain.moves import another_time, clock_due, move
from bot.domain.references import reference
from bot.domain.requests import CLOCK, By, Request
from bot.domain.sending import sent, times_of
from bot.services.fill_form import Filling
from bot.services.ports import Announcer, Transaction

REMIND_HOURS = (24, 2)
"""Before an appointment."""

REFERENCES = 20
"""Tries to find a reference that nobody has; with thousands of requests the first is free nearly always."""


class MoveRequest:
    """Every move is one transaction: the request, its cells, its reminders and whom it is told."""

    def __init__(self, clinic: Clinic, announcer: Announcer) -> None:
        self._clinic = clinic
        self._announcer = announcer

    async def send(self, tx: Transaction, client: Client, filling: Filling, now: datetime) -> Request:
        """Make a request of a complete form, or ask for the other times that it names.

        Raises:
            FormRefused: with the step to open again; nothing was written.
            MoveRefused: a change that cannot be asked for any more.
        """
        form = filling.form
        await tx.requests.lock_book()
        if form.changing is not None:
            times = times_of(form, filling.desk)
            request = await self.get(tx, form.changing)
            by = By(Actor.CLIENT, client.id)
            changed = await self.move(tx, request.id, another_time(request), by, now, times=times)
            await tx.forms.drop(client.id)
            return changed
        request = sent(
            form,
            filling.desk,
            request_id=await tx.requests.next_id(),
            reference=await self._new_reference(tx),
            client_id=client.id,
            language=client.speaks,
            open_requests=await tx.requests.open_requests(client.id),
        )
        await self.add(tx, request, now)
        await self._keep_offered(tx, request)
        await tx.forms.drop(client.id)
        return request

    async def _keep_offered(self, tx: Transaction, request: Request) -> None:
        """What the waiting list kept for this client it now keeps for the request, until it is decided."""
        for place in await tx.places.all():
            offer = place.offer
            if (
                place.client_id != request.client_id
                or offer is None
                or offer.slot.start not in request.wished
            ):
                continue
            await tx.cells.hold(place.holder, frozenset())
            await tx.places.leave(place.id)
            if place.treatment_id == request.treatment_id:
                await tx.cells.hold(request.holder, offer.slot.cells(self._clinic.booking.buffer))

    async def add(self, tx: Transaction, request: Request, now: datetime) -> None:
        """Write a new request and tell the clinic, in one transaction."""
        await tx.requests.add(request, self._due_at(request))
        await self._announcer.requested(tx, request, now)

    async def _new_reference(self, tx: Transaction) -> str:
        for _ in range(REFERENCES):
            code = reference(secrets.token_bytes(8))
            if not await tx.requests.reference_exists(code):
                return code
        raise RuntimeError("no reference is free")

    async def get(self, tx: Transaction, request_id: int) -> Request:
        """Raises KeyError where there is none."""
        request = await tx.requests.get(request_id)
        if request is None:
            raise KeyError(f"no request {request_id}")
        return request

    async def move(
        self,
        tx: Transaction,
        request_id: int,
        what: Move,
        by: By,
        now: datetime,
        *,
        times: tuple[datetime, ...] = (),
        reason: Reason | None = None,
        seen: int | None = None,
        said: str | None = None,
    ) -> Request:
        """Do it, and tell whoever has to know. `said` goes with a question or its answer, onto the card.

        Raises:
            MoveRefused: with the reason and the request as it is; nothing was written.
            KeyError: no such request.
        """
        await tx.requests.lock_book()
        request = await self.get(tx, request_id)
        taken = await self._taken_around(tx, request, times)
        moved = move(request, what, by, now, self._clinic, times=times, taken=taken, reason=reason, seen=seen)
        try:
            await tx.requests.save(moved, self._due_at(moved), self._clinic.booking.buffer)
        except MoveRefused as refused:
            # Nothing of it happened: nobody may read the request as it would have been.
            raise MoveRefused(refused.reason, await self.get(tx, request_id)) from refused
        if said is not None:
            await tx.remarks.add(request_id, said, by_clinic=by.actor is Actor.STAFF, now=now)
        await self._plan_reminders(tx, request, moved, now)
        await self._announcer.moved(tx, request, moved, what, by, now)
        return moved

    async def _taken_around(
        self, tx: Transaction, request: Request, times: Sequence[datetime]
    ) -> frozenset[tuple[int, int]]:
        concerned = [*times, *request.open_times]
        if not concerned:
            return frozenset()
        day = timedelta(days=1)
        first, last = min(concerned, key=datetime.timestamp), max(concerned, key=datetime.timestamp)
        return await tx.cells.taken(first - day, last + day, but={request.holder})

    async def _plan_reminders(self, tx: Transaction, before: Request, after: Request, now: datetime) -> None:
        held = after.appointment if after.state in APPOINTMENTS else None
        had = before.appointment if before.state in APPOINTMENTS else None
        if held == had:
            return
        due = []
        if held is not None:
            moments = [(each, held.start.astimezone(UTC) - timedelta(hours=each)) for each in REMIND_HOURS]
            due = [(each, moment) for each, moment in moments if moment > now]
        await tx.reminders.plan(after.id, due)

    def _due_at(self, request: Request) -> datetime | None:
        due = clock_due(request, self._clinic)
        return due[1] if due else None

    async def tick(self, tx: Transaction, now: datetime) -> int:
        """What the clock does by itself: past requests expire, past appointments are done."""
        moved = 0
        for request in await tx.requests.due(now):
            due = clock_due(request, self._clinic)
            if due is not None and due[1] <= now:
                await self.move(tx, request.id, due[0], CLOCK, now)
                moved += 1
        return moved

    async def remind(self, tx: Transaction, now: datetime) -> int:
        """Send the reminders that are due, one for each appointment however many an outage held up."""
        due = await tx.reminders.take_due(now)
        for request_id in dict(due):
            request = await tx.requests.get(request_id)
            if request is None or request.state not in APPOINTMENTS or request.appointment is None:
                continue
            left = request.appointment.start.astimezone(UTC) - now
            if left > timedelta(0):
                # As many hours as are left now: late, it would else speak of a day.
                await self._announcer.reminder(tx, request, round(left / timedelta(hours=1)), now)
        return len(due)

    async def nudge(self, tx: Transaction, now: datetime) -> int:
        """Bring up again, in opening hours, what nobody answered in the time that clients were told."""
        if not hours.is_open(self._clinic, now):
            return 0
        nudged = 0
        for request in await tx.requests.in_states(WAITS_FOR_CLINIC):
            asked = request.last.at if request.last else request.created_at
            before = await tx.requests.nudged_at(request.id)
            due = hours.expected_answer_by(self._clinic, max(filter(None, (asked, before))))
            if due is not None and due <= now and await tx.requests.set_nudged(request, before, now):
                await self._announcer.nudge(tx, request, asked, now)
                nudged += 1
        return nudged
