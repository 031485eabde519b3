"""What the index learns: every saying, and where it leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.model import Intent, Knowledge, Route, Safety
from bot.domain.language import Language

ELSEWHERE = "oos"
"""The index's own label for what nobody here can know."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a saying leads: a route and, within it, an entry, an intent, a need or a kind of small talk."""

    route: Route
    name: str

    def __str__(self) -> str:
        return f"{self.route.value}:{self.name}"

    @classmethod
    def of(cls, text: str) -> "Label":
        route, _, name = text.partition(":")
        return cls(Route(route), name)


SADNESS = Label(Route.SELF_CARE, Safety.DISTRESS)
"""Not danger, and no wish for something to do either: a warm word, then the offer."""


def pairs(knowledge: Knowledge, language: Language) -> Iterator[tuple[str, str]]:
    """Every saying of one language with its label."""
    for entry in knowledge.entries.values():
        for saying in entry.variants[language]:
            yield saying, str(Label(Route.ANSWER, entry.id))
    said = knowledge.utterances
    for intent, sayings in said.booking.items():
        for saying in sayings[language]:
            yield saying, str(Label(Route.BOOKING, intent))
    for need, sayings in said.self_care.items():
        for saying in sayings[language]:
            yield saying, str(Label(Route.SELF_CARE, need))
    for saying in said.distress[language]:
        yield saying, str(SADNESS)
    for kind, sayings in said.small_talk.items():
        for saying in sayings[language]:
            yield saying, str(Label(Route.SMALL_TALK, kind))
    for saying in said.elsewhere[language]:
        yield saying, ELSEWHERE


def booking_sayings(knowledge: Knowledge, language: Language) -> dict[Intent, tuple[str, ...]]:
    """What is wanted of the appointment book, as one language says it."""
    return {intent: said[language] for intent, said in knowledge.utterances.booking.items()}
