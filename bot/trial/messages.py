"""A message, and how the Bot API writes it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.trial.errors import Json
from bot.trial.people import Chat, Person


@dataclass(slots=True)
class Message:
    """`content` holds the Bot API's further fields: photo, document, contact, service fields and so on."""

    id: int
    chat: Chat
    sender: Person
    sent_at: datetime
    text: str | None = None
    entities: list[Json] = field(default_factory=list)
    content: Json = field(default_factory=dict)
    caption: str | None = None
    caption_entities: list[Json] = field(default_factory=list)
    buttons: Json | None = None
    reply_to: "Message | None" = None
    edited_at: datetime | None = None
    silent: bool = False
    protected: bool = False
    via_bot: Person | None = None
    reactions: dict[int, str] = field(default_factory=dict)
    """Emoji by person."""
    change: int = 0
    """Number of the journal's entry that last touched it."""

    @property
    def words(self) -> str:
        """What can be read in it: its text or its caption."""
        return self.text if self.text is not None else self.caption or ""

    @property
    def labels(self) -> list[str]:
        """The texts of its inline buttons, in reading order."""
        return [str(button["text"]) for button in self.keys]

    @property
    def keys(self) -> list[Json]:
        """Its inline buttons, in reading order."""
        if self.buttons is None:
            return []
        rows = self.buttons["inline_keyboard"]
        assert isinstance(rows, list)
        return [button for row in rows for button in row]

    def as_json(self, *, with_reply: bool = True) -> Json:
        body: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.sent_at.timestamp()),
        }
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.text is not None:
            body["text"] = self.text
            if self.entities:
                body["entities"] = self.entities
        if self.caption is not None:
            body["caption"] = self.caption
            if self.caption_entities:
                body["caption_entities"] = self.caption_entities
        body |= self.content
        if self.buttons is not None:
            body["reply_markup"] = self.buttons
        if self.protected:
            body["has_protected_content"] = True
        if self.via_bot is not None:
            body["via_bot"] = self.via_bot.as_json()
        if self.reply_to is not None and with_reply:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return body


def pinned_content(message: Message) -> Json:
    return {"pinned_message": message.as_json(with_reply=False)}
