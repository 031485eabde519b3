"""A full day: joining the waiting list, and what becomes free is offered in turn."""

from datetime import date, time, timedelta

import pytest

from bot.domain import hours
from bot.domain.form import Step
from bot.domain.lifecycle import State
from bot.domain.slots import CELL
from bot.trial.acting import Actor
from tests.dialogues.steps import (
    Wish,
    aoi,
    books,
    card,
    fill_in,
    go_on,
    request_of,
    sends,
    step_of,
    told,
)
from tests.dialogues.talk import Talk

SATURDAY = "2026-11-28"
FIRST = Wish(day="28", time="11:00")


async def fill_saturday(talk: Talk) -> None:
    """Everything is taken, but by nobody in particular, apart from 11:00 to 12:15 of the first therapist."""
    clinic = talk.mind.loaded.clinic
    day = date.fromisoformat(SATURDAY)
    opens = hours.moment(clinic, day, time(10))
    kept = {int((hours.moment(clinic, day, time(11)) + CELL * n).timestamp() // 300) for n in range(15)}
    numbers = [int((opens + CELL * n).timestamp() // 300) for n in range(12 * 8)]
    taken = {(lane, each) for lane in (0, 1) for each in numbers} - {(0, each) for each in kept}
    async with talk.store.transaction() as tx:
        assert await tx.cells.hold("somebody", frozenset(taken))


@pytest.fixture
async def full(talk: Talk) -> Talk:
    """Saturday is full: Mei has the last free hour."""
    await fill_saturday(talk)
    talk.trial.world.add_client("Mei", start=True)
    await books(talk, FIRST, mei(talk))
    return talk


def mei(talk: Talk) -> Actor:
    world = talk.trial.world
    person = next(each for each in world.people.values() if each.first_name == "Mei")
    return world.actor(person.id, person.id)


async def joins(talk: Talk, who: Actor | None = None) -> None:
    await fill_in(talk, Step.DAY, Wish(), who)
    await talk.taps("(28)", who)
    shown = (who or talk.phone).last
    assert talk.text("booking.refused.full.wait") in shown.words
    await talk.taps("booking.button.wait", who)


async def frees(talk: Talk) -> None:
    await talk.says("/mybookings", mei(talk))
    await talk.taps("bookings.button.cancel", mei(talk))
    await talk.taps("bookings.button.cancel_yes", mei(talk))


async def test_a_full_day_offers_the_waiting_list_and_the_form_goes_on(full: Talk) -> None:
    await joins(full)
    full.sees("bookings.waiting.joined", "Sat 28 Nov", "bookings.button.leave")
    assert await step_of(full) is Step.DAY
    await go_on(full)
    await sends(full)


async def test_a_full_day_in_japanese(hanashi: Talk) -> None:
    await fill_saturday(hanashi)
    hanashi.trial.world.add_client("Mei", start=True, language_code="ja")
    await books(hanashi, FIRST, mei(hanashi))
    await fill_in(hanashi, Step.DAY)
    await hanashi.taps("(28)")
    hanashi.sees("booking.refused.full.wait")
    await hanashi.taps("booking.button.wait")
    hanashi.sees("11月28日(土)のキャンセル待ちを承りました")


async def test_a_time_that_becomes_free_is_offered_taken_asked_for_and_confirmed(full: Talk) -> None:
    await joins(full)
    await frees(full)
    full.sees("A time is free again", "Sat 28 Nov, 11:00–12:00", "kept for you until Fri 20 Nov, 15:00")
    await full.taps("✅ Take Sat 28 Nov, 11:00")
    full.sees("Sat 28 Nov, 11:00", "booking.mark.said")
    await go_on(full)
    reference = await sends(full)
    assert "Asked for: Sat 28 Nov, 11:00" in card(full, reference).words
    await full.taps("✅", aoi(full), card(full, reference))
    assert told(full.phone, "Your appointment is confirmed", "Sat 28 Nov, 11:00–12:00")


async def test_a_yes_in_words_shows_the_offer_again_and_the_form_below(full: Talk) -> None:
    await joins(full)
    await frees(full)
    await full.says("yes please, 11:00 works")
    assert len(told(full.phone, "A time is free again", "✅ Take Sat 28 Nov, 11:00")) == 2
    full.sees("booking.ask.day")


async def test_an_offered_time_is_nobody_elses_while_the_form_is_filled_in_and_answered(full: Talk) -> None:
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    await frees(full)
    assert told(full.phone, "A time is free again") and not told(ryo, "A time is free again")
    await full.taps("✅ Take")
    assert not told(ryo, "A time is free again")
    await go_on(full)
    reference = await sends(full)
    assert not told(ryo, "A time is free again"), "also while the clinic has not answered yet"
    aoi(full).says("Is the left side all right?", reply_to=card(full, reference))
    await full.settle()
    assert not told(ryo, "A time is free again"), "nor while it asks"
    await full.says("/mybookings")
    await full.taps("bookings.button.cancel")
    await full.taps("bookings.button.cancel_yes")
    assert told(ryo, "A time is free again")


async def test_it_is_offered_in_turn_when_the_first_says_no(full: Talk) -> None:
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    await frees(full)
    await full.taps("bookings.button.not_this")
    full.sees("bookings.waiting.joined")
    assert told(ryo, "A time is free again", "Sat 28 Nov, 11:00")
    assert len(told(full.phone, "A time is free again")) == 0, "the offer was edited away"


async def test_it_is_offered_in_turn_when_the_first_does_not_answer(full: Talk) -> None:
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    await frees(full)
    (offer,) = told(full.phone, "A time is free again")
    take = next(str(key["callback_data"]) for key in offer.keys if "Take" in str(key["text"]))
    full.clock.move(timedelta(hours=3, minutes=1))
    await full.settle()
    assert told(ryo, "A time is free again", "Sat 28 Nov, 11:00")
    full.phone.taps_data(offer, take)
    await full.settle()
    assert full.text("bookings.waiting.gone") in offer.words


async def test_who_has_blocked_the_bot_is_passed_over_and_has_their_place_when_they_come_back(
    full: Talk,
) -> None:
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    full.phone.blocks()
    await frees(full)
    assert told(ryo, "A time is free again", "Sat 28 Nov, 11:00")
    full.phone.unblocks()
    await full.says("hello")
    await full.taps("bookings.button.not_this", ryo)
    assert told(full.phone, "A time is free again", "Sat 28 Nov, 11:00")


async def test_what_is_kept_for_somebody_who_blocks_the_bot_is_offered_in_turn(full: Talk) -> None:
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    await frees(full)
    full.phone.blocks()
    await full.settle()
    assert told(ryo, "A time is free again", "Sat 28 Nov, 11:00")


async def test_an_offer_that_cannot_arrive_is_made_to_the_next_one(full: Talk) -> None:
    """Telegram did not say that the bot was blocked: the offer that comes back does."""
    await joins(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await joins(full, ryo)
    full.phone.chat.blocked = True
    await frees(full)
    await full.settle()
    assert told(ryo, "A time is free again", "Sat 28 Nov, 11:00")


async def test_no_offer_runs_out_overnight(full: Talk) -> None:
    await joins(full)
    full.clock.move(timedelta(hours=9))
    await frees(full)
    full.sees("kept for you until Sat 21 Nov, 12:00")


async def test_who_has_left_the_list_is_not_told(full: Talk) -> None:
    await joins(full)
    await full.taps("bookings.button.leave")
    full.sees("bookings.waiting.left")
    await frees(full)
    assert not told(full.phone, "A time is free again")


async def test_joining_twice_is_one_place(full: Talk) -> None:
    await joins(full)
    await full.taps("booking.button.wait")
    await frees(full)
    await full.taps("bookings.button.not_this")
    async with full.store.transaction() as tx:
        assert len(await tx.places.all()) == 1


async def test_the_waiting_list_of_a_day_that_is_over_is_forgotten(full: Talk) -> None:
    await joins(full)
    full.clock.move(timedelta(days=9))
    await full.settle()
    async with full.store.transaction() as tx:
        assert not await tx.places.all()


async def test_an_offered_time_cannot_be_asked_for_by_others(full: Talk) -> None:
    await joins(full)
    await frees(full)
    ryo = full.trial.world.add_client("Ryo", start=True)
    await fill_in(full, Step.DAY, who=ryo)
    assert "28" not in ryo.last.labels and "(28)" in ryo.last.labels
    await full.taps("✅ Take")
    await go_on(full)
    assert (await request_of(full, await sends(full))).state is State.WAITING
