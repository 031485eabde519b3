"""Faults that a test scripts: refusals, silence, answers that get lost on their way."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum

from bot.trial.errors import ApiError

EVERY = "*"


class Kind(StrEnum):
    """What goes wrong with a call."""

    ERROR = "error"
    """Telegram refuses; nothing happened."""
    GATEWAY = "gateway"
    """502 with a page of HTML, as a proxy in front of Telegram sends it; nothing happened."""
    DROPPED = "dropped"
    """The connection breaks before anything happened."""
    LOST = "lost"
    """It happened, but the connection breaks before the answer arrives."""
    HANGS = "hangs"
    """Nothing comes back until the caller gives up or `release()` is called; then it is done."""


@dataclass(slots=True)
class Fault:
    kind: Kind
    left: int
    error: ApiError | None = None
    released: asyncio.Event = field(default_factory=asyncio.Event)


class Faults:
    """A script per method name (any case); `*` stands for every method but getUpdates."""

    def __init__(self) -> None:
        self._script: dict[str, list[Fault]] = {}

    def fail(self, method: str, error: ApiError, times: int = 1) -> None:
        """The next `times` calls are refused with `error`."""
        self._add(method, Fault(Kind.ERROR, times, error))

    def bad_gateway(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(Kind.GATEWAY, times))

    def drop(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(Kind.DROPPED, times))

    def lose_answer(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(Kind.LOST, times))

    def hang(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(Kind.HANGS, times))

    def release(self) -> None:
        """Lets everything go on that hangs, and ends the script."""
        for faults in self._script.values():
            for fault in faults:
                fault.released.set()
        self._script.clear()

    def next(self, method: str) -> Fault | None:
        """What goes wrong with this call, if anything."""
        keys = [method.lower()] + ([EVERY] if method.lower() != "getupdates" else [])
        for key in keys:
            for fault in self._script.get(key, ()):
                if fault.left > 0:
                    fault.left -= 1
                    return fault
        return None

    def _add(self, method: str, fault: Fault) -> None:
        self._script.setdefault(method.lower(), []).append(fault)
