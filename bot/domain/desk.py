"""What a form is filled in against: the clinic's rules, the hour, and what is taken."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.clinic import Clinic
from bot.domain.errors import FormRefused
from bot.domain.form import Form, FormRefusal, Said, Step
from bot.domain.requests import Kind
from bot.domain.screening import Screening
from bot.domain.slots import Cell, askable, duration_of, free_slots, slot_for


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form is filled in against. `taken` holds the cells of the days that matter now; for a change,
    without those of the appointment itself."""

    clinic: Clinic
    screening: Screening
    now: datetime
    taken: AbstractSet[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class Offered:
    """Free times of a day: those that fit the client's words, and the others."""

    fitting: tuple[datetime, ...]
    others: tuple[datetime, ...]


def length(form: Form, desk: Desk) -> timedelta | None:
    """How long what is asked for takes; None while no treatment is chosen, or it is no longer offered."""
    if form.duration:
        return form.duration
    if form.kind is Kind.APPOINTMENT and form.treatment_id is None:
        return None
    return duration_of(desk.clinic, form.treatment_id)


def offered(form: Form, step: Step, desk: Desk) -> Offered:
    """The times to show at a step about time."""
    first = step is Step.TIME
    day, duration = form.day if first else form.second_day, length(form, desk)
    if day is None or duration is None:
        return Offered((), ())
    unwanted = {*form.was} if first else {*form.was, form.start}
    free = free_slots(desk.clinic, duration, day, desk.taken, desk.now)
    left = tuple(each for each in free if each not in unwanted)
    fitting = tuple(each for each in left if _fits(each, form.said))
    return (
        Offered(fitting, tuple(each for each in left if each not in fitting))
        if fitting
        else Offered(left, ())
    )


def check_free(start: datetime, duration: timedelta, step: Step, desk: Desk) -> None:
    """Raises FormRefused where clients cannot have this time, or not any more."""
    if start <= desk.now:
        raise FormRefused(FormRefusal.PAST, step)
    if start.astimezone(UTC) < desk.now.astimezone(UTC) + desk.clinic.booking.minimum_notice:
        raise FormRefused(FormRefusal.TOO_SOON, step)
    if not askable(desk.clinic, start, duration, desk.now):
        raise FormRefused(FormRefusal.CLOSED, step)
    if not slot_for(desk.clinic, start, duration, desk.taken):
        raise FormRefused(FormRefusal.SLOT_TAKEN, step)


def _fits(start: datetime, said: Said) -> bool:
    at = start.time()
    return (said.start is None or said.start <= at) and (said.until is None or at <= said.until)
