"""What a person sees in a chat, now or after a moment."""

from typing import TYPE_CHECKING

from bot.trial.errors import Json
from bot.trial.messages import Message
from bot.trial.people import Chat, Person
from bot.trial.queries import InlineQuery, Tap

if TYPE_CHECKING:
    from bot.trial.world import World

PATIENCE = 10.0
"""Seconds that a test waits for the bot before it fails."""


class Watching:
    """The looking half of an actor. `mark` is the journal's number when the person last did something."""

    world: "World"
    person: Person
    room: Chat
    mark: int

    @property
    def chat(self) -> Chat:
        """The chat as it is now: a group that was upgraded goes on under its new id."""
        while self.room.migrated_to is not None:
            self.room = self.world.chats[self.room.migrated_to]
        return self.room

    @property
    def screen(self) -> list[Message]:
        """All messages of the chat, oldest first."""
        return list(self.chat.messages.values())

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        spoken = [message for message in self.screen if message.sender.is_bot]
        assert spoken, "the bot has said nothing yet"
        return spoken[-1]

    @property
    def keyboard(self) -> list[Json]:
        """The keys under the text field, in reading order."""
        shown = self.chat.keyboard
        rows = shown.get("keyboard", []) if shown else []
        assert isinstance(rows, list)
        return [key for row in rows for key in row]

    async def sees(self, *fragments: str, within: float = PATIENCE) -> Message:
        """Waits for a message of the bot, new or edited since the person last acted, that holds them all.

        Buttons count as part of the message. Fails with what is on the screen after `within` seconds.
        """
        found = await self.world.journal.until(lambda: self._newest(fragments), within)
        assert found is not None, (
            f"{self.person.first_name} does not see {fragments}; screen:\n{self.described()}"
        )
        self.mark = found.change
        return found

    async def is_told(self, fragment: str = "", within: float = PATIENCE) -> Tap:
        """Waits for the answer to the last tap (a toast or an alert) and returns the tap with it."""
        own = [tap for tap in self.world.taps.values() if tap.person is self.person]
        assert own, "nothing was tapped"
        tap = own[-1]
        await self.world.journal.until(lambda: tap.answer, within)
        assert tap.answer is not None, f"the tap on {tap.data!r} was never answered"
        assert fragment in str(tap.answer.get("text", "")), f"told {tap.answer!r}, not {fragment!r}"
        return tap

    async def inline_results(self, query: InlineQuery, within: float = PATIENCE) -> list[Json]:
        results = await self.world.journal.until(lambda: query.results, within)
        assert results is not None, f"the inline query {query.query!r} was never answered"
        return results

    def described(self) -> str:
        """The last ten messages, for people who read a failed test."""
        lines = []
        for message in self.screen[-10:]:
            buttons = "".join(f" [{label}]" for label in message.labels)
            words = message.words or "/".join(message.content)
            lines.append(f"{message.id:>5} {message.sender.first_name}: {words}{buttons}")
        return "\n".join(lines) or "(empty)"

    def _acted(self) -> None:
        self.mark = self.world.journal.number + 1

    def _newest(self, fragments: tuple[str, ...]) -> Message | None:
        for message in reversed(self.screen):
            shown = "\n".join([message.words, *message.labels])
            if (
                message.sender.is_bot
                and message.change >= self.mark
                and all(part in shown for part in fragments)
            ):
                return message
        return None

    def _button(self, label: str, message: Message | None) -> tuple[Json, Message]:
        where = [message] if message is not None else list(reversed(self.screen))
        for fits in (lambda text: text == label, lambda text: label in text):
            for one in where:
                for key in one.keys:
                    if fits(str(key["text"])):
                        return key, one
        raise AssertionError(f"no button {label!r}; screen:\n{self.described()}")
