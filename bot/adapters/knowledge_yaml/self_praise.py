"""Words that the licence does not allow a business to use of itself, wherever a client could read them."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Document, Path_
from bot.adapters.knowledge_yaml.schema import ClinicFile
from bot.adapters.texts import Catalogues
from bot.domain.language import Language

PlacedText: TypeAlias = tuple[Document, Path_, Language, str]


def warn_of_words(texts: Iterable[PlacedText], clinic: ClinicFile) -> Iterator[Problem]:
    """In Japanese texts: the lists of `not_allowed` follow Japanese law on advertising."""
    for document, path, language, text in texts:
        if language is Language.JA:
            for told in _told(text, clinic):
                yield document.problem(path, told)


def warn_of_catalogue(texts: Catalogues, clinic: ClinicFile) -> Iterator[Problem]:
    """The same in the catalogue."""
    for text, line in texts.lines(Language.JA):
        for told in _told(text, clinic):
            yield Problem("bot/locales/ja.po", line, 1, told)


def _told(text: str, clinic: ClinicFile) -> Iterator[str]:
    for word in clinic.not_allowed.get(clinic.licence, []):
        if word in text:
            yield f"says 「{word}」, which the licence `{clinic.licence}` does not allow of oneself"
