"""What the knowledge base holds, and what a message can turn out to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.care import Need as Need
from bot.domain.language import Language, Localised


class Route(StrEnum):
    """What a message turned out to be."""

    CRISIS = "crisis"
    RED_FLAG = "red_flag"
    BOOKING = "booking"
    SELF_CARE = "self_care"
    SMALL_TALK = "small_talk"
    ANSWER = "answer"
    CLARIFY = "clarify"
    HAND_OVER = "hand_over"


class Safety(StrEnum):
    """What a message can need before any answer, most urgent first."""

    CRISIS_IMMINENT = "crisis-imminent"
    MEDICAL_EMERGENCY = "medical-emergency"
    CRISIS = "crisis"
    CRISIS_OTHER = "crisis-other"
    VIOLENCE = "violence"
    HARM_OTHERS = "harm-others"
    MEDICAL_SOON = "medical-soon"
    MASSAGE_HOLD = "massage-hold"
    EXERCISE_HOLD = "exercise-hold"
    DISTRESS = "distress"
    SCOPE = "scope"
    BOUNDARY = "boundary"


class Intent(StrEnum):
    """What a client wants of the appointment book."""

    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"
    HOURS = "hours"
    CHECK = "check"


class Command(StrEnum):
    """What a command does and can be asked for in plain words too."""

    MOOD = "mood"
    REMINDERS = "reminders"
    DELETE = "delete"
    MYDATA = "mydata"
    PERSON = "person"
    MYBOOKINGS = "mybookings"
    LANGUAGE = "language"
    ENGLISH = "english"
    JAPANESE = "japanese"
    HELP = "help"
    JOKING = "joking"
    """No command: whoever takes back what sounded like danger is shown that help stays."""


class Strength(StrEnum):
    """How sure research is."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    CONTESTED = "contested"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in one of the clinic's articles."""

    article: str
    section: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strong the evidence is, said fairly, with where it stands."""

    strength: Strength
    fair: Localised
    citations: tuple[str, ...]


class Offer(StrEnum):
    """A way on that an answer opens by a button, beside the usual ones."""

    PERSON = "person"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and its answer. Texts may hold `{facts}` of clinic.yaml."""

    id: str
    topic: str
    title: Localised
    short: Localised
    longer: Localised | None
    claims: tuple[str, ...]
    sources: tuple[Source, ...]
    evidence: Evidence | None
    need: Need | None
    related: tuple[str, ...]
    variants: Mapping[Language, tuple[str, ...]]

    offers: Offer | None = None
    intent: Intent | None = None
    """What whoever asks this wants of the appointment book, where the answer is all that it takes."""
    general: bool = False
    """Tells everybody what the sentence on a condition tells whoever has it; beside that a button will do."""
    missing: frozenset[str] = frozenset()
    """Facts that the texts ask for and clinic.yaml does not hold: the question goes to a person."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A file of entries, as the client browses them."""

    id: str
    title: Localised
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One of the clinic's articles."""

    id: str
    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utterances:
    """How people say what is no question: each key's sayings, by language."""

    booking: Mapping[Intent, Mapping[Language, tuple[str, ...]]]
    self_care: Mapping[Need, Mapping[Language, tuple[str, ...]]]
    distress: Mapping[Language, tuple[str, ...]]
    """Sad, worn out or lonely, and in no danger."""
    small_talk: Mapping[str, Mapping[Language, tuple[str, ...]]]
    elsewhere: Mapping[Language, tuple[str, ...]]
    """What clients also write and nobody here can know: it teaches the index to abstain."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that the clinic's people wrote, checked and ready to be read."""

    topics: tuple[Topic, ...]
    entries: Mapping[str, Entry]
    articles: Mapping[str, Article]
    claims: Mapping[str, str]
    utterances: Utterances
    commands: Mapping[Command, tuple[str, ...]]
    """How people ask for what a command does, in every language."""
