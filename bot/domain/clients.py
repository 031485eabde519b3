"""Who writes to the clinic, as far as Teate needs to know."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class Client:
    """One person in a private chat. `language` is the client's own choice, None until there is one."""

    id: int
    language: Language | None
    suggested: Language
    """What Telegram says of the app's language, or the last message was written in."""
    since: datetime
    gone: bool = False
    """The client blocked the bot: nothing is sent until the client writes again."""

    @property
    def speaks(self) -> Language:
        return self.language or self.suggested
