"""Reminders of self-care: wanted, at the client's time, once, quiet when it should be, gone at a tap."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reminders import ReminderTimes
from bot.services.ports import Consent
from bot.trial.errors import ApiError
from bot.trial.messages import Message
from tests.dialogues.talk import Talk
from tests.dialogues.test_care import restart, tap_data

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """A moment on the clinic's clock."""
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


async def times(talk: Talk) -> ReminderTimes | None:
    async with talk.store.transaction() as tx:
        return await tx.care.reminder(talk.phone.person.id)


async def agree(talk: Talk) -> Message:
    await talk.says("/reminders")
    await talk.taps("reminders.button.yes")
    return talk.last


def reminders(talk: Talk) -> list[Message]:
    texts = [talk.text(f"reminders.message.{number}") for number in range(3)]
    return [each for each in talk.phone.screen if each.sender.is_bot and each.words in texts]


async def live(talk: Talk, until: datetime, step: timedelta = timedelta(minutes=30)) -> None:
    while talk.clock.now < until:
        talk.clock.move(min(step, until - talk.clock.now))
        await talk.ticks()


async def test_nobody_is_reminded_who_did_not_agree(either: Talk) -> None:
    await either.says("/reminders")
    either.sees("reminders.consent", "reminders.button.yes")
    await either.taps("reminders.button.no")
    either.sees("reminders.consent.refused")
    await live(either, at("2026-11-22T00:00"), HOUR)
    assert reminders(either) == [] and await times(either) is None


async def test_a_reminder_comes_at_its_time_once_a_day(either: Talk) -> None:
    await agree(either)
    either.sees("21:00", "22:00")
    await live(either, at("2026-11-20T20:59"))
    assert reminders(either) == []
    await live(either, at("2026-11-20T21:00"))
    assert len(reminders(either)) == 1
    await live(either, at("2026-11-23T12:00"), HOUR)
    assert len(reminders(either)) == 3
    assert len({each.words for each in reminders(either)}) == 3, "the words change"
    await either.taps("mood.button.care", message=reminders(either)[-1])
    either.sees("care.ask_needs")


async def test_time_days_and_quiet_hours_are_the_clients_own(either: Talk) -> None:
    settings = await agree(either)
    await either.taps("reminders.button.time")
    either.sees("reminders.ask_time")
    await either.taps("19:00")
    await either.taps("19:30")
    await either.taps("reminders.button.done")
    await either.taps("reminders.button.days")
    for day in range(5):
        await either.taps(f"reminders.day.{day}")
    await either.taps("reminders.button.done")
    await either.taps("reminders.button.quiet")
    await either.taps("20:00")
    await either.taps("08:00")
    await either.taps("reminders.button.done")
    assert either.last.id == settings.id
    either.sees("19:30", "20:00", "08:00", "reminders.day.5", "reminders.day.6")
    await live(either, at("2026-11-20T23:00"))
    assert reminders(either) == [], "a Friday"
    await live(either, at("2026-11-21T19:00"), HOUR)
    await live(either, at("2026-11-21T20:00"))
    await live(either, at("2026-11-22T19:00"), HOUR)
    await live(either, at("2026-11-22T23:00"))
    assert len(reminders(either)) == 2


async def test_a_time_that_becomes_quiet_waits_for_the_end_of_the_quiet_hours(talk: Talk) -> None:
    await agree(talk)
    await tap_data(talk, "zq:2000:0700")
    await talk.taps("reminders.button.done")
    talk.sees("21:00 lies in your quiet hours, so it comes at 07:00")
    await live(talk, at("2026-11-21T06:59"))
    assert reminders(talk) == []
    await live(talk, at("2026-11-21T07:00"))
    assert len(reminders(talk)) == 1


async def test_without_a_day_none_comes(talk: Talk) -> None:
    await agree(talk)
    await tap_data(talk, "zd:-")
    await talk.taps("reminders.button.done")
    talk.sees("reminders.settings.none")
    await live(talk, at("2026-11-29T00:00"), 3 * HOUR)
    assert reminders(talk) == []


async def test_later_puts_it_off_for_an_hour_and_keeps_the_next_day(either: Talk) -> None:
    await agree(either)
    await tap_data(either, "zt:1900")
    await live(either, at("2026-11-20T19:00"))
    reminder = reminders(either)[-1]
    await either.taps("reminders.button.snooze", message=reminder)
    assert "20:00" in reminder.words
    await tap_data(either, "zz:60", reminder)
    await live(either, at("2026-11-20T19:59"))
    assert reminders(either) == []
    await live(either, at("2026-11-20T20:00"))
    assert len(reminders(either)) == 1
    await live(either, at("2026-11-21T23:00"), HOUR)
    assert len(reminders(either)) == 2


async def test_later_never_reaches_into_the_quiet_hours(talk: Talk) -> None:
    await agree(talk)
    await tap_data(talk, "zt:2130")
    await live(talk, at("2026-11-20T21:30"))
    await talk.taps("reminders.button.snooze")
    talk.sees("Sat 21 Nov, 21:30")
    await live(talk, at("2026-11-21T21:29"))
    assert reminders(talk) == []


async def test_one_tap_on_a_reminder_stops_them(either: Talk) -> None:
    await agree(either)
    await live(either, at("2026-11-20T21:00"))
    await either.taps("reminders.button.stop")
    either.sees("reminders.stopped")
    await live(either, at("2026-11-25T00:00"), 3 * HOUR)
    assert reminders(either) == [] and await times(either) is None
    async with either.store.transaction() as tx:
        assert await tx.care.consent(either.phone.person.id, Consent.REMINDERS) is None
    await either.says("/reminders")
    either.sees("reminders.button.yes")


async def test_reminders_survive_a_restart_and_are_not_sent_twice(talk: Talk) -> None:
    await agree(talk)
    await restart(talk)
    await live(talk, at("2026-11-20T21:00"))
    await restart(talk)
    await live(talk, at("2026-11-20T21:45"), timedelta(minutes=5))
    assert len(reminders(talk)) == 1


async def test_two_processes_send_one(talk: Talk) -> None:
    await agree(talk)
    other = talk.parts.ticker
    await restart(talk)
    talk.clock.now = at("2026-11-20T21:00")
    await other.tick()
    await talk.settle()
    await other.tick()
    assert len(reminders(talk)) == 1


@pytest.mark.parametrize(
    ("back", "come"),
    [
        ("2026-11-20T21:30", 1),
        ("2026-11-20T22:30", 0),
        ("2026-11-21T12:00", 0),
        ("2026-12-01T03:00", 0),
        ("2026-12-01T21:30", 0),
    ],
)
async def test_after_an_outage_of_ours_one_comes_at_most_and_only_in_time(
    talk: Talk, back: str, come: int
) -> None:
    await agree(talk)
    talk.clock.now = at(back)
    await talk.settle()
    assert len(reminders(talk)) == come
    await live(talk, talk.clock.now.replace(minute=0) + DAY, HOUR)
    assert len(reminders(talk)) == come + 1, "the next evening is as ever"


async def test_after_an_outage_of_telegram_one_comes_at_most_and_only_in_time(talk: Talk) -> None:
    await agree(talk)
    talk.trial.world.faults.fail("sendMessage", ApiError(502, "Bad Gateway"), times=10_000)
    await live(talk, at("2026-11-23T02:00"), HOUR)
    talk.trial.world.faults.release()
    await live(talk, at("2026-11-23T20:59"), HOUR)
    assert reminders(talk) == [], "those of three evenings are no longer wanted, least of all at night"
    await live(talk, at("2026-11-23T21:30"))
    assert len(reminders(talk)) == 1
    async with talk.store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


async def test_a_short_outage_of_telegram_only_delays_it(talk: Talk) -> None:
    await agree(talk)
    talk.trial.world.faults.drop("sendMessage", times=2)
    await live(talk, at("2026-11-20T20:59"))
    await live(talk, at("2026-11-20T21:05"), timedelta(minutes=1))
    assert len(reminders(talk)) == 1


async def test_blocking_the_bot_ends_them_also_after_coming_back(talk: Talk) -> None:
    await agree(talk)
    talk.phone.blocks()
    await talk.settle()
    assert await times(talk) is None
    talk.phone.unblocks()
    await talk.says("hello")
    await live(talk, at("2026-11-22T00:00"), HOUR)
    assert reminders(talk) == []


async def test_a_block_that_only_a_send_tells_of_ends_them_too(talk: Talk) -> None:
    await agree(talk)
    talk.phone.chat.blocked = True
    await live(talk, at("2026-11-22T00:00"), HOUR)
    assert await times(talk) is None
    async with talk.store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


@pytest.mark.parametrize("data", ["zt:2560", "zt:x", "zd:9", "zd:00", "zq:2200", "zz:5", "zc:7"])
async def test_a_stale_or_forged_tap_is_harmless(talk: Talk, data: str) -> None:
    await agree(talk)
    before = await times(talk)
    assert await tap_data(talk, data) == talk.text("tap.stale")
    assert await times(talk) == before


@pytest.mark.parametrize("data", ["zt:1900", "zd:0", "zq:2000:0800", "z"])
async def test_old_settings_lead_to_the_consent_once_reminders_are_stopped(talk: Talk, data: str) -> None:
    old = await agree(talk)
    await talk.taps("reminders.button.stop")
    await tap_data(talk, data, old)
    talk.sees("reminders.button.yes")
    assert await times(talk) is None


async def test_later_on_an_old_reminder_starts_nothing_that_was_stopped(talk: Talk) -> None:
    await agree(talk)
    await live(talk, at("2026-11-20T21:00"))
    reminder = talk.last
    await talk.says("/reminders")
    await talk.taps("reminders.button.stop")
    await tap_data(talk, "zz:60", reminder)
    assert "Stopped" in reminder.words and await times(talk) is None


async def test_settings_lead_to_the_reminders(either: Talk) -> None:
    await either.says("/settings")
    await either.taps("button.reminders")
    either.sees("reminders.button.yes")
