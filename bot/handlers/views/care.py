"""What a client sees of self-care: needs, time, an action, its guide, and what they tried."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from bot.answers.model import Entry, Knowledge
from bot.domain.care import LENGTHS, Action, Ending, Experience, Need
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.care_codes import needs_code, toggled
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

NEEDS_IN_A_ROW = 2
BAR = 10
TRIED = 20
"""Actions listed at once; the newest come first."""


class CareViews:
    """Every method gives a whole message, so that any of them can replace any other in place."""

    def __init__(self, texts: Texts, actions: Sequence[Action], knowledge: Knowledge) -> None:
        self._texts = texts
        self._actions = {each.id: each for each in actions}
        self._answering: dict[str, Entry] = {}
        for entry in knowledge.entries.values():
            if entry.evidence:
                for claim in entry.claims:
                    # The entry that is about this claim alone says it best.
                    known = self._answering.get(claim)
                    if known is None or len(entry.claims) < len(known.claims):
                        self._answering[claim] = entry

    def needs(self, chosen: Sequence[Need], lang: Language) -> Screen:
        """How it is: each tap switches a need. Once there is one, the time goes on from here."""
        each_need = [self._need(each, chosen, lang) for each in Need]
        rows = [tuple(each_need[at : at + NEEDS_IN_A_ROW]) for at in range(0, len(each_need), NEEDS_IN_A_ROW)]
        text = [self._texts.html("care.ask_needs", lang)]
        if chosen:
            text.append(self._texts.html("care.ask_minutes", lang))
            rows.append(self._lengths(chosen, lang))
        rows.append(self._row(lang, ("care.button.history", pack(Verb.CARE_HISTORY))))
        return Screen("\n\n".join(text), tuple(rows))

    def _need(self, need: Need, chosen: Sequence[Need], lang: Language) -> Button:
        name = self._texts(f"care.need.{need}", lang)
        if need in chosen:
            name = self._texts("care.chosen", lang, name=name)
        return Button(name, pack(Verb.CARE_NEEDS, needs_code(toggled(chosen, need))))

    def minutes(self, needs: Sequence[Need], lang: Language) -> Screen:
        """The need was understood from the client's own words: only the time is asked."""
        parts = [
            self._texts.html(f"self_care.heard.{needs[0]}", lang),
            self._texts.html("care.ask_minutes", lang),
        ]
        also = self._row(lang, ("care.button.also", pack(Verb.CARE_NEEDS, needs_code(needs))))
        return Screen("\n\n".join(parts), (self._lengths(needs, lang), also))

    def nothing(self, needs: Sequence[Need], lang: Language) -> Screen:
        change = self._row(lang, ("care.button.change", pack(Verb.CARE_NEEDS, needs_code(needs))))
        return Screen(self._texts.html("care.nothing", lang), (self._lengths(needs, lang), change))

    def action(
        self,
        action: Action,
        needs: Sequence[Need],
        minutes: int,
        lang: Language,
        *,
        rated: bool | None = None,
    ) -> Screen:
        """What it is good for, the steps, what to mind. `minutes` is the time the client has."""
        steps = "\n".join(
            f"{number}. {escape(step, quote=False)}" for number, step in enumerate(action.steps[lang], 1)
        )
        parts = [
            self._texts.html("care.shorter", lang) if action.minutes < minutes else "",
            f"{self._title(action, lang)}\n{escape(action.good_for[lang], quote=False)}",
            steps,
            self._texts.html("care.caution", lang, text=action.caution[lang]) if action.caution else "",
            self._texts.html("care.from_articles" if action.claims else "care.own", lang),
        ]
        if rated is not None:
            parts.append(self._texts.html("care.rated.helped" if rated else "care.rated.not_helped", lang))
        return Screen("\n\n".join(filter(None, parts)), self._below(action, needs, minutes, lang, rated))

    def _below(
        self, action: Action, needs: Sequence[Need], minutes: int, lang: Language, rated: bool | None
    ) -> tuple[tuple[Button, ...], ...]:
        place = (needs_code(needs), minutes)
        rows = []
        if action.guide and rated is None:
            rows.append([("care.button.start", pack(Verb.CARE_GUIDE, action.id, *place))])
        rows.append([("care.button.another", pack(Verb.CARE_SUGGEST, *place))])
        if self._entry(action):
            rows[-1].append(("care.button.why", pack(Verb.CARE_WHY, action.id, *place)))
        if rated is None:
            rows.append(self._rating(action, needs, minutes))
        change = ("care.button.change", pack(Verb.CARE_NEEDS, needs_code(needs)))
        rows.append([change, ("care.button.check_in", pack(Verb.CHECK_IN))])
        return tuple(self._row(lang, *each) for each in rows)

    def why(self, action: Action, needs: Sequence[Need], minutes: int, lang: Language) -> Screen:
        """How sure research is of what the action rests on, and that the action itself was not tested."""
        parts, entry = [self._title(action, lang)], self._entry(action)
        if entry and entry.evidence:
            parts.append(
                f"{self._texts.html(f'evidence.{entry.evidence.strength}', lang)}\n"
                f"{escape(entry.evidence.fair[lang], quote=False)}"
            )
            if entry.evidence.citations:
                cited = "\n".join(f"• {escape(each, quote=False)}" for each in entry.evidence.citations)
                parts.append(f"{self._texts.html('why.research', lang)}\n{cited}")
            parts.append(self._texts.html("care.why.note", lang))
        else:
            parts.append(self._texts.html("care.own", lang))
        back = pack(Verb.CARE_ACTION, action.id, needs_code(needs), minutes)
        return Screen("\n\n".join(parts), (self._row(lang, ("care.button.back", back)),))

    def stage(
        self, action: Action, number: int, needs: Sequence[Need], minutes: int, lang: Language
    ) -> Screen:
        """One stage of a guide, with how far it is. Raises ValueError for an action without that stage."""
        if action.guide is None or not 0 <= number < len(action.guide.stages):
            raise ValueError(f"{action.id} has no stage {number}")
        guide = action.guide
        begun, whole = guide.begins(number), guide.lasts
        full = int(begun * BAR / whole)
        text = self._texts.html(
            "care.stage",
            lang,
            title=action.title[lang],
            text=guide.stages[number].text[lang],
            bar="●" * full + "○" * (BAR - full),
            left=_clock(whole - begun),
        )
        stop = pack(Verb.CARE_STOP, action.id, needs_code(needs), minutes)
        return Screen(text, (self._row(lang, ("care.button.stop", stop)),))

    def ended(
        self, action: Action, ending: Ending, needs: Sequence[Need], minutes: int, lang: Language
    ) -> Screen:
        place = (needs_code(needs), minutes)
        again = ("care.button.again", pack(Verb.CARE_GUIDE, action.id, *place))
        rows = [[again, ("care.button.another", pack(Verb.CARE_SUGGEST, *place))]]
        if ending is Ending.DONE:
            rows.insert(0, self._rating(action, needs, minutes))
            rows.append([("care.button.check_in", pack(Verb.CHECK_IN))])
        text = self._texts.html(f"care.ended.{ending}", lang, title=action.title[lang])
        return Screen(text, tuple(self._row(lang, *each) for each in rows))

    def history(self, history: Sequence[Experience], lang: Language) -> Screen:
        """What was tried, newest first, each once with the client's last word on it."""
        said: dict[str, bool | None] = {}
        for each in sorted(history, key=lambda each: each.at, reverse=True):
            if each.action_id in self._actions and said.get(each.action_id) is None:
                said[each.action_id] = each.helped
        back = ("care.button.back", pack(Verb.CARE_NEEDS, ""))
        if not said:
            return Screen(self._texts.html("care.history.empty", lang), (self._row(lang, back),))
        words = {True: "helped", False: "not_helped", None: "open"}
        lines = [
            self._texts.html(f"care.history.{words[helped]}", lang, title=self._actions[each].title[lang])
            for each, helped in said.items()
        ]
        text = [self._texts.html("care.history.title", lang), "\n".join(lines[:TRIED])]
        if len(lines) > TRIED:
            text.append(self._texts.html("care.history.more", lang, count=len(lines) - TRIED))
        reset = ("care.button.reset", pack(Verb.CARE_RESET))
        return Screen("\n\n".join(text), (self._row(lang, reset), self._row(lang, back)))

    def ask_reset(self, lang: Language) -> Screen:
        buttons = (
            ("care.button.reset_yes", pack(Verb.CARE_RESET, 1)),
            ("care.button.reset_no", pack(Verb.CARE_HISTORY)),
        )
        return Screen(self._texts.html("care.reset.ask", lang), (self._row(lang, *buttons),))

    def reset(self, lang: Language) -> Screen:
        back = ("care.button.back", pack(Verb.CARE_NEEDS, ""))
        return Screen(self._texts.html("care.reset.done", lang), (self._row(lang, back),))

    def _rating(self, action: Action, needs: Sequence[Need], minutes: int) -> list[tuple[str, str]]:
        place = (needs_code(needs), minutes)
        return [
            ("care.button.helped", pack(Verb.CARE_RATE, action.id, 1, *place)),
            ("care.button.not_helped", pack(Verb.CARE_RATE, action.id, 0, *place)),
        ]

    def _entry(self, action: Action) -> Entry | None:
        return next((found for each in action.claims if (found := self._answering.get(each))), None)

    def _title(self, action: Action, lang: Language) -> str:
        return self._texts.html("care.title", lang, count=action.minutes, title=action.title[lang])

    def _lengths(self, needs: Sequence[Need], lang: Language) -> tuple[Button, ...]:
        return tuple(
            Button(
                self._texts("care.minutes", lang, count=each),
                pack(Verb.CARE_SUGGEST, needs_code(needs), each),
            )
            for each in LENGTHS
        )

    def _row(self, lang: Language, *buttons: tuple[str, str]) -> tuple[Button, ...]:
        return tuple(Button(self._texts(key, lang), data) for key, data in buttons)


def _clock(left: timedelta) -> str:
    """1:05"""
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"
