"""What waits for the bot's answer: taps and inline queries; and the calls that it made."""

from dataclasses import dataclass
from datetime import datetime

from bot.trial.errors import Json
from bot.trial.messages import Message
from bot.trial.params import Params
from bot.trial.people import Person


@dataclass(slots=True)
class Tap:
    """A tapped button that waits for its answer."""

    id: str
    person: Person
    message: Message
    data: str
    at: datetime
    answer: Json | None = None
    """What answerCallbackQuery said (`text`, `show_alert`, `url`); None while the phone waits."""


@dataclass(slots=True)
class InlineQuery:
    id: str
    person: Person
    query: str
    at: datetime
    results: list[Json] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API, for tests that count them."""

    method: str
    params: Params
