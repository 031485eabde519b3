"""Check-ins by weeks, the low streak, and when reminders come."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.check_ins import FACES, OFFER_AGAIN, CheckIn, low_streak, offers_person, weeks
from bot.domain.reminders import LATE, ReminderTimes, next_reminder, ring, snoozed
from tests.domain.samples import NOW, TOKYO

EVERY_DAY = frozenset(range(7))


def on(*told: tuple[int, int]) -> list[CheckIn]:
    """(days ago, face) each, at the same time of day."""
    return [CheckIn(NOW - timedelta(days=days), face) for days, face in told]


@pytest.mark.parametrize("face", [0, 6, -1])
def test_there_are_five_faces(face: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        CheckIn(NOW, face)


def test_weeks_run_from_monday_and_end_with_this_one() -> None:
    found = weeks(on((0, 4), (4, 2), (5, 1), (60, 5)), NOW, TOKYO, 2)  # Fri, Mon, the Sunday before, long ago

    assert [week.start for week in found] == [date(2026, 11, 9), date(2026, 11, 16)]
    assert [[each.face for each in week.check_ins] for week in found] == [[1], [2, 4]]
    assert [week.mean for week in found] == [1, 3]


def test_a_day_belongs_to_the_clients_own_clock() -> None:
    late = CheckIn(datetime(2026, 11, 15, 15, 30, tzinfo=UTC), 3)  # half past midnight on Monday in Kobe

    assert weeks([late], NOW, TOKYO, 1)[0].days[0].check_ins == (late,)


def test_a_day_with_many_check_ins_counts_once_in_its_week() -> None:
    week = weeks(on((0, 5), (1, 1), (1, 1), (1, 1)), NOW, TOKYO, 1)[0]

    assert week.mean == 3


def test_a_week_without_check_ins_has_no_mean() -> None:
    assert weeks([], NOW, TOKYO, 1)[0].mean is None


@pytest.mark.parametrize(
    ("told", "low"),
    [
        ([], False),
        ([(0, 1)], False),
        ([(0, 1), (0, 1), (0, 1)], False),  # one bad day is no streak
        ([(0, 2), (1, 1)], False),
        ([(0, 2), (1, 1), (2, 2)], True),
        ([(0, 3), (1, 1), (2, 2)], False),
        ([(0, 2), (1, 3), (2, 2)], False),
        ([(0, 2), (3, 1), (6, 2)], True),  # days without a check-in don't break it
        ([(0, 2), (3, 1), (7, 2)], False),  # too long ago
        ([(1, 2), (2, 1), (3, 2)], False),  # only on the day of a check-in
        ([(0, 2), (1, 1), (1, 4), (2, 2)], False),  # a better moment on the day
        ([(0, 2), (1, 1), (2, 2), (3, 5)], True),
    ],
)
def test_the_low_streak(told: Sequence[tuple[int, int]], low: bool) -> None:
    assert low_streak(on(*told), NOW, TOKYO) is low
    assert low_streak(on(*told)[::-1], NOW, TOKYO) is low


def test_a_person_is_offered_once_a_week() -> None:
    low = on((0, 2), (1, 1), (2, 2))

    assert offers_person(low, NOW, TOKYO, None)
    assert not offers_person(low, NOW, TOKYO, NOW - timedelta(days=1))
    assert offers_person(low, NOW, TOKYO, NOW - OFFER_AGAIN)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(FACES)), max_size=20),
    st.integers(1, 13),
)
def test_no_check_in_is_lost_or_doubled_by_weeks(told: list[tuple[int, int]], count: int) -> None:
    found = weeks(on(*told), NOW, TOKYO, count)

    since = found[0].start
    assert sum(len(week.check_ins) for week in found) == sum(each.at.date() >= since for each in on(*told))
    assert len(found) == count


# Reminders


def times(
    at: str = "21:00",
    days: frozenset[int] = EVERY_DAY,
    quiet: tuple[str, str] = ("22:00", "07:00"),
    zone: str = "Asia/Tokyo",
) -> ReminderTimes:
    begin, end = (time.fromisoformat(each) for each in quiet)
    return ReminderTimes(time.fromisoformat(at), days, begin, end, ZoneInfo(zone))


def kobe(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("asked", "after", "expected"),
    [
        (times(), "2026-11-20 12:00", "2026-11-20 21:00"),
        (times(), "2026-11-20 21:00", "2026-11-21 21:00"),  # later than, not at
        (times(days=frozenset({0, 2})), "2026-11-20 12:00", "2026-11-23 21:00"),
        (times(days=frozenset({4})), "2026-11-20 22:00", "2026-11-27 21:00"),
        (times(at="23:00"), "2026-11-20 12:00", "2026-11-21 07:00"),  # quiet: waits for their end
        (times(at="06:00"), "2026-11-20 12:00", "2026-11-21 07:00"),
        (times(at="07:00"), "2026-11-20 06:00", "2026-11-20 07:00"),  # the end is not quiet
        (times(at="13:00", quiet=("12:00", "14:00")), "2026-11-20 09:00", "2026-11-20 14:00"),
        (times(at="23:00", quiet=("00:00", "00:00")), "2026-11-20 12:00", "2026-11-20 23:00"),
    ],
)
def test_the_next_reminder(asked: ReminderTimes, after: str, expected: str) -> None:
    assert next_reminder(asked, kobe(after)) == kobe(expected)


def test_without_days_there_is_no_reminder() -> None:
    assert next_reminder(times(days=frozenset()), NOW) is None


@pytest.mark.parametrize(
    ("at", "after", "expected"),
    [
        ("09:00", "2026-03-28T09:00+00:00", "2026-03-29T07:00+00:00"),  # the day on which clocks go forward
        ("09:00", "2026-10-24T09:00+00:00", "2026-10-25T08:00+00:00"),  # and back
    ],
)
def test_the_time_stays_what_it_is_when_clocks_change(at: str, after: str, expected: str) -> None:
    asked = times(at, zone="Europe/Berlin")

    assert next_reminder(asked, datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


some_times = st.builds(
    ReminderTimes,
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.sampled_from([ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")]),
)
moments = st.timedeltas(timedelta(), timedelta(days=700)).map(lambda each: NOW.astimezone(UTC) + each)


def local(asked: ReminderTimes, moment: datetime) -> datetime:
    return moment.astimezone(asked.zone)


@given(some_times, moments)
def test_a_reminder_is_later_on_a_chosen_day_and_never_quiet(asked: ReminderTimes, after: datetime) -> None:
    found = next_reminder(asked, after)

    assert found is not None
    assert after < found <= after + timedelta(days=15)
    assert local(asked, found).weekday() in asked.weekdays
    assert not asked.is_quiet(local(asked, found).time())


@given(some_times, moments, st.timedeltas(timedelta(), timedelta(days=30)))
def test_an_outage_never_ends_in_a_burst(asked: ReminderTimes, start: datetime, outage: timedelta) -> None:
    due = next_reminder(asked, start)
    assert due is not None
    now, rung = due + outage, 0
    while due is not None and due <= now:
        told = ring(asked, due, now)
        rung, due = rung + told.now, told.again

    assert rung <= 1
    assert due is not None
    assert due > now
    assert rung == 0 or outage <= LATE


@pytest.mark.parametrize(
    ("due", "now", "rings"),
    [
        ("2026-11-20 21:00", "2026-11-20 21:00", True),
        ("2026-11-20 21:00", "2026-11-20 21:59", True),
        ("2026-11-20 21:00", "2026-11-20 22:00", False),  # quiet by now
        ("2026-11-20 21:00", "2026-11-21 12:00", False),  # long past
        ("2026-11-20 19:00", "2026-11-20 21:01", False),
        ("2026-11-20 21:00", "2026-11-20 20:00", False),  # not yet due
    ],
)
def test_a_reminder_rings_only_near_its_moment(due: str, now: str, rings: bool) -> None:
    assert ring(times(), kobe(due), kobe(now)).now is rings


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-20 12:00", "2026-11-20 13:00"),
        ("2026-11-20 20:30", "2026-11-20 21:00"),  # the next reminder comes sooner
        ("2026-11-20 21:05", "2026-11-21 21:00"),  # it would be quiet
    ],
)
def test_later_means_later_but_never_in_quiet_hours(now: str, expected: str) -> None:
    assert snoozed(times(), kobe(now)) == kobe(expected)


def test_later_without_days_is_still_later() -> None:
    assert snoozed(times(days=frozenset()), NOW) == NOW + timedelta(hours=1)


@given(some_times, moments)
def test_what_is_put_off_is_never_quiet(asked: ReminderTimes, now: datetime) -> None:
    found = snoozed(asked, now)
    assume(found is not None)
    assert found is not None

    assert found > now
    assert not asked.is_quiet(local(asked, found).time())
