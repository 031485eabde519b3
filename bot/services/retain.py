"""How long what is kept, and the clock that ends it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.lifecycle import LIVE, Actor
from bot.domain.requests import NOBODY, By, Personal, Request
from bot.services.ports import Transaction

NOTE = "retained"
"""The last hour in which this was done."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long each kind of data is kept. Forms have two days, see `fill_form.FORM_LIVES`."""

    bookings: timedelta = timedelta(days=365)
    """After the visit, or after the decision where there was none; then only date and treatment stay."""
    screening: timedelta = timedelta(days=30)
    """What followed from the health questions, after the visit."""
    mood: timedelta = timedelta(days=90)
    questions: timedelta = timedelta(days=180)
    """Those that had no answer, and those that a person answered."""


class Cards(Protocol):
    """What the clinic's group has been shown of a client."""

    async def changed(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The card shows the request as it is now."""

    async def forgotten(self, tx: Transaction, request: Request, now: datetime) -> None:
        """Neither the card nor what was said below it shows anything of a person any more."""

    async def below_forgotten(self, tx: Transaction, request: Request, now: datetime) -> None:
        """What was said below the card, and who was named there, is not shown any more."""

    async def question_forgotten(self, tx: Transaction, handover_id: int, now: datetime) -> None:
        """The question that was handed over is not shown any more."""


def without_person(request: Request) -> Request:
    """What the clinic's books need: date, treatment, what became of it. Who of the staff decided, too."""
    last = request.last
    if last is not None and last.by.actor is Actor.CLIENT:
        last = replace(last, by=By(Actor.CLIENT))
    return replace(
        request,
        client_id=NOBODY,
        wished=() if request.appointment else request.wished,
        personal=Personal(),
        screening=None,
        proposal=None,
        last=last,
        reason=None,  # "see a doctor first" tells of health
        asked_at=None,
        coming=False,
    )


def over_since(request: Request) -> datetime:
    """When the visit ended, or the decision fell that there would be none."""
    if request.appointment is not None:
        return request.appointment.end
    return request.last.at if request.last else request.created_at


async def forget_person(tx: Transaction, request: Request, cards: Cards, now: datetime) -> Request:
    """The request stays in the books, without its person."""
    anonymous = without_person(request)
    await tx.personal_data.forget_remarks(request.id)
    await tx.personal_data.rewrite(anonymous)
    await cards.forgotten(tx, anonymous, now)
    return anonymous


class Retain:
    """What has been kept long enough goes, every hour."""

    def __init__(self, keep: Keep, cards: Cards) -> None:
        self._keep = keep
        self._cards = cards

    async def tick(self, tx: Transaction, now: datetime) -> None:
        if await tx.notes.change(NOTE, f"{now:%Y-%m-%dT%H}"):
            await self.purge(tx, now)

    async def purge(self, tx: Transaction, now: datetime) -> None:
        """All of it, now."""
        data, keep = tx.personal_data, self._keep
        await self._wished_away(tx, now)
        for request in await data.over_before(now - keep.bookings):
            if over_since(request) < now - keep.bookings:
                await forget_person(tx, request, self._cards, now)
        for request in await data.over_before(now - keep.screening):
            if request.screening is not None and over_since(request) < now - keep.screening:
                await forget_screening(tx, request, self._cards, now)
        for number in await data.handovers_before(now - keep.questions):
            await self._cards.question_forgotten(tx, number, now)
            await data.forget_handover(number)
        await data.purge_unanswered(now - keep.questions)
        await tx.care.purge_check_ins(now - keep.mood)
        await data.purge_strangers()

    async def _wished_away(self, tx: Transaction, now: datetime) -> None:
        """Appointments whose clients had themselves deleted while they stood: now they are over."""
        for number in await tx.personal_data.to_erase():
            request = await tx.requests.get(number)
            if request is not None and request.state in LIVE:
                continue
            await tx.personal_data.erased(number)
            if request is not None and request.client_id != NOBODY:
                await forget_person(tx, request, self._cards, now)
                await _forget_chat(tx, request.client_id)


async def forget_screening(tx: Transaction, request: Request, cards: Cards, now: datetime) -> None:
    """What followed from the health questions goes; the card then says that nothing is known."""
    forgotten = replace(request, screening=None)
    await tx.personal_data.rewrite(forgotten)
    await cards.changed(tx, forgotten, now)


async def _forget_chat(tx: Transaction, client_id: int) -> None:
    """The last that was kept, unless the client has begun anew meanwhile."""
    held = await tx.personal_data.everything(client_id)
    if all(each == "you" or each.startswith("numbers_of") for each in held):
        await tx.personal_data.erase(client_id)
