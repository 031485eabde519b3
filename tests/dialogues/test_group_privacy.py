"""What the clinic's group goes on showing of a client who is gone, or has taken a consent back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.trial.messages import Message
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
    books,
    cancels,
    card,
    group,
    told,
    without_anything,
)
from tests.dialogues.talk import Talk

FRIDAY = timedelta(days=7)


async def opened_in_list(talk: Talk, reference: str) -> Message:
    """The card, in the place of a list of the day."""
    await talk.says("/today", aoi(talk))
    listed = aoi(talk).last
    await talk.taps(reference, aoi(talk), listed)
    assert "Hana Ito" in listed.words
    return listed


async def stays_as_card(talk: Talk, listed: Message) -> None: ...


async def asks_for_a_reason(talk: Talk, listed: Message) -> None:
    await talk.taps("staff.button.cancel", aoi(talk), listed)


async def chooses_a_day(talk: Talk, listed: Message) -> None:
    await talk.taps("staff.button.another_time", aoi(talk), listed)


@pytest.mark.parametrize("goes_on", [stays_as_card, asks_for_a_reason, chooses_a_day])
async def test_a_card_opened_in_a_list_loses_the_person_too(
    talk: Talk, goes_on: Callable[[Talk, Message], Awaitable[None]]
) -> None:
    reference = await books(talk, Wish(yes=(1,)))
    talk.clock.move(FRIDAY)
    listed = await opened_in_list(talk, reference)
    await goes_on(talk, listed)
    talk.clock.move(timedelta(days=1))
    await without_anything(talk)
    assert "Without a person" in listed.words and listed.labels == []
    assert "Hana Ito" not in group(talk)


async def test_a_card_opened_in_a_list_loses_its_person_after_a_year(talk: Talk) -> None:
    reference = await books(talk)
    talk.clock.move(FRIDAY)
    listed = await opened_in_list(talk, reference)
    talk.clock.move(timedelta(days=369))
    await talk.settle()
    assert "Without a person" in listed.words


async def test_a_card_opened_in_a_list_forgets_the_outcome_of_health_questions(talk: Talk) -> None:
    reference = await books(talk, Wish(yes=(1,)))
    talk.clock.move(FRIDAY)
    listed = await opened_in_list(talk, reference)
    before = listed.words
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Health")
    assert listed.words != before and talk.text("card.health.unasked") in listed.words


async def test_a_card_brought_up_again_forgets_it_too(talk: Talk) -> None:
    await asks(talk, Wish(yes=(1,)))
    talk.clock.move(timedelta(days=1))
    await talk.settle()
    again = aoi(talk).last
    await talk.taps("staff.button.card", aoi(talk), again)
    assert talk.text("card.health.unasked") not in again.words
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Health")
    assert talk.text("card.health.unasked") in again.words


async def test_without_the_consent_for_booking_nothing_is_left_below_the_card(talk: Talk) -> None:
    reference = await asks(talk)
    talk.clock.move(timedelta(days=1))
    await talk.settle()
    assert "Hana Ito" in aoi(talk).last.words, "who waits is brought up again"
    aoi(talk).says("Which shoulder?", reply_to=card(talk, reference))
    await talk.settle()
    talk.phone.replies("The left one, call 090-1234-5678")
    await talk.settle()
    assert "The left one" in group(talk)
    await cancels(talk)
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Appointments")
    for trace in ("The left one", "090-1234-5678", "Hana Ito"):
        assert trace not in group(talk)
    assert card(talk, reference).words.startswith("✖️ Taken back"), "the books stay"


async def test_a_reply_to_a_card_in_a_list_asks_its_client_alone(talk: Talk) -> None:
    first = await books(talk, Wish(time="10:00"))
    mei = talk.trial.world.add_client("Mei", start=True)
    second = await books(talk, Wish(time="14:00", name="Mei Sato"), mei)
    talk.clock.move(FRIDAY)
    await talk.says("/today", aoi(talk))
    listed = aoi(talk).last
    keys = {str(key["text"]): str(key["callback_data"]) for key in listed.keys}
    # Two of the staff look at the same list, and tap at the same moment.
    aoi(talk).taps_data(listed, keys[first])
    aoi(talk).taps_data(listed, keys[second])
    await talk.settle()
    assert second in listed.words
    aoi(talk).says("Is the shoulder better?", reply_to=listed)
    await talk.settle()
    assert told(mei, "Is the shoulder better?") and not told(talk.phone, "Is the shoulder better?")


async def test_a_reply_to_a_list_that_was_a_card_reaches_nobody(talk: Talk) -> None:
    reference = await books(talk)
    talk.clock.move(FRIDAY)
    await talk.says("/today", aoi(talk))
    listed = aoi(talk).last
    turn = next(str(key["callback_data"]) for key in listed.keys if key["text"] == "▶️")
    await talk.taps(reference, aoi(talk), listed)
    aoi(talk).taps_data(listed, turn)
    await talk.settle()
    assert reference not in listed.words
    aoi(talk).says("Is the shoulder better?", reply_to=listed)
    await talk.settle()
    assert aoi(talk).last.words.startswith("Nothing was sent")
    assert not told(talk.phone, "Is the shoulder better?")
