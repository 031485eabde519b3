"""A client says whether an answer helped."""

from datetime import datetime

from bot.domain.clients import Client
from bot.services.ports import Transaction


async def rate(tx: Transaction, client: Client, entry_id: str, *, helped: bool, now: datetime) -> bool:
    """Keep the client's last word on the entry; False where it was the same already."""
    return await tx.questions.add_feedback(client.id, entry_id, helped=helped, now=now)
