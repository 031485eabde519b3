"""What becomes of a request, as its client reads it."""

from bot.domain.language import Language
from bot.domain.lifecycle import APPOINTMENTS, ENDED, Actor, Move, Refusal, State
from bot.domain.requests import Request
from bot.handlers.callbacks import Verb
from bot.handlers.views.own_request import RequestParts
from bot.services.screens import Screen


class DecisionViews(RequestParts):
    """Nothing is called booked before it is."""

    def decided(self, request: Request, lang: Language) -> Screen:
        """What the client reads once the request stands where it does: after any move of anybody."""
        match request.state:
            case State.CONFIRMED:
                return self._confirmed(request, lang)
            case State.PROPOSED_BY_CLINIC | State.CHANGE_PROPOSED:
                return self._proposed(request, lang)
            case State.DECLINED:
                return self._declined(request, lang)
            case State.CANCELLED | State.WITHDRAWN:
                return self.cancelled(request, lang)
            case State.EXPIRED:
                return self.expired(request, lang)
            case State.NO_SHOW | State.DONE:
                text = f"{self._heading(request, lang)}\n{self._where(request, lang)}"
                return self._way_on(text, lang)
        return self._asked_for(request, lang)

    def _asked_for(self, request: Request, lang: Language) -> Screen:
        standing = request.state is State.CHANGE_REQUESTED
        key = "bookings.asked_for.change" if standing else "bookings.asked_for"
        row = (
            self._button("bookings.button.change", lang, Verb.MINE_CHANGE, request.id),
            self._button("bookings.button.cancel", lang, Verb.MINE_CANCEL, request.id),
        )
        keep = ((self._keep(request, lang),),) if standing else ()
        return Screen(self._told(key, request, lang), (*keep, row))

    def _told(self, key: str, request: Request, lang: Language) -> str:
        """A sentence that tells the state, and below it what it is about."""
        return f"{self._texts.html(key, lang)}\n\n{self._about(request, lang)}"

    def _about(self, request: Request, lang: Language) -> str:
        return "\n".join([self._heading(request, lang), *self._times(request, lang)])

    def _confirmed(self, request: Request, lang: Language) -> Screen:
        last = request.last.move if request.last else None
        key = {
            Move.DECLINE: "bookings.stays.declined",
            Move.EXPIRE: "bookings.stays.expired",
            Move.KEEP: "bookings.stays.kept",
            Move.UNDO_NO_SHOW: "bookings.stays.kept",
        }.get(last or Move.CONFIRM, "bookings.confirmed")
        parts = [self._texts.html(key, lang)]
        if last is Move.DECLINE and request.reason:
            parts.append(self._texts.html(f"bookings.reason.{request.reason}", lang))
        lines = [self._heading(request, lang)]
        if request.appointment:
            lines.append(self._say.line("bookings.when", self._say.span(request.appointment, lang), lang))
        lines += self._in_vain(request, lang)
        if self._address:
            lines.append(self._say.line("bookings.address", self._address.text[lang], lang))
        parts.append("\n".join(lines))
        cut_off = int(self._clinic.booking.cancel_until.total_seconds()) // 3600
        parts.append(self._texts.html("bookings.until", lang, cut_off))
        change = self._button("bookings.button.change", lang, Verb.MINE_CHANGE, request.id)
        cancel = self._button("bookings.button.cancel", lang, Verb.MINE_CANCEL, request.id)
        return Screen("\n\n".join(parts), (*self._map(lang), (change, cancel)))

    def _proposed(self, request: Request, lang: Language) -> Screen:
        first = "bookings.proposed" if request.wished else "bookings.proposed.plan"
        key = "bookings.proposed.change" if request.state is State.CHANGE_PROPOSED else first
        return self._to_answer(key, request, lang)

    def offer_again(self, request: Request, lang: Language) -> Screen:
        """After an answer in words to a time that the clinic offers: a tap settles it."""
        return self._to_answer("bookings.offer.again", request, lang)

    def _to_answer(self, key: str, request: Request, lang: Language) -> Screen:
        """The offered time, to be taken, countered, or left."""
        other = self._button("bookings.button.other_time", lang, Verb.MINE_CHANGE, request.id)
        cancel = self._button("bookings.button.cancel", lang, Verb.MINE_CANCEL, request.id)
        keep = ((self._keep(request, lang),),) if request.state is State.CHANGE_PROPOSED else ()
        return Screen(self._told(key, request, lang), (self._accept(request, lang), *keep, (other, cancel)))

    def _declined(self, request: Request, lang: Language) -> Screen:
        reason = request.reason or "other"
        parts = [
            self._texts.html("bookings.declined", lang),
            self._texts.html(f"bookings.reason.{reason}", lang),
            self._about(request, lang),
        ]
        return self._way_on("\n\n".join(parts), lang)

    def expired(self, request: Request, lang: Language) -> Screen:
        """The times have passed without a yes."""
        return self._way_on(self._told("bookings.expired", request, lang), lang)

    def cancelled(self, request: Request, lang: Language) -> Screen:
        """For cancelled and withdrawn requests, whoever did it."""
        if request.state is State.WITHDRAWN:
            key = "bookings.withdrawn"
        elif request.last and request.last.by.actor is Actor.STAFF:
            key = "bookings.cancelled.by_clinic"
        else:
            key = "bookings.cancelled"
        parts = [self._texts.html(key, lang), self._about(request, lang)]
        if key == "bookings.cancelled.by_clinic" and request.reason:
            parts.insert(1, self._texts.html(f"bookings.reason.{request.reason}", lang))
        return self._way_on("\n\n".join(parts), lang)

    def overtaken(self, request: Request, lang: Language) -> Screen:
        """In place of what was told earlier: what became of it. Nothing to tap: the news has that."""
        if request.state in ENDED:
            return Screen(self._told(f"bookings.state.{request.state}", request, lang))
        lines = [self._texts.html("bookings.moved", lang), "", self._heading(request, lang)]
        if request.appointment:
            lines.append(self._say.line("bookings.moved_to", self._say.span(request.appointment, lang), lang))
        return Screen("\n".join(lines))

    def too_late(self, request: Request, lang: Language) -> Screen:
        """Past the cut-off; where there is no appointment any more, how it stands."""
        if request.state not in APPOINTMENTS:
            return self.refused(Refusal.ALREADY_DECIDED, request, lang)
        lines = [
            self._texts.html("bookings.too_late", lang),
            self._phone(lang),
            "",
            f"{self._heading(request, lang)}\n{self._where(request, lang)}",
        ]
        return Screen("\n".join(lines), ((self._button("bookings.button.list", lang, Verb.MINE),),))

    def refused(self, refusal: Refusal, request: Request, lang: Language) -> Screen:
        """Why not, and how it stands; never a dead end."""
        if refusal is Refusal.TOO_LATE:
            return self.too_late(request, lang)
        told = self._texts.html(f"bookings.refused.{refusal}", lang)
        if refusal is Refusal.NOT_YOURS:
            return self._way_on(told, lang)
        text = f"{told}\n\n{self._heading(request, lang)}\n{self._where(request, lang)}"
        details = self._button("bookings.button.status", lang, Verb.MINE_DETAIL, request.id)
        return Screen(text, ((details,), (self._button("bookings.button.list", lang, Verb.MINE),)))
