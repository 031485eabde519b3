"""Methods by which the bot says what it is: menus, names, descriptions."""

import re
from collections.abc import Callable

from bot.trial.errors import Json, bad_request
from bot.trial.journal import Happening
from bot.trial.params import Params
from bot.trial.profile import DEFAULT, ScopeKey
from bot.trial.registry import method
from bot.trial.sending import find_chat
from bot.trial.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
WIDE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
NARROW = ("chat", "chat_administrators", "chat_member")
LONGEST = {"name": 64, "short_description": 120, "description": 512}


def _language(params: Params) -> str:
    language = params.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _scope(world: World, params: Params) -> ScopeKey:
    raw = params.mapping("scope")
    if not raw:
        return DEFAULT
    kind = raw.get("type")
    if kind in WIDE:
        return (str(kind), 0, 0)
    if kind not in NARROW:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = find_chat(world, Params(raw))
    if kind != "chat" and chat.private:
        raise bad_request("can't use specified scope in private chats")
    user = Params(raw).whole("user_id") if kind == "chat_member" else 0
    if user is None or (user and user not in world.people):
        raise bad_request("PARTICIPANT_ID_INVALID")
    return (str(kind), chat.id, user)


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = raw.get("command"), raw.get("description")
    if not isinstance(command, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: command and description must be of type String")
    command = command.removeprefix("/")
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description.strip()}


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    given = params.sequence("commands")
    if given is None:
        raise bad_request("can't parse commands: expected an Array")
    if len(given) > world.limits.commands:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(one) for one in given]
    if len({str(one["command"]) for one in commands}) < len(commands):
        raise bad_request("BOT_COMMAND_DUPLICATED")
    world.profile.set_menu(_scope(world, params), _language(params), commands)
    world.journal.note(Happening.CHATS)
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.menu(_scope(world, params), _language(params))


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.set_menu(_scope(world, params), _language(params), [])
    world.journal.note(Happening.CHATS)
    return True


def _setter(kind: str) -> Callable[[World, Params], bool]:
    def describe(world: World, params: Params) -> bool:
        text = params.text(kind).strip()
        if len(text) > LONGEST[kind]:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
        world.profile.describe(kind, _language(params), text)
        world.journal.note(Happening.CHATS)
        return True

    return describe


def _getter(kind: str) -> Callable[[World, Params], Json]:
    return lambda world, params: {kind: world.profile.described(kind, _language(params))}


method("setMyName")(_setter("name"))
method("getMyName")(_getter("name"))
method("setMyDescription")(_setter("description"))
method("getMyDescription")(_getter("description"))
method("setMyShortDescription")(_setter("short_description"))
method("getMyShortDescription")(_getter("short_description"))


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if "chat_id" in params:
        chat = find_chat(world, params)
        if not chat.private:
            raise bad_request("menu button can be set in private chats only")
        chat.menu_button = button
    else:
        world.profile.menu_button = button
    world.journal.note(Happening.CHATS)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Json:
    own = find_chat(world, params).menu_button if "chat_id" in params else None
    return own or world.profile.menu_button
