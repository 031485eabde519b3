"""The screens around the answers: start, help, language, settings."""

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.services.ports import Texts
from bot.services.screens import Button, Screen


class MenuViews:
    """Screens that know nobody."""

    def __init__(self, texts: Texts, clinic: Clinic) -> None:
        self._texts = texts
        self._clinic = clinic

    def start(self, lang: Language) -> Screen:
        text = self._texts.html("start.welcome", lang, clinic=self._clinic.name[lang])
        return Screen(text, (*self._doors(lang), self._languages()))

    def help(self, lang: Language) -> Screen:
        text = self._texts.html("help.text", lang, clinic=self._clinic.name[lang])
        return Screen(text, (*self._doors(lang), (self._privacy(lang),)))

    def _doors(self, lang: Language) -> tuple[tuple[Button, ...], ...]:
        button = self._texts
        return (
            (Button(button("button.topics", lang), pack(Verb.TOPICS)),),
            (
                Button(button("button.tonight", lang), pack(Verb.SELF_CARE, "")),
                Button(button("button.book", lang), pack(Verb.BOOK)),
            ),
        )

    def _privacy(self, lang: Language) -> Button:
        return Button(self._texts("button.privacy", lang), pack(Verb.PRIVACY))

    def _languages(self) -> tuple[Button, ...]:
        return tuple(
            Button(self._texts("language.name", each), pack(Verb.SET_LANGUAGE, each.value))
            for each in self._clinic.languages
        )

    def language(self, lang: Language, *, chosen: bool) -> Screen:
        key = "language.chosen" if chosen else "language.ask"
        follow = Button(self._texts("language.automatic", lang), pack(Verb.SET_LANGUAGE, "auto"))
        return Screen(self._texts.html(key, lang), (self._languages(), (follow,)))

    def settings(self, lang: Language, *, chosen: bool) -> Screen:
        name = self._texts("language.name" if chosen else "language.automatic", lang)
        text = self._texts.html("settings.text", lang, language=name)
        rows = (
            (Button(self._texts("button.language", lang), pack(Verb.LANGUAGE)),),
            (Button(self._texts("button.reminders", lang), pack(Verb.REMINDERS)),),
            (self._privacy(lang),),
            (Button(self._texts("button.help", lang), pack(Verb.HELP)),),
        )
        return Screen(text, rows)

    def question(self, key: str, lang: Language, **values: str) -> Screen:
        """A text that asks for a reply."""
        return Screen(self._texts.html(key, lang, None, **values), force_reply=True)

    def too_long(self, longest: int, lang: Language) -> Screen:
        """What was written for the clinic was not passed on; a reply to this one is."""
        return self.question("talk.too_long", lang, longest=f"{longest:,}")

    def plain(self, key: str, lang: Language, **values: str) -> Screen:
        """A text with nothing to tap."""
        return Screen(self._texts.html(key, lang, None, **values))
