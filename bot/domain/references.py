"""Codes by which people speak of a request, on the telephone too."""

from typing import Final

# Neither letters that look like digits or each other when written by hand, nor vowels, which make words.
_LETTERS: Final = "234679CDFHJKMNPQRTVWXY"
_LENGTH: Final = 4


def reference(random: bytes) -> str:
    """A short code for people to read out, such as TM-7K3F, from at least 8 random bytes."""
    number, letters = int.from_bytes(random, "big"), ""
    for _ in range(_LENGTH):
        number, index = divmod(number, len(_LETTERS))
        letters += _LETTERS[index]
    return f"TM-{letters}"
