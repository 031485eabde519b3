"""The clinic's group: who may act on a card, another time, and a no with its reason."""

import pytest

from bot.domain.language import Language
from bot.domain.lifecycle import Reason, State
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
    books,
    card,
    cards,
    fill_in,
    ken,
    request_of,
    told,
)
from tests.dialogues.talk import Talk


def data_of(talk: Talk, label: str, reference: str = "") -> str:
    return next(str(key["callback_data"]) for key in card(talk, reference).keys if label in str(key["text"]))


# --- Who may


async def test_the_first_to_act_wins_and_the_card_says_who_and_when(talk: Talk) -> None:
    reference = await asks(talk)
    yes, no = data_of(talk, "✅"), f"cy:1:0:decline:{Reason.FULL}"
    aoi(talk).taps_data(card(talk), yes)
    late = ken(talk).taps_data(card(talk), no)
    await talk.settle()
    assert "Aoi Mori: confirmed" in card(talk).words
    assert late.answer is not None and "moved on (Aoi Mori)" in str(late.answer.get("text"))
    assert (await request_of(talk, reference)).state is State.CONFIRMED
    assert not told(talk.phone, "bookings.declined")
    assert len(told(talk.phone, "Your appointment is confirmed")) == 1


async def test_two_taps_on_confirm_confirm_once(talk: Talk) -> None:
    await asks(talk)
    yes = data_of(talk, "✅")
    for _ in range(3):
        aoi(talk).taps_data(card(talk), yes)
    await talk.settle()
    assert len(cards(talk)) == 1
    assert len(told(talk.phone, "Your appointment is confirmed")) == 1
    assert len(told(talk.phone, "For your calendar")) == 1


@pytest.mark.parametrize("where", ["own chat", "another group", "staff's private chat"])
@pytest.mark.parametrize(
    "data", ["cc:1:0:20261127:1800", "cy:1:0:decline:full", "cp:1:", "c:1", "cf:20261127"]
)
async def test_only_the_configured_group_counts(talk: Talk, where: str, data: str) -> None:
    reference = await asks(talk)
    world = talk.trial.world
    if where == "own chat":
        who, message = talk.phone, talk.last
    elif where == "another group":
        other = world.add_group("Somebody's", [world.people[talk.phone.person.id]])
        who = world.actor(talk.phone.person.id, other.id)
        await talk.says("@teate_trial_bot does massage lower cortisol?", who)
        message = who.last
    else:
        who = world.actor(aoi(talk).person.id, aoi(talk).person.id)
        await talk.says("/start", who)
        message = who.last
    before = message.words
    tap = who.taps_data(message, data)
    await talk.settle()
    assert tap.answer is not None
    assert (await request_of(talk, reference)).state is State.WAITING
    assert message.words == before, "and nothing of the card is shown there"


@pytest.mark.parametrize("command", ["/today", "/week"])
async def test_the_lists_are_for_the_group_alone(talk: Talk, command: str) -> None:
    await books(talk)
    await talk.says(command)
    assert "Hana Ito" not in talk.last.words
    other = talk.trial.world.add_group("Somebody's", [talk.phone.person])
    who = talk.trial.world.actor(talk.phone.person.id, other.id)
    await talk.says(command, who)
    assert not [each for each in who.screen if each.sender.is_bot]


async def test_a_form_is_never_filled_in_in_a_group(talk: Talk) -> None:
    await talk.says("@teate_trial_bot does massage lower cortisol?", aoi(talk))
    tap = await talk.taps("Book", aoi(talk))
    texts = talk.mind.texts
    assert (tap.answer or {}).get("text") in [texts("tap.private", each) for each in Language]
    async with talk.store.transaction() as tx:
        assert await tx.forms.get(aoi(talk).person.id) is None


# --- Another time


async def offered(talk: Talk, day: str = "28", time: str = "11:00") -> str:
    """A request to which the clinic has answered with another time."""
    reference = await asks(talk)
    await talk.taps("Another time", aoi(talk))
    await talk.taps(day, aoi(talk))
    await talk.taps(time, aoi(talk))
    return reference


async def test_another_time_is_accepted_with_one_tap(talk: Talk) -> None:
    reference = await offered(talk)
    assert "Other time offered" in card(talk).words and "Sat 28 Nov, 11:00" in card(talk).words
    (offer,) = told(talk.phone, "the clinic can offer another one", reference)
    await talk.taps("✅ Yes, Sat 28 Nov, 11:00")
    assert "Confirmed" in offer.words
    assert len(told(talk.phone, "Your appointment is confirmed", "Sat 28 Nov, 11:00–12:00")) == 1
    assert "✅ Confirmed" in card(talk).words and "Client: accepted" in card(talk).words
    assert told(aoi(talk), f"{reference}: the client accepts")


async def test_the_client_offers_yet_another_time(talk: Talk) -> None:
    reference = await offered(talk)
    await talk.taps("bookings.button.other_time")
    talk.sees("booking.title.change", "Sat 28 Nov, 11:00")
    await talk.taps("30")
    await talk.taps("15:00")
    await talk.taps("booking.button.skip.second_day")
    talk.sees("booking.ask.summary.change")
    await talk.taps("booking.button.send_change")
    talk.sees(reference, "Mon 30 Nov, 15:00")
    assert "Client asks for another time" in card(talk).words
    assert told(aoi(talk), f"{reference}: the client offers another time")
    await talk.taps("✅ Mon 30 Nov, 15:00", aoi(talk))
    assert told(talk.phone, "Your appointment is confirmed", "Mon 30 Nov, 15:00–16:00")


async def test_the_client_says_no_to_another_time(talk: Talk) -> None:
    reference = await offered(talk)
    await talk.taps("bookings.button.cancel")
    talk.sees("bookings.ask_withdraw")
    await talk.taps("bookings.button.cancel_yes")
    talk.sees("bookings.withdrawn")
    assert "Taken back" in card(talk).words
    assert told(aoi(talk), f"{reference}: the client takes the request back")


async def test_an_offered_time_is_kept_until_the_client_has_answered(talk: Talk) -> None:
    await offered(talk)
    other = talk.trial.world.add_client("Ryo", start=True)
    await books(talk, Wish(day="28", time="11:00"), other)
    third = talk.trial.world.add_client("Mei", start=True)
    await fill_in(talk, None, Wish(day="28", time="14:00"), third)
    await talk.taps("booking.button.change.time", third)
    assert "11:00" not in third.last.labels
    await talk.taps("✅ Yes, Sat 28 Nov, 11:00")
    assert told(talk.phone, "Your appointment is confirmed")


async def test_an_offer_that_was_replaced_cannot_be_accepted(talk: Talk) -> None:
    await offered(talk)
    first = talk.last
    old = next(str(key["callback_data"]) for key in first.keys if "✅" in str(key["text"]))
    await talk.taps("Another time", aoi(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("14:00", aoi(talk))
    talk.phone.taps_data(first, old)
    await talk.settle()
    assert "The times have changed" in first.words
    assert not told(talk.phone, "Your appointment is confirmed")


async def test_the_staff_may_offer_times_that_clients_may_not_ask_for(talk: Talk) -> None:
    await asks(talk)
    await talk.taps("Another time", aoi(talk))
    await talk.taps("20", aoi(talk))
    assert "14:00" in aoi(talk).last.labels, "two hours from now, within the notice that clients give"
    await talk.taps("Another day", aoi(talk))
    await talk.taps("Card", aoi(talk))
    assert len(cards(talk)) == 1


async def test_the_clinic_moves_an_appointment_only_with_the_clients_yes(talk: Talk) -> None:
    reference = await books(talk)
    await talk.taps("Another time", aoi(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    talk.sees("bookings.proposed.change", "bookings.button.keep")
    await talk.taps("bookings.button.keep")
    assert "Fri 27 Nov, 18:00–19:00" in card(talk).words and "✅ Confirmed" in card(talk).words
    assert told(aoi(talk), f"{reference}: the client keeps the appointment")


# --- No


@pytest.mark.parametrize("reason", list(Reason))
async def test_declining_asks_for_a_reason_and_once_more(talk: Talk, reason: Reason) -> None:
    reference = await asks(talk)
    await talk.taps("Decline", aoi(talk))
    assert "Why not?" in aoi(talk).last.words
    await talk.taps(talk.text(f"staff.reason.{reason}"), aoi(talk))
    assert talk.text(f"bookings.reason.{reason}") in aoi(talk).last.words, "what the client will read"
    assert (await request_of(talk, reference)).state is State.WAITING, "nothing has happened yet"
    await talk.taps("Yes, decline", aoi(talk))
    talk.sees("bookings.declined", f"bookings.reason.{reason}", reference, "button.book")
    assert "✖️ Declined" in card(talk).words and "Aoi Mori: declined" in card(talk).words
    assert not card(talk).labels


async def test_declining_can_be_left_at_every_point(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.taps("Decline", aoi(talk))
    await talk.taps("⬅️ Card", aoi(talk))
    assert "Waits for your answer" in card(talk).words
    await talk.taps("Decline", aoi(talk))
    await talk.taps(talk.text("staff.reason.full"), aoi(talk))
    await talk.taps("Another reason", aoi(talk))
    await talk.taps("⬅️ Card", aoi(talk))
    assert (await request_of(talk, reference)).state is State.WAITING


async def test_the_japanese_client_reads_the_reason_in_japanese(hanashi: Talk) -> None:
    await asks(hanashi)
    await hanashi.taps("Decline", aoi(hanashi))
    await hanashi.taps(hanashi.mind.texts("staff.reason.full", Language.EN), aoi(hanashi))
    assert hanashi.text("bookings.reason.full") in aoi(hanashi).last.words, "as the client will read it"
    await hanashi.taps("Yes, decline", aoi(hanashi))
    hanashi.sees("bookings.declined", "bookings.reason.full")


async def test_the_clinic_cancels_an_appointment_with_a_reason(talk: Talk) -> None:
    await books(talk)
    await talk.taps("Cancel appointment", aoi(talk))
    await talk.taps(talk.text("staff.reason.therapist_away"), aoi(talk))
    await talk.taps("Yes, cancel", aoi(talk))
    assert told(
        talk.phone, talk.text("bookings.cancelled.by_clinic"), talk.text("bookings.reason.therapist_away")
    )
    assert "✖️ Cancelled" in card(talk).words


async def test_confirming_with_a_warning_is_the_staffs_decision(talk: Talk) -> None:
    await asks(talk, Wish(yes=(3,)))
    assert "call before you confirm" in card(talk).words
    await talk.taps("✅", aoi(talk))
    assert told(talk.phone, "Your appointment is confirmed")
