"""What every command has from outside: the time, and somebody who hears how far it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Progress = Callable[[str], None]


def system_clock() -> datetime:
    return datetime.now(UTC)
