"""People in the world: what they can do and see, without HTTP."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.trial.acting import NotPossible
from bot.trial.errors import Json
from bot.trial.people import ChatKind
from bot.trial.world import World
from tests.trial.conftest import Clock, Said, data, inline
from tests.trial.direct_request import DirectRequest


def told(world: World) -> list[str]:
    """The kinds of the updates that wait."""
    return [next(key for key in update if key != "update_id") for update in world.updates.pending]


def last(world: World) -> Json:
    update = world.updates.pending[-1]
    body = next(value for key, value in update.items() if key != "update_id")
    assert isinstance(body, dict)
    return body


async def test_python_telegram_bot_works_without_http(world: World) -> None:
    async with Bot(
        world.token, request=DirectRequest(world), get_updates_request=DirectRequest(world)
    ) as bot:
        world.phone.sends_document()
        (update,) = await bot.get_updates(timeout=1)
        assert update.message is not None
        assert update.message.document is not None
        await (await update.message.document.get_file()).download_as_bytearray()
        key = InlineKeyboardButton("Yes", callback_data="y")
        await bot.send_document(
            world.phone.person.id, b"x", filename="x.txt", reply_markup=InlineKeyboardMarkup([[key]])
        )

    assert world.phone.last.labels == ["Yes"]


async def test_an_answer_is_waited_for(world: World, call: Said) -> None:
    phone = world.phone
    phone.starts()
    waiting = asyncio.create_task(phone.sees("Welcome", "Book"))
    await call("sendMessage", chat_id=phone.person.id, text="Welcome", reply_markup=inline(data("b", "Book")))

    assert (await waiting).labels == ["Book"]
    with pytest.raises(AssertionError, match=r"(?s)does not see .*Welcome \[Book\]"):
        await phone.sees("Goodbye", within=0.01)


async def test_what_was_said_before_the_last_act_is_not_seen_again(world: World, call: Said) -> None:
    phone = world.phone
    phone.starts()
    await call("sendMessage", chat_id=phone.person.id, text="Same words")
    await phone.sees("Same words")
    await phone.sees("Same")
    phone.says("once more")

    with pytest.raises(AssertionError):
        await phone.sees("Same words", within=0.01)


IMPOSSIBLE = [
    ("says", ("  ",), "empty"),
    ("taps", ("Nowhere",), "no button"),
    ("presses", ("Nowhere",), "no key"),
    ("unblocks", (), "only once"),
]


@pytest.mark.parametrize(("act", "given", "why"), IMPOSSIBLE)
def test_what_a_phone_cannot_do_fails_the_test(
    world: World, act: str, given: tuple[str, ...], why: str
) -> None:
    with pytest.raises(AssertionError, match=why):
        getattr(world.phone, act)(*given)


def test_a_blocked_bot_cannot_be_written_to(world: World) -> None:
    world.phone.blocks()
    with pytest.raises(NotPossible, match="unblock it first"):
        world.phone.says("hello")


async def test_an_old_tap_on_an_edited_message_still_arrives(world: World, call: Said) -> None:
    phone = world.phone
    phone.starts()
    sent = await call("sendMessage", chat_id=phone.person.id, text="x", reply_markup=inline(data("old")))
    await call("editMessageText", chat_id=phone.person.id, message_id=sent["result"]["message_id"], text="y")
    phone.taps_data(phone.last, "old")

    assert last(world)["data"] == "old"


def test_every_kind_of_message_becomes_an_update(world: World) -> None:
    phone = world.phone
    message = phone.says("helo")
    phone.edits(message, "hello")
    phone.sends_photo(caption="me")
    phone.sends_voice()
    phone.sends_sticker()
    phone.sends_location()
    phone.sends_document()
    phone.shares_contact()
    phone.asks_inline("sleep")
    phone.blocks()
    phone.unblocks()

    assert told(world) == [
        "message",
        "edited_message",
        *["message"] * 6,
        "inline_query",
        "my_chat_member",
        "my_chat_member",
    ]


def test_message_ids_are_shared_by_private_chats_and_own_in_a_supergroup(world: World) -> None:
    other = world.add_client("Ren")

    ids = [world.phone.says("a").id, other.says("b").id, world.staff[0].says("/c").id]
    assert ids == [1, 2, 1]


def test_a_deep_link_starts_with_its_payload(world: World) -> None:
    assert world.phone.starts("book").text == "/start book"


def test_a_language_can_be_missing(world: World) -> None:
    world.phone.speaks(None)
    world.phone.says("hello")

    sender = last(world)["from"]
    assert isinstance(sender, dict)
    assert "language_code" not in sender


def test_without_privacy_mode_the_bot_hears_the_whole_group(world: World) -> None:
    world.privacy_mode = False
    world.staff[0].says("lunch?")

    assert last(world)["text"] == "lunch?"


def test_a_moved_group_keeps_its_people(clock: Clock) -> None:
    world = World(clock=clock, group_kind=ChatKind.GROUP)
    aoi = world.staff[0]
    new = world.migrate(world.group)
    aoi.says("/today")

    chat = last(world)["chat"]
    assert isinstance(chat, dict)
    assert chat["id"] == new.id == aoi.chat.id


def test_an_update_can_be_repeated(world: World) -> None:
    world.phone.says("hello")
    (update,) = world.updates.pending
    world.updates.repeat(update)

    assert list(world.updates.pending) == [update, update]


def test_a_trial_that_starts_anew_begins_with_other_ids(clock: Clock) -> None:
    first = World(clock=clock)
    first.phone.says("one")
    clock.passes(seconds=5)
    second = World(clock=clock)
    second.phone.says("one")

    assert first.updates.pending[0]["update_id"] != second.updates.pending[0]["update_id"]
    assert first.query_id() != second.query_id()
