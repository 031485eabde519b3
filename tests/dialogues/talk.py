"""A conversation as a test: the real bot over HTTP against the trial's world, turn by turn.

Nothing runs in the background: after each act the bot is given what arrived and works until it is done,
so a test neither waits nor sleeps.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.telegram_bot import TelegramBot
from bot.answers.normalise import language_of
from bot.app import Brain, Parts, assemble
from bot.domain.language import Language
from bot.trial.acting import Actor
from bot.trial.messages import Message
from bot.trial.queries import InlineQuery, Tap
from bot.trial.server import Trial, start_trial
from bot.trial.world import World
from tests.clock import FakeClock
from tests.databases import sqlite_at

LATEST = 4
PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(repr=False)
class Talk:
    """One client's phone, and the clinic's group beside it.

    Without a representation: asyncio asks for it at the end of each test, and it holds the whole base.
    """

    trial: Trial
    mind: Brain
    clock: FakeClock
    store: Database
    parts: Parts
    bot: TelegramBot
    language: Language = Language.EN
    _offset: int = field(default=0)

    @property
    def phone(self) -> Actor:
        return self.trial.world.phone

    @property
    def last(self) -> Message:
        """The bot's newest message on the phone."""
        return self.phone.last

    async def settle(self) -> None:
        """Let the bot work until nothing is left to do."""
        while updates := await self.bot.raw_updates(self._offset):
            self._offset = await self.parts.intake.arrived(updates) + 1
            await self.parts.intake.idle()
        await self.ticks()
        said = [each.words for each in self.phone.screen[-LATEST:] if each.sender.is_bot]
        assert not [each for each in said if PLACEHOLDER.search(each)], "a placeholder without a value"

    async def ticks(self) -> None:
        """What is due at this moment is done and sent."""
        await self.parts.ticker.tick()
        await self.parts.deliverer.idle()

    def forget_updates(self) -> None:
        """A process that starts anew does not know how far the one before had come."""
        self._offset = 0

    async def says(self, text: str, who: Actor | None = None) -> Message:
        message = (who or self.phone).says(text)
        await self.settle()
        return message

    async def edits(self, message: Message, text: str, who: Actor | None = None) -> None:
        (who or self.phone).edits(message, text)
        await self.settle()

    async def taps(self, label: str, who: Actor | None = None, message: Message | None = None) -> Tap:
        """Tap the button that holds `label`: its text, or a key of the catalogue."""
        text = self.text(label) if "." in label and " " not in label else label
        tap = (who or self.phone).taps(text, message)
        await self.settle()
        assert tap.answer is not None, f"the tap on {label} was never answered: its button spins for ever"
        return tap

    async def asks_inline(self, query: str) -> InlineQuery:
        asked = self.phone.asks_inline(query)
        await self.settle()
        return asked

    async def is_followed(self, text: str) -> None:
        """Says it, and reads what comes next in its language."""
        await self.says(text)
        self.language = language_of(text) or self.language

    def sees(self, *parts: str) -> Message:
        """The newest message holds each part: words, or keys of the catalogue."""
        shown = "\n".join([self.last.words, *self.last.labels])
        for part in parts:
            words = self.text(part) if "." in part and " " not in part else part
            assert words in shown, f"{words!r} is not in\n{self.phone.described()}"
        return self.last

    def sees_entry(self, entry_id: str) -> Message:
        entry = self.mind.loaded.knowledge.entries[entry_id]
        return self.sees(entry.short[self.language].split("\n")[0])

    def text(self, key: str) -> str:
        """The catalogue's text without its tags; up to the first value that it takes."""
        text = self.mind.texts.catalogs[self.language].get(key)
        assert text is not None, f"no text {key}"
        string = text.string if isinstance(text.string, str) else (text.string or ("",))[0]
        plain = string.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "")
        return max(plain.split("{")[0], "", key=len).strip() or plain


@asynccontextmanager
async def talking(
    mind: Brain,
    folder: Path,
    clock: FakeClock,
    language: Language = Language.EN,
    *,
    world: World | None = None,
    store: Database | None = None,
) -> AsyncIterator[Talk]:
    """A fresh trial, a fresh database and a bot between them; or a world and a database of the test's own."""
    trial = await start_trial(clock=clock, world=world)
    trial.world.phone.speaks(language.value)
    store = store or Database(sqlite_at(folder / "talk.db"), Cipher(Cipher.new_key()))
    await store.prepare()
    bot = TelegramBot(trial.world.token, trial.api_url)
    await bot.initialize()
    group = trial.world.group.id
    parts = await assemble(mind, store, bot, clock, {"telegram": TelegramChannel(bot, group)}, group)
    try:
        yield Talk(trial, mind, clock, store, parts, bot, language)
    finally:
        await parts.intake.idle()
        await parts.dispatcher.stop()
        await bot.shutdown()
        await store.close()
        await trial.close()


def bytes_of(folder: Path) -> bytes:
    """The database file of a conversation in that folder, and its log."""
    return b"".join(each.read_bytes() for each in folder.glob("talk.db*"))
