"""What can go wrong, named by what the caller does next.

TeateError
├── Misconfigured      a person must change settings or files; `lines` says which; exit code 2
│   └── WrongKey       DATA_KEY does not open the database
├── Forged             button data that this bot did not make: ignore it
├── NotAnUpdate        what has arrived is not Telegram's: refuse it
├── StoreUnavailable   the database cannot be reached now: try again
├── MoveRefused        a request does not take this move now: show its card afresh, say why
├── TooLong            a text does not fit one message whole: ask for shorter ones
├── FormRefused        a form does not take this answer: say why, and show the step again
└── DeliveryFailed     a message did not reach its reader
    ├── TrySoon        seconds to minutes: flood limit, dropped connection
    ├── TryLater       minutes to hours: the other side is down
    └── TryNever       it will not work another time: tell a person
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.form import FormRefusal, Step
    from bot.domain.lifecycle import Refusal
    from bot.domain.requests import Request


class TeateError(Exception):
    """The root: nothing raises it itself."""


class Misconfigured(TeateError):
    """Settings or files that a person must change. `lines` are shown as they are, one each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class WrongKey(Misconfigured):
    """The database was written with another DATA_KEY."""


class Forged(TeateError):
    """Button data that this bot did not make."""


class NotAnUpdate(TeateError):
    """What has arrived as an update has no number: Telegram did not write it."""


class StoreUnavailable(TeateError):
    """The database cannot be reached now; whoever asked may try again."""


class MoveRefused(TeateError):
    """A request does not take this move. `request` is what it is now: enough to draw its card afresh."""

    def __init__(self, reason: "Refusal", request: "Request") -> None:
        super().__init__(f"{request.reference} ({request.state}): {reason}")
        self.reason = reason
        self.request = request


class TooLong(TeateError):
    """A text does not fit one message whole; `longest` characters do. Nothing of it was passed on."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"more than {longest} characters")
        self.longest = longest


class FormRefused(TeateError):
    """A form does not take this answer; it is what it was before. `step` is the one to show, or to reopen."""

    def __init__(self, reason: "FormRefusal", step: "Step") -> None:
        super().__init__(f"{step}: {reason}")
        self.reason = reason
        self.step = step


class DeliveryFailed(TeateError):
    """A message did not reach its reader."""


class TrySoon(DeliveryFailed):
    """Worth trying again soon, not before `after` if that is given."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class TryLater(DeliveryFailed):
    """The other side is down: try again in minutes, then hours."""


class TryNever(DeliveryFailed):
    """Trying again cannot help.

    `shut`: it is not this message that is refused but every one, until a person there opens. The reader has
    blocked the bot or deleted the chat, or the server takes neither our login nor the address.
    """

    def __init__(self, reason: str, *, shut: bool = False) -> None:
        super().__init__(reason)
        self.shut = shut
