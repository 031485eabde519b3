"""Codes by which people speak of a request, on the telephone too."""

import unicodedata
from typing import Final

# Neither letters that look like digits or each other when written by hand, nor vowels, which make words.
_LETTERS: Final = "234679CDFHJKMNPQRTVWXY"
_LENGTH: Final = 4


def reference(random: bytes, prefix: str = "TM") -> str:
    """A short code for people to read out, such as TM-7K3F, from at least 8 random bytes."""
    number, letters = int.from_bytes(random, "big"), ""
    for _ in range(_LENGTH):
        number, index = divmod(number, len(_LETTERS))
        letters += _LETTERS[index]
    return f"{prefix}-{letters}"


def read_reference(typed: str, prefix: str = "TM") -> str | None:
    """The reference that somebody typed, in whatever width and case; None if it is none."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(each for each in folded if each.isalnum()).removeprefix(prefix)
    whole = len(code) == _LENGTH and all(each in _LETTERS for each in code)
    return f"{prefix}-{code}" if whole else None
