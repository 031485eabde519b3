"""The clinic's group: cards and what is done with them, by whom, and what the client reads of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Brain
from bot.domain.form import Step
from bot.domain.language import Language
from bot.domain.lifecycle import Reason, State
from bot.trial.acting import Actor
from bot.trial.people import ChatKind
from bot.trial.world import World
from tests.clock import FakeClock
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
    books,
    card,
    cards,
    fill_in,
    go_on,
    ken,
    request_of,
    sends,
    told,
)
from tests.dialogues.talk import Talk, talking


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


# --- Asking


async def test_a_reply_to_the_card_reaches_the_client_and_the_answer_comes_back_under_it(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.taps("Ask", aoi(talk))
    assert "Reply to this message" in aoi(talk).last.words
    aoi(talk).says("Do you need a parking space? <3", reply_to=aoi(talk).last)
    await talk.settle()
    assert aoi(talk).last.words == talk.text("staff.passed_on")
    talk.sees("The clinic has a question", reference, "Do you need a parking space? <3")
    assert "Asked Fri 20 Nov, 12:00, no answer yet" in card(talk).words
    talk.phone.replies("No, I come by train & on foot")
    await talk.settle()
    talk.sees("bookings.answer_passed_on", reference)
    assert "Client: No, I come by train & on foot" in card(talk).words
    assert "no answer yet" not in card(talk).words
    (news,) = told(aoi(talk), f"{reference}: the client answers: No, I come by train")
    assert news.reply_to is card(talk), "under the card"
    aoi(talk).says("Fine, see you then.", reply_to=news)
    await talk.settle()
    talk.sees("Fine, see you then.")
    assert len(cards(talk)) == 1


async def test_a_second_answer_reaches_the_clinic_too(talk: Talk) -> None:
    await asks(talk)
    aoi(talk).says("Which shoulder?", reply_to=card(talk))
    await talk.settle()
    question = talk.last
    for text in ("The left one", "No, sorry, the right one"):
        talk.phone.says(text, reply_to=question)
        await talk.settle()
    assert (
        "Client: The left one" in card(talk).words and "Client: No, sorry, the right one" in card(talk).words
    )
    assert len(told(aoi(talk), "the client answers")) == 2


async def test_a_question_about_what_is_over_is_not_passed_on(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    aoi(talk).says("Are you sure?", reply_to=card(talk))
    await talk.settle()
    assert "moved on" in aoi(talk).last.words
    assert not told(talk.phone, "Are you sure?")
    assert "Are you sure?" not in card(talk, reference).words


async def test_a_client_in_danger_is_helped_before_their_answer_is_passed_on(talk: Talk) -> None:
    await asks(talk)
    aoi(talk).says("How are you?", reply_to=card(talk))
    await talk.settle()
    talk.phone.replies("i want to kill myself")
    await talk.settle()
    assert "119" in talk.last.words or "helpline" in talk.last.words.lower()
    assert not told(aoi(talk), "the client answers")


async def test_words_of_the_staff_among_themselves_are_none_of_the_bots_business(talk: Talk) -> None:
    await asks(talk)
    before = len(aoi(talk).screen)
    talk.trial.world.privacy_mode = False
    await talk.says("who takes this one?", aoi(talk))
    assert len(aoi(talk).screen) == before + 1


# --- A question for a person


async def test_a_question_is_handed_to_a_person_and_the_answer_comes_back(talk: Talk) -> None:
    await talk.says("whats the capital of france")
    await talk.taps("button.person")
    talk.sees("person.ask")
    talk.phone.replies("Can I bring my <dog>?")
    await talk.settle()
    talk.sees("person.sent", "Fri 20 Nov, 17:00")
    asked = aoi(talk).last
    assert "Can I bring my <dog>?" in asked.words and "Hana" not in asked.words
    aoi(talk).says("If it is small & quiet, yes!", reply_to=asked)
    await talk.settle()
    talk.sees("From the clinic", "If it is small & quiet, yes!", "Can I bring my <dog>?")


async def test_handing_over_in_japanese_outside_opening_hours_says_when(hanashi: Talk) -> None:
    hanashi.clock.move(timedelta(hours=10))
    await hanashi.says("フランスの首都はどこですか")
    await hanashi.taps("button.person")
    hanashi.phone.replies("犬を連れて行けますか")
    await hanashi.settle()
    hanashi.sees("11月21日(土) 14:00")


# --- Lists


async def test_today_and_week_list_appointments_and_open_their_cards(talk: Talk) -> None:
    reference = await books(talk)
    await asks(talk, Wish(day="28", time="11:00"))
    await talk.says("/today", aoi(talk))
    assert "no appointments" in aoi(talk).last.words
    await talk.taps("Week", aoi(talk))
    assert "Mon 16 Nov" in aoi(talk).last.words
    await talk.taps("▶️", aoi(talk))
    assert aoi(talk).last.words.count("Hana Ito") == 1, "what is only asked for is no appointment"
    assert "18:00 Hana Ito" in aoi(talk).last.words and "closed" in aoi(talk).last.words
    talk.clock.move(timedelta(days=7))
    await talk.says("/today", aoi(talk))
    (listed,) = told(aoi(talk), f"18:00–19:00 Hana Ito, Massage, 60 min ({reference})")
    await talk.taps(listed.labels[0], aoi(talk), listed)
    assert "✅ Confirmed" in listed.words and "Hana Ito" in listed.words


async def test_a_no_show_is_marked_with_one_tap_and_taken_back_with_another(talk: Talk) -> None:
    reference = await books(talk)
    assert not any("No-show" in label for label in card(talk).labels), "not before it has begun"
    talk.clock.move(timedelta(days=7, hours=7, minutes=30))
    await talk.says("/today", aoi(talk))
    listed = aoi(talk).last
    await talk.taps(listed.labels[0], aoi(talk))
    await talk.taps("No-show", aoi(talk), listed)
    assert (await request_of(talk, reference)).state is State.NO_SHOW
    assert "🚫 No-show" in card(talk).words and "Aoi Mori" in card(talk).words
    assert not told(talk.phone, "missed"), "nobody is reproached by a machine"
    await talk.taps("Undo no-show", aoi(talk), card(talk))
    await talk.settle()
    assert (await request_of(talk, reference)).state in (State.CONFIRMED, State.DONE)
    assert "No-show" not in card(talk).words
    assert len(told(talk.phone, "Your appointment is confirmed")) == 1


# --- Groups and people who go elsewhere


async def test_a_group_that_becomes_a_supergroup_is_followed(
    mind: Brain, tmp_path: Path, clock: FakeClock
) -> None:
    world = World(clock=clock, group_kind=ChatKind.GROUP)
    async with talking(mind, tmp_path, clock, world=world) as talk:
        reference = await asks(talk)
        old_card, yes = card(talk), data_of(talk, "✅")
        old_group = world.group
        old_hand = Actor(world, aoi(talk).person, old_group)
        world.migrate(world.group)
        await talk.settle()
        second = await asks(talk, Wish(day="28", time="11:00"))
        assert card(talk, second).chat is world.group
        # The old card is still on the staff's screens.
        world.actor(old_hand.person.id, old_group.id).taps_data(old_card, yes)
        await talk.settle()
        assert (await request_of(talk, reference)).state is State.CONFIRMED
        assert "✅ Confirmed" in card(talk, reference).words
        assert len(cards(talk, second)) == 1 and "Waits" in card(talk, second).words
        await talk.taps("✅", aoi(talk), card(talk, second))
        assert (await request_of(talk, second)).state is State.CONFIRMED


async def test_a_group_is_followed_also_where_only_the_refusal_tells_of_its_new_number(
    mind: Brain, tmp_path: Path, clock: FakeClock
) -> None:
    world = World(clock=clock, group_kind=ChatKind.GROUP)
    async with talking(mind, tmp_path, clock, world=world) as talk:
        world.migrate(world.group)
        world.updates.pending.clear()
        reference = await asks(talk)
        await talk.settle()
        assert card(talk, reference).chat is world.group
        await talk.taps("✅", aoi(talk))
        assert told(talk.phone, "Your appointment is confirmed")


async def test_a_client_who_blocked_the_bot_is_called_by_the_clinic(talk: Talk) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.says("090-1234-5678")
    await go_on(talk)
    reference = await sends(talk)
    talk.phone.blocks()
    await talk.taps("✅", aoi(talk))
    (news,) = told(aoi(talk), f"{reference}: the client has blocked this chat", "+819012345678")
    assert news.reply_to is card(talk)
    async with talk.store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


async def test_the_clinic_hears_of_a_block_when_it_happens_in_the_middle(talk: Talk) -> None:
    """Telegram says so only when something is sent."""
    reference = await asks(talk)
    talk.phone.chat.blocked = True
    await talk.taps("✅", aoi(talk))
    assert len(told(aoi(talk), f"{reference}: the client has blocked this chat", "no telephone number")) == 1
    assert (await request_of(talk, reference)).state is State.CONFIRMED
