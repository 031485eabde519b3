"""A small clinic, an hour, and requests to it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.clinic import BookingRules, Clinic, Closure, Opening, Plan, Treatment
from bot.domain.language import Language
from bot.domain.lifecycle import Actor
from bot.domain.requests import By, Kind, Personal, Request
from bot.domain.screening import Care, Outcome, Question, Screening

TOKYO: Final = ZoneInfo("Asia/Tokyo")
NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=TOKYO)
"""A Friday; the 23rd is a holiday (Monday), the 25th a Wednesday."""

ANN: Final = By(Actor.CLIENT, 7)
STRANGER: Final = By(Actor.CLIENT, 8)
YUKI: Final = By(Actor.STAFF, 100, "Yuki")
KEN: Final = By(Actor.STAFF, 101, "Ken")


def both(text: str) -> dict[Language, str]:
    return dict.fromkeys(Language, text)


def treatment(treatment_id: str, minutes: int) -> Treatment:
    return Treatment(
        treatment_id, both(treatment_id), dict.fromkeys(Language, ()), timedelta(minutes=minutes), 4000
    )


_DAY = (Opening(time(10), time(13)), Opening(time(14), time(19)))

CLINIC: Final = Clinic(
    name=both("Teate"),
    phone="078-000-0000",
    zone=TOKYO,
    week=(_DAY, _DAY, (), _DAY, (_DAY[0], Opening(time(14), time(20))), (Opening(time(10), time(17)),), ()),
    open_on_holidays=False,
    holidays=frozenset({date(2026, 11, 3), date(2026, 11, 23), date(2027, 1, 1)}),
    closures=(Closure(date(2026, 12, 29), date(2027, 1, 4), None),),
    therapists=2,
    treatments=(treatment("massage-60", 60), treatment("massage-30", 30), treatment("exercise-45", 45)),
    plan=Plan(both("Plan"), 3000),
    booking=BookingRules(
        minimum_notice=timedelta(hours=3),
        horizon=timedelta(days=60),
        buffer=timedelta(minutes=15),
        step=timedelta(minutes=30),
        cancel_until=timedelta(hours=24),
        answer_within=timedelta(hours=4),
        open_requests_per_client=3,
    ),
    languages=(Language.EN, Language.JA),
)

ONE_THERAPIST: Final = replace(CLINIC, therapists=1)

SCREENING: Final = Screening(
    questions=(
        Question("fever", both("Fever?"), frozenset(Care), Outcome.POSTPONE),
        Question("skin", both("Rash?"), frozenset({Care.MASSAGE}), Outcome.THERAPIST_CALLS),
        Question("heart", both("Heart?"), frozenset({Care.EXERCISE}), Outcome.DOCTOR_FIRST),
    ),
    cares={
        "massage-60": frozenset({Care.MASSAGE}),
        "massage-30": frozenset({Care.MASSAGE}),
        "exercise-45": frozenset({Care.EXERCISE}),
        "plan": frozenset({Care.EXERCISE}),
    },
    consent=both("May we ask?"),
    results={outcome: both(outcome) for outcome in Outcome},
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A time in Kobe, in the year of `NOW`."""
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO)


TUESDAY_10: Final = at(24, 10)
TUESDAY_11: Final = at(24, 11)
THURSDAY_15: Final = at(26, 15)
FRIDAY_16: Final = at(27, 16)


def wish(*times: datetime, request_id: int = 1, client_id: int = ANN.id) -> Request:
    """A request that waits for the clinic, for an hour at the first or the second of the times."""
    return Request(
        id=request_id,
        reference=f"TM-{request_id:04}",
        client_id=client_id,
        language=Language.EN,
        kind=Kind.APPOINTMENT,
        treatment_id="massage-60",
        duration=timedelta(hours=1),
        wished=times or (TUESDAY_10, THURSDAY_15),
        personal=Personal(name="Ann"),
        screening=Outcome.FINE,
        created_at=NOW,
    )
