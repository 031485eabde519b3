"""The commands. Each explains itself with --help; what a person must mend ends with exit code 2."""

from bot.cli import asking as asking
from bot.cli import serving as serving
from bot.cli import upkeep as upkeep
from bot.cli.group import commands as commands
from bot.cli.group import main as main
