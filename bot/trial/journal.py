"""What happened, in order: for the page, and for whoever waits for something to appear."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.trial.errors import Json

T = TypeVar("T")


class Happening(StrEnum):
    MESSAGE = "message"
    EDITED = "edited"
    DELETED = "deleted"
    TYPING = "typing"
    TAPPED = "tapped"
    ANSWERED = "answered"
    CHATS = "chats"
    """Menus, keyboards, profiles, people: look at the whole state again."""


@dataclass(frozen=True, slots=True)
class Change:
    number: int
    what: Happening
    chat_id: int | None
    body: Json


class Journal:
    """Tells everybody who listens. Listeners must be quick and must not raise."""

    def __init__(self) -> None:
        self.number = 0
        self._listeners: list[Callable[[Change], None]] = []

    def note(self, what: Happening, chat_id: int | None = None, body: Json | None = None) -> int:
        self.number += 1
        change = Change(self.number, what, chat_id, body or {})
        for listener in tuple(self._listeners):
            listener(change)
        return self.number

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Returns what ends the listening."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(self, look: Callable[[], T | None], timeout: float) -> T | None:  # noqa: ASYNC109
        """What `look` finds, now or after some change within `timeout` seconds; None if it never does."""
        happened = asyncio.Event()
        stop = self.listen(lambda _change: happened.set())
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    await happened.wait()
                    happened.clear()
                return found
        except TimeoutError:
            return look()
        finally:
            stop()
