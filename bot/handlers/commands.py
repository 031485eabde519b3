"""The command menus, of clients and of the clinic's group, and the bot's own descriptions."""

from contextlib import suppress
from typing import Final

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.handlers.announce import TelegramAnnouncer
from bot.services.ports import Store, Texts

log = structlog.get_logger(__name__)

COMMANDS = (
    "book",
    "mybookings",
    "topics",
    "selfcare",
    "mood",
    "reminders",
    "sos",
    "privacy",
    "mydata",
    "delete",
    "language",
    "settings",
    "help",
)
"""In the order of the menu."""

GROUP_COMMANDS = ("today", "week", "help")
"""The same in the clinic's group."""

MENU_NOTE: Final = "group_menu"
"""The group that has the group's menu."""


async def publish_commands(bot: Bot, texts: Texts, clinic: Clinic) -> None:
    """Tell Telegram; what it refuses now (a flood limit) is told again at the next start."""
    try:
        # Without a language code first: what everybody else sees.
        for language, code in [(Language.EN, ""), *((each, each.value) for each in clinic.languages)]:
            commands = [BotCommand(each, texts(f"command.{each}", language)) for each in COMMANDS]
            await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), language_code=code)
            name = clinic.name[language]
            about = texts("about.long", language, clinic=name)
            await bot.set_my_description(about, language_code=code)
            await bot.set_my_short_description(
                texts("about.short", language, clinic=name), language_code=code
            )
    except TelegramError as error:
        log.warning("the command menu was not taken", kind=type(error).__name__)


async def publish_group_commands(bot: Bot, texts: Texts, announcer: TelegramAnnouncer, store: Store) -> None:
    """The clinic's group gets its menu; a group that was the clinic's before loses it."""
    async with store.transaction() as tx:
        group, before = await announcer.group(tx), await tx.notes.get(MENU_NOTE)
    now = "" if group is None else str(group)
    if before and before != now:
        with suppress(TelegramError):  # Whoever took the bot out of it sees no menu any more.
            await bot.delete_my_commands(BotCommandScopeChat(int(before)))
    if group is not None and not await give_menu(bot, texts, announcer.lang, group):
        return
    if before != now:
        async with store.transaction() as tx:
            await tx.notes.put(MENU_NOTE, now)


async def give_menu(bot: Bot, texts: Texts, language: Language, group: int) -> bool:
    """In the one language that the group is written to in, whatever its members' phones speak."""
    commands = [BotCommand(each, texts(f"command.{each}", language)) for each in GROUP_COMMANDS]
    try:
        return await bot.set_my_commands(commands, BotCommandScopeChat(group))
    except TelegramError as error:
        log.warning("the group's command menu was not taken", kind=type(error).__name__)
        return False
