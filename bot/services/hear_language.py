"""A client's words were understood: what is said next is in their language, until the client chooses one."""

from datetime import datetime

from bot.answers.normalise import language_of
from bot.domain.clients import Client
from bot.domain.language import Language
from bot.services.ports import Transaction


async def hear_language(tx: Transaction, client: Client, text: str, now: datetime) -> Client:
    """The client as they are from now on. Not for what is only written down: a name tells of no language."""
    heard = language_of(text)
    words = [each for each in text.split() if language_of(each)]
    # A lone "OK", "LINE" or "cancel" is said in Japanese too.
    if heard is None or (heard is Language.EN and len(words) == 1):
        return client
    return await tx.clients.meet(client.id, heard, now)
