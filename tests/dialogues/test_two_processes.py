"""Two processes work for one clinic, on one database."""

import asyncio
from pathlib import Path

from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.app import Brain, Parts, assemble
from bot.domain.lifecycle import State
from bot.trial.messages import Message
from tests.clock import FakeClock
from tests.dialogues.steps import aoi, asks, books, card, ken, request_of, told
from tests.dialogues.talk import Talk, talking


def data_of(message: Message, label: str) -> str:
    return next(str(key["callback_data"]) for key in message.keys if label in str(key["text"]))


async def test_the_last_free_time_is_confirmed_once_and_the_other_card_says_so(
    mind: Brain, tmp_path: Path, clock: FakeClock, database_url: str
) -> None:
    key = Cipher.new_key()
    async with talking(mind, tmp_path, clock, store=Database(database_url, Cipher(key))) as talk:
        other = Database(database_url, Cipher(key))
        group = talk.trial.world.group.id
        ways = {"telegram": TelegramChannel(talk.bot, group)}
        second = await assemble(mind, other, talk.bot, clock, ways, group)
        clients = [talk.trial.world.add_client(name, start=True) for name in ("Ryo", "Mei", "Jun")]
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
        await second.dispatcher.stop()
        await other.close()


async def both_work(talk: Talk, second: Parts) -> None:
    """One process gets the first tap, the other the second, at the same moment."""
    first_tap, second_tap = await talk.bot.get_updates(timeout=0)
    await asyncio.gather(talk.parts.intake.arrived([first_tap]), second.intake.arrived([second_tap]))
    await asyncio.gather(talk.parts.intake.idle(), second.intake.idle())
    await asyncio.gather(talk.parts.ticker.tick(), second.ticker.tick())
    await asyncio.gather(talk.parts.deliverer.idle(), second.deliverer.idle())
    await talk.settle()
