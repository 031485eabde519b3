"""A client fills in the booking form, step by step; every step is saved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain import answering, hours
from bot.domain.answering import Value
from bot.domain.clients import Client
from bot.domain.clinic import Clinic
from bot.domain.desk import Desk
from bot.domain.errors import FormRefused
from bot.domain.form import NOTHING_SAID, Form, FormRefusal, Said, Step, back, reopen
from bot.domain.requests import Kind, Personal, Request
from bot.domain.screening import Screening
from bot.services.ports import Transaction

FORM_LIVES = timedelta(days=2)
"""After this an unfinished form is forgotten: it holds a name and answers about health."""


@dataclass(frozen=True, slots=True)
class Filling:
    """The form as it is now, what it is filled in against, and why the last answer was not taken."""

    form: Form
    desk: Desk
    refused: FormRefusal | None = None


class FillForm:
    """The form of one client. `Desk` holds everything that is taken until the horizon."""

    def __init__(self, clinic: Clinic, screening: Screening) -> None:
        self._clinic = clinic
        self._screening = screening

    async def desk(
        self, tx: Transaction, now: datetime, changing: Request | None = None, client: Client | None = None
    ) -> Desk:
        """What the request itself holds is free to it, and what the waiting list keeps for the client."""
        own = {changing.holder} if changing is not None else set()
        if client is not None:
            own |= {each.holder for each in await tx.places.all() if each.client_id == client.id}
        until = now + self._clinic.booking.horizon + timedelta(days=2)
        taken = await tx.cells.taken(now - timedelta(days=1), until, but=own)
        return Desk(self._clinic, self._screening, now, taken)

    async def has_room(self, tx: Transaction, client: Client) -> bool:
        """Whether the client may ask for one more appointment."""
        return await tx.requests.open_requests(client.id) < self._clinic.booking.open_requests_per_client

    async def begin(
        self,
        tx: Transaction,
        client: Client,
        now: datetime,
        kind: Kind = Kind.APPOINTMENT,
        said: Said = NOTHING_SAID,
    ) -> Filling:
        """A new form; what an earlier request tells of name and telephone is filled in."""
        desk = await self.desk(tx, now, client=client)
        known = await self.known(tx, client)
        return await self._saved(tx, client, Filling(answering.begin(desk, kind, said, known), desk))

    async def begin_change(
        self, tx: Transaction, client: Client, request: Request, now: datetime, said: Said = NOTHING_SAID
    ) -> Filling:
        """A form that asks for other times only."""
        desk = await self.desk(tx, now, request, client)
        return await self._saved(tx, client, Filling(answering.begin_change(desk, request, said), desk))

    async def present(self, tx: Transaction, client: Client, now: datetime) -> Filling | None:
        """The client's form, or None where there is none under way."""
        form = await tx.forms.get(client.id)
        if form is None:
            return None
        changing = await tx.requests.get(form.changing) if form.changing is not None else None
        return Filling(form, await self.desk(tx, now, changing, client))

    async def answer(
        self, tx: Transaction, client: Client, step: Step, value: Value, now: datetime
    ) -> Filling | None:
        """One more answer. What is not taken leaves the form as it was and says why."""
        return await self._change(
            tx, client, now, lambda form, desk: answering.answer(form, step, value, desk)
        )

    async def hear(
        self, tx: Transaction, client: Client, said: Said, now: datetime, *, instead: bool = False
    ) -> Filling | None:
        """Words about treatment, day or time that came while the form was open; `instead` of those before."""
        return await self._change(
            tx, client, now, lambda form, desk: answering.hear(form, said, desk, instead=instead)
        )

    async def put_by(self, tx: Transaction, client: Client, text: str, now: datetime) -> Filling | None:
        """Keep what may have been meant as a note, until the client says."""
        return await self._change(tx, client, now, lambda form, _: replace(form, draft=text))

    async def set_aside(self, tx: Transaction, client: Client, now: datetime) -> bool:
        """The form waits until the client returns to it; False where there is none."""
        form = await tx.forms.get(client.id)
        if form is None:
            return False
        await tx.forms.save(client.id, replace(form, aside=True), now)
        return True

    async def take_up(self, tx: Transaction, client: Client, now: datetime) -> Filling | None:
        """The client returns to the form; None where there is none."""
        filling = await self.present(tx, client, now)
        if filling is None or not filling.form.aside:
            return filling
        return await self._saved(tx, client, replace(filling, form=replace(filling.form, aside=False)))

    async def back(self, tx: Transaction, client: Client, now: datetime) -> Filling | None:
        return await self._change(tx, client, now, lambda form, _: back(form))

    async def reopen(self, tx: Transaction, client: Client, step: Step, now: datetime) -> Filling | None:
        return await self._change(tx, client, now, lambda form, _: reopen(form, step))

    async def _change(
        self, tx: Transaction, client: Client, now: datetime, change: Callable[[Form, Desk], Form]
    ) -> Filling | None:
        filling = await self.take_up(tx, client, now)
        if filling is None:
            return None
        try:
            changed = Filling(change(filling.form, filling.desk), filling.desk)
        except FormRefused as refused:
            return Filling(filling.form, filling.desk, refused.reason)
        return await self._saved(tx, client, changed)

    async def _saved(self, tx: Transaction, client: Client, filling: Filling) -> Filling:
        await tx.forms.save(client.id, filling.form, filling.desk.now.astimezone(UTC))
        return filling

    async def known(self, tx: Transaction, client: Client) -> Personal | None:
        """What a new form begins with."""
        for request in await tx.requests.of_client(client.id):
            if request.personal.name:
                return request.personal
        return None

    def expected_by(self, now: datetime) -> datetime | None:
        """Until when the client may expect an answer."""
        return hours.told_answer_by(self._clinic, now)
