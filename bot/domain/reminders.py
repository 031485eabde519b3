"""When a client is reminded of their self-care: at their time, never in quiet hours, never in a burst.

All moments that are handed out are in UTC: two datetimes of one zone are compared by the wall clock, which
lies on the days when clocks change.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

LATE = timedelta(hours=2)
"""A reminder that could not go out for longer than this is dropped; its moment has passed."""

SNOOZE = timedelta(hours=1)

HALF_A_DAY = 12

LOOK_AHEAD = 15
"""Days. A week finds every weekday; the second one is for a time that the clock skips."""


@dataclass(frozen=True, slots=True)
class ReminderTimes:
    """When a client wants to be reminded, on their own clock."""

    at: time
    weekdays: frozenset[int]
    """Monday is 0. None of them: no reminders."""
    quiet_from: time
    quiet_until: time
    """From inclusive, until exclusive; may run over midnight; both the same: no quiet hours."""
    zone: tzinfo

    @property
    def heard_at(self) -> time:
        """The time of day at which it really comes: one in the quiet hours waits for their end."""
        return self.quiet_until if self.is_quiet(self.at) else self.at

    def is_quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def half_day(quiet_until: time) -> tuple[time, time]:
    """Where a bare hour ("at half past seven") lies: in the twelve hours from when it is no longer quiet."""
    later = quiet_until.hour + HALF_A_DAY
    return quiet_until, quiet_until.replace(hour=later) if later < 24 else time.max


@dataclass(frozen=True, slots=True)
class Ring:
    """What to do with a reminder that is due."""

    now: bool
    """Send it; otherwise it is dropped in silence."""
    again: datetime | None
    """When the next one is due, in UTC; None: never."""


def next_reminder(times: ReminderTimes, after: datetime) -> datetime | None:
    """The first moment later than `after`, in UTC, on a chosen weekday; None where none is chosen."""
    day = after.astimezone(times.zone).date()
    for offset in range(LOOK_AHEAD):
        on = day + timedelta(days=offset)
        moment = datetime.combine(on, times.heard_at, times.zone).astimezone(UTC)
        # A time that the clock skips is another one now, perhaps a quiet one.
        heard = moment.astimezone(times.zone)
        if on.weekday() in times.weekdays and moment > after and not times.is_quiet(heard.time()):
            return moment
    return None


def ring(times: ReminderTimes, due_at: datetime, now: datetime) -> Ring:
    """What becomes of a reminder that was due at `due_at`.

    However many came due during an outage, one goes out at most, and only while its moment is near and it
    is not quiet; the next is reckoned from `now`.
    """
    quiet = times.is_quiet(now.astimezone(times.zone).time())
    in_time = due_at <= now <= due_at + LATE
    return Ring(in_time and not quiet, next_reminder(times, now))


def snoozed(times: ReminderTimes, now: datetime, by: timedelta = SNOOZE) -> datetime | None:
    """When to remind again after a tap on "later", in UTC.

    A moment that falls into the quiet hours, or behind the next reminder, gives way to the next reminder.
    """
    later, following = now.astimezone(UTC) + by, next_reminder(times, now)
    if times.is_quiet(later.astimezone(times.zone).time()):
        return following
    return later if following is None else min(later, following)
