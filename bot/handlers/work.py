"""One update being worked on: its transaction, its client, and what goes out once it is committed."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from telegram import Bot, Message, User

from bot.domain.clients import Client
from bot.domain.language import Language
from bot.domain.subject import Subject
from bot.services.hear_language import hear_language
from bot.services.ports import Transaction
from bot.services.screens import Outgoing, Screen

AfterCommit = Callable[[Bot], Awaitable[object]]


@dataclass(slots=True)
class Work:
    """What handlers collect. Nothing is sent while the transaction is open: SQLite has one writer."""

    tx: Transaction
    now: datetime
    chat_id: int
    client: Client | None = None
    stranger: bool = False
    """The client has had everything deleted and taps on what was there before: they are shown what the button
    shows, and nothing of it is kept."""
    user: User | None = None
    notice: str | None = None
    """What a tap's answer says over the chat."""
    about: Message | None = None
    """What the tapped message replies to; None too where that was deleted, or is too old for Telegram."""
    subject: Subject | None = None
    """What is said now is about, where a few words can go on from it."""
    outgoing: list[Outgoing] = field(default_factory=list)
    after: list[AfterCommit] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def language(self) -> Language:
        return self.client.speaks if self.client else Language.EN

    async def begin_anew(self) -> None:
        """The stranger wants something that cannot be had without being kept: a client again."""
        if self.client is not None:
            self.client = await self.tx.clients.meet(self.client.id, self.client.suggested, self.now)
            self.stranger = False

    async def understood(self, text: str) -> None:
        """What is said next is in the language of these words, also in the middle of a form."""
        if self.client is not None:
            self.client = await hear_language(self.tx, self.client, text, self.now)

    def say(self, screen: Screen, *, key: str | None = None, reply_to: int | None = None) -> None:
        """A new message; with `key` the message last said under it is edited instead, if there is one."""
        self.outgoing.append(Outgoing(self.chat_id, screen, key=key, reply_to=reply_to))

    def edit(self, screen: Screen, message_id: int) -> None:
        """Change a message in place."""
        self.outgoing.append(Outgoing(self.chat_id, screen, message_id=message_id))

    def later(self, call: AfterCommit) -> None:
        """Something that need not survive a restart: closing a button's spinner, an inline answer."""
        self.after.append(call)


current: ContextVar[Work] = ContextVar("current")
"""PTB makes the context of a handler by itself; this is how the work reaches it."""
