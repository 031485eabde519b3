"""The power goes at every commit and every send of a whole booking; afterwards all is there, and once.

In one process and without waiting: what hangs in the air at that instant is dropped, and a new set of parts
opens the same database. Updates that were not acknowledged come again, as Telegram does it.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count, product
from pathlib import Path

import pytest

from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database, DatabaseTransaction
from bot.app import Brain, assemble
from bot.domain.lifecycle import State
from bot.domain.requests import Request
from bot.services.deliver import LEASE
from bot.services.ports import Delivery
from bot.trial.acting import Actor
from bot.trial.messages import Message
from tests.clock import FakeClock
from tests.dialogues.steps import REFERENCE, aoi, told
from tests.dialogues.talk import Talk, talking

pytestmark = pytest.mark.slow

NOVEMBER = [f"{day} november" for day in (24, 26, 27, 28, 30)]
DECEMBER = [f"{day} december" for day in (1, 3, 4, 5, 7, 8, 10, 11, 12, 14, 15, 17, 18, 19)]
TIMES = ("10:00", "11:30", "14:00", "15:30")


class PowerCut(BaseException):
    """No `except Exception` holds it up, as none holds up a real one."""


@dataclass
class Power:
    """Goes at the `cut`-th point, counted from 0, and stays away until somebody comes."""

    cut: int | None = None
    points: list[str] = field(default_factory=list)
    off: bool = False
    arrived: list[Delivery] = field(default_factory=list)
    unnoted: int = 0
    """How many of those nobody had noted yet when the power went: they come again."""

    def passes(self, point: str) -> None:
        if self.off:
            raise PowerCut(point)
        self.points.append(point)
        if self.cut is not None and len(self.points) > self.cut:
            self.off = True
            raise PowerCut(point)

    @property
    def went_at(self) -> str:
        return self.points[-1] if self.off else "no point"


class FragileDatabase(Database):
    """A point before and after each commit that writes something."""

    def __init__(self, url: str, cipher: Cipher, power: Power) -> None:
        super().__init__(url, cipher)
        self.power = power

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[DatabaseTransaction]:
        wrote = False
        async with super().transaction() as tx:
            before = await _changes(tx)
            yield tx
            wrote = await _changes(tx) != before
            if wrote or self.power.off:
                self.power.passes("before a commit")
        if wrote:
            self.power.passes("after a commit")


async def _changes(tx: DatabaseTransaction) -> int:
    """Read off the connection: as a statement it would be a third of all statements."""
    held = await tx._connection.get_raw_connection()
    return int(held.driver_connection.total_changes)  # type: ignore[union-attr]


class FragileChannel(TelegramChannel):
    """A point before and after each message."""

    power: Power

    async def send(self, delivery: Delivery, known: int | None) -> int | None:
        self.power.passes("before a send")
        sent = await super().send(delivery, known)
        self.power.arrived.append(delivery)
        self.power.passes("after a send")
        return sent


class Clinic:
    """A conversation whose process can be stopped at any point and started again."""

    def __init__(self, talk: Talk, url: str, cipher: Cipher) -> None:
        self.talk = talk
        self._url = url
        self._cipher = cipher
        self._store: FragileDatabase | None = None
        self.power = Power()
        self.lost: Power | None = None
        """What became of the power that went."""

    async def start(self, power: Power) -> None:
        """A new process: nothing of the old one is left but the database."""
        await self.stop()
        talk, group = self.talk, self.talk.trial.world.group.id
        self.power = power
        self._store = talk.store = FragileDatabase(self._url, self._cipher, power)
        channel = FragileChannel(talk.bot, group)
        channel.power = power
        talk.parts = await assemble(
            talk.mind, self._store, talk.bot, talk.clock, {"telegram": channel}, group
        )

    async def stop(self) -> None:
        if self._store is not None:
            await self._store.close()
            await self.talk.parts.dispatcher.stop()

    async def works(self) -> None:
        """Until nothing is left to do; where the power goes, somebody starts it again a while later."""
        try:
            await self.talk.settle()
            if self.power.off:
                raise PowerCut  # It went in a task of the intake's.
        except PowerCut:
            self.lost = self.power
            await self.start(Power())
            self.lost.unnoted = await self._waiting_of(self.lost.arrived)
            self.talk.forget_updates()
            self.talk.clock.move(LEASE + timedelta(seconds=1))
            await self.talk.parts.intake.resume()
            await self.talk.parts.intake.idle()
            await self.talk.settle()

    async def _waiting_of(self, arrived: Sequence[Delivery]) -> int:
        waits: set[int] = set()
        async with self.talk.store.transaction() as tx:
            for each in arrived:
                waits |= {one.id for one in await tx.outbox.newer(replace(each, id=0))}
        return len(waits & {each.id for each in arrived})


def slots() -> Iterator[tuple[str, str]]:
    """As many times as there are points, each had by two clients."""
    for day, time in product(NOVEMBER + DECEMBER, TIMES):
        yield day, time
        yield day, time


Act = Callable[[Actor, Talk], object]


def a_booking(day: str, time: str, staff: Actor) -> list[Act]:
    """Form, sending, and the clinic's yes, as two people tap it."""
    return [
        lambda client, _: client.says(f"60 min massage on {day} at {time}"),
        lambda client, talk: client.taps(talk.text("booking.button.skip.second_day")),
        lambda client, _: client.says(f"Client {client.person.id}"),
        lambda client, talk: client.taps(talk.text("booking.button.skip.phone")),
        lambda client, talk: client.taps(talk.text("booking.button.skip.note")),
        lambda client, talk: client.taps(talk.text("booking.button.ask_later")),
        lambda client, talk: client.taps(talk.text("booking.button.send")),
        lambda client, talk: staff.taps("✅", _cards(talk, client)[-1]),
    ]


def _cards(talk: Talk, client: Actor) -> list[Message]:
    return told(aoi(talk), f"Client {client.person.id}", "Language: English")


@pytest.mark.parametrize("third", range(3))
async def test_a_booking_survives_the_power_going_at_every_commit_and_every_send(
    mind: Brain, tmp_path: Path, clock: FakeClock, third: int
) -> None:
    """Every third point, beginning with each of the first three: together all of them."""
    async with talking(mind, tmp_path, clock) as talk:
        clinic = Clinic(talk, f"sqlite:///{tmp_path}/kill.db", Cipher(Cipher.new_key()))
        await clinic.start(Power())
        await talk.store.prepare()
        times = slots()
        seen: list[str] = []
        for number in count(third, 3):
            day, time = next(times)
            client = talk.trial.world.add_client(f"Client{number}", start=True)
            await clinic.start(Power(cut=number))
            clinic.lost = None
            for act in a_booking(day, time, aoi(talk)):
                act(client, talk)
                await clinic.works()
            power = clinic.lost or clinic.power
            await once_and_whole(talk, client, power)
            seen.append(power.went_at)
            if clinic.lost is None:
                break
        await clinic.stop()
    assert len(seen) > 20 and {"before a commit", "after a commit", "before a send", "after a send"} < set(
        seen
    )


async def once_and_whole(talk: Talk, client: Actor, power: Power) -> None:
    """One request, one card, one confirmation; a message comes twice only where its sending was cut off."""
    where = f"the power went at point {len(power.points)}, {power.went_at}\n{client.described()}"
    async with talk.store.transaction() as tx:
        (request,) = await tx.requests.of_client(client.person.id)
        assert await tx.inbox.waiting() == 0, where
        assert await tx.outbox.waiting() == 0, where
        assert await tx.forms.get(client.person.id) is None, where
    assert request.state is State.CONFIRMED and request.version == 1, where
    assert sum(_repeats(client, request, talk)) <= power.unnoted, where
    assert "✅ Confirmed" in _cards(talk, client)[-1].words, where


def _repeats(client: Actor, request: Request, talk: Talk) -> tuple[int, ...]:
    """How often more than once each message came; each carries the reference."""
    told_once = (
        told(client, "Your appointment is confirmed", request.reference),
        [each for each in client.screen if "document" in each.content],
        _cards(talk, client),
        told(client, "Your wish is noted"),
    )
    assert all(told_once), client.described()
    references = {found for each in client.screen for found in REFERENCE.findall(each.words)}
    assert references == {request.reference}
    return tuple(len(each) - 1 for each in told_once)
