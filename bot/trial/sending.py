"""What the bot does in chats: whom it may write to, what it sends, what it may change."""

from dataclasses import dataclass

from bot.trial.entities import Formatted, cannot_parse, parse_html, plain, units, with_found
from bot.trial.errors import Json, bad_request, forbidden, migrated
from bot.trial.journal import Happening
from bot.trial.keyboards import Markup, read_markup
from bot.trial.messages import Message
from bot.trial.params import Params
from bot.trial.people import IN_CHARGE, PRESENT, Chat, Standing
from bot.trial.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that a call names; raises what Telegram says of unknown, moved and closed ones."""
    if name not in params:
        raise bad_request(f"{name} is empty")
    wanted = params.text(name)
    try:
        chat = world.chats.get(int(wanted))
    except ValueError:
        chat = None
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """The chat that a call writes to; raises 403 where the bot may not write."""
    chat = find_chat(world, params)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    standing = chat.standing(world.bot.id)
    if standing is Standing.KICKED:
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if standing not in PRESENT and not chat.private:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def find_message(chat: Chat, params: Params, missing: str) -> Message:
    """The message that a call names; raises a 400 with the words `missing` if there is none."""
    number = params.whole("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request(missing)
    return message


def read_formatted(params: Params, name: str, entities: str) -> Formatted:
    """A text with its parse mode or its entities, trimmed as Telegram trims it."""
    text = params.text(name)
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse_html(text).stripped()
    if mode in ("markdown", "markdownv2"):
        raise bad_request("the trial knows parse_mode HTML only")
    if mode:
        raise bad_request("unsupported parse_mode")
    given = params.sequence(entities)
    if given:
        return Formatted(text, with_found(text, _checked(text, given))).stripped()
    return plain(text).stripped()


def _checked(text: str, given: list[object]) -> list[Json]:
    for one in given:
        if not isinstance(one, dict) or not isinstance(one.get("type"), str):
            raise cannot_parse("MessageEntity must be an Object")
        offset, length = one.get("offset"), one.get("length")
        if (
            not isinstance(offset, int)
            or not isinstance(length, int)
            or not 0 <= offset <= offset + length <= units(text)
        ):
            raise cannot_parse("entity is out of the text")
    return [dict(one) for one in given if isinstance(one, dict)]


def read_text(world: World, params: Params) -> Formatted:
    formatted = read_formatted(params, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if units(formatted.text) > world.limits.text:
        raise bad_request("message is too long")
    return formatted


def read_caption(world: World, params: Params) -> Formatted:
    formatted = read_formatted(params, "caption", "caption_entities")
    if units(formatted.text) > world.limits.caption:
        raise bad_request("message caption is too long")
    return formatted


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message that is sent has beside its content."""

    chat: Chat
    markup: Markup
    reply_to: Message | None
    silent: bool
    protected: bool


def read_envelope(world: World, params: Params) -> Envelope:
    chat = writable_chat(world, params)
    markup = read_markup(params.value("reply_markup"), world.limits, private=chat.private)
    reply = params.mapping("reply_parameters")
    number = reply.get("message_id") if reply else params.whole("reply_to_message_id")
    answered: Message | None = None
    if number is not None:
        if not isinstance(number, int):
            raise bad_request('can\'t parse reply parameters: Field "message_id" must be of type Number')
        elsewhere = reply.get("chat_id")
        where = chat if elsewhere is None else find_chat(world, Params({"chat_id": elsewhere}))
        answered = where.messages.get(number)
        lenient = bool(reply.get("allow_sending_without_reply")) or params.flag("allow_sending_without_reply")
        if answered is None and not lenient:
            raise bad_request("message to be replied not found")
    elif reply:
        raise bad_request("message to be replied is not specified")
    return Envelope(
        chat, markup, answered, params.flag("disable_notification"), params.flag("protect_content")
    )


def send(world: World, envelope: Envelope, **fields: object) -> Json:
    """Puts the bot's message into the chat; raises 429 over the flood limit."""
    chat = envelope.chat
    world.flood.count(chat.id, group=not chat.private)
    keyboard = envelope.markup.keyboard
    message = world.place(
        chat,
        world.bot,
        buttons=envelope.markup.buttons,
        reply_to=envelope.reply_to,
        silent=envelope.silent,
        protected=envelope.protected,
        **fields,
    )
    if keyboard is not None:
        chat.keyboard = None if keyboard.get("remove_keyboard") else keyboard | {"message_id": message.id}
        world.journal.note(Happening.CHATS)
    return message.as_json()


def editable(world: World, params: Params) -> Message:
    """The bot's own message that a call wants to change."""
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(world, params)
    message = find_message(chat, params, "message to edit not found")
    if message.sender is not world.bot:
        raise bad_request("message can't be edited")
    return message


def read_buttons(world: World, params: Params) -> Json | None:
    """The inline keyboard of an edit; another kind of keyboard is refused."""
    markup = read_markup(params.value("reply_markup"), world.limits)
    if markup.keyboard is not None:
        raise bad_request("inline keyboard expected")
    return markup.buttons


def edit(world: World, message: Message, buttons: Json | None, **fields: object) -> Json:
    """Changes a message in place; refuses an edit that changes nothing."""
    new = {**fields, "buttons": buttons}
    if all(getattr(message, name) == value for name, value in new.items()):
        raise bad_request(NOT_MODIFIED)
    if not message.chat.private:
        world.flood.count(message.chat.id, group=True)
    for name, value in new.items():
        setattr(message, name, value)
    if fields:  # Telegram shows no "edited" for a change of the buttons alone.
        message.edited_at = world.clock()
    world.touch(message, Happening.EDITED)
    return message.as_json()


def delete(world: World, chat: Chat, message: Message) -> None:
    """Takes a message away if the bot may."""
    own = message.sender is world.bot
    in_charge = chat.standing(world.bot.id) in IN_CHARGE
    if not (own or chat.private or in_charge):
        raise bad_request("message can't be deleted")
    if world.clock() - message.sent_at > world.limits.deletable and not in_charge:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.journal.note(Happening.DELETED, chat.id, {"message_id": message.id})
