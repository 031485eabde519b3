"""How needs, weekdays and times of day stand in the data of self-care buttons, and how they are read back."""

from collections.abc import Iterable, Sequence
from datetime import time

from bot.domain.care import LENGTHS, MOST_NEEDS, Need
from bot.domain.errors import Forged

BETWEEN = "+"
NONE = "-"


def needs_code(needs: Sequence[Need]) -> str:
    """sleep+tension"""
    return BETWEEN.join(needs)


def read_needs(code: str) -> tuple[Need, ...]:
    """In the order of the taps; none for an empty code. Raises Forged for what is no need, or too many."""
    try:
        needs = tuple(Need(each) for each in code.split(BETWEEN)) if code else ()
    except ValueError as error:
        raise Forged("an unknown need") from error
    if len(needs) > MOST_NEEDS or len(set(needs)) < len(needs):
        raise Forged("too many needs")
    return needs


def toggled(needs: Sequence[Need], need: Need) -> tuple[Need, ...]:
    """With or without that need; one too many pushes out the one that was chosen first."""
    if need in needs:
        return tuple(each for each in needs if each is not need)
    return (*needs, need)[-MOST_NEEDS:]


def read_minutes(code: str) -> int:
    """Raises Forged for what is not one of LENGTHS."""
    found = next((each for each in LENGTHS if str(each) == code), None)
    if found is None:
        raise Forged("no such length")
    return found


def days_code(days: Iterable[int]) -> str:
    """0135: Monday, Tuesday, Thursday, Saturday; `-` for none, since an empty argument asks."""
    return "".join(str(each) for each in sorted(days)) or NONE


def read_days(code: str) -> frozenset[int]:
    """Raises Forged for what is no weekday, or one named twice."""
    if code == NONE:
        return frozenset()
    if not code or any(each not in "0123456" for each in code) or len(set(code)) < len(code):
        raise Forged("no weekdays")
    return frozenset(int(each) for each in code)


def time_code(at: time) -> str:
    """2130"""
    return at.strftime("%H%M")


def read_time_of_day(code: str) -> time:
    """Raises Forged for what is no time of day."""
    if len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise Forged("no time of day")
    try:
        return time(int(code[:2]), int(code[2:]))
    except ValueError as error:
        raise Forged("no time of day") from error
