"""Two processes work for one clinic, on one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.app import Brain, Parts, assemble
from bot.domain.lifecycle import State
from bot.trial.acting import Actor
from bot.trial.messages import Message
from tests.clock import FakeClock
from tests.dialogues.steps import aoi, asks, books, card, ken, request_of, told
from tests.dialogues.talk import Talk, talking

MORNINGS = (21, 24, 26, 27, 28, 30)
"""Of November: the clinic opens at ten."""


def data_of(message: Message, label: str) -> str:
    return next(str(key["callback_data"]) for key in message.keys if label in str(key["text"]))


@asynccontextmanager
async def both(
    mind: Brain, folder: Path, clock: FakeClock, database_url: str
) -> AsyncIterator[tuple[Talk, Parts]]:
    """A conversation with one process, and another one beside it."""
    key = Cipher.new_key()
    async with talking(mind, folder, clock, store=Database(database_url, Cipher(key))) as talk:
        other = Database(database_url, Cipher(key))
        group = talk.trial.world.group.id
        second = await assemble(
            mind, other, talk.bot, clock, {"telegram": TelegramChannel(talk.bot, group)}, group
        )
        yield talk, second
        await second.dispatcher.stop()
        await other.close()


async def test_the_last_free_time_is_confirmed_once_and_the_other_card_says_so(
    mind: Brain, tmp_path: Path, clock: FakeClock, database_url: str
) -> None:
    async with both(mind, tmp_path, clock, database_url) as (talk, second):
        clients = clients_of(talk, 3)
        await books(talk, who=clients[0])
        references = [await asks(talk, who=each) for each in clients[1:]]
        taps = [
            who.taps_data(card(talk, reference), data_of(card(talk, reference), "✅"))
            for who, reference in zip((aoi(talk), ken(talk)), references, strict=True)
        ]
        await both_work(talk, second)
        states = [(await request_of(talk, each)).state for each in references]
        assert sorted(states) == [State.CONFIRMED, State.WAITING]
        lost = states.index(State.WAITING)
        assert "no therapist is free" in str((taps[lost].answer or {}).get("text"))
        assert "Waits for your answer" in card(talk, references[lost]).words
        assert "✅ Confirmed" in card(talk, references[1 - lost]).words
        assert not told(clients[1 + lost], "Your appointment is confirmed")
        assert len(told(clients[2 - lost], "Your appointment is confirmed")) == 1


async def test_what_the_clock_brings_comes_once(
    mind: Brain, tmp_path: Path, clock: FakeClock, database_url: str
) -> None:
    async with both(mind, tmp_path, clock, database_url) as (talk, second):
        references = [await asks(talk, who=each) for each in clients_of(talk, 6)]
        await both_tick(talk, second, "2026-11-20T17:00")
        assert [len(told(aoi(talk), "⏰", each)) for each in references] == [1] * 6
        for morning in MORNINGS:
            await both_tick(talk, second, f"2026-11-{morning}T09:30")
        assert len(told(aoi(talk), "Good morning")) == len(MORNINGS)


def clients_of(talk: Talk, number: int) -> list[Actor]:
    return [talk.trial.world.add_client(f"Client{each}", start=True) for each in range(number)]


async def both_tick(talk: Talk, second: Parts, when: str) -> None:
    """At the same moment of Kobe."""
    talk.clock.now = datetime.fromisoformat(f"{when}+09:00").astimezone(UTC)
    await asyncio.gather(talk.parts.ticker.tick(), second.ticker.tick())
    await asyncio.gather(talk.parts.deliverer.idle(), second.deliverer.idle())


async def both_work(talk: Talk, second: Parts) -> None:
    """One process gets the first tap, the other the second, at the same moment."""
    first_tap, second_tap = await talk.bot.raw_updates()
    await asyncio.gather(talk.parts.intake.arrived([first_tap]), second.intake.arrived([second_tap]))
    await asyncio.gather(talk.parts.intake.idle(), second.intake.idle())
    await asyncio.gather(talk.parts.ticker.tick(), second.ticker.tick())
    await asyncio.gather(talk.parts.deliverer.idle(), second.deliverer.idle())
    await talk.settle()
