"""The catalogues `locales/*.po`: what people read and what does not stand in the knowledge base."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from gettext import GNUTranslations
from html import escape
from pathlib import Path
from string import Formatter

from babel.dates import format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.domain.clinic import Closure
from bot.domain.errors import Misconfigured
from bot.domain.language import Language

LOCALES = Path(__file__).parent.parent / "locales"


class Catalogues:
    """Texts by key. `{name}` in a text takes a value; a key that no catalogue has is an error of ours."""

    def __init__(self, folder: Path = LOCALES) -> None:
        self.catalogs: dict[Language, Catalog] = {each: _read(folder, each) for each in Language}
        self._translations = {each: _compiled(catalog) for each, catalog in self.catalogs.items()}

    def __call__(self, key: str, language: Language, /, count: int | None = None, **values: object) -> str:
        if count is None:
            text = self._translations[language].gettext(key)
        else:
            text = self._translations[language].ngettext(key, key, count)
            values["count"] = count
        if text == key:
            raise KeyError(f"{key} has no text in {language.value}.po")
        return text.format_map(values) if values else text

    def html(self, key: str, language: Language, /, count: int | None = None, **values: object) -> str:
        safe = {name: escape(str(value), quote=False) for name, value in values.items()}
        return self(key, language, count=count, **safe)

    def when(self, moment: datetime, language: Language) -> str:
        return format_datetime(
            moment, self("format.when", language), locale=language.value, tzinfo=moment.tzinfo
        )

    def day(self, day: date, language: Language) -> str:
        return format_datetime(
            datetime(day.year, day.month, day.day),  # noqa: DTZ001
            self("format.day", language),
            locale=language.value,
        )

    def closure(self, closure: Closure, language: Language) -> str:
        first, last = self.day(closure.start, language), self.day(closure.end, language)
        days = first if closure.start == closure.end else self("facts.days", language, start=first, end=last)
        if closure.reason is None:
            return days
        return self("facts.closure", language, days=days, reason=closure.reason[language])

    def lines(self, language: Language) -> Iterator[tuple[str, int]]:
        """Every text of a language and the line it stands on."""
        for message in self.catalogs[language]:
            strings = [message.string] if isinstance(message.string, str) else message.string or ()
            for text in strings if message.id else ():
                yield text, message.lineno or 1

    def problems(self) -> list[str]:
        """What differs between the languages: missing keys, other placeholders."""
        first, *others = Language
        problems: list[str] = []
        for other in others:
            ours, theirs = _texts(self.catalogs[first]), _texts(self.catalogs[other])
            for key in sorted(ours.keys() ^ theirs.keys()):
                lacking = other if key in ours else first
                problems.append(f"bot/locales/{lacking.value}.po: `{key}` is missing")
            problems += [
                f"bot/locales/{other.value}.po: `{key}` has other placeholders than {first.value}.po"
                for key in sorted(ours.keys() & theirs.keys())
                if _places(ours[key]) != _places(theirs[key])
            ]
        return problems


def _read(folder: Path, language: Language) -> Catalog:
    path = folder / f"{language.value}.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language.value, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise Misconfigured([f"{path.name}: cannot be read as a catalogue: {error}"]) from error


def _compiled(catalog: Catalog) -> GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return GNUTranslations(buffer)


def _texts(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if strings and all(strings):
                texts[key] = strings
    return texts


def _places(strings: tuple[str, ...]) -> set[str]:
    """Placeholders of all plural forms together: a language may leave `{count}` out of one form."""
    return {name for string in strings for _, name, _, _ in Formatter().parse(string) if name}
