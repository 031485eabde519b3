"""From a route to the message that answers it: the one list of what follows from what."""

from itertools import islice

from bot.answers.model import Command, Intent, Route, Safety
from bot.answers.routed import Routed
from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.answers import AnswerViews
from bot.handlers.views.calendar import Rows
from bot.handlers.views.care import CareViews
from bot.handlers.views.safety import SafetyViews
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

WHERE = {Command.ENGLISH: Command.LANGUAGE, Command.JAPANESE: Command.LANGUAGE}
"""Commands of another name than what was asked for."""

LINES_TOLD = 3
"""Days and closures that are told one by one; of more the table of the week tells."""

WISHES_TO_COME = frozenset({Intent.BOOK, Intent.HOURS})


class ReplyViews:
    """The same for the handlers and for `ask`."""

    def __init__(
        self, texts: Texts, clinic: Clinic, answers: AnswerViews, safety: SafetyViews, care: CareViews
    ) -> None:
        self._texts = texts
        self._clinic = clinic
        self._answers = answers
        self._safety = safety
        self._care = care

    def reply(self, routed: Routed, turn: int, *, apart: bool) -> Screen:
        lang, finding = routed.language, routed.finding
        note = self._safety.note(finding, lang) if finding and finding.safety is Safety.SCOPE else ""
        if routed.command not in (None, Command.PERSON):
            return self._command(routed.command, lang)
        match routed.route:
            case Route.CRISIS if finding:
                return self._safety.crisis(finding, lang, turn)
            case Route.RED_FLAG if finding:
                return self._and_more(self._safety.hold(finding, lang, turn), routed, apart=apart)
            case Route.SELF_CARE if finding and finding.safety is Safety.DISTRESS and routed.need:
                gently = self._safety.distress(finding, routed.need, lang, turn)
                return self._and_more(gently, routed, apart=apart)
            case Route.SMALL_TALK if finding and finding.safety is Safety.BOUNDARY:
                return Screen(self._safety.note(finding, lang))
            case Route.ANSWER if routed.entry:
                notes = filter(None, (note, self._open_on(routed)))
                return self._answers.answer(routed.entry, lang, note="\n\n".join(notes), beside=routed.beside)
            case Route.CLARIFY:
                return self._answers.clarify(routed.alternatives, lang, note)
            case Route.SELF_CARE:
                care = self._care.minutes([routed.need], lang) if routed.need else self._care.needs((), lang)
                return self._answers.offered(care, routed.beside, lang) if routed.beside else care
            case Route.BOOKING:
                return self._booking(routed)
            case Route.SMALL_TALK:
                return self._small_talk(routed)
            case _:
                return self._answers.hand_over(lang, routed.entry, note)

    def _and_more(self, first: Screen, routed: Routed, *, apart: bool) -> Screen:
        """What the client asked beside it is answered too, below."""
        held = routed.route is Route.RED_FLAG
        if routed.entry is not None:
            if held and routed.entry.general:
                return Screen(
                    first.html, (*first.buttons, self._answers.way_to(routed.entry, routed.language))
                )
            answer = self._answers.answer(routed.entry, routed.language, note=first.html)
            return Screen(answer.html, (*first.buttons, *_others(answer.buttons, first.buttons)))
        if routed.beside:
            return self._answers.offered(first, routed.beside, routed.language)
        if routed.intent is None:
            return first
        booking = Screen("") if apart else self._booking(routed)
        later = held and routed.intent in WISHES_TO_COME
        told = self._texts.html("booking.beside", routed.language) if later else booking.html
        return Screen("\n\n".join(filter(None, (first.html, told))), (*first.buttons, *booking.buttons))

    def _open_on(self, routed: Routed) -> str:
        """When the clinic is open on the days that are asked about, before all its hours.

        A closure is told once, with all its days, whichever of them was named.
        """
        if routed.intent is not Intent.HOURS or routed.wish is None:
            return ""
        lang = routed.language
        told: dict[str, str] = {}
        for day in routed.wish.days:
            closure = self._clinic.closure(day)
            name = self._texts.closure(closure, lang) if closure else self._texts.day(day, lang)
            spans = [str(each) for each in self._clinic.openings(day)]
            told[name] = self._texts("facts.join", lang).join(spans) or self._texts("facts.closed", lang)
        return "\n".join(
            self._texts.html("facts.day_hours", lang, name=name, times=times)
            for name, times in islice(told.items(), LINES_TOLD)
        )

    def _command(self, command: Command, lang: Language) -> Screen:
        """Where it can't be done at once: in a group, or when an earlier message is mended."""
        if command is Command.JOKING:
            return self._safety.still_here(lang)
        name = f"/{WHERE.get(command, command)}"
        return Screen(self._texts.html("command.heard", lang, command=name))

    def _booking(self, routed: Routed) -> Screen:
        text = self._texts.html(
            f"booking.heard.{routed.intent}", routed.language, phone=self._clinic.phone or ""
        )
        return Screen(text, ((Button(self._texts("button.book", routed.language), pack(Verb.BOOK)),),))

    def _small_talk(self, routed: Routed) -> Screen:
        lang = routed.language
        text = self._texts.html(f"small_talk.{routed.small_talk}", lang, clinic=self._clinic.name[lang])
        row = (
            Button(self._texts("button.topics", lang), pack(Verb.TOPICS)),
            Button(self._texts("button.tonight", lang), pack(Verb.SELF_CARE, "")),
        )
        return Screen(text, (row,) if routed.small_talk in ("hello", "who-are-you", "test") else ())


def _others(below: Rows, above: Rows) -> Rows:
    """The rows without what can be tapped above already."""
    there = {each.text for row in above for each in row}
    left = (tuple(each for each in row if each.text not in there) for row in below)
    return tuple(row for row in left if row)
