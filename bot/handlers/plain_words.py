"""What a command does, asked for in plain words."""

from telegram import Update

from bot.answers.model import Command
from bot.answers.routed import Routed
from bot.domain.language import Language
from bot.handlers import bookings, care_reminders, check_ins, menus, person, privacy
from bot.handlers.context import Context

LANGUAGES = {Command.ENGLISH: Language.EN, Command.JAPANESE: Language.JA}


async def done(routed: Routed, update: Update, context: Context) -> bool:
    """Whether the message asked for a command; then it is done, as if the command had been typed."""
    match routed.command:
        case None:
            return False
        case Command.MOOD:
            await check_ins.mood(update, context)
        case Command.REMINDERS:
            await care_reminders.in_words(routed.text, context)
        case Command.DELETE:
            await privacy.delete(update, context)
        case Command.MYDATA:
            await privacy.mydata(update, context)
        case Command.PERSON:
            await person.ask(context)
        case Command.MYBOOKINGS:
            await bookings.mybookings(update, context)
        case Command.HELP:
            await menus.help_(update, context)
        case Command.JOKING:
            context.work.say(context.desk.views.safety.still_here(routed.language))
        case Command.LANGUAGE:
            await menus.language(update, context)
        case Command.ENGLISH | Command.JAPANESE:
            await menus.speak(LANGUAGES[routed.command], update, context)
    return True
