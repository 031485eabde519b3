"""Methods that pass a message on to another chat."""

from bot.trial.errors import Json, bad_request
from bot.trial.messages import Message
from bot.trial.params import Params
from bot.trial.registry import method
from bot.trial.sending import find_chat, find_message, read_caption, read_envelope, send
from bot.trial.world import World

SERVICE = ("pinned_message", "migrate_to_chat_id", "migrate_from_chat_id")


def _source(world: World, params: Params, verb: str) -> Message:
    chat = find_chat(world, params, "from_chat_id")
    message = find_message(chat, params, f"message to {verb} not found")
    if message.protected or any(key in message.content for key in SERVICE):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def _fields(message: Message) -> dict[str, object]:
    return {
        "text": message.text,
        "entities": message.entities,
        "content": message.content,
        "caption": message.caption,
        "caption_entities": message.caption_entities,
    }


@method("copyMessage")
def copy_message(world: World, params: Params) -> Json:
    envelope = read_envelope(world, params)
    message = _source(world, params, "copy")
    fields = _fields(message)
    if "caption" in params and message.text is None:
        caption = read_caption(world, params)
        fields |= {"caption": caption.text or None, "caption_entities": caption.entities}
    return {"message_id": send(world, envelope, **fields)["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Json:
    envelope = read_envelope(world, params)
    message = _source(world, params, "forward")
    fields = _fields(message)
    origin: Json = {
        "type": "user",
        "sender_user": message.sender.as_json(),
        "date": int(message.sent_at.timestamp()),
    }
    fields["content"] = message.content | {"forward_origin": origin}
    return send(world, envelope, **fields)
