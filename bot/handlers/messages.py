"""Whatever a client writes in plain words, and whatever is not words."""

import re

from telegram import Message, Update

from bot.answers.model import Route, Safety
from bot.answers.route import CRISIS
from bot.answers.routed import Routed
from bot.domain.form import Step, next_step
from bot.domain.subject import Subject
from bot.domain.typed import ASKING
from bot.handlers import (
    booking,
    care,
    care_reminders,
    follow_ups,
    form_aside,
    form_words,
    offers,
    person,
    plain_words,
    talk,
    wishes,
)
from bot.handlers.context import Context
from bot.handlers.message_keys import reply_key
from bot.services.ask import ask
from bot.services.fill_form import Filling
from bot.services.stay import stay

STOPS_EVERYTHING = CRISIS | {Safety.MEDICAL_SOON}
"""Found in any text, also in the middle of a form, these come before everything else."""


async def on_text(update: Update, context: Context) -> None:
    """A question, a wish, an answer to somebody, or somebody in danger: safety is looked at first."""
    message = update.effective_message
    if message is None or context.work.client is None:
        return
    text = message.text or message.caption or ""
    edited = update.edited_message is not None
    in_danger = context.desk.router.stops_everything(text, STOPS_EVERYTHING)
    if in_danger:
        await context.work.understood(text)
    elif await _for_clinic(message, context, edited=edited):
        return
    if in_danger or edited:
        await answer(update, text, context, edited=edited)
        return
    filling = await _form_at_hand(context)
    if filling is not None and await form_words.taken(text, filling, context):
        return
    if not await offers.answered(text, context):
        if filling is not None and await _typed(message, text, filling, context):
            return
        await context.work.understood(text)
        if not (await follow_ups.taken(text, context) or await care_reminders.typed(text, context)):
            await answer(update, text, context)
    await talk.offer_to_pass_on(message, context)


async def _form_at_hand(context: Context) -> Filling | None:
    """The client's form, unless it is set aside: then no words are taken for it."""
    work = context.work
    filling = await context.desk.fill_form.present(work.tx, work.client, work.now) if work.client else None
    return None if filling is None or filling.form.aside else filling


async def _typed(message: Message, text: str, filling: Filling, context: Context) -> bool:
    """Whether the text is what the form's step wants to have typed."""
    asks = await _is_question_in_form(text, filling, context)
    return not asks and await booking.typed(message, filling, context)


async def _is_question_in_form(text: str, filling: Filling, context: Context) -> bool:
    """A question while a name, number or note is wanted: it looks like one, and its route is sure."""
    work, step = context.work, next_step(filling.form)
    if work.client is None or step not in (Step.NAME, Step.PHONE, Step.NOTE):
        return False
    routed = context.desk.router.route(text, work.now, work.language)
    named = routed.finding is not None and not routed.finding.sign
    if step is not Step.NOTE and (routed.command is not None or named):
        return True  # a wish, sadness or an illness that is named is nobody's name or number
    if not ASKING.search(text) or routed.route not in (Route.ANSWER, Route.BOOKING):
        return False
    if step is Step.NOTE:
        # A note may be put as a question: it is answered, and one tap still makes a note of it.
        await context.desk.fill_form.put_by(work.tx, work.client, text, work.now)
    return True


async def _for_clinic(message: Message, context: Context, *, edited: bool = False) -> bool:
    """A reply to a message that asked for what is to go to the people at the clinic, or what has gone there
    and is edited now."""
    work = context.work
    gone = await work.tx.shown.key_of(work.chat_id, message.message_id) if edited else None
    # What raised an alarm has not gone to the clinic, and what it is edited into is for the bot alone.
    if edited and gone is None and work.client and await work.tx.threads.concern(work.client.id, work.now):
        return False
    asked = await person.handed_over(message, context, gone)
    return asked or await talk.answered_clinic(message, context, gone)


async def on_group_message(update: Update, context: Context) -> None:
    """In a group: a reply to a card, or the bot is mentioned or replied to."""
    message = update.effective_message
    if message is None or context.work.client is None:
        return
    if await talk.on_reply(message, context, edited=update.edited_message is not None):
        return
    text = re.sub(
        rf"@{re.escape(context.desk.bot_name)}\b", " ", message.text or "", flags=re.IGNORECASE
    ).strip()
    if text:
        await answer(update, text, context)


async def answer(update: Update, text: str, context: Context, *, edited: bool = False) -> None:
    """Find out what it is, and reply.

    What is asked for is done where the client writes to the bot alone, and at once: in a group, and where a
    message was edited, words are only replied to.
    """
    work, desk, message = context.work, context.desk, update.effective_message
    assert work.client is not None and message is not None
    private = message.chat.type == message.chat.PRIVATE
    concern = await work.tx.threads.concern(work.client.id, work.now)
    routed = await ask(work.tx, desk.router, work.client, text, work.now, concern=concern)
    answered = await stay(work.tx, work.client, routed, concern, work.now) if private else None
    if answered is not None:
        work.say(desk.views.safety.stay(*answered, routed.language), key=reply_key(message))
        return
    at_once = private and not edited
    if at_once and await plain_words.done(routed, update, context):
        return
    if at_once and routed.route is Route.BOOKING:
        await wishes.seen_to(routed, context)
        return
    # The message's number varies the words without keeping anything about who was in danger. Between two of
    # the client's messages lies one of the bot's, so that half of it changes with each.
    turn = message.message_id // 2 if routed.finding is not None else 0
    quoted = None if private else message.message_id
    work.say(desk.views.reply(routed, turn, apart=at_once), key=reply_key(message), reply_to=quoted)
    if routed.answered is not None and not (routed.private or concern):
        work.subject = Subject(routed.answered.id)
    await _after_reply(routed, message, context, private=private, edited=edited)


async def _after_reply(
    routed: Routed, message: Message, context: Context, *, private: bool, edited: bool
) -> None:
    """What else is under way stops, or goes on below: the form, and a guide that runs."""
    work = context.work
    stops = routed.finding is not None and routed.finding.safety in STOPS_EVERYTHING
    if stops and private:
        await form_aside.set_aside(context)
    if stops or edited:
        reply = await work.tx.shown.message(work.chat_id, reply_key(message)) if private else None
        await care.hush(context, reply)
    elif private and routed.wishes:
        # A wish to come stands beside what the therapist must know, or beside sadness.
        await wishes.seen_to(routed, context)
    elif private:
        await booking.show_again(context)


async def on_something_else(update: Update, context: Context) -> None:
    """Voice, pictures, stickers, places: a sensible word, and what Teate can read."""
    message = update.effective_message
    if message is None or message.chat.type != message.chat.PRIVATE:
        return
    if message.caption:
        await on_text(update, context)
        return
    if message.contact is not None and await _number_shared(message, context):
        return
    if update.edited_message is None and await _for_clinic(message, context):
        return
    kind = next(
        (
            name
            for name, held in {
                "voice": message.voice or message.audio or message.video_note,
                "picture": message.photo or message.video or message.animation,
                "sticker": message.sticker or message.dice,
                "place": message.location or message.venue,
                "document": message.document,
                "contact": message.contact,
            }.items()
            if held
        ),
        "unknown",
    )
    work = context.work
    work.say(context.desk.views.menus.plain(f"cannot_read.{kind}", work.language), key=reply_key(message))
    await booking.show_again(context)


async def _number_shared(message: Message, context: Context) -> bool:
    """The keyboard that sends a number belongs to the form and to nothing else, set aside or not."""
    work, desk = context.work, context.desk
    filling = await desk.fill_form.present(work.tx, work.client, work.now) if work.client else None
    if filling is None or work.client is None or next_step(filling.form) is not Step.PHONE:
        return False
    taken_up = await desk.fill_form.take_up(work.tx, work.client, work.now) if filling.form.aside else None
    return await booking.typed(message, taken_up or filling, context)


async def on_unknown_command(update: Update, context: Context) -> None:
    """A command that is not ours, in a private chat."""
    work = context.work
    work.say(context.desk.views.menus.plain("command.unknown", work.language))
