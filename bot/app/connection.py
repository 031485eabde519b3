"""The way to Telegram, by the settings."""

from telegram.ext import ExtBot

from bot.adapters.transport import AiohttpRequest
from bot.domain.errors import Misconfigured
from bot.settings import Settings


def telegram_bot(settings: Settings) -> "ExtBot[None]":
    if settings.telegram_bot_token is None:
        raise Misconfigured(["TELEGRAM_BOT_TOKEN: is missing"])
    api = str(settings.telegram_api_url).rstrip("/")
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
