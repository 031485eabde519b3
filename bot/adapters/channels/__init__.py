"""Ways to reach somebody, one file each. They know the core and not each other.

A new one is a file with a class that is a `Channel` and a builder, and a line in the registry.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.adapters.channels import email, telegram, webhook
from bot.adapters.channels.given import Given
from bot.domain.errors import Misconfigured
from bot.services.ports import Channel

Builder: TypeAlias = Callable[[Given], Channel | None]
"""None where nothing is set for it. Raises Misconfigured where what is set cannot work."""

REGISTRY: Final[tuple[tuple[str, Builder], ...]] = (
    (telegram.NAME, telegram.build),
    (email.NAME, email.build),
    (webhook.NAME, webhook.build),
)

NO_WAY: Final = (
    "no way to reach the clinic is set, so no request would ever be read. Set one of these or several:",
    "  CLINIC_CHAT_ID: the clinic's Telegram group; `python -m bot setup` finds it",
    "  SMTP_URL and CLINIC_EMAIL: an e-mail address",
    "  CLINIC_WEBHOOK_URL: a program of the clinic's own",
)


def channels_of(given: Given) -> Mapping[str, Channel]:
    """All channels that are set up, by name.

    Raises:
        Misconfigured: with every mistake in the settings of all channels.
    """
    built: dict[str, Channel] = {}
    lines: list[str] = []
    for name, build in REGISTRY:
        try:
            channel = build(given)
        except Misconfigured as mistake:
            lines += mistake.lines
        else:
            if channel is not None:
                built[name] = channel
    if lines:
        raise Misconfigured(lines)
    return built


def clinic_addresses(channels: Mapping[str, Channel]) -> tuple[tuple[str, str], ...]:
    """Channel and address of everything by which the clinic is told.

    Raises:
        Misconfigured: there is none.
    """
    found = tuple((name, each.clinic_address) for name, each in channels.items())
    reached = tuple((name, address) for name, address in found if address is not None)
    if not reached:
        raise Misconfigured(NO_WAY)
    return reached
