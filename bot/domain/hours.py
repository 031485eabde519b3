"""Opening hours as moments, and durations that only run while the clinic is open.

Two datetimes of one zone are compared and added by the wall clock, which lies on the days when clocks
change. So everything is reckoned in UTC here and handed out in the clinic's zone.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.clinic import Clinic, Opening

MIDNIGHT = time.min

LOOK_AHEAD = timedelta(days=400)
"""How far an opening is searched for; a clinic that stays closed longer has none."""


def moment(clinic: Clinic, day: date, at: time) -> datetime:
    """That time of that day at the clinic, in UTC. A time that the clock skips is the one it jumps to."""
    return datetime.combine(day, at, clinic.zone).astimezone(UTC)


def local(clinic: Clinic, when: datetime) -> datetime:
    return when.astimezone(clinic.zone)


def today(clinic: Clinic, now: datetime) -> date:
    """The day it is at the clinic, wherever `now` was read."""
    return local(clinic, now).date()


def opening_moments(clinic: Clinic, opening: Opening, day: date) -> tuple[datetime, datetime]:
    """From and until, in UTC."""
    last = day + timedelta(days=1) if opening.end == MIDNIGHT else day
    return moment(clinic, day, opening.start), moment(clinic, last, opening.end)


def widest(clinic: Clinic) -> tuple[time, time] | None:
    """From the week's earliest opening until its latest closing, whatever lies between; None without any."""
    openings = [each for day in clinic.week for each in day]
    if not openings:
        return None
    ends = (time.max if each.end == MIDNIGHT else each.end for each in openings)
    return min(each.start for each in openings), max(ends)


def is_open(clinic: Clinic, now: datetime) -> bool:
    return any(start <= now < end for start, end in _spans(clinic, now, timedelta()))


def is_open_throughout(clinic: Clinic, start: datetime, end: datetime) -> bool:
    """Whether one opening holds all of it; a break in between is not open."""
    return any(opens <= start and end <= closes for opens, closes in _spans(clinic, start, timedelta()))


def after_open_time(clinic: Clinic, now: datetime, needed: timedelta) -> datetime | None:
    """The moment at which the clinic has been open for `needed` since `now`; None if never within a year.

    With nothing needed it is now, or the next opening: a time at which people are there.
    """
    left = needed
    for start, end in _spans(clinic, now, LOOK_AHEAD):
        since = max(start, now.astimezone(UTC))
        if end <= since:
            continue
        if end - since >= left:
            return local(clinic, since + left)
        left -= end - since
    return None


def expected_answer_by(clinic: Clinic, now: datetime) -> datetime | None:
    """Until when a client may expect an answer to what was asked `now`."""
    return after_open_time(clinic, now, clinic.booking.answer_within)


def told_answer_by(clinic: Clinic, now: datetime) -> datetime | None:
    """`expected_answer_by` as a client is told it: a full quarter of an hour, never later than that."""
    by = expected_answer_by(clinic, now)
    if by is None:
        return None
    round_time = by - timedelta(minutes=by.minute % 15, seconds=by.second, microseconds=by.microsecond)
    # Just after an opening, or with next to no time to answer, the moment itself is the honest one.
    return round_time if now < round_time and is_open(clinic, round_time) else by


def cut_off(clinic: Clinic, start: datetime) -> datetime:
    """The last moment at which an appointment at `start` can be changed or cancelled in the chat."""
    return local(clinic, start.astimezone(UTC) - clinic.booking.cancel_until)


def _spans(clinic: Clinic, now: datetime, ahead: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Openings in order, from the day of `now`."""
    day = today(clinic, now)
    for offset in range(ahead.days + 1):
        for opening in clinic.openings(day + timedelta(days=offset)):
            yield opening_moments(clinic, opening, day + timedelta(days=offset))
