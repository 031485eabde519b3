"""Groups that a bot is in, read off updates."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from telegram import Chat, ChatMember, Update

PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


@dataclass(frozen=True, slots=True)
class Group:
    """`id` is what CLINIC_CHAT_ID takes."""

    id: int
    title: str


def groups_in(updates: Iterable[Update], bot_id: int) -> list[Group]:
    """Groups that the bot is in now, the one heard of last first; not those it was taken out of again."""
    found: dict[int, Group] = {}
    for update in updates:
        chat = update.effective_chat
        if chat is None or chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
            continue
        found.pop(chat.id, None)
        if _is_out(update, bot_id):
            continue
        found[chat.id] = Group(chat.id, chat.title or str(chat.id))
    return list(reversed(found.values()))


def readable(updates: Iterable[object]) -> list[Update]:
    """Those that the library can read; what it cannot tells nothing of a group."""
    found: list[Update] = []
    for each in updates:
        if isinstance(each, dict):
            with suppress(Exception):  # It promises no kind of error.
                found.append(Update.de_json(each))
    return found


def _is_out(update: Update, bot_id: int) -> bool:
    """Whether it tells that the bot is no longer in this chat, or that the chat has become another one."""
    if update.my_chat_member is not None:
        member = update.my_chat_member.new_chat_member
        return member.user.id == bot_id and member.status not in PRESENT
    message = update.effective_message
    if message is None:
        return False
    left = message.left_chat_member is not None and message.left_chat_member.id == bot_id
    return left or message.migrate_to_chat_id is not None
