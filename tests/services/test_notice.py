"""What channels other than Telegram are told."""

from dataclasses import replace
from datetime import UTC

import pytest

from bot.adapters.texts import Catalogues
from bot.domain.language import Language
from bot.domain.lifecycle import Actor, Move, Reason, State
from bot.domain.requests import Act, By
from bot.domain.screening import Outcome
from bot.domain.slots import Slot
from bot.services.notice import Notice, NoticeKind, kind_of, notice_of, trouble_of
from tests.adapters.channel_rigs import (
    NOTICE,
    REFERENCE,
)
from tests.domain.samples import CLINIC, NOW, TUESDAY_10, TUESDAY_11, YUKI, wish


def test_a_notice_survives_the_outbox() -> None:
    whole = Notice(
        kind=NoticeKind.CANCELLED,
        reference=REFERENCE,
        version=4,
        state=State.CANCELLED,
        language=Language.JA,
        treatment="手当て",
        times=("2026-11-24T10:00:00+09:00",),
        appointment=("2026-11-24T10:00:00+09:00", "2026-11-24T11:00:00+09:00"),
        screening=Outcome.FINE,
        reason=Reason.CLOSED,
        by=Actor.STAFF,
        name='"Ann"\n<b>',
        phone="078",
        note="n",
        goal="g",
        activity_now="a",
        suits="s",
        remark="r",
        calendar="BEGIN:VCALENDAR\r\n",
    )
    assert Notice.from_json(whole.to_json()) == whole
    assert Notice.from_json(NOTICE.to_json()) == NOTICE
    trouble = trouble_of("Nothing arrives", Language.EN)
    assert Notice.from_json(trouble.to_json()) == trouble


def test_a_notice_shows_no_personal_data_in_its_repr() -> None:
    assert not any(each in repr(NOTICE) for each in ("Ann", "+8190", "shoulder"))


def test_a_notice_of_a_request_has_its_times_in_the_clinics_zone() -> None:
    confirmed = replace(
        wish(),
        state=State.CONFIRMED,
        version=1,
        appointment=Slot(TUESDAY_10.astimezone(UTC), TUESDAY_11.astimezone(UTC), 0),
        last=Act(Move.CONFIRM, YUKI, NOW),
    )
    notice = notice_of(confirmed, NoticeKind.CONFIRMED, CLINIC, Language.EN, calendar=b"BEGIN")
    assert notice.appointment == ("2026-11-24T10:00:00+09:00", "2026-11-24T11:00:00+09:00")
    assert (notice.times, notice.by, notice.calendar) == ((), Actor.STAFF, "BEGIN")
    asked = notice_of(wish(), NoticeKind.REQUESTED, CLINIC, Language.EN)
    assert asked.times == ("2026-11-24T10:00:00+09:00", "2026-11-26T15:00:00+09:00")
    assert (asked.treatment, asked.name, asked.appointment) == ("massage-60", "Ann", None)


@pytest.mark.parametrize(
    ("move", "state", "kind"),
    [
        (None, State.WAITING, "requested"),
        (Move.CONFIRM, State.CONFIRMED, "confirmed"),
        (Move.ACCEPT, State.CONFIRMED, "confirmed"),
        (Move.PROPOSE, State.PROPOSED_BY_CLINIC, "proposed_by_clinic"),
        (Move.COUNTER, State.PROPOSED_BY_CLIENT, "proposed_by_client"),
        (Move.DECLINE, State.DECLINED, "declined"),
        (Move.DECLINE, State.CONFIRMED, "kept"),
        (Move.KEEP, State.CONFIRMED, "kept"),
        (Move.EXPIRE, State.EXPIRED, "expired"),
        (Move.EXPIRE, State.CONFIRMED, "kept"),
        (Move.ASK_CHANGE, State.CHANGE_REQUESTED, "change_requested"),
        (Move.WITHDRAW, State.WITHDRAWN, "withdrawn"),
        (Move.CANCEL, State.CANCELLED, "cancelled"),
        (Move.COMPLETE, State.DONE, None),
    ],
)
def test_what_happened_is_read_off_the_last_decision(
    move: Move | None, state: State, kind: str | None
) -> None:
    last = Act(move, By(Actor.CLOCK), NOW) if move else None
    assert kind_of(replace(wish(), state=state, last=last)) == kind


def test_there_is_a_text_for_all_that_a_mail_may_say() -> None:
    texts = Catalogues()
    keys = [f"notice.kind.{each}" for each in NoticeKind]
    keys += [f"notice.screening.{each}" for each in Outcome] + [f"notice.reason.{each}" for each in Reason]
    keys += [f"notice.language.{each}" for each in Language]
    assert all(texts(key, language) for key in keys for language in Language)
