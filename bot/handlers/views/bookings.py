"""A client's own requests and appointments: the list, each of them, and what becomes of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.language import Language
from bot.domain.lifecycle import APPOINTMENTS, Actor, Move, State
from bot.domain.moves import moves_for
from bot.domain.requests import By, Request
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.decisions import DecisionViews
from bot.handlers.views.notices import NoticeViews
from bot.handlers.views.own_request import Address
from bot.handlers.views.phrasing import clipped, fitting
from bot.services.screens import Button, Screen

IN_LIST: Final = 8
"""Requests in one message: three rows of buttons would already fill a phone."""

__all__ = ["Address", "BookingViews"]


class BookingViews(DecisionViews, NoticeViews):
    """Everything that clients read of their requests."""

    def list(self, requests: Sequence[Request], now: datetime, lang: Language) -> Screen:
        """/mybookings, in the caller's order: those first that matter most."""
        book = (self._button("button.book", lang, Verb.BOOK),)
        if not requests:
            return Screen(self._texts.html("bookings.none", lang), (book,))
        parts, rows = [self._texts.html("bookings.title", lang)], []
        for each in requests[:IN_LIST]:
            parts.append(f"{self._heading(each, lang)}\n{self._where(each, lang)}")
            details = Button(
                self._texts("bookings.button.details", lang, reference=each.reference),
                pack(Verb.MINE_DETAIL, each.id),
            )
            rows.append((details, *self._change_or_cancel(each, now, lang)))
        if len(requests) > IN_LIST:
            parts.append(self._texts.html("bookings.more", lang, len(requests) - IN_LIST))
        return Screen("\n\n".join(parts), (*rows, book))

    def detail(self, request: Request, now: datetime, lang: Language) -> Screen:
        """All that the client told and was told; after the cut-off the telephone number."""
        moves = moves_for(request, By(Actor.CLIENT, request.client_id), now, self._clinic)
        rows: list[tuple[Button, ...]] = []
        if Move.ACCEPT in moves:
            rows.append(self._accept(request, lang))
        if Move.KEEP in moves:
            rows.append((self._keep(request, lang),))
        if request.state is State.CONFIRMED and request.appointment and now < request.appointment.start:
            rows += self._map(lang)
        if either := self._change_or_cancel(request, now, lang):
            rows.append(either)
        rows.append((self._button("bookings.button.list", lang, Verb.MINE),))
        ahead = request.appointment is not None and now < request.appointment.start
        by_phone = request.state in APPOINTMENTS and ahead and Move.CANCEL not in moves
        personal = request.personal
        typed = {"name": personal.name, "phone": personal.phone, "note": personal.note}
        typed |= {"goal": personal.goal, "activity_now": personal.activity_now, "suits": personal.suits}

        def screen(room: int) -> Screen:
            lines = [self._heading(request, lang), self._where(request, lang), ""]
            lines += [
                self._say.line(f"booking.label.{key}", clipped(value, room), lang)
                for key, value in typed.items()
                if value
            ]
            if by_phone:
                lines += ["", self._texts.html("bookings.by_phone", lang), self._phone(lang)]
            return Screen("\n".join(lines).strip(), tuple(rows))

        return fitting(screen)

    def ask_cancel(self, request: Request, lang: Language) -> Screen:
        """Nothing is cancelled with one tap."""
        key = "bookings.ask_cancel" if request.state in APPOINTMENTS else "bookings.ask_withdraw"
        parts = [self._texts.html(key, lang), f"{self._heading(request, lang)}\n{self._where(request, lang)}"]
        yes = self._button(
            "bookings.button.cancel_yes", lang, Verb.MINE_CANCEL_YES, request.id, request.version
        )
        no = self._button("bookings.button.cancel_no", lang, Verb.MINE_DETAIL, request.id)
        return Screen("\n\n".join(parts), ((yes,), (no,)))
