"""The way to Telegram, by the settings."""

from bot.adapters.telegram_bot import TelegramBot
from bot.domain.errors import Misconfigured
from bot.settings import Settings


def telegram_bot(settings: Settings) -> TelegramBot:
    if settings.telegram_bot_token is None:
        raise Misconfigured(["TELEGRAM_BOT_TOKEN: is missing"])
    return TelegramBot(
        settings.telegram_bot_token.get_secret_value(), str(settings.telegram_api_url).rstrip("/")
    )
