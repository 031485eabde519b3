"""What a client sees of their own data: the short policy, consents, the file, the end of it all."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain import hours
from bot.domain.clients import Client
from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.domain.requests import Personal, Request
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.phrasing import Phrasing, clipped
from bot.services.ports import Consent, Records, Texts
from bot.services.privacy import Deletion
from bot.services.retain import Keep
from bot.services.screens import Attachment, Button, Screen

FILE: Final = "my-data.json"
NUMBERS: Final = frozenset(
    {"messages_that_can_be_edited", "numbers_of_messages_from_you", "numbers_of_messages_to_you"}
)
"""Kinds of which the summary says one line together."""

MOST: Final = 10
"""Requests that are named one by one."""


class PrivacyViews:
    """Every method gives a whole message."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic
        self._say = Phrasing(texts, clinic)

    def policy(self, keep: Keep, url: str | None, lang: Language) -> Screen:
        """/privacy: what is kept, how long, who sees it; `url` leads to the long text."""
        days = {
            "bookings": keep.bookings.days,
            "screening": keep.screening.days,
            "mood": keep.mood.days,
            "questions": keep.questions.days,
        }
        text = self._texts.html("privacy.text", lang, clinic=self._clinic.name[lang], **days)
        rows = [
            (self._button("privacy.button.data", lang, Verb.MY_DATA),),
            (self._button("privacy.button.consents", lang, Verb.CONSENTS),),
            (self._button("privacy.button.delete", lang, Verb.DELETE),),
        ]
        if url:
            rows.append((Button(self._texts("privacy.long.link", lang), url=url),))
        else:
            name = self._clinic.name[lang]
            ask = self._texts.html("privacy.long.ask", lang, clinic=name, phone=self._phone(lang))
            text = f"{text}\n\n{ask}"
        return Screen(text, tuple(rows))

    def consents(
        self, given: Mapping[Consent, datetime | None], lang: Language, *, told: str | None = None
    ) -> Screen:
        """Each with since when and what taking it back does; `told` is the key of what was just done."""
        parts = [self._texts.html(told, lang)] if told else []
        parts.append(self._texts.html("privacy.consents", lang))
        rows = []
        for kind, since in given.items():
            name = self._texts(f"privacy.consent.{kind}", lang)
            if since is None:
                line = self._texts.html("privacy.consent.none", lang, name=name)
                below = self._texts.html(f"privacy.consent.{kind}.asked", lang)
            else:
                when = self._say.when(since, lang)
                line = self._texts.html("privacy.consent.given", lang, name=name, when=when)
                below = self._texts.html(f"privacy.consent.{kind}.does", lang)
                label = self._texts("privacy.button.withdraw", lang, name=name)
                rows.append((Button(label, pack(Verb.CONSENT_WITHDRAW, kind)),))
            parts.append(f"{line}\n{below}")
        rows.append((self._button("privacy.button.back", lang, Verb.PRIVACY),))
        return Screen("\n\n".join(parts), tuple(rows))

    def summary(self, client: Client, records: Records, known: Personal | None, lang: Language) -> Screen:
        """The readable side of /mydata; `known` is what a next form begins with."""
        since = self._say.when(client.since, lang)
        name = self._texts("language.name", client.speaks)
        lines = [
            self._texts.html("privacy.data", lang),
            self._texts.html("privacy.data.since", lang, when=since, language=name),
        ]
        if known is not None:
            personal = {"name": clipped(known.name, 60), "phone": known.phone or ""}
            lines.append(self._texts.html("privacy.data.prefilled", lang, None, **personal).strip())
        lines += self._counts(records, lang) or [self._texts.html("privacy.data.nothing_else", lang)]
        row = (self._button("privacy.button.delete", lang, Verb.DELETE),)
        return Screen("\n".join(lines), (row,))

    def _counts(self, records: Records, lang: Language) -> list[str]:
        counted = {each: len(held) for each, held in records.items() if each != "you" and each not in NUMBERS}
        numbers = sum(len(held) for each, held in records.items() if each in NUMBERS)
        if numbers:
            counted["numbers"] = numbers
        return [
            self._texts.html(
                "privacy.data.line", lang, kind=self._texts(f"privacy.kind.{each}", lang), number=number
            )
            for each, number in counted.items()
        ]

    def file(self, records: Records, now: datetime, lang: Language) -> Screen:
        """Everything, as a document."""
        about = self._texts("privacy.data.about", lang, clinic=self._clinic.name[lang])
        made = hours.local(self._clinic, now).isoformat(timespec="seconds")
        whole = {"about": about, "made_at": made, **records}
        content = json.dumps(whole, ensure_ascii=False, indent=2).encode()
        text = self._texts.html("privacy.data.file", lang)
        return Screen(text, attachment=Attachment(FILE, "application/json", content))

    def ask_delete(self, outlook: Deletion, lang: Language) -> Screen:
        """Once: what goes, what has to stay and why."""
        parts = [self._texts.html("privacy.delete.ask", lang)]
        if outlook.ended:
            ends = self._texts.html("privacy.delete.ends", lang)
            parts.append("\n".join([ends, *self._requests(outlook.ended, lang)]))
        parts += self._staying(outlook, lang)
        rows = (
            (self._button("privacy.button.delete_yes", lang, Verb.DELETE_YES),),
            (self._button("privacy.button.delete_no", lang, Verb.DELETE_NO),),
        )
        return Screen("\n\n".join(parts), rows)

    def deleted(self, deletion: Deletion, lang: Language) -> Screen:
        """What is gone, and truthfully what is still there."""
        parts = [self._texts.html("privacy.deleted", lang)]
        if deletion.ended:
            ended = self._texts.html("privacy.deleted.ended", lang)
            parts.append("\n".join([ended, *self._requests(deletion.ended, lang)]))
        parts += self._staying(deletion, lang)
        if in_books := len(deletion.ended) + len(deletion.past):
            parts.append(self._texts.html("privacy.deleted.books", lang, number=in_books))
        parts.append(self._texts.html("privacy.deleted.rest", lang, phone=self._phone(lang)))
        return Screen("\n\n".join(parts))

    def kept(self, lang: Language) -> Screen:
        row = (self._button("privacy.button.back", lang, Verb.PRIVACY),)
        return Screen(self._texts.html("privacy.delete.kept", lang), (row,))

    def _staying(self, deletion: Deletion, lang: Language) -> list[str]:
        if not deletion.stays:
            return []
        stays = self._texts.html("privacy.delete.stays", lang, phone=self._phone(lang))
        return ["\n".join([stays, *self._requests(deletion.stays, lang)])]

    def _requests(self, requests: Sequence[Request], lang: Language) -> list[str]:
        return [
            self._texts.html(
                "privacy.delete.request",
                lang,
                reference=each.reference,
                treatment=self._say.subject(each, lang),
                when=self._when(each, lang),
            )
            for each in requests[:MOST]
        ]

    def _when(self, request: Request, lang: Language) -> str:
        if request.appointment is not None:
            return self._say.span(request.appointment, lang)
        return self._say.times(request.wished, lang) or self._say.when(request.created_at, lang)

    def card(self, request: Request, lang: Language) -> Screen:
        """A request without its person, as the clinic's group sees it."""
        text = self._texts.html(
            "privacy.card",
            lang,
            reference=request.reference,
            state=self._texts(f"card.state.{request.state}", lang),
            treatment=self._say.subject(request, lang),
            when=self._when(request, lang),
        )
        return Screen(text)

    def below_card(self, request: Request, lang: Language) -> Screen:
        """In place of what was said about a request, once its client wants it gone or its time is over."""
        return Screen(self._texts.html("privacy.card.below", lang, reference=request.reference))

    def forgotten_question(self, lang: Language) -> Screen:
        return Screen(self._texts.html("privacy.card.question", lang))

    def _phone(self, lang: Language) -> str:
        return self._clinic.phone or self._texts("privacy.no_phone", lang)

    def _button(self, key: str, lang: Language, verb: Verb) -> Button:
        return Button(self._texts(key, lang), pack(verb))
