"""An update that python-telegram-bot cannot read, as a new kind of button might one day bring."""

from bot.trial.acting import Actor
from bot.trial.errors import Json

WORDS = "I am so afraid"


def unreadable(who: Actor) -> Json:
    """The body of a message of theirs, with a button that has no text."""
    return {
        "message_id": 1,
        "date": 1,
        "chat": {"id": who.chat.id, "type": "private", "first_name": "Hana"},
        "from": {"id": who.person.id, "is_bot": False, "first_name": "Hana"},
        "text": WORDS,
        "reply_markup": {"inline_keyboard": [[{}]]},
    }
