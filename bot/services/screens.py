"""What a reader is shown: text, buttons and files, as data that can wait in the outbox."""

import base64
import json
import math
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

TAG = re.compile(r"<[^<>]+>")

UNTIL = "until:"
AWAY = "away:"


def counted(text: str) -> int:
    """Characters as Telegram counts them at its strictest: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def until(moment: datetime) -> str:
    """The key of a screen that nobody wants any more after `moment`: it is then dropped in silence."""
    return f"{UNTIL}{math.ceil(moment.timestamp())}"


def away(message_id: int) -> str:
    """The key of what takes this message out of the chat; its screen stands in where that is not possible."""
    return f"{AWAY}{message_id}"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: either `data` (at most 64 bytes, comes back on a tap) or `url`."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `html` is Telegram's HTML, at most 4,096 characters once parsed."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    ask_contact: str | None = None
    """The text of a keyboard button by which the client sends their telephone number."""
    drop_keyboard: bool = False
    force_reply: bool = False

    @property
    def plain(self) -> str:
        """What is read, without the tags."""
        return unescape(TAG.sub("", self.html))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A screen and where it goes.

    With `message_id` that message is edited. With `key` the message last shown under that key in this
    chat is edited, or a new one is sent and remembered. With neither, a new message is sent.
    With `message_id`, and `away` for its key, that message is taken out of the chat.
    With `only_edits` a message that is gone, or too old to be edited, is left at that.
    """

    chat_id: int
    screen: Screen
    key: str | None = None
    message_id: int | None = None
    reply_to: int | None = None
    only_edits: bool = False

    @property
    def takes_away(self) -> bool:
        return self.key is not None and self.key.startswith(AWAY)

    def edits(self, known: int | None) -> int | None:
        """The message that this changes, where `known` shows its key; None for a new message or a file."""
        return None if self.screen.attachment is not None or self.takes_away else self.message_id or known

    def to_json(self) -> str:
        screen = self.screen
        return json.dumps(
            {
                "html": screen.html,
                "buttons": [[[b.text, b.data, b.url] for b in row] for row in screen.buttons],
                "attachment": screen.attachment
                and [
                    screen.attachment.name,
                    screen.attachment.mime,
                    base64.b64encode(screen.attachment.content).decode(),
                ],
                "ask_contact": screen.ask_contact,
                "drop_keyboard": screen.drop_keyboard,
                "force_reply": screen.force_reply,
                "chat_id": self.chat_id,
                "message_id": self.message_id,
                "reply_to": self.reply_to,
                "only_edits": self.only_edits,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, chat_id: int, key: str | None, content: str) -> "Outgoing":
        held: dict[str, Any] = json.loads(content)
        attachment = held["attachment"]
        # A group that became a supergroup counts its messages anew: there the old numbers mean others.
        moved = held.get("chat_id", chat_id) != chat_id
        return cls(
            chat_id=chat_id,
            key=key,
            message_id=None if moved else held["message_id"],
            reply_to=None if moved else held["reply_to"],
            only_edits=held["only_edits"],
            screen=Screen(
                html=held["html"],
                buttons=tuple(tuple(Button(*each) for each in row) for row in held["buttons"]),
                attachment=attachment
                and Attachment(attachment[0], attachment[1], base64.b64decode(attachment[2])),
                ask_contact=held["ask_contact"],
                drop_keyboard=held["drop_keyboard"],
                force_reply=held["force_reply"],
            ),
        )
