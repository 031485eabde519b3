"""A client chooses a language, or leaves it to the messages."""

from dataclasses import replace

from bot.domain.clients import Client
from bot.domain.language import Language
from bot.services.ports import Transaction


async def choose_language(tx: Transaction, client: Client, language: Language | None) -> Client:
    """The client as they are from now on."""
    await tx.clients.choose_language(client.id, language)
    return replace(client, language=language)
