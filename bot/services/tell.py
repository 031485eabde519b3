"""A message to a chat goes on its way: the one way into the outbox for whoever has a screen to show."""

from datetime import datetime, timedelta
from typing import Final

from bot.services.ports import Delivery, Transaction
from bot.services.screens import Outgoing

TELEGRAM: Final = "telegram"
"""The channel whose addresses are chats; those of groups begin with a minus."""


async def tell(
    tx: Transaction, outgoing: Outgoing, now: datetime, lease: timedelta = timedelta(0)
) -> Delivery:
    """Part of the transaction that causes it. With a `lease` the caller sends it right after the commit."""
    return await tx.outbox.add(
        TELEGRAM, str(outgoing.chat_id), outgoing.to_json(), key=outgoing.key, now=now, lease=lease
    )


async def tell_unasked(tx: Transaction, outgoing: Outgoing, now: datetime) -> None:
    """The same to a client who has not just written: a "why?" that follows is about this."""
    await tx.threads.turn_to(outgoing.chat_id, None, now)
    await tell(tx, outgoing, now)


async def take_back(tx: Transaction, chat_id: int, begins: str) -> None:
    """What waits for the chat under keys that begin so is not sent any more."""
    await tx.outbox.take_back(TELEGRAM, str(chat_id), begins)
