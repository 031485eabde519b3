"""What clients read of their requests: every state, decision and refusal, in every language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.texts import Catalogues
from bot.domain.language import Language
from bot.domain.lifecycle import Move, Reason, Refusal, State
from bot.domain.moves import move
from bot.domain.requests import CLOCK, By, Kind, Personal, Request
from bot.domain.slots import Slot
from bot.domain.waiting_list import Offer, Place
from bot.handlers.views.bookings import Address, BookingViews
from bot.services.screens import Screen
from tests.domain.requests_in import (
    change_proposed,
    change_requested,
    confirmed,
    countered,
    proposed,
)
from tests.domain.samples import ANN, CLINIC, FRIDAY_16, NOW, TUESDAY_10, YUKI, at, wish
from tests.handlers.soundness import data, labels, sound

EN, JA = Language.EN, Language.JA
ADDRESS = Address({EN: "1-2-3 Mikage <5 min>", JA: "御影1-2-3"}, "https://example.com/map?q=1&r=2")
VIEWS = BookingViews(Catalogues(), CLINIC, ADDRESS)
CAPTION = 1024
AFTER = TUESDAY_10 + timedelta(hours=2)


def done(what: Move, request: Request, by: By, now: datetime = NOW, reason: Reason | None = None) -> Request:
    return move(request, what, by, now, CLINIC, reason=reason)


def no_show() -> Request:
    return done(Move.MARK_NO_SHOW, confirmed(), YUKI, AFTER)


IN_STATE: dict[State, Request] = {
    State.WAITING: wish(),
    State.PROPOSED_BY_CLINIC: proposed(),
    State.PROPOSED_BY_CLIENT: countered(),
    State.CONFIRMED: confirmed(),
    State.CHANGE_REQUESTED: change_requested(),
    State.CHANGE_PROPOSED: change_proposed(),
    State.DECLINED: done(Move.DECLINE, wish(), YUKI, reason=Reason.FULL),
    State.WITHDRAWN: done(Move.WITHDRAW, wish(), ANN),
    State.CANCELLED: done(Move.CANCEL, confirmed(), ANN),
    State.EXPIRED: done(Move.EXPIRE, wish(), CLOCK, at(30, 12)),
    State.NO_SHOW: no_show(),
    State.DONE: done(Move.COMPLETE, confirmed(), CLOCK, AFTER),
}
NASTY = "<b>&" + "🙏" * 500


def nasty(request: Request) -> Request:
    return replace(request, personal=Personal(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY))


def test_every_state_has_a_sample() -> None:
    assert {state: request.state for state, request in IN_STATE.items()} == {each: each for each in State}


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("state", State)
def test_every_state_is_told_whole(state: State, lang: Language) -> None:
    request = nasty(IN_STATE[state])

    for now in (NOW, AFTER):
        for screen in (
            VIEWS.list([request] * 20, now, lang),
            VIEWS.detail(request, now, lang),
            VIEWS.ask_cancel(request, lang),
            VIEWS.cancelled(request, lang),
            VIEWS.too_late(request, lang),
            VIEWS.expired(request, lang),
            VIEWS.reminder(request, 24, lang),
            VIEWS.coming(request, lang),
            VIEWS.question_from_clinic(request, NASTY * 20, lang),
            VIEWS.answer_passed_on(request, lang),
            VIEWS.offer_to_pass_on(request, lang),
        ):
            assert "<b>&" not in sound(screen).html
    decided = sound(VIEWS.decided(request, lang))
    assert request.reference in decided.plain
    assert len(decided.plain) <= CAPTION, "it may have to stand under a calendar file"


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_told(refusal: Refusal, lang: Language) -> None:
    screen = sound(VIEWS.refused(refusal, confirmed(), lang))

    assert data(screen), "never a dead end"


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_a_sentence(reason: Reason, lang: Language) -> None:
    declined = done(Move.DECLINE, wish(), YUKI, reason=reason)
    cancelled = done(Move.CANCEL, confirmed(), YUKI, reason=reason)

    assert len(sound(VIEWS.decided(declined, lang)).plain) > 60
    assert len(sound(VIEWS.decided(cancelled, lang)).plain) > 60


def test_somebody_elses_request_is_not_shown() -> None:
    assert confirmed().reference not in VIEWS.refused(Refusal.NOT_YOURS, confirmed(), EN).plain


@pytest.mark.parametrize(
    ("state", "promised"),
    [(state, state is State.CONFIRMED) for state in State if state is not State.DONE],
)
def test_only_a_confirmed_appointment_is_called_confirmed(state: State, promised: bool) -> None:
    text = VIEWS.decided(IN_STATE[state], EN).plain

    assert ("is confirmed" in text) is promised
    assert ("ご予約が確定いたしました" in VIEWS.decided(IN_STATE[state], JA).plain) is promised


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (State.WAITING, ["md", "mc", "mx"]),
        (State.PROPOSED_BY_CLINIC, ["md", "mc", "mx"]),
        (State.CONFIRMED, ["md", "mc", "mx"]),
        (State.CANCELLED, ["md"]),
        (State.DONE, ["md"]),
    ],
)
def test_the_list_offers_what_can_be_done(state: State, verbs: list[str]) -> None:
    row, *_ = VIEWS.list([IN_STATE[state]], NOW, EN).buttons

    assert [(each.data or "").split(":")[0] for each in row] == verbs


def test_a_list_says_how_many_are_not_shown() -> None:
    assert "and 12 more" in VIEWS.list([wish()] * 20, NOW, EN).plain


def test_an_empty_list_leads_to_booking() -> None:
    assert data(sound(VIEWS.list([], NOW, EN))) == ["b"]


def test_times_are_told_with_weekday_date_and_24_hours() -> None:
    request = replace(confirmed(), appointment=Slot(FRIDAY_16.astimezone(UTC), at(27, 17).astimezone(UTC), 0))

    assert "Fri 27 Nov, 16:00–17:00" in VIEWS.detail(request, NOW, EN).plain
    assert "11月27日(金) 16:00–17:00" in VIEWS.detail(request, NOW, JA).plain


def test_after_the_cut_off_there_is_the_telephone_and_no_button() -> None:
    late = TUESDAY_10 - timedelta(hours=3)

    screen = VIEWS.detail(confirmed(), late, EN)

    assert "078-000-0000" in screen.plain
    assert data(screen) == ["", "mb"], "the map, and the list"


def test_too_late_is_not_said_of_what_is_over_already() -> None:
    assert "has been decided" in VIEWS.too_late(IN_STATE[State.DECLINED], EN).plain


def test_a_clinic_without_telephone_shows_none() -> None:
    views = BookingViews(Catalogues(), replace(CLINIC, phone=None))

    for screen in (views.too_late(confirmed(), EN), views.decided(IN_STATE[State.DECLINED], EN)):
        assert "☎" not in sound(screen).plain


def test_a_confirmation_has_address_map_and_the_way_to_change() -> None:
    screen = VIEWS.decided(confirmed(), EN)

    assert "1-2-3 Mikage <5 min>" in screen.plain
    assert "until 24 hours before" in screen.plain
    assert screen.buttons[0][0].url == ADDRESS.map_url
    assert data(screen)[1:] == ["mc:1", "mx:1"]


def test_an_offer_is_accepted_countered_or_cancelled_with_one_tap() -> None:
    request = proposed()

    screen = VIEWS.decided(request, EN)

    assert data(screen) == [f"ma:1:{request.version}:20261127:1600", "mc:1", "mx:1"]
    assert labels(screen)[0] == "✅ Yes, Fri 27 Nov, 16:00"
    assert "once you tap yes" in screen.plain


def test_an_offer_for_an_appointment_can_also_be_left_as_it_is() -> None:
    request = change_proposed()

    screen = VIEWS.decided(request, EN)

    assert f"mk:1:{request.version}" in data(screen)
    assert "Tue 24 Nov, 10:00" in screen.plain
    assert "Fri 27 Nov, 16:00" in screen.plain


def test_a_declined_change_says_that_the_appointment_stays() -> None:
    request = done(Move.DECLINE, change_requested(), YUKI, reason=Reason.FULL)

    text = VIEWS.decided(request, EN).plain

    assert "stays as it was" in text
    assert "All times around then are taken" in text
    assert "Tue 24 Nov, 10:00" in text
    assert "Asked for: Thu 26 Nov, 15:00 or Fri 27 Nov, 16:00" in text


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("state", State)
def test_what_was_told_earlier_can_be_overtaken_in_any_state(state: State, lang: Language) -> None:
    screen = sound(VIEWS.overtaken(nasty(IN_STATE[state]), lang))

    assert not screen.buttons
    assert IN_STATE[state].reference in screen.plain


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.EXPIRED])
def test_where_there_will_be_no_visit_the_time_that_was_asked_for_is_named(state: State) -> None:
    for screen in (VIEWS.decided(IN_STATE[state], EN), VIEWS.detail(IN_STATE[state], NOW, EN)):
        assert "Asked for: Tue 24 Nov, 10:00" in screen.plain


@pytest.mark.parametrize(("what", "by", "now"), [(Move.KEEP, ANN, NOW), (Move.EXPIRE, CLOCK, at(27, 16))])
def test_a_change_that_came_to_nothing_says_that_the_appointment_stays(
    what: Move, by: By, now: datetime
) -> None:
    later = move(confirmed(), Move.ASK_CHANGE, ANN, NOW, CLINIC, times=(FRIDAY_16,))

    assert "stays as it was" in VIEWS.decided(done(what, later, by, now), EN).plain


def test_a_plan_is_offered_a_time_for_a_first_talk() -> None:
    plan = replace(wish(), kind=Kind.PLAN, treatment_id=None, wished=(), duration=timedelta(minutes=30))
    offered = move(plan, Move.PROPOSE, YUKI, NOW, CLINIC, times=(FRIDAY_16,))

    screen = sound(VIEWS.decided(offered, EN))

    assert "first talk" in screen.plain
    assert "Plan" in screen.plain


def test_cancelling_asks_first_and_carries_the_version() -> None:
    request = confirmed()

    screen = VIEWS.ask_cancel(request, EN)

    assert data(screen) == [f"my:1:{request.version}", "md:1"]


@pytest.mark.parametrize(("hours_before", "by_phone"), [(48, False), (24, True), (2, True)])
def test_a_reminder_says_when_changes_need_the_telephone(hours_before: int, by_phone: bool) -> None:
    screen = VIEWS.reminder(confirmed(), hours_before, EN)

    assert data(screen)[:2] == ["mg:1", "mc:1"]
    assert ("078-000-0000" in screen.plain) is by_phone


def test_a_question_of_the_clinic_asks_for_a_reply() -> None:
    screen = VIEWS.question_from_clinic(wish(), "Left or <right> knee?", JA)

    assert screen.force_reply
    assert not screen.buttons
    assert "Left or <right> knee?" in screen.plain


@pytest.mark.parametrize("lang", Language)
def test_the_waiting_list_is_told_whole(lang: Language) -> None:
    offer = Offer(Slot(TUESDAY_10, at(24, 11), 0), at(20, 16))
    place = Place(12, ANN.id, lang, "massage-60", TUESDAY_10.date(), NOW, offer)

    screen = sound(VIEWS.waiting_list_offer(place, lang))

    assert data(screen) == ["wa:12:20261124:1000", "wr:12", "wl:12"]
    gone: list[Screen] = [
        VIEWS.waiting_list_offer(replace(place, offer=None), lang),
        VIEWS.waiting_list_joined(place.day, lang),
        VIEWS.waiting_list_joined(place.day, lang, 12),
        VIEWS.waiting_list_left(lang),
    ]
    for each in gone:
        sound(each)
