"""What a message turned out to be, and what was found in it."""

from dataclasses import dataclass
from datetime import date, time

from bot.answers.model import Command, Entry, Intent, Need, Route
from bot.answers.safety import Finding
from bot.answers.when import Wish
from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class Alternative:
    """An entry that the message may have meant; `score` from 0 to 100."""

    entry: str
    claims: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Slots:
    """What a booking message says of treatment, day and time."""

    treatment: str | None
    day: date | None
    start: time | None
    until: time | None


@dataclass(frozen=True, slots=True)
class Routed:
    """What a message turned out to be, and what was found in it."""

    text: str
    language: Language
    route: Route
    finding: Finding | None = None
    entry: Entry | None = None
    score: float = 0.0
    alternatives: tuple[Alternative, ...] = ()
    beside: tuple[Alternative, ...] = ()
    """Offered with an answer that is likely and no more, or below what a finding asks for."""
    need: Need | None = None
    intent: Intent | None = None
    slots: Slots | None = None
    wish: Wish | None = None
    small_talk: str | None = None
    command: Command | None = None
    """What is done instead of the answer that the route gives."""

    @property
    def answered(self) -> Entry | None:
        """The entry whose answer is given; what is handed over has an entry that lacks it."""
        return None if self.route is Route.HAND_OVER else self.entry

    @property
    def wishes(self) -> bool:
        """Whether something about appointments is to be done, and not only told."""
        return self.intent is not None and self.route is not Route.ANSWER

    @property
    def private(self) -> bool:
        """Whether the message must not be kept anywhere: it tells of a crisis, of health or of distress."""
        return self.finding is not None
