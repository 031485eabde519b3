"""What the clinic's people see in their group, and what they can tap."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.texts import Catalogues
from bot.domain.desk import Desk
from bot.domain.language import Language
from bot.domain.lifecycle import Actor, Move, Reason, Refusal, State
from bot.domain.moves import move
from bot.domain.requests import By, Kind, Request
from bot.domain.screening import Outcome
from bot.handlers.views.cards import CardViews
from tests.domain.forms import DESK, TUESDAY
from tests.domain.requests_in import change_requested, confirmed, proposed
from tests.domain.samples import (
    ANN,
    CLINIC,
    FRIDAY_16,
    NOW,
    SCREENING,
    TUESDAY_10,
    TUESDAY_11,
    YUKI,
    at,
    wish,
)
from tests.handlers.soundness import data, labels, sound
from tests.handlers.test_request_views import AFTER, IN_STATE, NASTY, done, nasty, no_show

EN, JA = Language.EN, Language.JA
VIEWS = CardViews(Catalogues(), CLINIC)
MONDAY = at(23, 0).date()


def verbs(request: Request, now: datetime = NOW) -> list[str]:
    return [each.split(":")[0] for each in data(VIEWS.card(request, now, EN))]


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("state", State)
def test_every_card_is_whole_and_holds_what_staff_need(state: State, lang: Language) -> None:
    request = IN_STATE[state]

    text = sound(VIEWS.card(request, NOW, lang)).plain

    for part in (request.reference, "Ann", "massage-60"):
        assert part in text
    assert "TM-0001" in text.split("\n")[0]


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("state", State)
def test_no_typing_of_clients_breaks_or_bursts_a_card(state: State, lang: Language) -> None:
    request = nasty(IN_STATE[state])

    for screen in (
        VIEWS.card(request, NOW, lang, log=[NASTY] * 30),
        VIEWS.choose_day(request, DESK, None, lang),
        VIEWS.choose_time(request, TUESDAY, [], lang),
        VIEWS.ask_client_hint(request, lang),
        VIEWS.brought_up_again(request, NOW, lang),
        VIEWS.today([request] * 60, TUESDAY, lang),
        VIEWS.week([request] * 60, MONDAY, lang),
        VIEWS.digest([request] * 60, [request] * 60, TUESDAY, lang),
        VIEWS.handover(NASTY * 20, lang),
    ):
        assert "<b>&" not in sound(screen).html


def test_a_new_card_tells_all_and_offers_each_time() -> None:
    request = replace(wish(), personal=replace(wish().personal, phone="+819012345678", note="Left knee"))

    screen = VIEWS.card(request, NOW, EN)

    for part in ("Ann", "+819012345678", "Left knee", "Tue 24 Nov, 10:00 or Thu 26 Nov, 15:00", "English"):
        assert part in screen.plain
    assert data(screen) == [
        "cc:1:0:20261124:1000",
        "cc:1:0:20261126:1500",
        "cp:1:",
        "cq:1",
        "cd:1:decline",
    ]
    assert labels(screen)[0] == "✅ Tue 24 Nov, 10:00"


def test_a_time_that_is_over_cannot_be_confirmed() -> None:
    screen = VIEWS.card(wish(), TUESDAY_11, EN)

    assert [each for each in data(screen) if each.startswith("cc")] == ["cc:1:0:20261126:1500"]


@pytest.mark.parametrize(
    ("request_", "now", "expected"),
    [
        (proposed(), NOW, ["cp", "cq", "cd"]),
        (confirmed(), NOW, ["cp", "cq", "cd"]),
        (confirmed(), AFTER - timedelta(minutes=90), ["cp", "cq", "cd", "cn"]),
        (change_requested(), NOW, ["cc", "cc", "cp", "cq", "cd", "cd"]),
        (no_show(), AFTER, ["cu"]),
        (IN_STATE[State.DECLINED], NOW, []),
    ],
    ids=["proposed", "confirmed", "begun", "change requested", "no-show", "declined"],
)
def test_the_buttons_are_what_can_be_done_now(request_: Request, now: datetime, expected: list[str]) -> None:
    assert verbs(request_, now) == expected


def test_the_card_tells_who_decided_and_when() -> None:
    assert "Yuki: confirmed, Fri 20 Nov, 12:00" in VIEWS.card(confirmed(), NOW, EN).plain
    assert "Yuki：確定（11月20日(金) 12:00）" in VIEWS.card(confirmed(), NOW, JA).plain


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_the_card_tells_what_follows_from_health_questions_in_words(
    outcome: Outcome | None, lang: Language
) -> None:
    line = sound(VIEWS.card(replace(wish(), screening=outcome), NOW, lang)).plain

    assert not outcome or outcome.value not in line
    assert "fever" not in line.lower()


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("what", Move)
@pytest.mark.parametrize("actor", Actor)
def test_every_decision_has_words(what: Move, actor: Actor, lang: Language) -> None:
    last = replace(confirmed().last or pytest.fail("confirmed by nobody"), move=what, by=By(actor))

    sound(VIEWS.card(replace(confirmed(), last=last), NOW, lang))


def test_the_card_shows_the_newest_questions_and_answers() -> None:
    text = VIEWS.card(wish(), NOW, EN, log=[f"line {number}" for number in range(10)]).plain

    assert "line 9" in text
    assert "line 1\n" not in text


def test_a_card_marks_an_open_question_and_a_promise_to_come() -> None:
    asked = done(Move.ASK, wish(), YUKI)
    coming = done(Move.COMING, confirmed(), ANN)

    assert "no answer yet" in VIEWS.card(asked, NOW, EN).plain
    assert "coming" in VIEWS.card(coming, NOW, EN).plain


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_fits_a_notice(refusal: Refusal, lang: Language) -> None:
    screen = sound(VIEWS.refused(refusal, confirmed(), lang))

    assert len(screen.plain) <= 200
    assert data(screen) == ["c:1"]


def test_who_was_faster_is_named() -> None:
    text = VIEWS.refused(Refusal.ALREADY_DECIDED, confirmed(), EN).plain

    assert "Yuki" in text
    assert "Confirmed" in text


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("what", [Move.DECLINE, Move.CANCEL])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_chosen_and_confirmed_with_the_words_the_client_reads(
    reason: Reason, what: Move, lang: Language
) -> None:
    request = replace(wish(), language=JA)

    choices = sound(VIEWS.choose_reason(request, lang, move=what))
    sure = sound(VIEWS.confirm_decline(request, reason, lang, move=what))

    assert f"cr:1:{what}:{reason}" in data(choices)
    assert data(sure) == [f"cy:1:0:{what}:{reason}", f"cd:1:{what}", "c:1"]
    assert Catalogues()(f"bookings.reason.{reason}", JA) in sure.plain


def test_staff_choose_a_day_within_the_notice_too() -> None:
    late = replace(DESK, now=at(20, 18))

    screen = sound(VIEWS.choose_day(wish(), late, None, EN))

    assert "ct:1:20261120" in data(screen)
    assert "ct:1:20261123" not in data(screen), "a holiday"
    assert data(screen)[-1] == "c:1"


def test_the_own_offer_does_not_fill_its_day() -> None:
    request = proposed()
    desk = Desk(CLINIC, SCREENING, NOW, request.cells(CLINIC.booking.buffer))

    assert "ct:1:20261127" in data(VIEWS.choose_day(request, desk, None, EN))


def test_staff_offer_a_time_of_the_day() -> None:
    screen = sound(VIEWS.choose_time(wish(), TUESDAY, [TUESDAY_10, TUESDAY_11], EN))

    assert data(screen) == ["co:1:0:20261124:1000", "co:1:0:20261124:1100", "cp:1:202611", "c:1"]


def test_a_plan_has_no_time_to_confirm() -> None:
    plan = replace(wish(), kind=Kind.PLAN, treatment_id=None, wished=())

    assert [each.split(":")[0] for each in data(sound(VIEWS.card(plan, NOW, JA)))] == ["cp", "cq", "cd"]


def test_today_lists_appointments_in_order() -> None:
    later, first = (
        move(wish(start, request_id=number), Move.CONFIRM, YUKI, NOW, CLINIC, times=(start,))
        for number, start in ((2, FRIDAY_16), (3, at(27, 10)))
    )

    screen = VIEWS.today([later, first], FRIDAY_16.date(), EN)

    assert "Fri 27 Nov · 2 appointments" in screen.plain
    assert screen.plain.index("10:00–11:00 Ann") < screen.plain.index("16:00–17:00 Ann")
    assert data(screen) == ["c:3", "c:2", "cf:20261126", "cw:20261123", "cf:20261128"]


def test_a_day_without_appointments_says_so() -> None:
    assert "no appointments" in sound(VIEWS.today([], TUESDAY, EN)).plain


def test_the_week_has_seven_days_and_says_which_are_closed() -> None:
    text = VIEWS.week([confirmed()], MONDAY, EN).plain

    assert "Mon 23 Nov – Sun 29 Nov · 1 appointment\n" in text
    assert "Mon 23 Nov\nclosed" in text
    assert "Tue 24 Nov\n10:00 Ann" in text
    assert "Thu 26 Nov\nno appointments" in text
    assert "Sun 29 Nov\nclosed" in text


def test_the_digest_names_who_waits() -> None:
    screen = sound(VIEWS.digest([confirmed()], [wish(request_id=2)], TUESDAY_10.date(), EN))

    assert "1 appointment today" in screen.plain
    assert "1 request waits" in screen.plain
    assert data(screen) == ["c:2", "c:1"]


def test_an_unanswered_request_is_brought_up_with_since_when() -> None:
    screen = VIEWS.brought_up_again(wish(), NOW, JA)

    assert "11月20日(金) 12:00" in screen.plain
    assert data(screen) == ["c:1"]
