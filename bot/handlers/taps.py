"""Taps on buttons. Stale, repeated and foreign ones are harmless: each leads to a whole message."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.domain.errors import Forged
from bot.handlers import (
    another_form,
    bookings,
    browse,
    care,
    care_reminders,
    check_ins,
    form_taps,
    menus,
    person,
    privacy,
    staff,
    staff_lists,
    talk,
    waiting_list,
)
from bot.handlers.callbacks import Tap, Verb, parse
from bot.handlers.context import Context

Answerer = Callable[[Tap, Context, int], Awaitable[None]]


async def on_tap(update: Update, context: Context) -> None:
    """Every button leads here; the list below says what its verb does."""
    query = update.callback_query
    if query is None or context.work.client is None:
        return
    try:
        tap = parse(query.data or "")
        chat = query.message.chat if query.message else None
        if tap.verb in IN_PRIVATE and chat is not None and chat.type != chat.PRIVATE:
            # Names, numbers and health are nobody else's business.
            _close(query, context, context.desk.texts("tap.private", context.work.language))
            return
        message_id = query.message.message_id if query.message else 0
        if isinstance(query.message, Message):
            context.work.about = query.message.reply_to_message
        if context.work.stranger:
            await _by_stranger(tap, context)
        await ACTIONS[tap.verb](tap, context, message_id)
    except (Forged, KeyError, ValueError):
        _close(query, context, context.desk.texts("tap.stale", context.work.language))
        return
    _close(query, context, context.work.notice)


async def _by_stranger(tap: Tap, context: Context) -> None:
    """Raises Forged for what speaks of something that is deleted."""
    if tap.verb in OF_BEFORE:
        raise Forged("of what is deleted")
    if tap.verb in BEGINS or (tap.verb in CONSENTS and tap.argument() == "1"):
        await context.work.begin_anew()


def _close(query: CallbackQuery, context: Context, text: str | None = None) -> None:
    """Every tap is answered, or the button goes on spinning."""

    async def close(bot: Bot) -> None:
        # A query older than Telegram remembers: nobody waits for it any more.
        with suppress(BadRequest):
            await bot.answer_callback_query(query.id, text)

    context.work.later(close)


ACTIONS: dict[Verb, Answerer] = {
    Verb.ENTRY: browse.show_entry,
    Verb.ENTRY_BELOW: browse.show_entry_below,
    Verb.MORE: browse.show_more,
    Verb.WHY: browse.show_why,
    Verb.RELATED: browse.show_related,
    Verb.HELPED: browse.helped,
    Verb.TOPICS: browse.show_topics,
    Verb.TOPIC: browse.show_topic,
    Verb.HELP: menus.show_help,
    Verb.LANGUAGE: menus.show_language,
    Verb.SET_LANGUAGE: menus.set_language,
    Verb.PERSON: person.ask_for_question,
    Verb.BOOK: form_taps.open_form,
    Verb.PLAN: form_taps.open_plan,
    Verb.NOTHING: form_taps.why_not,
    **form_taps.ACTIONS,
    Verb.FORM_GO_ON: another_form.go_on,
    Verb.FORM_INSTEAD: another_form.instead,
    Verb.WAIT_JOIN: waiting_list.join,
    Verb.WAIT_ACCEPT: waiting_list.accept,
    Verb.WAIT_REFUSE: waiting_list.refuse,
    Verb.WAIT_LEAVE: waiting_list.leave,
    Verb.MINE: bookings.show_list,
    Verb.MINE_DETAIL: bookings.show_detail,
    Verb.MINE_CHANGE: bookings.change,
    Verb.MINE_CANCEL: bookings.ask_cancel,
    Verb.MINE_CANCEL_YES: bookings.cancel,
    Verb.MINE_KEEP: bookings.keep,
    Verb.MINE_ACCEPT: bookings.accept,
    Verb.MINE_COMING: bookings.coming,
    Verb.MINE_ANSWER: talk.pass_on,
    Verb.CARD: staff.show_card,
    Verb.CARD_CONFIRM: staff.confirm,
    Verb.CARD_DAYS: staff.choose_day,
    Verb.CARD_TIMES: staff.choose_time,
    Verb.CARD_PROPOSE: staff.propose,
    Verb.CARD_REASONS: staff.choose_reason,
    Verb.CARD_REASON: staff.confirm_reason,
    Verb.CARD_DECIDE: staff.decide,
    Verb.CARD_ASK: staff.ask_client,
    Verb.CARD_NO_SHOW: staff.no_show,
    Verb.CARD_UNDO: staff.undo_no_show,
    Verb.CARD_TODAY: staff_lists.show_today,
    Verb.CARD_WEEK: staff_lists.show_week,
    Verb.SELF_CARE: care.open_care,
    Verb.CARE_NEEDS: care.choose_needs,
    Verb.CARE_SUGGEST: care.suggest,
    Verb.CARE_ACTION: care.show_action,
    Verb.CARE_WHY: care.show_why,
    Verb.CARE_GUIDE: care.guide,
    Verb.CARE_STOP: care.stop_guide,
    Verb.CARE_RATE: care.rate,
    Verb.CARE_HISTORY: care.show_history,
    Verb.CARE_RESET: care.reset,
    Verb.CHECK_IN: check_ins.check_in,
    Verb.CHECK_IN_NEED: check_ins.say_need,
    Verb.CHECK_IN_CONSENT: check_ins.consent,
    Verb.MOOD: check_ins.show_weeks,
    Verb.REMINDERS: care_reminders.show,
    Verb.REMINDER_TIME: care_reminders.choose_time,
    Verb.REMINDER_DAYS: care_reminders.choose_days,
    Verb.REMINDER_QUIET: care_reminders.choose_quiet,
    Verb.REMINDER_STOP: care_reminders.stop,
    Verb.REMINDER_SNOOZE: care_reminders.snooze,
    Verb.REMINDER_CONSENT: care_reminders.consent,
    Verb.PRIVACY: privacy.show_policy,
    Verb.MY_DATA: privacy.send_data,
    Verb.CONSENTS: privacy.show_consents,
    Verb.CONSENT_WITHDRAW: privacy.withdraw,
    Verb.DELETE: privacy.ask_delete,
    Verb.DELETE_YES: privacy.delete_yes,
    Verb.DELETE_NO: privacy.delete_no,
    Verb.SOS: menus.show_sos,
}

IN_PRIVATE = frozenset(
    verb
    for verb in Verb
    if verb in (Verb.BOOK, Verb.PLAN, Verb.PERSON, Verb.SELF_CARE)
    or verb.name.startswith(("FORM_", "WAIT_", "MINE", "CARE_", "CHECK_IN", "MOOD", "REMINDER"))
    or verb.name.startswith(("PRIVACY", "MY_DATA", "CONSENT", "DELETE"))
)
"""What is between one client and the clinic: not in a group, where an answer's buttons can be tapped too."""

BEGINS = frozenset({Verb.BOOK, Verb.PLAN, Verb.CARE_SUGGEST, Verb.CARE_GUIDE, Verb.SET_LANGUAGE})
"""Wishes that make a client of a stranger, as words would; so does a yes to one of the next."""

CONSENTS = frozenset({Verb.CHECK_IN_CONSENT, Verb.REMINDER_CONSENT})

OF_BEFORE = frozenset({Verb.HELPED, Verb.CARE_RATE, Verb.WAIT_JOIN, Verb.FORM_INSTEAD})
"""What a stranger would say of an answer, an action or a form that is deleted."""
