"""The clinic's side: the card of a request in the group, and the choices under it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.domain.clinic import Clinic
from bot.domain.desk import Desk
from bot.domain.language import Language
from bot.domain.lifecycle import BEFORE_CONFIRMATION, LIVE, Actor, Move, Reason, Refusal
from bot.domain.moves import moves_for
from bot.domain.requests import By, Request
from bot.domain.screening import CALLED_ABOUT
from bot.domain.slots import DayState, days, months
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.calendar import Calendar, Rows, shown_month
from bot.handlers.views.codes import day_code, month_code, time_codes
from bot.handlers.views.lists import ListViews
from bot.handlers.views.phrasing import QUESTION_ROOM, clipped, fitting
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

STAFF: Final = By(Actor.STAFF)
LOG_LINES: Final = 8
"""The newest questions and answers under a card."""


class CardViews(ListViews):
    """Everything the staff see. Of health questions they read what follows, never the answers."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        super().__init__(texts, clinic)
        self._calendar = Calendar(texts, clinic)

    def card(self, request: Request, now: datetime, lang: Language, *, log: Sequence[str] = ()) -> Screen:
        """As it stands; `log` holds who asked or answered what, oldest first."""
        rows = self._actions(request, now, lang)

        def screen(room: int) -> Screen:
            told = [clipped(each, room) for each in log[-LOG_LINES:]]
            parts = [
                self._texts.html(
                    "card.heading",
                    lang,
                    reference=request.reference,
                    state=self._texts(f"card.state.{request.state}", lang),
                ),
                "\n".join(self._lines(request, lang, room)),
                self._decided_by(request, lang),
                "\n".join(self._texts.html("card.log", lang, line=each) for each in told),
            ]
            return Screen("\n\n".join(filter(None, parts)), rows)

        return fitting(screen)

    def _lines(self, request: Request, lang: Language, room: int) -> list[str]:
        personal, say = request.personal, self._say
        lines = [say.line("booking.label.treatment", say.subject(request, lang), lang)]
        if request.appointment and request.state not in BEFORE_CONFIRMATION:
            lines.append(say.line("card.appointment", say.span(request.appointment, lang), lang))
        if request.state in LIVE and request.open_times:
            by_staff = request.proposal is not None and request.proposal.by is Actor.STAFF
            key = "card.offered" if by_staff else "card.wished"
            lines.append(say.line(key, say.times(request.open_times, lang), lang))
        phone = personal.phone
        if not phone and request.state in LIVE and request.screening in CALLED_ABOUT:
            # The line about health asks for a call, and nobody should look for a number.
            phone = self._texts("card.no_phone", lang)
        typed = {"name": personal.name, "phone": phone}
        typed |= {"goal": personal.goal, "activity_now": personal.activity_now}
        typed |= {"suits": personal.suits, "note": personal.note}
        lines += [
            say.line(f"booking.label.{key}", clipped(value, room), lang)
            for key, value in typed.items()
            if value
        ]
        language = self._texts(f"card.language.{request.language}", lang)
        lines.append(say.line("card.language", language, lang))
        outcome = request.screening or "unasked"
        lines.append(say.line("card.health", self._texts(f"card.health.{outcome}", lang), lang))
        if request.coming and request.state in LIVE:
            lines.append(self._texts.html("card.coming", lang))
        if request.asked_at:
            lines.append(self._texts.html("card.asked", lang, when=say.when(request.asked_at, lang)))
        return lines

    def _decided_by(self, request: Request, lang: Language) -> str:
        last = request.last
        if last is None:
            return self._texts.html("card.since", lang, when=self._say.when(request.created_at, lang))
        told = self._texts.html(
            "card.decided",
            lang,
            move=self._texts(f"card.move.{last.move}", lang),
            who=self._who(last.by, lang),
            when=self._say.when(last.at, lang),
        )
        if request.asked_in_vain:
            told += "\n" + self._say.line("card.wished", self._say.times(request.asked_in_vain, lang), lang)
        if request.reason and last.move in (Move.DECLINE, Move.CANCEL):
            told += "\n" + self._say.line(
                "card.reason", self._texts(f"staff.reason.{request.reason}", lang), lang
            )
        return told

    def _who(self, by: By, lang: Language) -> str:
        named = clipped(by.label, 60) if by.actor is Actor.STAFF else ""
        return named or self._texts(f"card.actor.{by.actor}", lang)

    def _actions(self, request: Request, now: datetime, lang: Language) -> Rows:
        moves = moves_for(request, STAFF, now, self._clinic)
        rows: list[tuple[Button, ...]] = []
        if Move.CONFIRM in moves:
            rows += [
                (
                    Button(
                        self._texts("staff.button.confirm", lang, when=self._say.when(each, lang)),
                        pack(Verb.CARD_CONFIRM, request.id, request.version, *self._codes(each)),
                    ),
                )
                for each in request.open_times
                if each > now
            ]
        talk = []
        if Move.PROPOSE in moves:
            talk.append(self._button("staff.button.another_time", lang, Verb.CARD_DAYS, request.id, ""))
        if Move.ASK in moves:
            talk.append(self._button("staff.button.ask", lang, Verb.CARD_ASK, request.id))
        no = [
            self._button(f"staff.button.{each}", lang, Verb.CARD_REASONS, request.id, each)
            for each in (Move.DECLINE, Move.CANCEL)
            if each in moves
        ]
        came = []
        if Move.MARK_NO_SHOW in moves:
            came.append(
                self._button("staff.button.no_show", lang, Verb.CARD_NO_SHOW, request.id, request.version)
            )
        if Move.UNDO_NO_SHOW in moves:
            came.append(self._button("staff.button.undo", lang, Verb.CARD_UNDO, request.id, request.version))
        return (*rows, *(tuple(each) for each in (talk, no, came) if each))

    def _codes(self, moment: datetime) -> tuple[str, str]:
        return time_codes(self._clinic, moment)

    def choose_day(self, request: Request, desk: Desk, month: date | None, lang: Language) -> Screen:
        """Days for another time; staff are not bound by the notice that clients have to give."""
        pages = months(desk.clinic, desk.now)
        times = request.open_times
        page = shown_month(month or (self._say.day_of(times[0]) if times else None), pages)
        taken = desk.taken - request.cells(desk.clinic.booking.buffer)
        rows = self._calendar.month(
            days(desk.clinic, request.duration, page, taken, desk.now),
            lang,
            tap=lambda day: pack(Verb.CARD_TIMES, request.id, day_code(day)),
            turn=lambda first: pack(Verb.CARD_DAYS, request.id, month_code(first)),
            months=pages,
            also=frozenset({DayState.TOO_SOON}),
        )
        return Screen(self._asking("staff.choose_day", request, lang), (*rows, self._to_card(request, lang)))

    def choose_time(self, request: Request, day: date, free: Sequence[datetime], lang: Language) -> Screen:
        rows = self._calendar.times(
            free, lambda each: pack(Verb.CARD_PROPOSE, request.id, request.version, *self._codes(each))
        )
        key = "staff.choose_time" if free else "staff.choose_time.none"
        text = self._asking(key, request, lang, day=self._say.day(day, lang))
        days_again = self._button("staff.button.days", lang, Verb.CARD_DAYS, request.id, month_code(day))
        return Screen(text, (*rows, (days_again, *self._to_card(request, lang))))

    def choose_reason(self, request: Request, lang: Language, *, move: Move = Move.DECLINE) -> Screen:
        """Why the clinic declines a request, or cancels an appointment."""
        rows = tuple(
            (self._button(f"staff.reason.{each}", lang, Verb.CARD_REASON, request.id, move, each),)
            for each in Reason
        )
        text = self._asking(f"staff.choose_reason.{move}", request, lang)
        return Screen(text, (*rows, self._to_card(request, lang)))

    def confirm_decline(
        self, request: Request, reason: Reason, lang: Language, *, move: Move = Move.DECLINE
    ) -> Screen:
        """Once more before it is done, with the words that the client will read."""
        read = self._texts(f"bookings.reason.{reason}", request.language)
        text = self._asking(f"staff.sure.{move}", request, lang, reads=read)
        yes = self._button(
            f"staff.button.sure.{move}", lang, Verb.CARD_DECIDE, request.id, request.version, move, reason
        )
        other = self._button("staff.button.reasons", lang, Verb.CARD_REASONS, request.id, move)
        return Screen(text, ((yes,), (other, *self._to_card(request, lang))))

    def ask_client_hint(self, request: Request, lang: Language) -> Screen:
        """How to ask: a reply to the card reaches the client."""
        language = self._texts(f"card.language.{request.language}", lang)
        text = self._asking("staff.ask_hint", request, lang, language=language)
        return Screen(text, (self._to_card(request, lang),))

    def refused(self, refusal: Refusal, request: Request, lang: Language) -> Screen:
        """Why not; its plain text fits a notice over the card."""
        last = request.last
        text = self._texts.html(
            f"staff.refused.{refusal}",
            lang,
            reference=request.reference,
            state=self._texts(f"card.state.{request.state}", lang),
            who=self._who(last.by, lang) if last else "",
        )
        return Screen(text, (self._to_card(request, lang),))

    def brought_up_again(self, request: Request, waiting_since: datetime, lang: Language) -> Screen:
        text = self._asking("staff.waiting", request, lang, when=self._say.when(waiting_since, lang))
        return Screen(text, (self._to_card(request, lang),))

    def handover(self, text: str, lang: Language, *, edited: bool = False) -> Screen:
        """A question that a person has to answer; `edited`, as it reads now."""
        key = "staff.handover.edited" if edited else "staff.handover"

        def screen(room: int) -> Screen:
            return Screen(self._texts.html(key, lang, text=clipped(text, room)))

        return fitting(screen, QUESTION_ROOM)

    def _asking(self, key: str, request: Request, lang: Language, **values: str) -> str:
        about = self._texts.html(
            "card.about",
            lang,
            reference=request.reference,
            name=clipped(request.personal.name, 60),
            treatment=self._say.subject(request, lang),
        )
        return f"{about}\n{self._texts.html(key, lang, None, **values)}"

    def _to_card(self, request: Request, lang: Language) -> tuple[Button, ...]:
        return (self._button("staff.button.card", lang, Verb.CARD, request.id),)
