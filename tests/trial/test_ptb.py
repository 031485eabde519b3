"""python-telegram-bot's real Bot against the real server: updates, messages, files."""

import asyncio
from io import BytesIO

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from bot.trial.samples import sample
from bot.trial.world import World
from tests.trial.conftest import until

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("60 min", callback_data="b:60")]])


async def test_a_text_goes_to_the_bot_and_an_answer_comes_back(bot: Bot, world: World) -> None:
    world.phone.says("/start book")

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start book"
    assert update.message.entities[0].type == "bot_command"
    await update.message.reply_html("<b>Welcome</b> to Teate", reply_markup=KEYS)

    seen = await world.phone.sees("Welcome", "60 min")
    assert seen.text == "Welcome to Teate"
    assert seen.entities == [{"type": "bold", "offset": 0, "length": 7}]


async def test_a_tap_is_answered_and_the_message_edited_in_place(bot: Bot, world: World) -> None:
    phone = world.phone
    phone.starts()
    sent = await bot.send_message(phone.person.id, "How long?", reply_markup=KEYS)
    phone.taps("60")

    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.data == "b:60"
    await update.callback_query.answer("Noted", show_alert=True)
    await update.callback_query.edit_message_text("60 minutes then.")

    assert (await phone.is_told("Noted")).answer == {"text": "Noted", "show_alert": True, "url": ""}
    assert (await phone.sees("60 minutes")).id == sent.message_id
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await update.callback_query.answer()


async def test_updates_stay_until_the_offset_confirms_them(bot: Bot, world: World) -> None:
    for word in ("one", "two", "three"):
        world.phone.says(word)

    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert [update.update_id for update in again[:2]] == [update.update_id for update in first]
    assert [update.message.text for update in rest if update.message] == ["three"]


async def test_a_long_poll_ends_when_somebody_writes(bot: Bot, world: World) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: world.updates.waiting)
    world.phone.says("hello")

    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_second_poll_ends_the_first_with_a_conflict(bot: Bot, world: World) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: world.updates.waiting)
    await bot.get_updates(timeout=0)

    with pytest.raises(Conflict, match="only one bot instance"):
        await first


async def test_files_go_out_and_come_in(bot: Bot, world: World) -> None:
    phone = world.phone
    phone.sends_document()
    phone.sends_photo(caption="my back")
    calendar = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

    updates = await bot.get_updates()
    document, photo = (update.message for update in updates)
    assert document is not None
    assert document.document is not None
    assert photo is not None
    fetched = await (await document.document.get_file()).download_as_bytearray()
    sent = await bot.send_document(
        phone.person.id, BytesIO(calendar), filename="visit.ics", caption="<i>Yours</i>", parse_mode="HTML"
    )
    again = await bot.send_document(phone.person.id, sent.document.file_id)  # type: ignore[union-attr]
    picture = await bot.send_photo(phone.person.id, sample("photo").data, caption="mood", reply_markup=KEYS)
    changed = await bot.edit_message_media(
        InputMediaPhoto(sample("sticker").data, caption="new"),
        phone.person.id,
        picture.message_id,
        reply_markup=KEYS,
    )

    assert bytes(fetched) == sample("document").data
    assert photo.caption == "my back"
    assert sent.document is not None
    assert sent.document.file_name == "visit.ics"
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    stored = world.files.find(sent.document.file_id)
    assert stored is not None
    assert stored.upload.data == calendar
    assert picture.photo[0].width == 480
    assert not isinstance(changed, bool)
    assert changed.photo[0].width == 512


async def test_keyboards_under_the_field_share_contacts_and_go_away(bot: Bot, world: World) -> None:
    phone = world.phone
    phone.starts()
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("Share my number", request_contact=True), "No"]], one_time_keyboard=True
    )
    await bot.send_message(phone.person.id, "Your number?", reply_markup=keys)
    phone.presses("Share")
    await bot.send_message(phone.person.id, "Thanks", reply_markup=ReplyKeyboardRemove())

    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.contact is not None
    assert update.message.contact.user_id == phone.person.id
    assert phone.keyboard == []
    await bot.send_message(phone.person.id, "And your name?", reply_markup=ForceReply())
    phone.replies("Hana")
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "And your name?"


async def test_small_things_are_done(bot: Bot, world: World) -> None:
    phone = world.phone
    theirs = phone.starts()
    chat = phone.person.id
    await bot.send_chat_action(chat, "typing")
    sent = await bot.send_message(
        chat,
        "See https://example.org",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(theirs.id),
        disable_notification=True,
        protect_content=True,
    )
    assert sent.reply_to_message is not None
    assert sent.has_protected_content
    await bot.edit_message_reply_markup(chat, sent.message_id, reply_markup=KEYS)
    await bot.set_message_reaction(chat, theirs.id, "👍")
    await bot.pin_chat_message(chat, sent.message_id)
    await bot.unpin_chat_message(chat)
    await bot.send_venue(chat, 34.69, 135.19, "Teate", "Kobe")
    await bot.send_location(chat, 34.69, 135.19)
    await bot.send_contact(chat, "+81781234567", "Teate")
    caption = await bot.send_photo(chat, sample("photo").data)
    await bot.edit_message_caption(chat, caption.message_id, caption="now with words")
    await bot.delete_message(chat, sent.message_id)
    await bot.delete_messages(chat, [theirs.id, 99999])

    assert sent.message_id not in world.phone.chat.messages
    assert theirs.id not in world.phone.chat.messages
    assert await bot.leave_chat(world.group.id)
    assert await bot.log_out()
