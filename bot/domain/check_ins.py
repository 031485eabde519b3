"""Check-ins: how a client said they are, by weeks, and when Teate gently offers a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import fmean

from bot.domain.care import Need

FACES = (1, 2, 3, 4, 5)
"""From very low to very good."""

VERY_LOW = 1
"""A single one is enough to say that people are there; to offer them by itself takes a streak."""

LOW = 2
STREAK_DAYS = 3
STREAK_WITHIN = timedelta(days=7)
OFFER_AGAIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How a client said they are: one face, and a need if they named one. No diagnosis is made of it."""

    at: datetime
    face: int
    need: Need | None = None
    offered: bool = False
    """A person was offered after it. Kept here, so that it is sealed and deleted with the check-in."""

    def __post_init__(self) -> None:
        if self.face not in FACES:
            raise ValueError(f"a face is 1 to 5, not {self.face}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its check-ins, oldest first."""

    date: date
    check_ins: tuple[CheckIn, ...] = ()

    @property
    def mean(self) -> float | None:
        return fmean(each.face for each in self.check_ins) if self.check_ins else None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday."""

    days: tuple[Day, ...]

    @property
    def start(self) -> date:
        return self.days[0].date

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        return tuple(each for day in self.days for each in day.check_ins)

    @property
    def mean(self) -> float | None:
        """Of its days, so that a day with many check-ins counts once."""
        means = [each.mean for each in self.days if each.mean is not None]
        return fmean(means) if means else None


def weeks(check_ins: Sequence[CheckIn], now: datetime, zone: tzinfo, count: int) -> tuple[Week, ...]:
    """The last `count` weeks, the running one included, oldest first; days as they are in `zone`."""
    by_day = _by_day(check_ins, zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return tuple(
        Week(
            tuple(
                Day(day, by_day.get(day, ()))
                for day in (monday + timedelta(days=offset - 7 * back) for offset in range(7))
            )
        )
        for back in reversed(range(count))
    )


def low_streak(check_ins: Sequence[CheckIn], now: datetime, zone: tzinfo) -> bool:
    """Whether the last days of check-ins were all low, so that a person is offered, gently.

    The rule: the last three days that have a check-in lie within seven days, the newest is today, and the
    best face of each is at most 2. A day without a check-in neither counts nor breaks the streak: on the
    worst days people don't tap. One better moment on a day does break it.
    """
    today = now.astimezone(zone).date()
    by_day = {day: each for day, each in _by_day(check_ins, zone).items() if day <= today}
    last = sorted(by_day)[-STREAK_DAYS:]
    return (
        len(last) == STREAK_DAYS
        and last[-1] == today
        and today - last[0] < STREAK_WITHIN
        and all(max(each.face for each in by_day[day]) <= LOW for day in last)
    )


def offers_person(
    check_ins: Sequence[CheckIn], now: datetime, zone: tzinfo, last_offer: datetime | None
) -> bool:
    """Whether to offer a person now: on a low streak, at most once a week, so that it stays an offer."""
    rested = last_offer is None or now - last_offer >= OFFER_AGAIN
    return rested and low_streak(check_ins, now, zone)


def last_offer(check_ins: Sequence[CheckIn]) -> datetime | None:
    """When a person was last offered."""
    return max((each.at for each in check_ins if each.offered), default=None)


def _by_day(check_ins: Sequence[CheckIn], zone: tzinfo) -> dict[date, tuple[CheckIn, ...]]:
    by_day: dict[date, tuple[CheckIn, ...]] = {}
    for each in sorted(check_ins, key=lambda each: each.at):
        day = each.at.astimezone(zone).date()
        by_day[day] = (*by_day.get(day, ()), each)
    return by_day
