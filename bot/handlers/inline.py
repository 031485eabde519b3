"""Inline mode: `@bot question` in any chat sends an answer card."""

from contextlib import suppress

from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answers.model import Entry, Route
from bot.answers.normalise import language_of
from bot.domain.language import Language
from bot.handlers.context import Context

CARDS = 5
CACHE_SECONDS = 60


async def on_inline(update: Update, context: Context) -> None:
    """What is typed here is not yet said: none of it is kept, nor who typed it becomes a client.

    A message of danger gets help, no cards.
    """
    query = update.inline_query
    work, desk = context.work, context.desk
    if query is None or work.client is None:
        return
    fallback = work.language
    routed = desk.router.route(query.query, work.now, fallback)
    language = language_of(query.query) or fallback
    if routed.route in (Route.CRISIS, Route.RED_FLAG):
        screen = desk.views.reply(routed)
        cards = [_card("help", desk.texts("inline.help", language), "", screen.html)]
    else:
        found = [each.entry for each in routed.alternatives]
        entries = [desk.knowledge.entries[each] for each in found][:CARDS]
        cards = [_answer_card(each, language, context) for each in entries if not each.missing]

    async def answer(bot: Bot) -> None:
        # The client may have typed on: a newer query is on its way then.
        with suppress(BadRequest):
            await bot.answer_inline_query(query.id, cards, cache_time=CACHE_SECONDS, is_personal=True)

    work.later(answer)


def _answer_card(entry: Entry, language: Language, context: Context) -> InlineQueryResultArticle:
    screen = context.desk.views.answers.answer(entry, language, thanked=False)
    return _card(entry.id, entry.title[language], entry.short[language][:120], screen.html)


def _card(card_id: str, title: str, description: str, html: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=card_id,
        title=title,
        description=description,
        input_message_content=InputTextMessageContent(html, parse_mode=ParseMode.HTML),
    )
