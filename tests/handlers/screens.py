"""What tests ask of screens."""

from collections.abc import Iterator

from bot.handlers.callbacks import LONGEST, Verb, parse
from bot.services.screens import Button, Screen

LONGEST_MESSAGE, LONGEST_CAPTION = 4096, 1024


def buttons(screen: Screen) -> Iterator[Button]:
    for row in screen.buttons:
        yield from row


def taps(screen: Screen, verb: Verb) -> list[tuple[str, ...]]:
    found = (parse(each.data) for each in buttons(screen) if each.data)
    return [each.arguments for each in found if each.verb is verb]


def check_limits(screen: Screen) -> None:
    """Telegram takes it, nothing is left to fill in, and every button leads somewhere."""
    assert 0 < len(screen.plain) <= (LONGEST_CAPTION if screen.attachment else LONGEST_MESSAGE)
    assert "{" not in screen.html
    for button in buttons(screen):
        assert button.data
        assert len(button.data.encode()) <= LONGEST
        assert parse(button.data).verb in Verb
        assert 0 < len(button.text) <= 40
