"""What reaches a client unasked: reminders, a time that became free, a question of the clinic."""

from datetime import date, timedelta
from typing import Final

from bot.domain.language import Language
from bot.domain.requests import Request
from bot.domain.waiting_list import Place
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.codes import time_codes
from bot.handlers.views.own_request import RequestParts
from bot.handlers.views.phrasing import QUESTION_ROOM, clipped, fitting
from bot.services.screens import Button, Screen

SAME_DAY: Final = 12
"""Hours before the appointment from which on a reminder says "soon"."""


class NoticeViews(RequestParts):
    """Each says what can be done about it."""

    def reminder(self, request: Request, hours_before: int, lang: Language) -> Screen:
        """Of a confirmed appointment. Past the cut-off it says that changes are made by telephone."""
        key = "reminder.soon" if hours_before < SAME_DAY else "reminder.day"
        lines = [self._texts.html(key, lang), "", self._heading(request, lang)]
        if request.appointment:
            lines.append(self._say.line("bookings.when", self._say.span(request.appointment, lang), lang))
        if self._address:
            lines.append(self._say.line("bookings.address", self._address.text[lang], lang))
        if timedelta(hours=hours_before) <= self._clinic.booking.cancel_until:
            lines += ["", self._texts.html("bookings.by_phone", lang), self._phone(lang)]
        row = (
            self._button("reminder.button.coming", lang, Verb.MINE_COMING, request.id),
            self._button("bookings.button.change", lang, Verb.MINE_CHANGE, request.id),
        )
        return Screen("\n".join(lines).rstrip(), (row, *self._map(lang)))

    def coming(self, request: Request, lang: Language) -> Screen:
        """After "I'm coming"."""
        lines = [self._texts.html("reminder.thanks", lang), "", self._heading(request, lang)]
        if request.appointment:
            lines.append(self._say.line("bookings.when", self._say.span(request.appointment, lang), lang))
        change = self._button("bookings.button.change", lang, Verb.MINE_CHANGE, request.id)
        return Screen("\n".join(lines), ((change,), *self._map(lang)))

    def waiting_list_offer(self, place: Place, lang: Language) -> Screen:
        """A time is kept for the client for a while."""
        offer = place.offer
        if offer is None:
            return self.waiting_list_gone(lang)
        text = self._texts.html(
            "bookings.waiting.offer",
            lang,
            when=self._say.span(offer.slot, lang),
            treatment=self._say.treatment(place.treatment_id, lang),
            until=self._say.when(offer.until, lang),
        )
        codes = time_codes(self._clinic, offer.slot.start)
        take = Button(
            self._texts("bookings.button.take", lang, when=self._say.when(offer.slot.start, lang)),
            pack(Verb.WAIT_ACCEPT, place.id, *codes),
        )
        rest = (
            self._button("bookings.button.not_this", lang, Verb.WAIT_REFUSE, place.id),
            self._button("bookings.button.leave", lang, Verb.WAIT_LEAVE, place.id),
        )
        return Screen(text, ((take,), rest))

    def waiting_list_joined(self, day: date, lang: Language, place_id: int | None = None) -> Screen:
        """Also for who was on it before, and after a "no" to an offer: the place stays."""
        text = self._texts.html("bookings.waiting.joined", lang, day=self._say.day(day, lang))
        row = [self._button("button.book", lang, Verb.BOOK)]
        if place_id is not None:
            row.append(self._button("bookings.button.leave", lang, Verb.WAIT_LEAVE, place_id))
        return Screen(text, (tuple(row),))

    def waiting_list_left(self, lang: Language) -> Screen:
        return self._way_on(self._texts.html("bookings.waiting.left", lang), lang)

    def waiting_list_gone(self, lang: Language) -> Screen:
        """The offer has run out or was taken back."""
        return self._way_on(self._texts.html("bookings.waiting.gone", lang), lang)

    def question_from_clinic(self, request: Request, text: str, lang: Language) -> Screen:
        """A person's question; what the client writes as a reply to it goes back to them."""

        def screen(room: int) -> Screen:
            asked = self._texts.html(
                "bookings.question",
                lang,
                reference=request.reference,
                treatment=self._say.subject(request, lang),
                text=clipped(text, room),
            )
            return Screen(asked, force_reply=True)

        return fitting(screen, QUESTION_ROOM)

    def offer_to_pass_on(self, request: Request, lang: Language) -> Screen:
        """Below words that may have been meant as an answer to the clinic."""
        text = self._texts.html(
            "bookings.pass_on", lang, reference=request.reference, treatment=self._say.subject(request, lang)
        )
        return Screen(text, ((self._button("bookings.button.pass_on", lang, Verb.MINE_ANSWER, request.id),),))

    def answer_passed_on(self, request: Request, lang: Language, *, edited: bool = False) -> Screen:
        key = "bookings.answer_passed_on.edited" if edited else "bookings.answer_passed_on"
        return Screen(self._texts.html(key, lang, reference=request.reference))
