"""Steps, days and times in the data of buttons are read back as they were."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import Forged
from bot.domain.form import Step
from bot.handlers.callbacks import Verb, pack, parse
from bot.handlers.views.codes import STEPS, read_day, read_month, read_step, read_time, time_codes
from tests.domain.forms import THURSDAY
from tests.domain.samples import CLINIC, THURSDAY_15


@pytest.mark.parametrize("step", Step)
def test_steps_are_read_back(step: Step) -> None:
    assert read_step(STEPS[step]) is step


def test_days_and_times_are_read_back() -> None:
    tap = parse(pack(Verb.MINE_ACCEPT, 1, 0, *time_codes(CLINIC, THURSDAY_15.astimezone(UTC))))

    assert read_time(CLINIC, tap.argument(2), tap.argument(3)) == THURSDAY_15
    assert read_day("20261126") == THURSDAY
    assert read_month("202611") == date(2026, 11, 1)


@pytest.mark.parametrize("code", ["", "2026111", "20261131", "2026-1-1", "２０２６１１２６", "99999999"])
def test_what_no_button_says_is_forged(code: str) -> None:
    with pytest.raises(Forged):
        read_day(code)
    with pytest.raises(Forged):
        read_time(CLINIC, code, "1000")


def test_a_step_that_is_none_is_forged() -> None:
    with pytest.raises(Forged):
        read_step("zz")


def test_a_time_that_is_read_is_the_clinics() -> None:
    assert read_time(CLINIC, "20261126", "1500").astimezone(UTC) == datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
