"""From the files, once nothing is wrong with them, to the knowledge base that answers."""

from collections.abc import Sequence

from bot.adapters.knowledge_yaml import rules
from bot.adapters.knowledge_yaml.facts import facts_of, fill_each, missing
from bot.adapters.knowledge_yaml.schema import (
    ArticlesFile,
    ClinicFile,
    CommandsFile,
    EntryFile,
    IntentsFile,
    TopicFile,
)
from bot.adapters.texts import Catalogues
from bot.answers.model import Article, Entry, Evidence, Knowledge, Source, Topic, Utterances
from bot.domain.clinic import Clinic
from bot.domain.language import Language


def knowledge_of(
    file: ClinicFile,
    clinic: Clinic,
    articles: ArticlesFile,
    intents: IntentsFile,
    commands: CommandsFile,
    topics: Sequence[tuple[str, TopicFile]],
    texts: Catalogues,
) -> Knowledge:
    """Each topic with its file's name; what `clinic.yaml` states stands in place of its placeholders."""
    facts = {each: facts_of(file, clinic, texts, each) for each in Language}
    return Knowledge(
        topics=tuple(
            Topic(name, fill_each(topic.title, facts), tuple(entry.id for entry in topic.entries))
            for name, topic in topics
        ),
        entries={entry.id: _entry(entry, name, facts) for name, topic in topics for entry in topic.entries},
        articles={each.id: Article(each.id, each.title, tuple(each.sections)) for each in articles.articles},
        claims={each.id: each.says for each in articles.claims},
        utterances=Utterances(
            booking={intent: _tuples(said) for intent, said in intents.booking.items()},
            self_care={need: _tuples(said) for need, said in intents.self_care.items()},
            distress=_tuples(intents.distress),
            small_talk={kind: _tuples(said) for kind, said in intents.small_talk.items()},
            elsewhere=_tuples(intents.elsewhere),
        ),
        commands={
            command: tuple(each for sayings in said.values() for each in sayings)
            for command, said in commands.commands.items()
        },
    )


def _tuples(sayings: dict[Language, list[str]]) -> dict[Language, tuple[str, ...]]:
    return {language: tuple(each) for language, each in sayings.items()}


def _entry(file: EntryFile, topic: str, facts: dict[Language, dict[str, str]]) -> Entry:
    lacking: set[str] = set()
    for _, text, language in rules.texts_of(file):
        lacking |= missing(text, facts[language])
    return Entry(
        id=file.id,
        topic=topic,
        title=fill_each(file.title, facts),
        short=fill_each(file.short, facts),
        longer=fill_each(file.longer, facts) if file.longer else None,
        claims=tuple(file.claims),
        sources=tuple(Source(each.article, each.section) for each in file.sources),
        evidence=Evidence(
            file.evidence.strength, fill_each(file.evidence.fair, facts), tuple(file.evidence.citations)
        )
        if file.evidence
        else None,
        need=file.need,
        related=tuple(file.related),
        variants=_tuples(file.variants),
        offers=file.offers,
        intent=file.intent,
        general=file.general,
        missing=frozenset(lacking),
    )
