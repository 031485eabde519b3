"""What a client sees of the knowledge base: answers, why, related, topics, asking back."""

from collections.abc import Sequence
from html import escape

from bot.answers.model import Entry, Knowledge, Offer, Topic
from bot.answers.route import CHOICES
from bot.answers.routed import Alternative
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

ENTRIES_ON_A_PAGE = 8
OFFERS = {
    Offer.PERSON: ("button.person", pack(Verb.PERSON)),
    Offer.PLAN: ("button.plan", pack(Verb.PLAN)),
}


class AnswerViews:
    """Every method gives a whole message, so that any of them can replace any other in place."""

    def __init__(self, texts: Texts, knowledge: Knowledge) -> None:
        self._texts = texts
        self._knowledge = knowledge

    def answer(
        self,
        entry: Entry,
        lang: Language,
        *,
        note: str = "",
        thanked: bool = False,
        beside: Sequence[Alternative] = (),
    ) -> Screen:
        """The short answer, how sure research is, and where to go from here.

        `beside`: what else the client may have meant.
        """
        parts = [note, escape(entry.short[lang], quote=False)]
        if entry.evidence:
            parts.append(self._texts.html(f"evidence.{entry.evidence.strength}", lang))
        if thanked:
            parts.append(self._texts.html("feedback.thanks", lang))
        if beside:
            parts.append(self._texts.html("clarify.beside", lang))
        rows = self._choices(beside, lang)
        rows.append(self._row(lang, *self._depth(entry)))
        if entry.offers:
            rows.append(self._row(lang, OFFERS[entry.offers]))
        rows.append(self._row(lang, *self._onward(entry)))
        if not thanked:
            rows.append(
                self._row(
                    lang,
                    ("button.helped", pack(Verb.HELPED, entry.id, 1)),
                    ("button.not_helped", pack(Verb.HELPED, entry.id, 0)),
                )
            )
        return Screen("\n\n".join(filter(None, parts)), tuple(row for row in rows if row))

    def offered(self, first: Screen, beside: Sequence[Alternative], lang: Language) -> Screen:
        """What may have been asked in passing, below what had to be said first."""
        html = f"{first.html}\n\n{self._texts.html('clarify.in_passing', lang)}"
        ways = (self.way_to(self._knowledge.entries[each.entry], lang) for each in beside)
        return Screen(html, (*first.buttons, *ways))

    def _depth(self, entry: Entry) -> list[tuple[str, str]]:
        depth = []
        if entry.evidence or entry.sources:
            depth.append(("button.why", pack(Verb.WHY, entry.id)))
        if entry.longer:
            depth.append(("button.more", pack(Verb.MORE, entry.id)))
        if entry.related:
            depth.append(("button.related", pack(Verb.RELATED, entry.id)))
        return depth

    def _onward(self, entry: Entry) -> list[tuple[str, str]]:
        tonight = pack(Verb.SELF_CARE, entry.need or "")
        return [("button.tonight", tonight), ("button.book", pack(Verb.BOOK))]

    def more(self, entry: Entry, lang: Language) -> Screen:
        text = entry.longer or entry.short
        return Screen(escape(text[lang], quote=False), (self._back(entry, lang),))

    def deeper(self, entry: Entry, lang: Language, *, why: bool) -> Screen | None:
        """What a bare "why?", or a bare "more", after the answer asks for.

        Where the entry lacks it, what it has of the other, or else what is related; None without any.
        """
        both = [(bool(entry.evidence or entry.sources), self.why), (entry.longer is not None, self.more)]
        ways = [*(both if why else reversed(both)), (bool(entry.related), self.related)]
        return next((view(entry, lang) for there, view in ways if there), None)

    def why(self, entry: Entry, lang: Language) -> Screen:
        """Where it comes from: the fair sentence, its citations, the article and section."""
        parts = []
        if entry.evidence:
            parts.append(
                f"{self._texts.html(f'evidence.{entry.evidence.strength}', lang)}\n"
                f"{escape(entry.evidence.fair[lang], quote=False)}"
            )
            if entry.evidence.citations:
                cited = "\n".join(f"• {escape(each, quote=False)}" for each in entry.evidence.citations)
                parts.append(f"{self._texts.html('why.research', lang)}\n{cited}")
        if entry.sources:
            places = "\n".join(
                f"• {escape(self._knowledge.articles[each.article].title, quote=False)}: "
                f"{escape(each.section, quote=False)}"
                for each in entry.sources
            )
            if not entry.evidence:
                parts.append(self._texts.html("why.own", lang))
            parts.append(f"{self._texts.html('why.articles', lang)}\n{places}")
        return Screen("\n\n".join(parts), (self._back(entry, lang),))

    def related(self, entry: Entry, lang: Language) -> Screen:
        buttons = tuple((self._entry_button(each, lang),) for each in entry.related)
        title = self._texts.html("related.title", lang, title=entry.title[lang])
        return Screen(title, (*buttons, self._back(entry, lang)))

    def clarify(self, alternatives: Sequence[Alternative], lang: Language, note: str = "") -> Screen:
        """Not sure between few: ask back."""
        rows = self._choices(alternatives[:CHOICES], lang)
        rows.append(self._row(lang, ("button.none_of_these", pack(Verb.TOPICS))))
        parts = (note, self._texts.html("clarify.ask", lang))
        return Screen("\n\n".join(filter(None, parts)), tuple(rows))

    def hand_over(self, lang: Language, entry: Entry | None = None, note: str = "") -> Screen:
        """Nothing known: say so, offer the topics and the clinic."""
        key = "hand_over.fact" if entry else "hand_over.unknown"
        text = self._texts.html(key, lang, title=entry.title[lang] if entry else "")
        rows = (
            self._row(lang, ("button.topics", pack(Verb.TOPICS)), ("button.person", pack(Verb.PERSON))),
            self._row(lang, ("button.tonight", pack(Verb.SELF_CARE, "")), ("button.book", pack(Verb.BOOK))),
        )
        return Screen("\n\n".join(filter(None, (note, text))), rows)

    def topics(self, lang: Language) -> Screen:
        """All of them; who finds nothing here, or none of a few choices meant, has a person to ask."""
        rows = tuple(
            (Button(topic.title[lang], pack(Verb.TOPIC, topic.id, 0)),) for topic in self._knowledge.topics
        )
        person = self._row(lang, ("button.person", pack(Verb.PERSON)))
        return Screen(self._texts.html("topics.title", lang), (*rows, person))

    def topic(self, topic: Topic, page: int, lang: Language) -> Screen:
        last = (len(topic.entries) - 1) // ENTRIES_ON_A_PAGE
        page = min(max(page, 0), last)
        start = page * ENTRIES_ON_A_PAGE
        rows: list[tuple[Button, ...]] = [
            (self._entry_button(each, lang),) for each in topic.entries[start : start + ENTRIES_ON_A_PAGE]
        ]
        turning = []
        if page > 0:
            turning.append(("button.previous", pack(Verb.TOPIC, topic.id, page - 1)))
        if page < last:
            turning.append(("button.next", pack(Verb.TOPIC, topic.id, page + 1)))
        if turning:
            rows.append(self._row(lang, *turning))
        rows.append(self._row(lang, ("button.all_topics", pack(Verb.TOPICS))))
        return Screen(self._texts.html("topic.title", lang, title=topic.title[lang]), tuple(rows))

    def way_to(self, entry: Entry, lang: Language) -> tuple[Button, ...]:
        """A button in place of the answer, which comes below what is said now."""
        return (Button(entry.title[lang], pack(Verb.ENTRY_BELOW, entry.id)),)

    def _choices(self, entries: Sequence[Alternative], lang: Language) -> list[tuple[Button, ...]]:
        return [(self._entry_button(each.entry, lang),) for each in entries]

    def _entry_button(self, entry_id: str, lang: Language) -> Button:
        return Button(self._knowledge.entries[entry_id].title[lang], pack(Verb.ENTRY, entry_id))

    def _back(self, entry: Entry, lang: Language) -> tuple[Button, ...]:
        return self._row(lang, ("button.back", pack(Verb.ENTRY, entry.id)))

    def _row(self, lang: Language, *buttons: tuple[str, str]) -> tuple[Button, ...]:
        return tuple(Button(self._texts(key, lang), data) for key, data in buttons)
