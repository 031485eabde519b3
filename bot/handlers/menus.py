"""/start /help /topics /language /settings /sos, and the buttons that lead to the same."""

from telegram import Update

from bot.domain.language import Language
from bot.domain.subject import Subject
from bot.handlers import booking, care
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.services.choose_language import choose_language
from bot.services.screens import Screen


async def start(update: Update, context: Context) -> None:
    """With a deep link straight to what it names: an entry's id, or one of the words below."""
    work, desk = context.work, context.desk
    wanted = context.args[0] if context.args else ""
    if wanted in desk.knowledge.entries and not desk.knowledge.entries[wanted].missing:
        work.say(desk.views.answers.answer(desk.knowledge.entries[wanted], work.language))
        work.subject = Subject(wanted)
    elif wanted == "book":
        await booking.open_(context)
    elif wanted == "plan":
        await booking.plan(context)
    elif wanted == "selfcare":
        await care.selfcare(update, context)
    elif wanted == "topics":
        await topics(update, context)
    else:
        work.say(desk.views.menus.start(work.language))


async def help_(update: Update, context: Context) -> None:
    context.work.say(context.desk.views.menus.help(context.work.language))


async def show_help(tap: Tap, context: Context, message_id: int) -> None:
    context.work.say(context.desk.views.menus.help(context.work.language))


async def topics(update: Update, context: Context) -> None:
    context.work.say(context.desk.views.answers.topics(context.work.language))


async def language(update: Update, context: Context) -> None:
    context.work.say(_languages(context))


async def show_language(tap: Tap, context: Context, message_id: int) -> None:
    context.work.edit(_languages(context), message_id)


def _languages(context: Context) -> Screen:
    return context.desk.views.menus.language(context.work.language, chosen=_has_chosen(context))


def _has_chosen(context: Context) -> bool:
    """Whether the language is the client's choice; else it follows the messages."""
    client = context.work.client
    return client is not None and client.language is not None


async def speak(wanted: Language, update: Update, context: Context) -> None:
    """The client's choice, said in words; a language that the clinic does not offer leads to the choice."""
    work, desk = context.work, context.desk
    if work.client is not None and wanted in desk.clinic.languages:
        work.client = await choose_language(work.tx, work.client, wanted)
    await language(update, context)


async def settings(update: Update, context: Context) -> None:
    work = context.work
    work.say(context.desk.views.menus.settings(work.language, chosen=_has_chosen(context)))


async def sos(update: Update, context: Context) -> None:
    """/sos, anywhere, also in the middle of a form."""
    await _sos(context)


async def show_sos(tap: Tap, context: Context, message_id: int) -> None:
    await _sos(context)


async def _sos(context: Context) -> None:
    context.work.say(context.desk.views.safety.sos(context.work.language))
    await care.hush(context)


async def set_language(tap: Tap, context: Context, message_id: int) -> None:
    """The client's own choice; `auto` goes back to following the messages."""
    work = context.work
    if work.client is None:
        return
    code = tap.argument()
    choice = None if code == "auto" else Language(code)
    work.client = await choose_language(work.tx, work.client, choice)
    work.edit(context.desk.views.menus.language(work.language, chosen=choice is not None), message_id)
