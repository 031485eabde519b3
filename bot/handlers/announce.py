"""Who is told what: the client's messages, the clinic's cards, and the clinic's other channels.

Everything is written into the outbox in the transaction that made it happen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.lifecycle import APPOINTMENTS, WAITS_FOR_CLINIC, Actor, Move, State
from bot.domain.requests import By, Request, is_overtaken
from bot.domain.waiting_list import Place
from bot.handlers.message_keys import (
    about_key,
    answer_key,
    asked_key,
    card_key,
    handover_key,
    offer_key,
    standing_key,
    standings,
)
from bot.handlers.views import Views
from bot.services.notice import NoticeKind
from bot.services.ports import Handover, Remark, Texts, Transaction
from bot.services.screens import Attachment, Outgoing, Screen
from bot.services.tell import tell, tell_unasked

GROUP_NOTE: Final = "clinic_chat_id"
"""The group's number since it became a supergroup; settings hold the one before."""

TELLS_CLIENT: Final = frozenset({Move.CONFIRM, Move.PROPOSE, Move.DECLINE, Move.ACCEPT, Move.EXPIRE})
"""After these the client reads how the request stands, whoever did it."""

NEWS_FOR_CLINIC: Final = frozenset(
    {Move.ACCEPT, Move.COUNTER, Move.WITHDRAW, Move.ASK_CHANGE, Move.KEEP, Move.CANCEL}
)
"""What a client does that the staff should hear of: an edited card alone makes no sound."""

CalendarFile = Callable[[Request, Language], bytes]
"""The file that puts an appointment into a client's calendar, or takes it out."""


@dataclass(frozen=True, slots=True)
class Others:
    """The clinic's channels beside the group: name and address, and how a notice is written.

    A notice is None where the last thing that happened is nothing that the clinic has to be told.
    """

    addresses: Sequence[tuple[str, str]]
    notice: Callable[[Request], str | None]
    remark: Callable[[Request, NoticeKind, str | None], str]
    """What is no decision: an answer of the client, or that nobody has answered them."""
    trouble: Callable[[str], str]
    """What does not arrive, in the clinic's words."""


class TelegramAnnouncer:
    """Cards go to the clinic's group, in the clinic's first language."""

    def __init__(
        self,
        views: Views,
        texts: Texts,
        clinic: Clinic,
        group_id: int | None,
        calendar_file: CalendarFile,
        others: Others,
    ) -> None:
        self._views = views
        self._texts = texts
        self._clinic = clinic
        self._group_id = group_id
        self._calendar_file = calendar_file
        self._others = others
        self.lang = clinic.languages[0]

    async def group(self, tx: Transaction) -> int | None:
        """The group's number now, or None where the clinic has none."""
        if self._group_id is None:
            return None
        # Noted with the number it had: whoever sets up another group is not sent to the old one's successor.
        before, _, after = (await tx.notes.get(GROUP_NOTE) or "").partition(" ")
        return int(after) if before == str(self._group_id) else self._group_id

    async def is_group(self, tx: Transaction, chat_id: int) -> bool:
        """Also by its number of before: cards that were sent then can still be tapped."""
        return self._group_id is not None and chat_id in (self._group_id, await self.group(tx))

    async def group_moved(self, tx: Transaction, old: str, new: str) -> None:
        """A chat became a supergroup; where it is the clinic's group, its new number is followed."""
        group = await self.group(tx)
        if group is not None and old in (str(group), str(self._group_id)):
            await tx.notes.put(GROUP_NOTE, f"{self._group_id} {new}")

    async def requested(self, tx: Transaction, request: Request, now: datetime) -> None:
        await self.card(tx, request, now)
        await self._notify(tx, request, now)

    async def card(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The card as it is now; edited where the group has it already."""
        group = await self.group(tx)
        if group is not None:
            screen = await self.card_screen(tx, request, now)
            await tell(tx, Outgoing(group, screen, key=card_key(request)), now)

    async def card_screen(self, tx: Transaction, request: Request, now: datetime) -> Screen:
        remarks = await tx.remarks.of_request(request.id)
        log = [f"{self._texts(_said_by(each), self.lang)}: {each.text}" for each in remarks]
        return self._views.cards.card(request, now, self.lang, log=log)

    async def moved(
        self, tx: Transaction, before: Request, after: Request, what: Move, by: By, now: datetime
    ) -> None:
        await self.card(tx, after, now)
        if is_overtaken(before, after):
            await self._overtake(tx, after, now)
        if by.actor is Actor.CLIENT and what in NEWS_FOR_CLINIC:
            await self._under_card(tx, after, f"card.news.{what}", now)
        # That it stays as it was is no news of an appointment that has begun.
        stale = what is Move.EXPIRE and after.appointment is not None and after.appointment.start <= now
        if (what in TELLS_CLIENT and not stale) or (what is Move.CANCEL and by.actor is Actor.STAFF):
            screen = self._views.bookings.decided(after, after.language)
            await self._tell(tx, after, screen, now, key=standing_key(after))
        if what in (Move.CONFIRM, Move.ACCEPT, Move.CANCEL) and after.appointment is not None:
            await self._send_calendar_file(tx, after, now)
        if what not in (Move.ASK, Move.ANSWER, Move.COMING):
            await self._notify(tx, after, now)

    async def _overtake(self, tx: Transaction, after: Request, now: datetime) -> None:
        """What the client was told before says what became of it, and can be acted on no more."""
        client = await tx.clients.get(after.client_id)
        if client is None or client.gone:
            return
        screen = self._views.bookings.overtaken(after, after.language)
        for message_id in await tx.shown.messages(client.id, standings(after)):
            await tell(tx, Outgoing(client.id, screen, message_id=message_id, only_edits=True), now)

    async def _under_card(
        self, tx: Transaction, request: Request, key: str, now: datetime, **values: str
    ) -> None:
        group = await self.group(tx)
        if group is None:
            return
        card = await tx.shown.message(group, card_key(request))
        text = self._texts.html(key, self.lang, None, reference=request.reference, **values)
        await tell(tx, Outgoing(group, Screen(text), key=about_key(request), reply_to=card), now)

    async def _tell(
        self, tx: Transaction, request: Request, screen: Screen, now: datetime, key: str | None = None
    ) -> None:
        client = await tx.clients.get(request.client_id)
        if client is not None and not client.gone:
            told = Outgoing(request.client_id, screen, key=key or about_key(request))
            await tell_unasked(tx, told, now)
        elif screen.attachment is None:
            await self.unreachable(tx, request, now)

    async def unreachable(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The client has blocked the bot: somebody at the clinic has to know, and call them."""
        if request.personal.phone:
            await self._under_card(tx, request, "card.news.gone", now, phone=request.personal.phone)
        else:
            await self._under_card(tx, request, "card.news.gone.no_phone", now)
        await self._tell_others(tx, request, self._others.remark(request, NoticeKind.UNREACHABLE, None), now)

    async def _send_calendar_file(self, tx: Transaction, request: Request, now: datetime) -> None:
        lang = request.language
        cancelled = request.state is State.CANCELLED
        content = self._calendar_file(request, lang)
        text = self._texts.html("bookings.file.cancelled" if cancelled else "bookings.file", lang)
        file = Attachment(f"{request.reference}.ics", "text/calendar", content)
        await self._tell(tx, request, Screen(text, attachment=file), now)

    async def _notify(self, tx: Transaction, request: Request, now: datetime) -> None:
        await self._tell_others(tx, request, self._others.notice(request), now)

    async def _tell_others(
        self, tx: Transaction, request: Request, content: str | None, now: datetime
    ) -> None:
        if content is None:
            return
        for channel, address in self._others.addresses:
            await tx.outbox.add(channel, address, content, key=request.reference, now=now)

    async def reminder(self, tx: Transaction, request: Request, hours_before: int, now: datetime) -> None:
        screen = self._views.bookings.reminder(request, hours_before, request.language)
        await self._tell(tx, request, screen, now, key=standing_key(request))

    async def nudge(self, tx: Transaction, request: Request, since: datetime, now: datetime) -> None:
        group = await self.group(tx)
        if group is not None:
            card = await tx.shown.message(group, card_key(request))
            screen = self._views.cards.brought_up_again(request, since, self.lang)
            await tell(tx, Outgoing(group, screen, key=about_key(request), reply_to=card), now)
        await self._tell_others(tx, request, self._others.remark(request, NoticeKind.UNANSWERED, None), now)

    async def offer(self, tx: Transaction, place: Place, now: datetime) -> None:
        screen = self._views.bookings.waiting_list_offer(place, place.language)
        await tell_unasked(tx, Outgoing(place.client_id, screen, key=offer_key(place)), now)

    async def digest(self, tx: Transaction, day: date, now: datetime) -> None:
        group = await self.group(tx)
        if group is None:
            return
        start = hours.moment(self._clinic, day, hours.MIDNIGHT)
        appointments = await tx.requests.starting(start, start + timedelta(days=1), APPOINTMENTS)
        waiting = await tx.requests.in_states(WAITS_FOR_CLINIC)
        screen = self._views.cards.digest(appointments, waiting, day, self.lang)
        await tell(tx, Outgoing(group, screen), now)

    async def asked(self, tx: Transaction, request: Request, text: str, now: datetime) -> None:
        screen = self._views.bookings.question_from_clinic(request, text, request.language)
        await self._tell(tx, request, screen, now, key=asked_key(request))

    async def answered(
        self, tx: Transaction, request: Request, text: str, now: datetime, *, edited: bool
    ) -> None:
        news = "card.news.answer.edited" if edited else "card.news.answer"
        kind = NoticeKind.CORRECTED if edited else NoticeKind.ANSWERED
        await self._under_card(tx, request, news, now, text=text)
        await self._tell_others(tx, request, self._others.remark(request, kind, text), now)

    async def handed_over(
        self, tx: Transaction, handover: Handover, now: datetime, earlier: Handover | None
    ) -> None:
        group = await self.group(tx)
        if group is None:
            return
        before = await tx.shown.message(group, handover_key(earlier.id)) if earlier else None
        screen = self._views.cards.handover(handover.text, self.lang, edited=earlier is not None)
        await tell(tx, Outgoing(group, screen, key=handover_key(handover.id), reply_to=before), now)

    async def replied(self, tx: Transaction, handover: Handover, text: str, now: datetime) -> None:
        html = self._texts.html("person.answer", handover.language, question=handover.text[:200], text=text)
        told = Outgoing(handover.client_id, Screen(html), key=answer_key(handover.id))
        await tell_unasked(tx, told, now)


def _said_by(remark: Remark) -> str:
    """The key of who said it."""
    if remark.by_clinic:
        return "card.by_clinic"
    return "card.by_client.edited" if remark.edited else "card.by_client"
