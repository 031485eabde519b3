"""Self-care in the store keeps the same rules on SQLite and PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.domain.care import Need
from bot.domain.check_ins import CheckIn
from bot.domain.clients import Client
from bot.domain.language import Language
from bot.domain.reminders import ReminderTimes
from bot.services.ports import Consent, RunningGuide, Transaction
from bot.services.remind_care import RemindCare
from bot.services.screens import Screen
from tests.clock import FakeClock

HANA, RYO = 6_000_000_001, 6_000_000_002
TOKYO = ZoneInfo("Asia/Tokyo")
TIMES = ReminderTimes(time(21, 30), frozenset({0, 6}), time(22), time(7), TOKYO)


def guide(clock: FakeClock, client_id: int = HANA) -> RunningGuide:
    return RunningGuide(client_id, "slow-breath", "sleep+stress", 2, Language.JA, 9, clock(), 0)


async def test_each_consent_stands_by_itself_since_it_was_given(store: Database, clock: FakeClock) -> None:
    since = clock()
    async with store.transaction() as tx:
        await tx.care.give_consent(HANA, Consent.MOOD, since)
        await tx.care.give_consent(HANA, Consent.MOOD, since + timedelta(days=1))
        await tx.care.give_consent(HANA, Consent.REMINDERS, since)
        await tx.care.withdraw_consent(HANA, Consent.REMINDERS)
    async with store.transaction() as tx:
        assert await tx.care.consent(HANA, Consent.MOOD) == since
        assert await tx.care.consent(HANA, Consent.REMINDERS) is None
        assert await tx.care.consent(RYO, Consent.MOOD) is None


async def test_a_word_on_an_action_counts_for_the_last_time(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        for name in ("a", "b", "a"):
            await tx.care.add_experience(HANA, name, clock())
        await tx.care.add_experience(RYO, "a", clock())
        await tx.care.rate_experience(HANA, "a", helped=False)
        told = [(each.action_id, each.helped) for each in await tx.care.experiences(HANA)]
        assert told == [("a", None), ("b", None), ("a", False)]
        assert [each.helped for each in await tx.care.experiences(RYO)] == [None]
        await tx.care.forget_experiences(HANA)
        assert await tx.care.experiences(HANA) == []
        assert await tx.care.experiences(RYO)


async def test_a_check_in_comes_back_as_it_was_and_belongs_to_its_client(
    store: Database, clock: FakeClock
) -> None:
    first = CheckIn(clock(), 2, Need.SLEEP, offered=True)
    async with store.transaction() as tx:
        number = await tx.care.add_check_in(HANA, first)
        await tx.care.set_check_in(RYO, number, CheckIn(clock(), 5))
        assert await tx.care.check_in(RYO, number) is None
        assert await tx.care.check_in(HANA, number) == first
        await tx.care.set_check_in(HANA, number, replace(first, face=4, need=None))
        assert await tx.care.check_ins(HANA) == [CheckIn(clock(), 4, None, offered=True)]
        await tx.care.forget_check_ins(HANA)
        assert await tx.care.check_ins(HANA) == []


async def test_check_ins_are_kept_for_a_while_only(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        for days in (0, 89, 91, 400):
            await tx.care.add_check_in(HANA, CheckIn(clock() - timedelta(days=days), 3))
        assert await tx.care.purge_check_ins(clock() - timedelta(days=90)) == 2
        assert len(await tx.care.check_ins(HANA)) == 2


async def test_reminders_come_back_as_they_were_when_they_are_due(store: Database, clock: FakeClock) -> None:
    due = clock() + timedelta(hours=9)
    async with store.transaction() as tx:
        await tx.care.set_reminder(HANA, TIMES, due)
        await tx.care.set_reminder(RYO, TIMES, None)
        assert await tx.care.due_reminders(due - timedelta(seconds=1)) == []
        assert await tx.care.due_reminders(due) == [(HANA, TIMES, due)]
        await tx.care.plan_reminder(HANA, None)
        assert await tx.care.due_reminders(due) == []
        assert await tx.care.reminder(HANA) == TIMES
        await tx.care.stop_reminder(HANA)
        assert await tx.care.reminder(HANA) is None


async def test_two_processes_send_a_reminder_once(database_url: str, clock: FakeClock) -> None:
    key = Cipher.new_key()
    stores = [Database(database_url, Cipher(key)) for _ in range(2)]
    await stores[0].prepare()
    remind = RemindCare(TOKYO, lambda *_: Screen("a moment for yourself"))
    async with stores[0].transaction() as tx:
        for number in range(10):
            client: Client = await tx.clients.meet(HANA + number, Language.EN, clock())
            await remind.agree(tx, client, clock())
    evening = datetime(2026, 11, 20, 21, 0, tzinfo=TOKYO)

    async def tick(store: Database) -> int:
        async with store.transaction() as tx:
            return await remind.tick(tx, evening)

    sent = await asyncio.gather(*[tick(each) for each in stores * 3])
    assert sum(sent) == 10
    for each in stores:
        await each.close()


async def test_a_client_has_one_guide_and_a_stage_is_shown_once(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.care.start_guide(guide(clock))
        await tx.care.start_guide(replace(guide(clock), message_id=10))
        await tx.care.start_guide(guide(clock, RYO))
        assert {each.client_id for each in await tx.care.running_guides()} == {HANA, RYO}
        assert await tx.care.set_guide_stage(HANA, 3)
        assert not await tx.care.set_guide_stage(HANA, 3), "somebody else was faster"
        own = [each for each in await tx.care.running_guides() if each.client_id == HANA]
        assert own == [replace(guide(clock), message_id=10, stage=3)]
        assert await tx.care.end_guide(HANA)
        assert not await tx.care.end_guide(HANA)
        assert not await tx.care.set_guide_stage(HANA, 4)


async def test_what_fails_leaves_nothing_of_self_care_behind(store: Database, clock: FakeClock) -> None:
    async def half_done(tx: Transaction) -> None:
        await tx.care.give_consent(HANA, Consent.MOOD, clock())
        await tx.care.add_check_in(HANA, CheckIn(clock(), 1))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        async with store.transaction() as tx:
            await half_done(tx)
    async with store.transaction() as tx:
        assert await tx.care.consent(HANA, Consent.MOOD) is None
        assert await tx.care.check_ins(HANA) == []
