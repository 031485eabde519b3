"""From the environment (and `.env`) to typed settings; every mistake is told at once."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TOKEN_SHAPE = re.compile(r"^\d{3,}:[\w-]{20,}$")
"""What BotFather hands out: the bot's number, a colon, a secret."""

CANNOT_ANSWER = (
    "the clinic reads requests but cannot answer them: set CLINIC_CHAT_ID (a Telegram group)"
    " or PUBLIC_URL (links in mails and webhooks)"
)


class SettingsInvalid(Exception):
    """`lines` name each setting that is missing or malformed, and what to write instead."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Updates(StrEnum):
    """How Telegram's updates arrive."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def _a_token(value: SecretStr) -> SecretStr:
    if not TOKEN_SHAPE.match(value.get_secret_value()):
        raise ValueError("is no bot token: copy it from @BotFather, it looks like 123456789:AAE...")
    return value


def _a_key(value: SecretStr) -> SecretStr:
    for key in value.get_secret_value().split(","):
        if not re.fullmatch(r"[\w-]{43}=", key.strip()):
            raise ValueError("is no key of 44 characters; leave it empty to have one made in data/")
    return value


def _for_links(value: AnyHttpUrl) -> AnyHttpUrl:
    if value.scheme != "https" and value.host not in ("localhost", "127.0.0.1"):
        raise ValueError("must begin with https://: whoever reads its links on the way could answer requests")
    return value


Days = Annotated[int, Field(ge=1, le=3650)]
"""How long something is kept."""


class Settings(BaseSettings):
    """Names in the environment are these in capitals. An empty value counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_a_token)] | None = None
    telegram_api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    clinic_chat_id: int | None = None
    database_url: str = "sqlite+aiosqlite:///data/teate.db"
    data_key: Annotated[SecretStr, AfterValidator(_a_key)] | None = None
    knowledge_dir: Path = Path("knowledge")
    updates: Updates = Updates.POLLING
    webhook_url: AnyHttpUrl | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    smtp_url: SecretStr | None = None
    clinic_email: str | None = None
    clinic_webhook_url: SecretStr | None = None
    public_url: Annotated[AnyHttpUrl, AfterValidator(_for_links)] | None = None
    privacy_url: AnyHttpUrl | None = None
    keep_bookings_days: Days = 365
    keep_screening_days: Days = 30
    keep_mood_days: Days = 90
    keep_questions_days: Days = 180

    @property
    def can_answer(self) -> bool:
        """Whether the clinic has a way to confirm and decline: the group's buttons, or links."""
        return self.clinic_chat_id is not None or self.public_url is not None

    @model_validator(mode="after")
    def _is_whole(self) -> "Settings":
        lines = []
        if self.updates is Updates.WEBHOOK:
            needed = ("webhook_url", "webhook_secret", "http_port")
            missing = [name.upper() for name in needed if not getattr(self, name)]
            if missing:
                lines.append(f"UPDATES=webhook also needs {' and '.join(missing)}")
        if self.public_url is not None and not self.http_port:
            lines.append("PUBLIC_URL: its links lead nowhere without a web side; set HTTP_PORT, 8080 say")
        if lines:
            raise ValueError("\n".join(lines))
        return self


def read_settings(env_file: Path | None = Path(".env"), *, token_needed: bool = False) -> Settings:
    """Read the environment and `env_file`.

    Raises:
        SettingsInvalid: with a line for every setting that is missing or malformed.
    """
    lines: list[str] = []
    settings: Settings | None = None
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        lines += [line for each in error.errors(include_url=False) for line in _lines(dict(each))]
    except UnicodeDecodeError:
        lines.append(f"{env_file}: is not UTF-8 text; save it as UTF-8")
    if settings is not None and token_needed and settings.telegram_bot_token is None:
        lines.append("TELEGRAM_BOT_TOKEN: is missing; get one from @BotFather, or try `python -m bot trial`")
    if lines or settings is None:
        raise SettingsInvalid(lines)
    return settings


def _lines(error: dict[str, object]) -> list[str]:
    place = ".".join(str(part) for part in error["loc"]) if isinstance(error["loc"], tuple) else ""
    told = str(error["msg"]).removeprefix("Value error, ")
    return [f"{place.upper()}: {told}"] if place else told.splitlines()
