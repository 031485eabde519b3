"""Somebody wrote of danger a moment ago: what the next short words may be an answer to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

STAYS: Final = timedelta(hours=1)
"""How long after an alarm, or after the last answer to it, a short word is heard as an answer to it."""


class About(StrEnum):
    """What the alarm was about: as much as an answer to "no" needs."""

    SELF = "self"
    OTHER = "other"
    VIOLENCE = "violence"
    YOUNG = "young"
    """Violence against somebody young, who has a line of their own."""
    HARM = "harm"
    """The writer may hurt somebody."""
    BODY = "body"
    """An emergency for a doctor."""


class Answer(StrEnum):
    """What short words mean after an alarm; who cannot be understood is taken for not safe."""

    UNSAFE = "unsafe"
    """No, alone, afraid: whatever was asked, people have to be reached now."""
    PLEASE = "please"
    """Yes, or please: the message to somebody near is wanted, or does no harm."""
    CALM = "calm"
    JOKING = "joking"


@dataclass(frozen=True, slots=True)
class Concern:
    """That there was an alarm, and until when it is in mind. Nothing of what was written."""

    about: About
    until: datetime
