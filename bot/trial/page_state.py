"""All that the page shows, as one JSON object."""

from bot.trial.errors import Json
from bot.trial.people import Chat, Person
from bot.trial.world import World, seen


def page_state(world: World) -> Json:
    """Chats with their messages and menus; `number` is the last change that is part of it."""
    group = world.group
    clients = [chat for chat in world.chats.values() if chat.private and not _is_staff(world, chat)]
    return {
        "number": world.journal.number,
        "bot": {"id": world.bot.id, "username": world.bot.username, "inline": world.inline_mode},
        "clients": [_chat(world, chat) for chat in clients],
        "group": _chat(world, group),
    }


def _is_staff(world: World, chat: Chat) -> bool:
    return chat.id in world.group.members


def _chat(world: World, chat: Chat) -> Json:
    people = [chat.person] if chat.person else [actor.person for actor in world.staff]
    language = chat.person.language_code if chat.person else "ja"
    return {
        "id": chat.id,
        "kind": chat.kind.value,
        "title": world.profile.described("name", language or "") if chat.private else chat.title,
        "about": world.profile.described("description", language or ""),
        "people": [_person(world, person, chat) for person in people],
        "started": chat.started,
        "blocked": chat.blocked,
        "pinned": chat.pinned,
        "keyboard": chat.keyboard,
        "messages": [seen(message) for message in chat.messages.values()],
    }


def _person(world: World, person: Person, chat: Chat) -> Json:
    return {
        "id": person.id,
        "name": " ".join(filter(None, (person.first_name, person.last_name))),
        "language": person.language_code,
        "menu": world.profile.menu_for(person, chat),
    }
