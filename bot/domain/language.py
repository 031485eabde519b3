"""The languages that Teate speaks, and texts that exist in each of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class Language(StrEnum):
    """ISO 639-1 codes. A new language starts here; `check` then names what is missing."""

    EN = "en"
    JA = "ja"


Localised: TypeAlias = Mapping[Language, str]
"""One text in every language."""
