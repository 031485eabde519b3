"""What the Bot API refuses of messages, and in which words: one table per rule."""

from typing import Any

import pytest

from bot.trial.world import FIRST_CLIENT_ID as CLIENT
from bot.trial.world import World
from tests.trial.conftest import Clock, Said, data, inline, refused


@pytest.fixture(autouse=True)
def started(world: World) -> None:
    world.phone.starts()


TEXTS: list[tuple[dict[str, object], str]] = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t "}, "message text is empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
    (
        {"text": "<c>x</c>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "c" at byte offset 0',
    ),
    ({"text": "x", "parse_mode": "html5"}, "unsupported parse_mode"),
    (
        {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        "can't parse entities: entity is out of the text",
    ),
    ({"text": "x", "entities": "{"}, "can't parse entities JSON object"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
    ({"text": "x", "reply_parameters": [1]}, "can't parse reply parameters: expected an Object"),
    ({"text": "x", "link_preview_options": "yes"}, "can't parse link preview options JSON object"),
]


@pytest.mark.parametrize(("values", "why"), TEXTS)
async def test_texts_that_cannot_be_sent(call: Said, values: dict[str, object], why: str) -> None:
    assert await refused(call, "sendMessage", chat_id=CLIENT, **values) == why


FITS = ["x" * 4096, "<b>" + "x" * 4096 + "</b>", "&lt;" * 4096, "  x  "]


@pytest.mark.parametrize("text", FITS)
async def test_length_counts_after_parsing(call: Said, text: str) -> None:
    assert (await call("sendMessage", chat_id=CLIENT, text=text, parse_mode="HTML"))["ok"]


CHATS: list[tuple[object, int, str]] = [
    (None, 400, "chat_id is empty"),
    ("", 400, "chat_id is empty"),
    ("nobody", 400, "chat not found"),
    (42, 400, "chat not found"),
    (str(CLIENT + 77), 400, "chat not found"),
]


@pytest.mark.parametrize(("chat_id", "code", "why"), CHATS)
async def test_chats_that_there_are_not(call: Said, chat_id: object, code: int, why: str) -> None:
    assert await refused(call, "sendMessage", code, chat_id=chat_id, text="x") == why


async def test_a_bot_cannot_begin_a_conversation_nor_write_where_it_is_not(call: Said, world: World) -> None:
    new = world.add_client("Ren").person.id
    elsewhere = world.add_group("Elsewhere", [], bot=False).id

    assert (
        await refused(call, "sendMessage", 403, chat_id=new, text="x")
        == "bot can't initiate conversation with a user"
    )
    assert (
        await refused(call, "sendMessage", 403, chat_id=elsewhere, text="x")
        == "bot is not a member of the supergroup chat"
    )
    world.phone.blocks()
    assert await refused(call, "sendMessage", 403, chat_id=CLIENT, text="x") == "bot was blocked by the user"


MARKUPS: list[tuple[object, str]] = [
    ("[]", "object expected as reply markup"),
    ("{", "can't parse reply markup JSON object"),
    ({"keys": []}, "can't parse reply keyboard markup JSON object"),
    (inline(data("x" * 65)), "BUTTON_DATA_INVALID"),
    (inline(data("予" * 22)), "BUTTON_DATA_INVALID"),
    (inline(data("")), "BUTTON_DATA_INVALID"),
    (
        inline({"text": "Yes"}),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (inline("Yes"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    (inline({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
    (inline(data("x", 5)), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
    (inline(data(5)), 'can\'t parse inline keyboard button: Field "callback_data" must be of type String'),
    (inline(data("x", " ")), "inline keyboard button text must be non-empty"),
    (
        inline({"text": "x", "url": "https://a.example", "callback_data": "x"}),
        "can't parse inline keyboard button: exactly one of the optional fields must be used, "
        "found url, callback_data",
    ),
    (
        inline({"text": "x", "url": "tel:0312345678"}),
        "inline keyboard button URL 'tel:0312345678' is invalid: Unsupported URL protocol",
    ),
    (
        inline({"text": "x", "url": "nowhere"}),
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    (
        {"inline_keyboard": [data("x")]},
        "can't parse reply markup: keyboard button rows must be of type Array",
    ),
    ({"inline_keyboard": "x"}, 'can\'t parse reply markup: Field "inline_keyboard" must be of type Array'),
    ({"inline_keyboard": [[data("x")] * 8] * 13}, "reply markup is too long"),
    ({"keyboard": []}, "reply keyboard must be non-empty"),
    ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ({"keyboard": [[1]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
    ({"force_reply": False}, 'can\'t parse reply markup: Field "force_reply" must be true'),
    (
        {"force_reply": True, "input_field_placeholder": "x" * 65},
        "input field placeholder must be 1-64 characters",
    ),
]


@pytest.mark.parametrize(("markup", "why"), MARKUPS)
async def test_keyboards_that_are_refused(call: Said, markup: object, why: str) -> None:
    assert await refused(call, "sendMessage", chat_id=CLIENT, text="x", reply_markup=markup) == why


async def test_a_button_may_hold_64_bytes_and_a_contact_is_asked_in_private_only(
    call: Said, world: World
) -> None:
    fits = await call("sendMessage", chat_id=CLIENT, text="x", reply_markup=inline(data("予" * 21 + "x")))
    asks = {"keyboard": [[{"text": "Number", "request_contact": True}]]}

    assert fits["ok"]
    why = await refused(call, "sendMessage", chat_id=world.group.id, text="x", reply_markup=asks)
    assert why == "phone number can be requested in private chats only"


async def test_an_edit_must_change_something(call: Said, clock: Clock) -> None:
    keys = inline(data("x"))
    sent = (await call("sendMessage", chat_id=CLIENT, text="x", reply_markup=keys))["result"]
    same: dict[str, Any] = {"chat_id": CLIENT, "message_id": sent["message_id"]}
    why = (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )

    assert await refused(call, "editMessageText", **same, text=" x ", reply_markup=keys) == why
    assert await refused(call, "editMessageReplyMarkup", **same, reply_markup=keys) == why
    clock.passes(seconds=5)
    without = await call("editMessageText", **same, text="x")
    assert "reply_markup" not in without["result"]
    bold = await call("editMessageText", **same, text="<b>x</b>", parse_mode="HTML")
    assert bold["result"]["edit_date"] == sent["date"] + 5
    assert (
        await refused(call, "editMessageText", **same, text="y", reply_markup={"force_reply": True})
        == "inline keyboard expected"
    )


async def test_messages_that_cannot_be_edited_or_deleted(call: Said, world: World, clock: Clock) -> None:
    theirs = world.phone.screen[0].id
    staffs = world.staff[0].says("/today").id
    text = (await call("sendMessage", chat_id=CLIENT, text="x"))["result"]["message_id"]
    place = (await call("sendLocation", chat_id=CLIENT, latitude=1, longitude=1))["result"]["message_id"]
    table: list[tuple[str, dict[str, object], str]] = [
        ("editMessageText", {"text": "y"}, "message identifier is not specified"),
        ("editMessageText", {"text": "y", "message_id": "abc"}, 'parameter "message_id" must be an integer'),
        ("editMessageText", {"text": "y", "message_id": 999}, "message to edit not found"),
        ("editMessageText", {"text": "y", "message_id": theirs}, "message can't be edited"),
        ("editMessageText", {"text": "y", "message_id": place}, "there is no text in the message to edit"),
        ("editMessageText", {"text": "y", "inline_message_id": "1"}, "MESSAGE_ID_INVALID"),
        (
            "editMessageCaption",
            {"caption": "y", "message_id": text},
            "there is no caption in the message to edit",
        ),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
        ("deleteMessage", {"message_id": staffs, "chat_id": world.group.id}, "message can't be deleted"),
        ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
        ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
        (
            "setMessageReaction",
            {"message_id": theirs, "reaction": [{"type": "emoji", "emoji": "x"}]},
            "REACTION_INVALID",
        ),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ]
    for method, values, why in table:
        assert await refused(call, method, **{"chat_id": CLIENT, **values}) == why, method
    clock.passes(hours=49)
    assert (
        await refused(call, "deleteMessage", chat_id=CLIENT, message_id=text)
        == "message can't be deleted for everyone"
    )
