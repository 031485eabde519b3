"""The names under which messages are remembered: what is edited, and what a reply is about."""

from secrets import token_hex
from typing import Final

from telegram import Message

from bot.domain.requests import Request
from bot.domain.waiting_list import Place

CARD: Final = "card"
"""The key of a request's card is this and the request's number."""

HANDOVER: Final = "handover"
"""The same for a question that was handed over: in the group, and in the chat where the client wrote it."""

ABOUT: Final = "about"
"""The key of a message about a request begins with this, its number and something that no other has."""

STANDS: Final = "stands"
"""Comes after the number where a client is told how the request stands."""

ASKED: Final = "asked"
"""The same for a question of the clinic to the client."""

PASSED: Final = "passed"
"""The key of a client's own message that went to the clinic begins with this and the request's number."""

ANSWER: Final = "answer"
"""The key of a person's answer to a handed-over question begins with this and the question's number."""

ALARM: Final = "alarm"
"""The key of a message that something does not arrive begins with this."""


def card_key(request: Request) -> str:
    return f"{CARD}:{request.id}"


def copies(request: Request) -> str:
    """How the keys of further messages that the card is shown in begin: lists in which it was opened."""
    return f"{card_key(request)}:"


def copy_key(request: Request) -> str:
    return f"{copies(request)}{token_hex(4)}"


def about_key(request: Request) -> str:
    """A message of its own about a request: never edited, but known for what it is when somebody replies."""
    return f"{ABOUT}:{request.id}:{token_hex(4)}"


def standings(request: Request) -> str:
    """How the keys of messages begin that tell a client how their request stands: true until it moves on."""
    return f"{ABOUT}:{request.id}:{STANDS}:"


def standing_key(request: Request) -> str:
    return f"{standings(request)}{token_hex(4)}"


def tells_standing(key: str) -> bool:
    """Whether a message with this key tells how a request stands."""
    return number_in(key, ABOUT) is not None and f":{STANDS}:" in key


def asked_key(request: Request) -> str:
    return f"{ASKED}:{request.id}:{token_hex(4)}"


def passed_key(request: Request, message_id: int) -> str:
    return f"{PASSED}:{request.id}:{message_id}"


def offer_key(place: Place) -> str:
    """A time on offer; another one is another message, which makes a sound."""
    start = int(place.offer.slot.start.timestamp()) if place.offer else 0
    return f"offer:{place.id}:{start}"


def answer_key(handover_id: int) -> str:
    return f"{ANSWER}:{handover_id}:{token_hex(4)}"


def handover_key(handover_id: int) -> str:
    return f"{HANDOVER}:{handover_id}"


def alarm_key() -> str:
    return f"{ALARM}:{token_hex(4)}"


def reply_key(message: Message) -> str:
    """The reply to a message, so that an edited message has its reply edited."""
    return f"reply:{message.message_id}"


def request_number(key: str | None) -> int | None:
    """The number of the request that a message with this key is about."""
    return number_in(key, ABOUT, ASKED, CARD)


def answered_number(key: str | None) -> int | None:
    """The number of the handed-over question that a message with this key answers."""
    return number_in(key, ANSWER)


def number_in(key: str | None, *kinds: str) -> int | None:
    """The number in a key of one of these kinds; None for any other."""
    kind, _, rest = (key or "").partition(":")
    return int(rest.split(":")[0]) if kind in kinds else None
