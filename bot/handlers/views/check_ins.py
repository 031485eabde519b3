"""What a client sees of their check-ins: five faces, the weeks as a picture and a list, a gentle offer."""

from collections.abc import Sequence
from datetime import timedelta, tzinfo

from bot.domain.care import Need
from bot.domain.check_ins import FACES, LOW, VERY_LOW, CheckIn, Week
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.services.ports import Texts
from bot.services.screens import Attachment, Button, Screen

CHART, LIST = "chart", "list"
"""The two ways of /mood."""

SPANS = (2, 4, 12)
"""Weeks that can be looked at."""

LINES = 40
"""Check-ins in one list; Telegram takes 4,096 characters."""


class CheckInViews:
    """Every method gives a whole message."""

    def __init__(self, texts: Texts, zone: tzinfo) -> None:
        self._texts = texts
        self._zone = zone

    def consent(self, kept: timedelta, lang: Language) -> Screen:
        """Asked before the first check-in; `kept` is how long one is stored."""
        buttons = (
            ("mood.button.yes", pack(Verb.CHECK_IN_CONSENT, 1)),
            ("mood.button.no", pack(Verb.CHECK_IN_CONSENT, 0)),
        )
        return Screen(self._texts.html("mood.consent", lang, days=kept.days), (self._row(lang, *buttons),))

    def refused(self, lang: Language) -> Screen:
        care = ("mood.button.care", pack(Verb.SELF_CARE, ""))
        return Screen(self._texts.html("mood.consent.refused", lang), (self._row(lang, care),))

    def ask_withdraw(self, lang: Language) -> Screen:
        """Asked once before weeks of check-ins are deleted."""
        buttons = (
            ("mood.button.withdraw_yes", pack(Verb.CHECK_IN_CONSENT, "sure")),
            ("mood.button.withdraw_no", pack(Verb.MOOD, CHART, SPANS[1])),
        )
        return Screen(self._texts.html("mood.withdraw.ask", lang), (self._row(lang, *buttons),))

    def taken_away(self, image: bytes | None, lang: Language) -> Screen:
        """In place of weeks that nobody may delete any more; `image` in place of their picture."""
        attachment = Attachment("mood.png", "image/png", image) if image is not None else None
        return Screen(self._texts.html("mood.taken_away", lang), attachment=attachment)

    def withdrawn(self, lang: Language) -> Screen:
        return Screen(self._texts.html("mood.consent.withdrawn", lang))

    def ask(self, lang: Language, *, weeks: bool = False) -> Screen:
        """Five faces, each with its word, from very low down to very good; `weeks`: there are some to see."""
        rows = [(Button(self._face(each, lang), pack(Verb.CHECK_IN, each)),) for each in FACES]
        below = [self._row(lang, ("mood.button.mood", pack(Verb.MOOD, CHART, SPANS[1])))] if weeks else []
        return Screen(self._texts.html("mood.ask", lang), (*rows, *below))

    def noted(self, check_in_id: int, face: int, lang: Language) -> Screen:
        """It is stored; what it was about may be said, and need not."""
        needs = [
            Button(self._texts(f"care.need.{each}", lang), pack(Verb.CHECK_IN_NEED, check_in_id, each))
            for each in Need
        ]
        rows = [tuple(needs[at : at + 2]) for at in range(0, len(needs), 2)]
        rows.append(self._row(lang, ("mood.button.skip", pack(Verb.CHECK_IN_NEED, check_in_id, "-"))))
        if face == VERY_LOW:
            rows.append(self._row(lang, ("button.sos", pack(Verb.SOS))))
        key = "mood.noted.low" if face <= LOW else "mood.noted"
        return Screen(self._texts.html(key, lang, face=self._face(face, lang)), tuple(rows))

    def thanked(self, need: Need | None, face: int, lang: Language) -> Screen:
        """The end of it; after a very low one with the way to people, as something that is there."""
        buttons = (
            ("mood.button.care", pack(Verb.SELF_CARE, need or "")),
            ("mood.button.mood", pack(Verb.MOOD, CHART, SPANS[1])),
        )
        if face > VERY_LOW:
            return Screen(self._texts.html("mood.thanks", lang), (self._row(lang, *buttons),))
        people = (("button.person", pack(Verb.PERSON)), ("button.sos", pack(Verb.SOS)))
        rows = tuple(self._row(lang, each) for each in people)
        return Screen(self._texts.html("mood.thanks.very_low", lang), (*rows, self._row(lang, *buttons)))

    def chart(self, weeks: Sequence[Week], picture: bytes, lang: Language) -> Screen:
        """The picture, and its numbers once more as text; `as_list` has every check-in."""
        if not any(each.check_ins for each in weeks):
            return self.empty(lang)
        text = [self._texts.html("mood.title", lang)]
        text += [self._week(each, lang) for each in reversed(weeks)]
        return Screen(
            "\n".join(text),
            self._below(CHART, len(weeks), lang),
            Attachment("mood.png", "image/png", picture),
        )

    def as_list(self, weeks: Sequence[Week], lang: Language) -> Screen:
        """Every check-in with its number, newest first."""
        if not any(each.check_ins for each in weeks):
            return self.empty(lang)
        parts, left, hidden = [self._texts.html("mood.title", lang)], LINES, 0
        for week in reversed(weeks):
            newest = week.check_ins[::-1]
            shown = newest[:left]
            left, hidden = left - len(shown), hidden + len(newest) - len(shown)
            if shown:
                parts.append("\n".join([self._week(week, lang), *(self._line(each, lang) for each in shown)]))
        if hidden:
            parts.append(self._texts.html("mood.earlier", lang, count=hidden))
        return Screen("\n\n".join(parts), self._below(LIST, len(weeks), lang))

    def empty(self, lang: Language) -> Screen:
        row = self._row(lang, ("care.button.check_in", pack(Verb.CHECK_IN)))
        return Screen(self._texts.html("mood.empty", lang), (row,))

    def offer(self, lang: Language) -> Screen:
        """After a low streak: a person, never a label. A message of its own, below the thanks."""
        rows = (
            self._row(lang, ("button.person", pack(Verb.PERSON))),
            self._row(lang, ("button.sos", pack(Verb.SOS))),
            self._row(lang, ("mood.button.care", pack(Verb.SELF_CARE, ""))),
            self._row(lang, ("mood.button.not_now", pack(Verb.CHECK_IN, "-"))),
        )
        return Screen(self._texts.html("mood.offer", lang), rows)

    def later(self, lang: Language) -> Screen:
        """In answer to "not now"; the way to a person stays."""
        return Screen(self._texts.html("mood.offer.later", lang))

    def _below(self, way: str, count: int, lang: Language) -> tuple[tuple[Button, ...], ...]:
        spans = tuple(
            Button(self._texts("mood.button.weeks", lang, count=each), pack(Verb.MOOD, way, each))
            for each in SPANS
            if each != count
        )
        other = LIST if way == CHART else CHART
        turn = (f"mood.button.{other}", pack(Verb.MOOD, other, count))
        again = ("care.button.check_in", pack(Verb.CHECK_IN))
        stop = ("mood.button.stop", pack(Verb.CHECK_IN_CONSENT, 0))
        return spans, self._row(lang, turn, again), self._row(lang, stop)

    def _week(self, week: Week, lang: Language) -> str:
        start = self._texts.day(week.start, lang)
        if week.mean is None:
            return self._texts.html("mood.week.none", lang, start=start)
        return self._texts.html(
            "mood.week", lang, count=len(week.check_ins), start=start, mean=f"{week.mean:.1f}"
        )

    def _line(self, check_in: CheckIn, lang: Language) -> str:
        when = self._texts.when(check_in.at.astimezone(self._zone), lang)
        number, face = check_in.face, self._face(check_in.face, lang)
        if check_in.need is None:
            return self._texts.html("mood.line", lang, when=when, number=number, face=face)
        need = self._texts(f"care.need.{check_in.need}", lang)
        return self._texts.html("mood.line.need", lang, when=when, number=number, face=face, need=need)

    def _face(self, face: int, lang: Language) -> str:
        return self._texts(f"mood.face.{face}", lang)

    def _row(self, lang: Language, *buttons: tuple[str, str]) -> tuple[Button, ...]:
        return tuple(Button(self._texts(key, lang), data) for key, data in buttons)
