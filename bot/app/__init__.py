"""The only wiring: from settings to a running bot, and what its commands need of it."""

from bot.app.assembly import Parts as Parts
from bot.app.assembly import assemble as assemble
from bot.app.mind import Brain as Brain
from bot.app.mind import brain as brain
from bot.app.mind import system_clock as system_clock
from bot.app.places import database as database
from bot.app.running import run as run
from bot.app.running import trial_settings as trial_settings
from bot.app.upkeep import back_up as back_up
from bot.app.upkeep import gaps as gaps
from bot.app.upkeep import rekey as rekey
from bot.app.upkeep import restore as restore
from bot.app.upkeep import status as status
