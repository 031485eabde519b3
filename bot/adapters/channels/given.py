"""What a channel may be built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from telegram import Bot

from bot.domain.language import Language, Localised
from bot.services.ports import Clock, Texts


@dataclass(frozen=True, slots=True)
class Given:
    """Settings by their names in the environment (those that are set), and the running program's parts."""

    settings: Mapping[str, str] = field(repr=False)
    bot: Bot
    texts: Texts
    clock: Clock
    clinic_name: Localised
    language: Language
    """The one in which the clinic reads."""

    def setting(self, name: str) -> str | None:
        return self.settings.get(name) or None


def is_this_machine(host: str) -> bool:
    """Where what is sent without encryption is read by nobody on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
