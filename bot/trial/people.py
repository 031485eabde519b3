"""People and chats."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.trial.errors import Json

if TYPE_CHECKING:
    from bot.trial.messages import Message


class Standing(StrEnum):
    """What somebody is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = (Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER)
IN_CHARGE = (Standing.CREATOR, Standing.ADMINISTRATOR)


@dataclass(slots=True)
class Person:
    """A user or the bot itself. `language_code` is what their Telegram is set to; it may be missing."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone_number: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if (value := getattr(self, key)) is not None:
                body[key] = value
        return body


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


@dataclass(slots=True)
class Chat:
    """A chat with all that was said in it."""

    id: int
    kind: ChatKind
    title: str | None = None
    person: Person | None = None
    """Whom a private chat is with."""
    members: dict[int, Standing] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int | None = None
    started: bool = False
    """Whether the person has ever written: a bot cannot begin a conversation."""
    blocked: bool = False
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    """The reply keyboard (or force reply) that stands under the text field."""
    menu_button: Json | None = None

    @property
    def private(self) -> bool:
        return self.kind is ChatKind.PRIVATE

    def standing(self, person_id: int) -> Standing:
        return self.members.get(person_id, Standing.LEFT)

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "type": self.kind.value}
        if self.person is not None:
            own = self.person.as_json()
            body |= {key: own[key] for key in ("first_name", "last_name", "username") if key in own}
        else:
            body["title"] = self.title
        return body
