"""What happens by the clock: reminders, bringing up again, expiry, the morning's digest."""

from datetime import UTC, datetime

from bot.domain.lifecycle import State
from tests.dialogues.steps import Wish, aoi, asks, books, card, request_of, told
from tests.dialogues.talk import Talk


async def at(talk: Talk, when: str) -> None:
    """The bot works at that moment of Kobe, not before."""
    talk.clock.now = datetime.fromisoformat(f"{when}+09:00").astimezone(UTC)
    await talk.settle()


# --- Reminders of an appointment on Friday 27 November, 18:00


async def test_a_day_and_two_hours_before_the_client_is_reminded(talk: Talk) -> None:
    reference = await books(talk)
    await at(talk, "2026-11-26T17:59")
    assert not told(talk.phone, "🔔")
    await at(talk, "2026-11-26T18:00")
    (day,) = told(talk.phone, "🔔", "A reminder of your appointment", reference, "Fri 27 Nov, 18:00–19:00")
    assert "🗺 Map" in day.labels
    await talk.taps("reminder.button.coming")
    assert talk.text("reminder.thanks") in day.words
    assert "The client says: coming" in card(talk).words
    await at(talk, "2026-11-27T16:00")
    assert len(told(talk.phone, "Your appointment is soon", reference, "078-000-0000")) == 1
    await at(talk, "2026-11-27T17:00")
    assert len(told(talk.phone, "Your appointment is soon")) == 1


async def test_reminders_in_japanese(hanashi: Talk) -> None:
    await books(hanashi)
    await at(hanashi, "2026-11-26T18:00")
    hanashi.sees("reminder.day", "11月27日(金) 18:00–19:00", "reminder.button.coming")
    await hanashi.taps("reminder.button.coming")
    hanashi.sees("reminder.thanks")


async def test_two_taps_on_coming_are_one(talk: Talk) -> None:
    reference = await books(talk)
    await at(talk, "2026-11-26T18:00")
    data = next(str(key["callback_data"]) for key in talk.last.keys if "coming" in str(key["text"]))
    reminder = talk.last
    for _ in range(2):
        talk.phone.taps_data(reminder, data)
    await talk.settle()
    assert (await request_of(talk, reference)).coming
    assert card(talk).words.count("coming") == 1


async def test_the_reminders_change_button_leads_to_the_telephone_after_the_cut_off(talk: Talk) -> None:
    await books(talk)
    await at(talk, "2026-11-26T18:01")
    await talk.taps("bookings.button.change", message=talk.last)
    talk.sees("bookings.too_late", "078-000-0000")


async def test_nobody_is_reminded_of_what_is_cancelled(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    await at(talk, "2026-11-26T18:00")
    await at(talk, "2026-11-27T16:00")
    assert not told(talk.phone, "🔔")


async def test_after_a_change_the_reminders_have_moved(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await talk.taps("30")
    await talk.taps("15:00")
    await talk.taps("booking.button.skip.second_day")
    await talk.taps("booking.button.send_change")
    await talk.taps("✅ Mon 30 Nov, 15:00", aoi(talk), card(talk))
    await at(talk, "2026-11-27T16:00")
    assert not told(talk.phone, "🔔")
    await at(talk, "2026-11-29T15:00")
    assert told(talk.phone, "🔔", "Mon 30 Nov, 15:00–16:00")


async def test_after_an_outage_one_reminder_comes_and_it_is_the_fitting_one(talk: Talk) -> None:
    await books(talk)
    await at(talk, "2026-11-27T16:30")
    (reminder,) = told(talk.phone, "🔔")
    assert "Your appointment is soon" in reminder.words


async def test_after_an_outage_nothing_comes_for_what_is_past(talk: Talk) -> None:
    await books(talk)
    await at(talk, "2026-11-28T12:00")
    assert not told(talk.phone, "🔔")


async def test_an_appointment_at_short_notice_has_the_late_reminder_only(talk: Talk) -> None:
    await books(talk, Wish(day="21", time="11:00"))
    await at(talk, "2026-11-20T13:00")
    assert not told(talk.phone, "🔔")
    await at(talk, "2026-11-21T09:00")
    assert len(told(talk.phone, "🔔", "Sat 21 Nov, 11:00–12:00")) == 1


# --- What nobody answered


async def test_what_nobody_answered_is_brought_up_again_in_opening_hours(talk: Talk) -> None:
    reference = await asks(talk)
    talk.sees("by Fri 20 Nov, 17:00")
    await at(talk, "2026-11-20T16:59")
    assert not told(aoi(talk), "⏰")
    await at(talk, "2026-11-20T17:00")
    (nudge,) = told(aoi(talk), "⏰", reference, "since Fri 20 Nov, 12:00")
    assert nudge.reply_to is card(talk)
    await at(talk, "2026-11-20T19:59")
    await at(talk, "2026-11-20T22:00")
    await at(talk, "2026-11-21T08:00")
    assert len(told(aoi(talk), "⏰")) == 1, "nobody is there at night"
    await at(talk, "2026-11-21T11:00")
    assert len(told(aoi(talk), "⏰", reference)) == 2
    await talk.taps("⬅️ Card", aoi(talk), nudge)
    assert "Waits for your answer" in nudge.words
    await talk.taps("✅", aoi(talk), nudge)
    assert "✅ Confirmed" in nudge.words and "✅ Confirmed" in card(talk).words
    await at(talk, "2026-11-24T16:00")
    assert len(told(aoi(talk), "since Fri 20 Nov")) <= 2, "what is answered is left alone"


async def test_what_waits_for_the_client_is_not_brought_up_before_the_clinic(talk: Talk) -> None:
    await asks(talk)
    await talk.taps("Another time", aoi(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    await at(talk, "2026-11-24T16:00")
    assert not told(aoi(talk), "⏰")


async def test_a_request_whose_times_are_past_expires_and_both_sides_know(talk: Talk) -> None:
    reference = await asks(talk)
    await at(talk, "2026-11-27T18:00")
    talk.sees("bookings.expired", reference, "button.book")
    assert "⌛ Expired" in card(talk).words and not card(talk).labels
    assert (await request_of(talk, reference)).state is State.EXPIRED


async def test_what_took_place_is_done(talk: Talk) -> None:
    reference = await books(talk)
    await at(talk, "2026-11-27T19:00")
    assert (await request_of(talk, reference)).state is State.DONE
    assert "✔️ Done" in card(talk).words


# --- The digest


async def test_the_digest_comes_once_on_every_day_on_which_the_clinic_opens(talk: Talk) -> None:
    booked = await books(talk, Wish(day="24", time="10:00"))
    waiting = await asks(talk)
    await at(talk, "2026-11-24T09:29")
    assert not told(aoi(talk), "Good morning")
    for minute in ("09:30", "09:31", "10:00", "12:00"):
        await at(talk, f"2026-11-24T{minute}")
    (digest,) = told(aoi(talk), "Good morning. Tue 24 Nov")
    assert booked in digest.words and waiting in digest.words
    for day in ("2026-11-25", "2026-11-23"):
        await at(talk, f"{day}T09:30")
    assert len(told(aoi(talk), "Good morning")) == 1, "closed on Wednesdays and holidays"


async def test_a_start_at_noon_sends_no_good_morning(talk: Talk) -> None:
    await at(talk, "2026-11-24T12:00")
    assert not told(aoi(talk), "Good morning")
