"""A text being read: what one rule has understood, no later rule sees again."""

import re
from collections.abc import Iterator

DAY = "\ue000"
PART = "\ue001"
OTHER = "\ue002"
"""Marks that stand where a day, a part of the day, or a number that is no time has been read."""


def any_of(*ways: str) -> re.Pattern[str]:
    """One pattern of several ways to say the same."""
    return re.compile("|".join(f"(?:{way})" for way in ways))


class Page:
    """Text whose length never changes, so that places stay comparable between rules."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each place, as the text is when the place is reached."""
        at = 0
        while found := pattern.search(self.text, at):
            yield found
            at = max(found.end(), at + 1)

    def cover(self, found: re.Match[str], mark: str, group: int | str = 0) -> None:
        """Take a place out of later rules' sight."""
        at, end = found.span(group)
        self.text = self.text[:at] + mark * (end - at) + self.text[end:]
