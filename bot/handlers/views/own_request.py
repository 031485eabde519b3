"""The parts of which a client's screens about a request are made."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.clinic import Clinic
from bot.domain.language import Language, Localised
from bot.domain.lifecycle import BEFORE_CONFIRMATION, ENDED, LIVE, Actor, Move, State
from bot.domain.moves import moves_for
from bot.domain.requests import By, Request
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.calendar import Rows
from bot.handlers.views.codes import time_codes
from bot.handlers.views.phrasing import Phrasing
from bot.services.ports import Texts
from bot.services.screens import Button, Screen


@dataclass(frozen=True, slots=True)
class Address:
    """Where the clinic is, and a map of it."""

    text: Localised
    map_url: str | None = None


class RequestParts:
    """Heading, state, times and buttons of one request, as its client reads them."""

    def __init__(self, texts: Texts, clinic: Clinic, address: Address | None = None) -> None:
        self._texts = texts
        self._clinic = clinic
        self._address = address
        self._say = Phrasing(texts, clinic)

    def _heading(self, request: Request, lang: Language) -> str:
        about = self._say.subject(request, lang)
        return self._texts.html("bookings.heading", lang, reference=request.reference, treatment=about)

    def _where(self, request: Request, lang: Language) -> str:
        """State, and the times that belong to it."""
        return "\n".join(
            [self._texts.html(f"bookings.state.{request.state}", lang), *self._times(request, lang)]
        )

    def _times(self, request: Request, lang: Language) -> list[str]:
        """The appointment, and the times on the table, or those that came to nothing."""
        lines = []
        if request.appointment and request.state not in BEFORE_CONFIRMATION:
            key = "bookings.was" if request.state is State.CANCELLED else "bookings.when"
            lines.append(self._say.line(key, self._say.span(request.appointment, lang), lang))
        if request.state in LIVE and request.open_times:
            key = "bookings.offered" if self._offered_by_clinic(request) else "bookings.wished"
            lines.append(self._say.line(key, self._say.times(request.open_times, lang), lang))
        elif request.state in ENDED:
            lines += self._in_vain(request, lang)
        return lines

    def _in_vain(self, request: Request, lang: Language) -> list[str]:
        """What was asked for, where nothing came of it."""
        times = request.asked_in_vain
        return [self._say.line("bookings.wished", self._say.times(times, lang), lang)] if times else []

    def _offered_by_clinic(self, request: Request) -> bool:
        return request.proposal is not None and request.proposal.by is Actor.STAFF

    def _change_or_cancel(self, request: Request, now: datetime, lang: Language) -> tuple[Button, ...]:
        moves = moves_for(request, By(Actor.CLIENT, request.client_id), now, self._clinic)
        buttons = []
        if Move.ASK_CHANGE in moves or Move.COUNTER in moves:
            buttons.append(self._button("bookings.button.change", lang, Verb.MINE_CHANGE, request.id))
        if Move.CANCEL in moves or Move.WITHDRAW in moves:
            buttons.append(self._button("bookings.button.cancel", lang, Verb.MINE_CANCEL, request.id))
        return tuple(buttons)

    def _accept(self, request: Request, lang: Language) -> tuple[Button, ...]:
        return tuple(
            Button(
                self._texts("bookings.button.accept", lang, when=self._say.when(each, lang)),
                pack(Verb.MINE_ACCEPT, request.id, request.version, *time_codes(self._clinic, each)),
            )
            for each in request.open_times
        )

    def _keep(self, request: Request, lang: Language) -> Button:
        return self._button("bookings.button.keep", lang, Verb.MINE_KEEP, request.id, request.version)

    def _map(self, lang: Language) -> Rows:
        if not (self._address and self._address.map_url):
            return ()
        return ((Button(self._texts("bookings.button.map", lang), url=self._address.map_url),),)

    def _phone(self, lang: Language) -> str:
        phone = self._clinic.phone
        return self._texts.html("bookings.phone", lang, phone=phone) if phone else ""

    def _button(self, key: str, lang: Language, verb: Verb, *arguments: object) -> Button:
        return Button(self._texts(key, lang), pack(verb, *arguments))

    def _way_on(self, text: str, lang: Language) -> Screen:
        phone = self._phone(lang)
        row = (
            self._button("button.book", lang, Verb.BOOK),
            self._button("bookings.button.list", lang, Verb.MINE),
        )
        return Screen(f"{text}\n\n{phone}" if phone else text, (row,))
