"""What the bot said last in a chat was about: what a bare "why?", or a bare time of day, goes on from."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

FOLLOWED: Final = timedelta(hours=1)
"""How long a few words are heard as going on from it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An answer, by its entry's id; without one, the time of the reminders that was asked for."""

    entry: str | None = None
