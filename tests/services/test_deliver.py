"""What waited goes out in order; of several edits of one message only the last is worth sending."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.domain.errors import TrySoon
from bot.services.deliver import Deliverer
from bot.services.ports import Delivery
from bot.services.screens import Attachment, Outgoing, Screen
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
        while await deliverer.send_due():
            if self.chat.down:
                return

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
