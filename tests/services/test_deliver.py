"""What waited goes out in order; of several edits of one message only the last is worth sending.

Nobody waits for somebody else.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.domain.errors import TrySoon
from bot.services.deliver import LEASE, SIDE_BY_SIDE, Deliverer
from bot.services.ports import Delivery, Transaction
from bot.services.screens import Attachment, Outgoing, Screen
from bot.services.tick import Ticker
from tests.clock import FakeClock

GROUP: Final = -1_001_234_567_890
FILE: Final = Attachment("TM-2345.ics", "text/calendar", b"BEGIN:VCALENDAR")


@dataclass
class Chat:
    """A chat that is out of reach now and then, and counts what it is asked to do."""

    name = "telegram"
    down: bool = False
    messages: dict[int, str] = field(default_factory=dict)
    calls: int = 0
    arrived: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    @property
    def clinic_address(self) -> str | None:
        return str(GROUP)

    async def send(self, delivery: Delivery, known: int | None) -> int | None:
        if self.down:
            raise TrySoon("no connection")
        self.calls += 1
        outgoing = Outgoing.from_json(GROUP, delivery.key, delivery.content)
        message = outgoing.edits(known) or max(self.messages, default=0) + 1
        self.messages[message] = outgoing.screen.html
        self.arrived.put_nowait(outgoing.screen.html)
        return message


@dataclass
class Desk:
    """An outbox and the chat at its other end."""

    store: Database
    clock: FakeClock = field(default_factory=FakeClock)
    chat: Chat = field(default_factory=Chat)

    async def says(
        self,
        text: str,
        key: str | None = None,
        *,
        message_id: int | None = None,
        file: bool = False,
    ) -> None:
        screen = Screen(text, attachment=FILE if file else None)
        outgoing = Outgoing(GROUP, screen, key, message_id)
        async with self.store.transaction() as tx:
            await tx.outbox.add("telegram", str(GROUP), outgoing.to_json(), key=key, now=self.clock())

    async def delivers(self) -> None:
        self.clock.move(timedelta(minutes=2))
        deliverer = Deliverer(self.store, {"telegram": self.chat}, self.clock)
        await deliverer.send_due()
        await deliverer.idle()

    async def shown(self, key: str) -> int | None:
        async with self.store.transaction() as tx:
            return await tx.shown.message(GROUP, key)


async def test_only_the_last_of_several_edits_is_sent(store: Database) -> None:
    desk = Desk(store)
    await desk.says("waiting", "card:1")
    await desk.delivers()
    for state in ("offered", "asked", "confirmed"):
        await desk.says(state, "card:1")
    await desk.delivers()
    assert desk.chat.messages == {1: "confirmed"}
    assert desk.chat.calls == 2
    async with store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


async def test_a_card_that_nobody_has_seen_yet_is_sent_where_it_stood(store: Database) -> None:
    desk = Desk(store)
    await desk.says("waiting", "card:1")
    await desk.says("news")
    await desk.says("confirmed", "card:1")
    await desk.delivers()
    assert desk.chat.messages == {1: "confirmed", 2: "news"}
    assert desk.chat.calls == 3


async def test_an_edit_by_number_and_one_by_key_are_edits_of_the_same_message(store: Database) -> None:
    desk = Desk(store)
    await desk.says("day?", "form")
    await desk.delivers()
    await desk.says("time?", message_id=1)
    await desk.says("name?", "form")
    await desk.delivers()
    assert desk.chat.messages == {1: "name?"}
    assert desk.chat.calls == 2


async def test_a_file_is_no_edit_and_is_never_left_out(store: Database) -> None:
    desk = Desk(store)
    await desk.says("waiting", "card:1")
    await desk.delivers()
    await desk.says("first file", "card:1", file=True)
    await desk.says("second file", "card:1", file=True)
    await desk.delivers()
    assert desk.chat.messages == {1: "waiting", 2: "first file", 3: "second file"}


# --- Side by side


@dataclass
class Slow:
    """A channel that takes what it is given, and answers when it is told to."""

    name = "email"
    clinic_address = "hello@example.com"
    begun: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    sent: list[str] = field(default_factory=list)
    answers: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, delivery: Delivery, known: int | None) -> int | None:
        self.begun.put_nowait(delivery.address)
        await self.answers.wait()
        self.sent.append(delivery.address)
        return None


async def letters(desk: Desk, count: int) -> None:
    """Each to another address."""
    async with desk.store.transaction() as tx:
        for number in range(count):
            await tx.outbox.add("email", f"{number}@example.com", "{}", now=desk.clock())


async def test_a_slow_mail_server_holds_up_neither_a_client_nor_a_job(store: Database) -> None:
    desk, slow = Desk(store), Slow()
    deliverer = Deliverer(store, {"telegram": desk.chat, "email": slow}, desk.clock)
    jobs: list[datetime] = []

    async def job(tx: Transaction, now: datetime) -> None:
        jobs.append(now)

    ticker = Ticker(store, deliverer, desk.clock, (job,))
    await letters(desk, 1)
    for number, text in enumerate(("confirmed", "breathe out"), 1):
        await desk.says(text)
        await ticker.tick()
        async with asyncio.timeout(10):
            assert await desk.chat.arrived.get() == text
        assert len(jobs) == number and not slow.sent
    assert slow.begun.qsize() == 1, "and it is not tried a second time beside the first"
    slow.answers.set()
    await deliverer.idle()
    async with store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


async def test_no_more_is_claimed_than_can_begin_at_once(store: Database) -> None:
    """What waited for its turn would use up its lease, and another process would send it too."""
    desk, slow = Desk(store), Slow()
    deliverer = Deliverer(store, {"email": slow}, desk.clock)
    await letters(desk, SIDE_BY_SIDE + 3)
    for _ in range(2):
        await deliverer.send_due()
    async with store.transaction() as tx:
        assert len(await tx.outbox.claim(desk.clock(), timedelta(0), 100)) == 3, "for somebody else"
    slow.answers.set()
    await deliverer.idle()
    assert len(slow.sent) == SIDE_BY_SIDE + 3 == len(set(slow.sent))


async def test_a_bug_in_a_channel_stops_no_other_delivery(store: Database) -> None:
    class Broken(Slow):
        async def send(self, delivery: Delivery, known: int | None) -> int | None:
            raise RuntimeError("a bug of ours")

    desk = Desk(store)
    deliverer = Deliverer(store, {"telegram": desk.chat, "email": Broken()}, desk.clock)
    await letters(desk, 1)
    await desk.says("confirmed")
    await deliverer.send_due()
    await deliverer.idle()
    assert desk.chat.messages == {1: "confirmed"}


async def test_the_end_of_the_program_does_not_wait_for_a_slow_mail_server(store: Database) -> None:
    desk, slow = Desk(store), Slow()
    deliverer = Deliverer(store, {"email": slow}, desk.clock)
    await letters(desk, 1)
    await deliverer.send_due()
    await slow.begun.get()
    await deliverer.stop(within=timedelta(0))
    await deliverer.idle()
    async with store.transaction() as tx:
        assert await tx.outbox.waiting() == 1, "it goes out at the next start"


async def test_what_is_sent_so_late_that_its_lease_would_run_out_is_left_to_the_outbox(
    store: Database,
) -> None:
    desk = Desk(store)
    async with store.transaction() as tx:
        leased = [
            await tx.outbox.add(
                "telegram", str(GROUP), Outgoing(GROUP, Screen(text)).to_json(), now=desk.clock(), lease=LEASE
            )
            for text in ("first", "second")
        ]
    desk.clock.move(timedelta(seconds=30))
    assert not await Deliverer(store, {"telegram": desk.chat}, desk.clock).send(leased)
    assert not desk.chat.messages
    await desk.delivers()
    assert desk.chat.messages == {1: "first", 2: "second"}


# --- Whatever happens

KEYS = st.sampled_from(["card:1", "card:2"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("card"), KEYS),
        st.tuples(st.just("tapped"), KEYS),
        st.tuples(st.just("news"), st.just("")),
        st.tuples(st.just("file"), st.just("")),
        st.tuples(st.just("down"), st.just("")),
        st.tuples(st.just("up"), st.just("")),
    ),
    max_size=20,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_whatever_happens_a_message_ends_as_it_was_committed_last(steps: list[tuple[str, str]]) -> None:
    asyncio.run(_after(steps))


async def _after(steps: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        store = Database(f"sqlite:///{Path(folder)}/teate.db", Cipher(Cipher.new_key()))
        await store.prepare()
        try:
            await _holds(Desk(store), steps)
        finally:
            await store.close()


async def _holds(desk: Desk, steps: list[tuple[str, str]]) -> None:
    last: dict[str, str] = {}
    once: list[str] = []
    for number, (what, key) in enumerate(steps):
        text = f"{what} {number}"
        match what:
            case "card":
                await desk.says(text, key)
                last[key] = text
            case "tapped" if (message := await desk.shown(key)) is not None:
                await desk.says(text, message_id=message)
                last[key] = text
            case "news" | "file":
                await desk.says(text, file=what == "file")
                once.append(text)
            case "up" | "down":
                desk.chat.down = what == "down"
                await desk.delivers()
    desk.chat.down = False
    await desk.delivers()
    assert {key: desk.chat.messages[await desk.shown(key) or 0] for key in last} == last
    cards = set(last.values())
    assert [text for _, text in sorted(desk.chat.messages.items()) if text not in cards] == once
