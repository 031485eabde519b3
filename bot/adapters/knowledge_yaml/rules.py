"""What holds between entries: ids that exist, variants that lead to one place, words that may be said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.adapters.knowledge_yaml.facts import FACT_NAMES, OPTIONAL_FACTS, missing
from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Document, Path_
from bot.adapters.knowledge_yaml.schema import (
    ArticlesFile,
    ClinicFile,
    CommandsFile,
    EntryFile,
    IntentsFile,
    TopicFile,
)
from bot.adapters.knowledge_yaml.self_praise import PlacedText
from bot.answers.commands import heard
from bot.answers.normalise import fold, normalise_saying
from bot.domain.language import Language

HEALTH = ("anxiety-", "depression-", "body-", "massage-", "exercise-", "combine-")
"""Claims that begin so are about health: an answer that repeats one says how sure research is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands."""

    document: Document
    number: int
    entry: EntryFile

    def problem(self, message: str, *path: str | int) -> Problem:
        return self.document.problem(("entries", self.number, *path), message)


def placed(topics: Iterable[tuple[Document, TopicFile]]) -> list[Placed]:
    return [
        Placed(document, number, entry)
        for document, topic in topics
        for number, entry in enumerate(topic.entries)
    ]


def check_articles(document: Document, file: ArticlesFile) -> Iterator[Problem]:
    for name, ids in (("articles", [a.id for a in file.articles]), ("claims", [c.id for c in file.claims])):
        for number, each in enumerate(ids):
            if each in ids[:number]:
                yield document.problem((name, number, "id"), f"the id `{each}` stands twice; change one")


def check_entries(entries: list[Placed], articles: ArticlesFile) -> Iterator[Problem]:
    """Ids: each once, and each that is named exists. Every claim is answered."""
    ids: dict[str, Placed] = {}
    for each in entries:
        if each.entry.id in ids:
            other = ids[each.entry.id]
            line = other.document.place(("entries", other.number, "id"))[0]
            yield each.problem(
                f"the id `{each.entry.id}` stands in {other.document.file}:{line} too; change one", "id"
            )
        ids.setdefault(each.entry.id, each)
    sections = {article.id: set(article.sections) for article in articles.articles}
    claims = {claim.id for claim in articles.claims}
    for each in entries:
        yield from _named_ids(each, ids.keys(), claims, sections)
        if each.entry.evidence is None and any(claim.startswith(HEALTH) for claim in each.entry.claims):
            yield each.problem("repeats a claim about health and lacks `evidence`; say how sure research is")
    for lacking in sorted(claims - {claim for each in entries for claim in each.entry.claims}):
        yield Problem("knowledge/topics", 1, 1, f"no entry answers the claim `{lacking}`; write one")


def _named_ids(
    each: Placed, ids: Iterable[str], claims: set[str], sections: Mapping[str, set[str]]
) -> Iterator[Problem]:
    for number, claim in enumerate(each.entry.claims):
        if claim not in claims:
            yield each.problem(f"no claim `{claim}` in articles.yaml", "claims", number)
    for number, other in enumerate(each.entry.related):
        if other not in ids or other == each.entry.id:
            yield each.problem(f"`related` names `{other}`, which is no other entry", "related", number)
    for number, source in enumerate(each.entry.sources):
        if source.article not in sections:
            yield each.problem(
                f"no article `{source.article}` in articles.yaml", "sources", number, "article"
            )
        elif source.section not in sections[source.article]:
            yield each.problem(
                f"the article has no section `{source.section}`; articles.yaml lists them",
                "sources",
                number,
                "section",
            )


def check_variants(entries: list[Placed], intents: tuple[Document, IntentsFile] | None) -> Iterator[Problem]:
    """No question may lead to two places."""
    seen: dict[tuple[Language, str], tuple[str, str, str]] = {}
    for document, path, language, saying, owner in _sayings(entries, intents):
        key = (language, normalise_saying(saying))
        if not key[1]:
            yield document.problem(path, f"the variant `{saying}` holds no word; take it out")
        elif key in seen:
            where, other, spelling = seen[key]
            if other == owner and spelling != fold(saying):
                continue  # two ways of asking politely: both may stand
            told = "twice in this list" if other == owner else f"under `{other}` too ({where})"
            yield document.problem(path, f"the variant `{saying}` stands {told}; take one out")
        else:
            seen[key] = (f"{document.file}:{document.place(path)[0]}", owner, fold(saying))


def check_commands(
    commands: tuple[Document, CommandsFile] | None, intents: tuple[Document, IntentsFile] | None
) -> Iterator[Problem]:
    """A command is found before anything else but danger: nothing that leads elsewhere may sound like one.

    Questions and small talk may: "delete my data" is answered by deleting. So may what `/mybookings` shows.
    """
    seen: dict[str, str] = {}
    for document, path, _, saying, owner in _sayings([], intents):
        if not owner.startswith(("small_talk", "booking.check")):
            seen.setdefault(heard(saying), f"under `{owner}` too ({document.file}:{document.place(path)[0]})")
    if commands is None:
        return
    document, file = commands
    for command, by_language in file.commands.items():
        for language, sayings in by_language.items():
            for number, saying in enumerate(sayings):
                path, words = ("commands", command.value, language.value, number), heard(saying)
                if not words:
                    yield document.problem(path, f"the saying `{saying}` holds no word; take it out")
                elif words in seen:
                    yield document.problem(path, f"the saying `{saying}` stands {seen[words]}; take one out")
                seen.setdefault(words, f"under `{command}` too ({document.file}:{document.place(path)[0]})")


def all_sayings(
    entries: list[Placed],
    intents: tuple[Document, IntentsFile] | None,
    commands: tuple[Document, CommandsFile] | None,
) -> dict[Language, list[str]]:
    """Everything that clients are expected to say, by language; also what nobody here can answer."""
    elsewhere = intents[1].elsewhere if intents else {}
    said = {language: list(elsewhere.get(language, ())) for language in Language}
    for _, _, language, saying, _ in _sayings(entries, intents):
        said[language].append(saying)
    for by_language in commands[1].commands.values() if commands else ():
        for language, sayings in by_language.items():
            said[language] += sayings
    return said


def _sayings(
    entries: list[Placed], intents: tuple[Document, IntentsFile] | None
) -> Iterator[tuple[Document, Path_, Language, str, str]]:
    for each in entries:
        for language, sayings in each.entry.variants.items():
            for number, saying in enumerate(sayings):
                path = ("entries", each.number, "variants", language.value, number)
                yield each.document, path, language, saying, each.entry.id
    if intents is None:
        return
    document, file = intents
    kinds: list[tuple[tuple[str, ...], Mapping[Language, list[str]]]] = [
        *((("booking", name), sayings) for name, sayings in file.booking.items()),
        *((("self_care", name), sayings) for name, sayings in file.self_care.items()),
        *((("small_talk", name), sayings) for name, sayings in file.small_talk.items()),
        (("distress",), file.distress),
    ]
    for kind, by_language in kinds:
        for language, sayings in by_language.items():
            for number, saying in enumerate(sayings):
                yield document, (*kind, language.value, number), language, saying, ".".join(kind)


def check_placeholders(entries: list[Placed], clinic: ClinicFile) -> Iterator[Problem]:
    """A placeholder must be one that clinic.yaml could fill; one that it leaves empty is no mistake."""
    known = FACT_NAMES | OPTIONAL_FACTS | clinic.facts.keys() | clinic.wording[clinic.licence].keys()
    for each in entries:
        for name, text, language in texts_of(each.entry):
            for unknown in sorted(missing(text, known)):
                yield each.problem(
                    f"clinic.yaml knows no `{{{unknown}}}`; add it under `facts`, or mend the name",
                    *name,
                    language.value,
                )


def texts_of(entry: EntryFile) -> Iterator[tuple[tuple[str, ...], str, Language]]:
    """Every text of an entry that a client can read: its path, itself, its language."""
    parts: list[tuple[tuple[str, ...], Mapping[Language, str]]] = [
        (("title",), entry.title),
        (("short",), entry.short),
    ]
    if entry.longer:
        parts.append((("longer",), entry.longer))
    if entry.evidence:
        parts.append((("evidence", "fair"), entry.evidence.fair))
    for path, text in parts:
        for language, words in text.items():
            yield path, words, language


def placed_texts(entries: list[Placed]) -> Iterator[PlacedText]:
    for each in entries:
        for path, text, language in texts_of(each.entry):
            yield each.document, ("entries", each.number, *path, language.value), language, text
