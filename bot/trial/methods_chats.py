"""Methods that look at chats and their people."""

from bot.trial.errors import Json, bad_request, forbidden
from bot.trial.params import Params
from bot.trial.people import IN_CHARGE, PRESENT, Chat, Standing
from bot.trial.registry import method
from bot.trial.sending import find_chat
from bot.trial.world import World

RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
]


@method("getMe")
def get_me(world: World, params: Params) -> Json:  # noqa: ARG001
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": world.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _readable(world: World, params: Params) -> Chat:
    chat = find_chat(world, params)
    if not chat.private and chat.standing(world.bot.id) not in PRESENT:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    if chat.private and not chat.started:
        raise bad_request("chat not found")
    return chat


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    chat = _readable(world, params)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    body = chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].as_json(with_reply=False)
    return body


def member_json(world: World, chat: Chat, person_id: int) -> Json:
    standing = chat.standing(person_id)
    body: Json = {"user": world.people[person_id].as_json(), "status": standing.value}
    if standing in IN_CHARGE:
        body["is_anonymous"] = False
    if standing is Standing.ADMINISTRATOR:
        body |= {"can_be_edited": False} | dict.fromkeys(RIGHTS, True)
    if standing is Standing.KICKED:
        body["until_date"] = 0
    return body


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    chat = _readable(world, params)
    person_id = params.whole("user_id")
    if person_id is None:
        raise bad_request("invalid user_id specified")
    if person_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(world, chat, person_id)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = _readable(world, params)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [member_json(world, chat, one) for one, standing in chat.members.items() if standing in IN_CHARGE]


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> int:
    return len(_readable(world, params).members)
