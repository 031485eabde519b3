"""A clock that stands until a test moves it."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Friday 20 November 2026, noon in Kobe, unless told otherwise."""

    def __init__(self, now: datetime = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by
