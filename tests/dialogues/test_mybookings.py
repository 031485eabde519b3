"""/mybookings: how things stand, changing and cancelling, the calendar file, and the cut-off."""

from datetime import datetime, timedelta

from bot.domain.form import Step
from bot.domain.lifecycle import State
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
    books,
    calendar_files,
    card,
    cards,
    chooses,
    fill_in,
    form_of,
    request_of,
    told,
)
from tests.dialogues.talk import Talk


async def test_without_requests_it_says_so_and_offers_to_book(talk: Talk) -> None:
    await talk.says("/mybookings")
    talk.sees("bookings.none", "button.book")
    await talk.taps("button.book")
    talk.sees("booking.ask.treatment")


async def test_plain_words_lead_there_too(talk: Talk) -> None:
    reference = await books(talk)
    await talk.says("i need to cancel my appointment")
    talk.sees("bookings.title", reference)
    await talk.says("予約をキャンセルしたいです")
    assert "ご予約の状況" in talk.last.words and reference in talk.last.words


async def test_what_comes_next_stands_first_with_its_state(talk: Talk) -> None:
    late = await books(talk, Wish(day="28", time="11:00"))
    soon = await asks(talk, Wish(day="24", time="10:00"))
    await talk.says("/mybookings")
    words = talk.sees("bookings.state.confirmed", "bookings.state.waiting").words
    assert words.index(soon) < words.index(late)
    await talk.taps(late)
    talk.sees("Hana Ito", "Sat 28 Nov, 11:00–12:00", "🗺 Map")
    await talk.taps("bookings.button.list")
    talk.sees("bookings.title")


async def test_a_client_sees_only_their_own(talk: Talk) -> None:
    reference = await books(talk)
    stranger = talk.trial.world.add_client("Ryo", start=True)
    await talk.says("/mybookings", stranger)
    assert reference not in stranger.last.words
    message = stranger.last
    for data in ("md:1", "mc:1", "mx:1", "my:1:1", "mk:1:1", "mg:1", "ma:1:0:20261127:1800"):
        tap = stranger.taps_data(message, data)
        await talk.settle()
        assert tap.answer is not None and tap.answer.get("text"), "the button is no longer in use"
        assert reference not in message.words and "Hana" not in message.words
    assert (await request_of(talk, reference)).state is State.CONFIRMED


# --- The calendar file


async def test_the_file_follows_the_appointment_through_change_and_cancellation(talk: Talk) -> None:
    reference = await books(talk)
    ((calendar, event),) = calendar_files(talk)
    assert calendar["METHOD"] == "PUBLISH" and event["UID"] == f"{reference}@teate"
    assert event["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert event["DTSTART"].dt.isoformat() == "2026-11-27T18:00:00+09:00"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert "Mikage" in event["LOCATION"]

    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "28", "11:00")
    talk.sees("booking.sent.change", "Sat 28 Nov, 11:00")
    assert len(calendar_files(talk)) == 1, "nothing has changed yet"
    await talk.taps("✅ Sat 28 Nov, 11:00", aoi(talk))
    assert told(talk.phone, "Your appointment is confirmed", "Sat 28 Nov, 11:00–12:00")
    moved = calendar_files(talk)[-1][1]
    assert moved["UID"] == event["UID"] and moved["SEQUENCE"] > event["SEQUENCE"]
    assert moved["DTSTART"].dt.isoformat() == "2026-11-28T11:00:00+09:00"

    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    talk.sees("bookings.ask_cancel")
    await talk.taps("bookings.button.cancel_yes")
    assert told(talk.phone, talk.text("bookings.cancelled"))
    calendar, cancelled = calendar_files(talk)[-1]
    assert len(calendar_files(talk)) == 3
    assert calendar["METHOD"] == "CANCEL" and cancelled["STATUS"] == "CANCELLED"
    assert cancelled["UID"] == event["UID"] and cancelled["SEQUENCE"] > moved["SEQUENCE"]
    assert "✖️ Cancelled" in card(talk).words and told(aoi(talk), f"{reference}: the client cancels")
    assert len(cards(talk)) == 1


async def test_the_japanese_file_is_in_japanese(hanashi: Talk) -> None:
    await books(hanashi)
    ((_, event),) = calendar_files(hanashi)
    assert "マッサージ 60分" in event["SUMMARY"] and "御影" in event["LOCATION"]


# --- Changing


async def test_a_change_is_asked_for_and_the_appointment_stands_until_it_is_confirmed(talk: Talk) -> None:
    reference = await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    talk.sees("booking.title.change", "Fri 27 Nov, 18:00")
    await chooses(talk, "28", "11:00")
    assert "client asks for another time" in card(talk).words
    assert "Appointment: Fri 27 Nov, 18:00–19:00" in card(talk).words
    assert told(aoi(talk), f"{reference}: the client asks for another time")
    await talk.taps("Decline", aoi(talk))
    await talk.taps(talk.text("staff.reason.full"), aoi(talk))
    await talk.taps("Yes, decline", aoi(talk))
    talk.sees("bookings.stays.declined", "bookings.reason.full", "Fri 27 Nov, 18:00–19:00")
    assert (await request_of(talk, reference)).state is State.CONFIRMED
    assert len(calendar_files(talk)) == 1, "the calendar is right as it is"


async def test_the_client_takes_a_change_back(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "28", "11:00")
    await talk.says("/mybookings")
    await talk.taps("🔎")
    await talk.taps("bookings.button.keep")
    talk.sees("bookings.state.confirmed", "Fri 27 Nov, 18:00–19:00")
    assert "✅ Confirmed" in card(talk).words


async def test_a_change_that_nobody_answered_leaves_the_appointment_and_says_so(talk: Talk) -> None:
    reference = await books(talk, Wish(day="28", time="11:00"))
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "24", "11:00")
    talk.clock.move(timedelta(days=4))
    await talk.settle()
    assert told(talk.phone, talk.text("bookings.stays.expired"), "Sat 28 Nov, 11:00–12:00")
    assert (await request_of(talk, reference)).state is State.CONFIRMED


async def test_a_change_that_nobody_answered_ends_with_the_appointment_and_says_nothing_late(
    talk: Talk,
) -> None:
    reference = await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "30", "11:00")
    told_before = len(talk.phone.screen)
    talk.clock.move(timedelta(days=7, hours=7))
    await talk.settle()
    await talk.settle()
    assert (await request_of(talk, reference)).state is State.DONE
    talk.clock.move(timedelta(days=3))
    await talk.settle()
    assert not told(talk.phone, talk.text("bookings.stays.expired"))
    assert len(talk.phone.screen) <= told_before + 1, "but for the reminder of the appointment"


async def test_a_request_can_be_changed_before_the_clinic_has_answered(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "28", "11:00")
    talk.sees(reference, "Sat 28 Nov, 11:00")
    assert len(cards(talk)) == 1 and "Asked for: Sat 28 Nov, 11:00" in card(talk).words
    assert "✅ Sat 28 Nov, 11:00" in card(talk).labels


async def test_the_time_it_has_already_is_no_change(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await talk.taps("27")
    assert "18:00" not in talk.last.labels and "17:30" in talk.last.labels, "its own time is no obstacle"


async def test_a_change_follows_plain_words(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await talk.says("saturday 28 november at 11 would be better, is that free?")
    form = await form_of(talk)
    assert form.changing is not None and str(form.start)[:16] == "2026-11-28 11:00"


async def test_a_change_does_not_go_on_with_a_booking_nor_a_booking_with_a_change(talk: Talk) -> None:
    await books(talk)
    await fill_in(talk, Step.TIME)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await talk.taps("booking.button.instead")
    talk.sees("booking.title.change")
    assert len(told(talk.phone, "✖️ Cancel", talk.text("booking.ask.day"))) == 1, "one form at a time"
    await talk.says("/book")
    talk.sees("booking.ask.treatment")


async def test_two_taps_on_cancel_cancel_once(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    data = str(talk.last.keys[0]["callback_data"])
    question = talk.last
    for _ in range(2):
        talk.phone.taps_data(question, data)
    await talk.settle()
    assert len(told(aoi(talk), "the client cancels")) == 1
    assert len(calendar_files(talk)) == 2


async def test_a_cancellation_is_only_told_once_it_is_true(talk: Talk) -> None:
    reference = await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    talk.sees("bookings.ask_cancel")
    await talk.taps("bookings.button.cancel_no")
    talk.sees("bookings.state.confirmed")
    assert (await request_of(talk, reference)).state is State.CONFIRMED


# --- The cut-off


async def test_after_the_cut_off_there_is_the_telephone_number(talk: Talk) -> None:
    reference = await books(talk)
    await talk.says("/mybookings")
    before = talk.last
    change, cancel = (
        next(str(key["callback_data"]) for key in before.keys if talk.text(label) == key["text"])
        for label in ("bookings.button.change", "bookings.button.cancel")
    )
    talk.clock.move(timedelta(days=6, hours=7))
    await talk.says("/mybookings")
    assert talk.text("bookings.button.cancel") not in talk.last.labels
    await talk.taps("🔎")
    talk.sees("bookings.by_phone", "078-000-0000")
    for data in (change, cancel):
        talk.phone.taps_data(before, data)
        await talk.settle()
        assert talk.text("bookings.too_late") in before.words and "078-000-0000" in before.words
    request = await request_of(talk, reference)
    assert request.state is State.CONFIRMED
    assert request.appointment is not None and request.appointment.start == datetime.fromisoformat(
        "2026-11-27T18:00+09:00"
    )


async def test_a_confirmation_to_cancel_that_comes_after_the_cut_off_is_refused(talk: Talk) -> None:
    reference = await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    question, yes = talk.last, str(talk.last.keys[0]["callback_data"])
    talk.clock.move(timedelta(days=6, hours=7))
    talk.phone.taps_data(question, yes)
    await talk.settle()
    assert talk.text("bookings.too_late") in question.words
    assert (await request_of(talk, reference)).state is State.CONFIRMED


async def test_who_is_asked_to_move_may_say_no_at_any_hour(talk: Talk) -> None:
    await books(talk)
    talk.clock.move(timedelta(days=6, hours=7))
    await talk.settle()
    await talk.taps("Another time", aoi(talk), card(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    talk.sees("bookings.proposed.change")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    assert told(talk.phone, talk.text("bookings.cancelled"))
