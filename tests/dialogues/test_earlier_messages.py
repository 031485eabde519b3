"""What a client was told of an appointment earlier follows what becomes of it."""

from datetime import timedelta

from bot.domain.lifecycle import State
from bot.trial.messages import Message
from tests.dialogues.steps import Wish, aoi, asks, books, cancels, card, chooses, request_of, told
from tests.dialogues.talk import Talk

CONFIRMED = "Your appointment is confirmed"
CHANGE_OR_CANCEL = ("bookings.button.change", "bookings.button.cancel")


async def moves(talk: Talk, day: str, time: str, label: str) -> None:
    """The client asks for another time, and the clinic says yes."""
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, day, time)
    await talk.taps(f"✅ {label}", aoi(talk), card(talk))


async def declines(talk: Talk) -> None:
    """The clinic has no room."""
    await talk.taps("Decline", aoi(talk), card(talk))
    await talk.taps("Full", aoi(talk))
    await talk.taps("Yes, decline", aoi(talk))


def the_confirmation(talk: Talk) -> Message:
    (message,) = told(talk.phone, CONFIRMED)
    return message


def can_be_changed(talk: Talk, message: Message) -> bool:
    return any(talk.text(each) in message.labels for each in CHANGE_OR_CANCEL)


async def test_an_old_confirmation_says_to_when_the_appointment_was_moved(talk: Talk) -> None:
    reference = await books(talk)
    old = the_confirmation(talk)

    await moves(talk, "28", "11:00", "Sat 28 Nov, 11:00")

    assert talk.text("bookings.moved") in old.words and reference in old.words
    assert "Sat 28 Nov, 11:00–12:00" in old.words and "27 Nov" not in old.words
    assert not old.labels
    new = the_confirmation(talk)
    assert new.id != old.id and can_be_changed(talk, new)


async def test_after_a_second_move_every_old_confirmation_names_the_present_time(talk: Talk) -> None:
    await books(talk)
    first = the_confirmation(talk)
    await moves(talk, "28", "11:00", "Sat 28 Nov, 11:00")
    second = the_confirmation(talk)

    await moves(talk, "30", "15:00", "Mon 30 Nov, 15:00")

    for each in (first, second):
        assert talk.text("bookings.moved") in each.words and "Mon 30 Nov, 15:00–16:00" in each.words


async def test_once_cancelled_no_message_calls_the_appointment_confirmed(talk: Talk) -> None:
    await books(talk)
    first = the_confirmation(talk)
    await moves(talk, "28", "11:00", "Sat 28 Nov, 11:00")
    second = the_confirmation(talk)

    await cancels(talk)

    for each in (first, second):
        assert each.words.startswith(talk.text("bookings.state.cancelled"))
        assert "Sat 28 Nov, 11:00–12:00" in each.words and not each.labels
    talk.sees("bookings.file.cancelled")
    assert told(talk.phone, talk.text("bookings.cancelled"))


async def test_a_cancellation_by_the_clinic_overtakes_the_confirmation_too(hanashi: Talk) -> None:
    await books(hanashi)
    (old,) = told(hanashi.phone, "ご予約が確定いたしました")

    await hanashi.taps("Cancel", aoi(hanashi), card(hanashi))
    await hanashi.taps("Full", aoi(hanashi))
    await hanashi.taps("Yes, cancel", aoi(hanashi))

    assert old.words.startswith(hanashi.text("bookings.state.cancelled")) and not old.labels
    assert told(hanashi.phone, hanashi.text("bookings.cancelled.by_clinic"))


async def test_who_cancels_below_the_confirmation_is_thanked_there(talk: Talk) -> None:
    await books(talk)
    old = the_confirmation(talk)

    await talk.taps("bookings.button.cancel", message=old)
    await talk.taps("bookings.button.cancel_yes", message=old)

    assert talk.text("bookings.cancelled") in old.words


async def test_a_reminder_follows_the_appointment_as_well(talk: Talk) -> None:
    await books(talk)
    talk.clock.move(timedelta(days=6, hours=7))
    await talk.settle()
    (reminder,) = told(talk.phone, talk.text("reminder.day"))

    await talk.taps("Another time", aoi(talk), card(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    await talk.taps("✅ Yes, Sat 28 Nov, 11:00")

    assert talk.text("bookings.moved") in reminder.words and not reminder.labels


async def test_a_declined_change_leaves_the_confirmation_as_it_is(talk: Talk) -> None:
    await books(talk)
    old = the_confirmation(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "28", "11:00")

    await declines(talk)

    assert CONFIRMED in old.words and can_be_changed(talk, old)


async def test_an_offer_is_not_left_standing_once_the_request_is_taken_back(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.taps("Another time", aoi(talk), card(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    (offer,) = told(talk.phone, "✅ Yes, Sat 28 Nov, 11:00")

    await cancels(talk)

    assert offer.words.startswith(talk.text("bookings.state.withdrawn")) and not offer.labels
    assert (await request_of(talk, reference)).state is State.WITHDRAWN


async def test_what_the_client_deleted_does_not_come_again(talk: Talk) -> None:
    await books(talk)
    await talk.bot.delete_message(talk.phone.person.id, the_confirmation(talk).id)

    await cancels(talk)

    assert not [
        each for each in talk.phone.screen if each.words.startswith(talk.text("bookings.state.cancelled"))
    ]
    assert not told(aoi(talk), talk.text("staff.undelivered.client"))


async def test_a_message_that_shows_a_list_by_now_stays_a_list(talk: Talk) -> None:
    await books(talk)
    other = await asks(talk, Wish(day="30", time="11:00"))
    message = the_confirmation(talk)
    await talk.taps("bookings.button.cancel", message=message)
    await talk.taps("bookings.button.cancel_no", message=message)
    await talk.taps("bookings.button.list", message=message)
    listed = message.words
    assert other in listed

    await cancels(talk)

    assert message.words == listed


async def test_whoever_is_declined_reads_for_when_and_so_does_the_group(either: Talk) -> None:
    await asks(either)
    await declines(either)

    assert "Asked for: Fri 27 Nov, 18:00" in card(either).words
    dated = {"en": "Asked for: Fri 27 Nov, 18:00", "ja": "ご希望：11月27日(金) 18:00"}[either.language]
    either.sees("bookings.declined", dated)


async def test_a_declined_change_names_the_time_that_was_asked_for(talk: Talk) -> None:
    await books(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.change")
    await chooses(talk, "28", "11:00")
    await declines(talk)

    talk.sees("bookings.stays.declined", "Fri 27 Nov, 18:00–19:00", "Asked for: Sat 28 Nov, 11:00")
    assert "Asked for: Sat 28 Nov, 11:00" in card(talk).words
