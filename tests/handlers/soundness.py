"""What every screen has to be, whoever reads it."""

import re

from bot.handlers.callbacks import LONGEST, parse
from bot.services.screens import TAG, Screen

ALLOWED = re.compile(r"</?[bi]>")
LONGEST_MESSAGE = 4096
MOST_BUTTONS = 100
WIDEST = 8
"""Buttons in a row that Telegram takes."""


def sound(screen: Screen) -> Screen:
    """Telegram would take it: size, tags, buttons and their data."""
    assert screen.plain.strip()
    assert len(screen.plain.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE
    assert "{" not in screen.plain, "a placeholder without a value"
    for tag in TAG.findall(screen.html):
        assert ALLOWED.fullmatch(tag), f"{tag} is no tag of ours"
    for tag in "bi":
        assert screen.html.count(f"<{tag}>") == screen.html.count(f"</{tag}>")
    assert sum(map(len, screen.buttons)) <= MOST_BUTTONS
    for row in screen.buttons:
        assert 1 <= len(row) <= WIDEST
        for button in row:
            assert button.text.strip()
            assert (button.data is None) is not (button.url is None)
            if button.data is not None:
                assert len(button.data.encode()) <= LONGEST
                parse(button.data)
    return screen


def data(screen: Screen) -> list[str]:
    """What each button says when it is tapped; nothing for links."""
    return [button.data or "" for row in screen.buttons for button in row]


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.buttons for button in row]
