"""Forms that are filled in up to a step."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.answering import Health, answer, begin
from bot.domain.desk import Desk
from bot.domain.errors import FormRefused
from bot.domain.form import Form, FormRefusal, Step
from bot.domain.language import Language
from bot.domain.requests import Request
from bot.domain.sending import sent
from bot.domain.slots import slot_cells
from tests.domain.samples import (
    ANN,
    CLINIC,
    NOW,
    SCREENING,
    THURSDAY_15,
    TUESDAY_10,
    at,
)

DESK = Desk(CLINIC, SCREENING, NOW)
TUESDAY, THURSDAY = TUESDAY_10.date(), THURSDAY_15.date()
WHOLE_DAY = timedelta(hours=10)
TUESDAY_FULL = frozenset().union(*(slot_cells(at(24, 10), WHOLE_DAY, timedelta(), lane) for lane in range(2)))

ANSWERS: list[tuple[Step, Any]] = [
    (Step.TREATMENT, "massage-60"),
    (Step.DAY, TUESDAY),
    (Step.TIME, TUESDAY_10),
    (Step.SECOND_DAY, THURSDAY),
    (Step.SECOND_TIME, THURSDAY_15),
    (Step.NAME, " Ann  Lee "),
    (Step.PHONE, "+819012345678"),
    (Step.NOTE, None),
    (Step.CONSENT, True),
    (Step.HEALTH, Health("fever", yes=False)),
    (Step.HEALTH, Health("skin", yes=True)),
]


def filled(until: Step = Step.SUMMARY, desk: Desk = DESK) -> Form:
    form = begin(desk)
    for step, value in ANSWERS:
        if step is until:
            break
        form = answer(form, step, value, desk)
    return form


def made(form: Form, desk: Desk = DESK, open_requests: int = 0) -> Request:
    return sent(
        form,
        desk,
        request_id=1,
        reference="TM-7K3F",
        client_id=ANN.id,
        language=Language.EN,
        open_requests=open_requests,
    )


def refusal(form: Form, step: Step, value: Any, desk: Desk = DESK) -> FormRefusal:
    with pytest.raises(FormRefused) as refused:
        answer(form, step, value, desk)
    return refused.value.reason
