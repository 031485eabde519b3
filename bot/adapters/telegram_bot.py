"""PTB's bot on our transport, which gives updates as Telegram wrote them."""

from collections.abc import Sequence
from datetime import timedelta

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.adapters.transport import AiohttpRequest

GRACE = timedelta(seconds=10)
"""How much later than asked for the answer to a long poll may come."""


class TelegramBot(ExtBot[None]):
    """`api` is the address of a Bot API server, without a slash at its end."""

    def __init__(self, token: str, api: str) -> None:
        super().__init__(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
        )

    async def raw_updates(
        self, offset: int | None = None, wait: timedelta = timedelta(0), allowed: Sequence[str] | None = None
    ) -> Sequence[object]:
        """getUpdates, unread: PTB's own raises for a whole batch, and logs it, where it cannot read one.

        Raises:
            TelegramError: as every call; also where the answer is no list.
        """
        asked = {"offset": offset, "timeout": wait, "allowed_updates": allowed}
        found = await self._post("getUpdates", asked, read_timeout=(wait + GRACE).total_seconds())
        if not isinstance(found, list):
            raise TelegramError("getUpdates gave no list")
        return found
