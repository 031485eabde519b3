"""The command menu and the bot's own descriptions, in every language."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.domain.clinic import Clinic
from bot.domain.language import Language
from bot.services.ports import Texts

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
