"""The names under which messages about requests are remembered: what is edited, and what a reply is about."""

from secrets import token_hex
from typing import Final

from bot.domain.requests import Request
from bot.domain.waiting_list import Place

CARD: Final = "card"
"""The key of a request's card is this and the request's number."""

HANDOVER: Final = "handover"
"""The same for a question that was handed over."""

ABOUT: Final = "about"
"""The key of a message about a request begins with this, its number and something that no other has."""

ASKED: Final = "asked"
"""The same for a question of the clinic to the client."""

FOR_CLIENT: Final = frozenset({ABOUT, ASKED})


def card_key(request: Request) -> str:
    return f"{CARD}:{request.id}"


def about_key(request: Request) -> str:
    """A message of its own about a request: never edited, but known for what it is when somebody replies."""
    return f"{ABOUT}:{request.id}:{token_hex(4)}"


def asked_key(request: Request) -> str:
    return f"{ASKED}:{request.id}:{token_hex(4)}"


def offer_key(place: Place) -> str:
    """A time on offer; another one is another message, which makes a sound."""
    start = int(place.offer.slot.start.timestamp()) if place.offer else 0
    return f"offer:{place.id}:{start}"


def handover_key(handover_id: int) -> str:
    return f"{HANDOVER}:{handover_id}"
