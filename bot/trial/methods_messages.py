"""Methods that send texts and places, and change or remove what was sent."""

import re

from bot.trial.errors import Json, bad_request
from bot.trial.journal import Happening
from bot.trial.messages import pinned_content
from bot.trial.params import Params
from bot.trial.people import IN_CHARGE, Chat
from bot.trial.registry import method
from bot.trial.sending import (
    delete,
    edit,
    editable,
    find_chat,
    find_message,
    read_buttons,
    read_caption,
    read_envelope,
    read_text,
    send,
    writable_chat,
)
from bot.trial.world import World

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
REACTIONS = frozenset(
    [
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🎉",
        "🙏",
        "👌",
        "🕊",
        "💯",
        "🤗",
        "🫡",
        "👀",
        "✍",
        "🤝",
        "😢",
        "💔",
    ]
)


@method("sendMessage")
def send_message(world: World, params: Params) -> Json:
    envelope = read_envelope(world, params)
    params.mapping("link_preview_options")
    formatted = read_text(world, params)
    return send(world, envelope, text=formatted.text, entities=formatted.entities)


def _place(params: Params) -> Json:
    latitude, longitude = params.decimal("latitude"), params.decimal("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def _required(params: Params, name: str, why: str) -> str:
    if name not in params:
        raise bad_request(why)
    return params.text(name)


@method("sendLocation")
def send_location(world: World, params: Params) -> Json:
    return send(world, read_envelope(world, params), content={"location": _place(params)})


@method("sendVenue")
def send_venue(world: World, params: Params) -> Json:
    envelope = read_envelope(world, params)
    place = _place(params)
    title = _required(params, "title", "venue title must be non-empty")
    address = _required(params, "address", "venue address must be non-empty")
    content = {"location": place, "venue": {"location": place, "title": title, "address": address}}
    return send(world, envelope, content=content)


@method("sendContact")
def send_contact(world: World, params: Params) -> Json:
    envelope = read_envelope(world, params)
    contact: Json = {
        "phone_number": _required(params, "phone_number", "phone number must be non-empty"),
        "first_name": _required(params, "first_name", "contact first name must be non-empty"),
    }
    for name in ("last_name", "vcard"):
        if name in params:
            contact[name] = params.text(name)
    if not re.fullmatch(r"\+?[\d\s()-]{3,20}", str(contact["phone_number"])):
        raise bad_request("PHONE_NUMBER_INVALID")
    return send(world, envelope, content={"contact": contact})


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.journal.note(Happening.TYPING, chat.id, {"action": params.text("action")})
    return True


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Json:
    message = editable(world, params)
    buttons = read_buttons(world, params)
    formatted = read_text(world, params)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    return edit(world, message, buttons, text=formatted.text, entities=formatted.entities)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Json:
    message = editable(world, params)
    buttons = read_buttons(world, params)
    formatted = read_caption(world, params)
    if not any(kind in message.content for kind in ("photo", "document", "voice")):
        raise bad_request("there is no caption in the message to edit")
    return edit(world, message, buttons, caption=formatted.text or None, caption_entities=formatted.entities)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Json:
    return edit(world, editable(world, params), read_buttons(world, params))


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    delete(world, chat, find_message(chat, params, "message to delete not found"))
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    numbers = params.sequence("message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    for number in numbers:  # Those that are gone already are skipped, as documented.
        if isinstance(number, int) and (message := chat.messages.get(number)):
            delete(world, chat, message)
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    message = find_message(chat, params, "message to react not found")
    wanted = params.sequence("reaction") or []
    emoji = [one.get("emoji") for one in wanted if isinstance(one, dict) and one.get("type") == "emoji"]
    if len(emoji) != len(wanted) or len(emoji) > 1 or any(one not in REACTIONS for one in emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions.pop(world.bot.id, None)
    if emoji:
        message.reactions[world.bot.id] = str(emoji[0])
    world.touch(message, Happening.EDITED)
    return True


def _may_pin(world: World, params: Params) -> Chat:
    chat = writable_chat(world, params)
    if not chat.private and chat.standing(world.bot.id) not in IN_CHARGE:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> bool:
    chat = _may_pin(world, params)
    message = find_message(chat, params, "message to pin not found")
    if message.id in chat.pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned.append(message.id)
    world.tell_bot(world.place(chat, world.bot, content=pinned_content(message)))
    world.journal.note(Happening.CHATS)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> bool:
    chat = _may_pin(world, params)
    number = params.whole("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    world.journal.note(Happening.CHATS)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, params: Params) -> bool:
    _may_pin(world, params).pinned.clear()
    world.journal.note(Happening.CHATS)
    return True


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    chat = find_chat(world, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members.pop(world.bot.id, None)
    world.journal.note(Happening.CHATS)
    return True
