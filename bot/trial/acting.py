"""What a person does in a chat, and what they see there. Tests and the page act through this alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.trial.entities import Formatted, plain
from bot.trial.errors import Json
from bot.trial.files import (
    StoredFile,
    Upload,
    document_content,
    photo_content,
    sticker_content,
    voice_content,
)
from bot.trial.journal import Happening
from bot.trial.messages import Message
from bot.trial.people import Chat, Person, Standing
from bot.trial.queries import InlineQuery, Tap
from bot.trial.samples import sample
from bot.trial.watching import Watching

if TYPE_CHECKING:
    from bot.trial.world import World


class NotPossible(AssertionError):
    """The person cannot do that: the message says what they can see instead."""


@dataclass(eq=False)
class Actor(Watching):
    """A person in one chat. Acts are instant; what the bot answers is awaited with `sees` and `is_told`."""

    world: "World"
    person: Person
    room: Chat
    mark: int = 0

    def says(self, text: str, reply_to: Message | None = None) -> Message:
        """Sends a text; commands, mentions and links in it are found as Telegram does."""
        if not text.strip():
            raise NotPossible("an empty message cannot be sent")
        found = plain(text.strip())
        return self._send(text=found.text, entities=found.entities, reply_to=reply_to)

    def starts(self, payload: str = "") -> Message:
        """Presses Start, or opens t.me/<bot>?start=<payload>."""
        return self.says(f"/start {payload}".strip())

    def replies(self, text: str) -> Message:
        """Answers the bot's last message, as a phone does under a forced reply."""
        return self.says(text, reply_to=self.last)

    def taps(self, label: str, message: Message | None = None) -> Tap:
        """Taps the newest inline button whose text holds `label` (an exact text wins)."""
        key, on = self._button(label, message)
        data = key.get("callback_data")
        if not isinstance(data, str):
            raise NotPossible(f"{label!r} is no callback button but {sorted(set(key) - {'text'})}")
        return self.taps_data(on, data)

    def taps_data(self, message: Message, data: str) -> Tap:
        """Taps a button by its data, also one that has been edited away meanwhile."""
        world = self.world
        tap = Tap(world.query_id(), self.person, message, data, world.clock())
        world.taps[tap.id] = tap
        self._acted()
        body: Json = {
            "id": tap.id,
            "from": self.person.as_json(),
            "message": message.as_json(),
            "chat_instance": str(message.chat.id * 31 + 7),
            "data": data,
        }
        world.updates.put("callback_query", body)
        world.journal.note(
            Happening.TAPPED, message.chat.id, {"id": tap.id, "message_id": message.id, "data": data}
        )
        return tap

    def presses(self, label: str) -> Message:
        """Presses a button of the keyboard under the text field: says it, or shares contact or place."""
        key = next((key for key in self.keyboard if label in str(key["text"])), None)
        if key is None:
            raise NotPossible(f"no key {label!r}; there are {[key['text'] for key in self.keyboard]}")
        one_time = bool(self.chat.keyboard and self.chat.keyboard.get("one_time_keyboard"))
        if key.get("request_contact"):
            message = self.shares_contact()
        elif key.get("request_location"):
            message = self.sends_location()
        else:
            message = self.says(str(key["text"]))
        if one_time:
            self.chat.keyboard = None
            self.world.journal.note(Happening.CHATS)
        return message

    def edits(self, message: Message, text: str) -> Message:
        """Changes one's own message."""
        if message.sender is not self.person or message.text is None:
            raise NotPossible("only one's own texts can be edited")
        found = plain(text.strip())
        message.text, message.entities = found.text, found.entities
        message.edited_at = self.world.clock()
        self._acted()
        self.world.touch(message, Happening.EDITED)
        self._tell(message, "edited_message")
        return message

    def sends_photo(
        self, upload: Upload | None = None, caption: str = "", reply_to: Message | None = None
    ) -> Message:
        stored = self._store("photo", upload)
        return self._send(content=photo_content(stored), reply_to=reply_to, **_captioned(caption))

    def sends_document(self, upload: Upload | None = None, caption: str = "") -> Message:
        return self._send(content=document_content(self._store("document", upload)), **_captioned(caption))

    def sends_voice(
        self, upload: Upload | None = None, seconds: int = 3, reply_to: Message | None = None
    ) -> Message:
        return self._send(content=voice_content(self._store("voice", upload), seconds), reply_to=reply_to)

    def sends_sticker(self, emoji: str = "🙂") -> Message:
        return self._send(content=sticker_content(self._store("sticker", None), emoji))

    def sends_location(self, latitude: float = 34.6901, longitude: float = 135.1956) -> Message:
        return self._send(content={"location": {"latitude": latitude, "longitude": longitude}})

    def shares_contact(self) -> Message:
        """One's own number, as the button that asks for it sends it."""
        contact: Json = {
            "phone_number": self.person.phone_number or "+819000000000",
            "first_name": self.person.first_name,
            "user_id": self.person.id,
        }
        if self.person.last_name:
            contact["last_name"] = self.person.last_name
        asked = next((one for one in reversed(self.screen) if one.sender.is_bot), None)
        return self._send(content={"contact": contact}, reply_to=asked)

    def asks_inline(self, query: str) -> InlineQuery:
        """Types @bot and a query into some text field; the answer comes with `inline_results`."""
        if not self.world.inline_mode:
            raise NotPossible("the bot has no inline mode")
        asked = InlineQuery(self.world.query_id(), self.person, query, self.world.clock())
        self.world.inline_queries[asked.id] = asked
        self._acted()
        body: Json = {
            "id": asked.id,
            "from": self.person.as_json(),
            "query": query,
            "offset": "",
            "chat_type": "sender",
        }
        self.world.updates.put("inline_query", body)
        return asked

    def chooses(self, query: InlineQuery, number: int = 0) -> Message:
        """Sends one of the results of an inline query."""
        assert query.results is not None, "the bot has not answered the inline query"
        found = query.results[number]["formatted"]
        assert isinstance(found, Formatted)
        return self._send(text=found.text, entities=found.entities, via_bot=self.world.bot)

    def blocks(self) -> None:
        """Blocks the bot: what it sends from now on is refused with 403."""
        self._stand(Standing.MEMBER, Standing.KICKED, blocked=True)

    def unblocks(self) -> None:
        self._stand(Standing.KICKED, Standing.MEMBER, blocked=False)

    def speaks(self, language_code: str | None) -> None:
        """Sets the phone's language; None for a client that sends none."""
        self.person.language_code = language_code
        self.world.journal.note(Happening.CHATS)

    def _stand(self, old: Standing, new: Standing, *, blocked: bool) -> None:
        if not self.chat.private or self.chat.blocked is blocked:
            raise NotPossible("only a private chat can be blocked, and only once")
        self.chat.blocked = blocked
        self.chat.members[self.world.bot.id] = new
        bot = self.world.bot.as_json()
        body: Json = {
            "chat": self.chat.as_json(),
            "from": self.person.as_json(),
            "date": int(self.world.clock().timestamp()),
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        }
        self._acted()
        self.world.updates.put("my_chat_member", body)
        self.world.journal.note(Happening.CHATS)

    def _send(self, **fields: object) -> Message:
        if self.chat.blocked:
            raise NotPossible("the bot is blocked; unblock it first")
        if self.person.id not in self.chat.members and not self.chat.private:
            raise NotPossible(f"{self.person.first_name} is not in {self.chat.title}")
        self.chat.started = True
        self.chat.members.setdefault(self.world.bot.id, Standing.MEMBER) if self.chat.private else None
        if self.chat.keyboard and self.chat.keyboard.get("force_reply"):
            self.chat.keyboard = None
            self.world.journal.note(Happening.CHATS)
        message = self.world.place(self.chat, self.person, **fields)
        self._acted()
        self._tell(message, "message")
        return message

    def _tell(self, message: Message, kind: str) -> None:
        if self.chat.private or self._meant_for_bot(message):
            self.world.tell_bot(message, kind)

    def _meant_for_bot(self, message: Message) -> bool:
        """Whether a bot with privacy mode hears it: commands, mentions, replies to it, what came via it."""
        bot = self.world.bot
        standing = self.chat.standing(bot.id)
        if standing in (Standing.LEFT, Standing.KICKED):
            return False
        if not self.world.privacy_mode or standing is Standing.ADMINISTRATOR:
            return True
        words = message.words.lower()
        name = f"@{bot.username}".lower()
        command, _, rest = words.partition(" ")[0].partition("@")
        commanded = command.startswith("/") and (not rest or f"@{rest}" == name)
        answered = message.reply_to is not None and message.reply_to.sender is bot
        return commanded or answered or name in words.split() or message.via_bot is bot

    def _store(self, kind: str, upload: Upload | None) -> StoredFile:
        return self.world.files.add(kind, upload or sample(kind))


def _captioned(caption: str) -> dict[str, object]:
    if not caption:
        return {}
    found = plain(caption)
    return {"caption": found.text, "caption_entities": found.entities}


def _member(bot: Json, standing: Standing) -> Json:
    member: Json = {"user": bot, "status": standing.value}
    return member | {"until_date": 0} if standing is Standing.KICKED else member
