"""The clinic's lists and no-shows, and a group or a client that has gone elsewhere."""

from datetime import timedelta
from pathlib import Path

from bot.app import Brain
from bot.domain.form import Step
from bot.domain.lifecycle import State
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
    request_of,
    sends,
    told,
)
from tests.dialogues.talk import Talk, talking


def data_of(talk: Talk, label: str, reference: str = "") -> str:
    return next(str(key["callback_data"]) for key in card(talk, reference).keys if label in str(key["text"]))


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
