"""The only wiring: from settings to a running bot, and what its commands need of it.

A name's module is imported when the name is first used: `--help` and `check` wait for neither Telegram nor a
database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.app.assembly import Parts as Parts
    from bot.app.assembly import assemble as assemble
    from bot.app.mind import Brain as Brain
    from bot.app.mind import brain as brain
    from bot.app.outside import system_clock as system_clock
    from bot.app.places import database as database
    from bot.app.running import run as run
    from bot.app.running import trial_settings as trial_settings
    from bot.app.standing import status as status
    from bot.app.upkeep import back_up as back_up
    from bot.app.upkeep import gaps as gaps
    from bot.app.upkeep import rekey as rekey
    from bot.app.upkeep import restore as restore

_HOMES: Final = {
    "assembly": ("Parts", "assemble"),
    "mind": ("Brain", "brain"),
    "outside": ("system_clock",),
    "places": ("database",),
    "running": ("run", "trial_settings"),
    "standing": ("status",),
    "upkeep": ("back_up", "gaps", "rekey", "restore"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
