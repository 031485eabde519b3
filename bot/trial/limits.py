"""How much Telegram allows, and the flood limits, which are off unless a test asks for them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.trial.errors import too_many_requests


@dataclass(slots=True)
class Limits:
    """Telegram's figures (core.telegram.org/bots/api, /bots/faq). Tests may change them."""

    text: int = 4096
    """Characters after the entities were parsed, in UTF-16 units: never more lenient than Telegram."""
    caption: int = 1024
    callback_data: int = 64
    """Bytes."""
    callback_answer: int = 200
    buttons: int = 100
    commands: int = 100
    upload: int = 50 * 1024 * 1024
    """Bytes a bot may send in one file."""
    download: int = 20 * 1024 * 1024
    """Bytes of a file that a bot may fetch."""
    query_lifetime: timedelta = timedelta(seconds=15)
    """How long the phone waits for the answer to a tap."""
    deletable: timedelta = timedelta(hours=48)
    flood: bool = False
    per_second: int = 30
    """Messages in all."""
    per_chat_second: int = 1
    per_group_minute: int = 20


class Flood:
    """Counts what the bot sends, and refuses what is too much."""

    def __init__(self, limits: Limits, clock: Callable[[], datetime]) -> None:
        self._limits = limits
        self._clock = clock
        self._sent: dict[int | None, deque[datetime]] = {}

    def count(self, chat_id: int, *, group: bool) -> None:
        """One message to a chat; raises 429 with the seconds to wait."""
        if not self._limits.flood:
            return
        second, minute = timedelta(seconds=1), timedelta(minutes=1)
        rules: list[tuple[int | None, int, timedelta]] = [
            (None, self._limits.per_second, second),
            (chat_id, self._limits.per_group_minute, minute)
            if group
            else (chat_id, self._limits.per_chat_second, second),
        ]
        now = self._clock()
        for key, most, span in rules:
            sent = self._sent.setdefault(key, deque())
            while sent and sent[0] <= now - span:
                sent.popleft()
            if len(sent) >= most:
                wait = sent[0] + span - now
                raise too_many_requests(max(1, ceil(wait.total_seconds())))
        for key, _most, _span in rules:
            self._sent[key].append(now)
