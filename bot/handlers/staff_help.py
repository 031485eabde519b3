"""What the clinic's group can do, and which language it is written to in."""

from telegram import Update

from bot.handlers.context import Context
from bot.handlers.staff import in_group


async def help_(update: Update, context: Context) -> None:
    """/help and /start, in the group only."""
    await _say("group.help", context)


async def language(update: Update, context: Context) -> None:
    """/language, in the group only: it is not for whoever is in it to choose."""
    lang = context.desk.announcer.lang
    await _say("group.language", context, language=context.desk.texts("language.name", lang))


async def _say(key: str, context: Context, **values: str) -> None:
    if await in_group(context):
        desk = context.desk
        context.work.say(desk.views.menus.plain(key, desk.announcer.lang, **values))
