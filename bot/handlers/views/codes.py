"""The short forms in which steps, days and times stand in the data of buttons, and how they are read back."""

from datetime import date, datetime
from typing import Final

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.errors import Forged
from bot.domain.form import Step

SKIP: Final = "-"
KEEP: Final = "="
"""The text that the step held before; days and times are kept by naming them again."""
DRAFT: Final = "+"
"""What was typed at the note and answered as a question: it was meant as a note."""

STEPS: Final = {
    Step.TREATMENT: "tr",
    Step.DAY: "d",
    Step.TIME: "t",
    Step.SECOND_DAY: "d2",
    Step.SECOND_TIME: "t2",
    Step.GOAL: "go",
    Step.ACTIVITY_NOW: "ac",
    Step.SUITS: "su",
    Step.NAME: "na",
    Step.PHONE: "ph",
    Step.NOTE: "no",
    Step.CONSENT: "co",
    Step.HEALTH: "he",
    Step.SUMMARY: "sm",
}
_BY_CODE: Final = {code: step for step, code in STEPS.items()}


def read_step(code: str) -> Step:
    """Raises Forged for what is no step."""
    try:
        return _BY_CODE[code]
    except KeyError as error:
        raise Forged("an unknown step") from error


def day_code(day: date) -> str:
    """20261121"""
    return day.strftime("%Y%m%d")


def month_code(month: date) -> str:
    """202611"""
    return month.strftime("%Y%m")


def time_codes(clinic: Clinic, moment: datetime) -> tuple[str, str]:
    """Day and time at the clinic: 20261121, 1830."""
    local = hours.local(clinic, moment)
    return day_code(local.date()), local.strftime("%H%M")


def read_day(code: str) -> date:
    """Raises Forged for what is no day."""
    return _read(code, "%Y%m%d", 8).date()


def read_month(code: str) -> date:
    """The first of that month. Raises Forged for what is no month."""
    return _read(code, "%Y%m", 6).date()


def read_time(clinic: Clinic, day: str, time: str) -> datetime:
    """That time of that day, in the clinic's zone. Raises Forged for what is no time."""
    return _read(day + time, "%Y%m%d%H%M", 12).replace(tzinfo=clinic.zone)


def _read(code: str, form: str, length: int) -> datetime:
    # strptime takes `2026111` too; a button never says so.
    if len(code) != length or not (code.isascii() and code.isdigit()):
        raise Forged("no date")
    try:
        return datetime.strptime(code, form)  # noqa: DTZ007
    except ValueError as error:
        raise Forged("no date") from error
