"""The client's booking form: /book, buttons, plain words. One message, edited at every step."""

import phonenumbers
from telegram import Message, Update

from bot.answers.model import Intent
from bot.answers.route import Routed
from bot.domain.answering import Health, Value, kept
from bot.domain.errors import Forged, FormRefused, MoveRefused
from bot.domain.form import NOTHING_SAID, TYPED, FormRefusal, Said, Step, next_step
from bot.domain.requests import Kind
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.handlers.views.codes import KEEP, SKIP, read_day, read_month, read_step, read_time
from bot.services.fill_form import Filling
from bot.services.screens import Screen

FORM = "form"
"""The key under which the form's message is remembered."""

COUNTRY = "JP"
"""Numbers without a country code are read as Japanese."""


async def book(update: Update, context: Context) -> None:
    """/book"""
    await begin(context)


async def begin(context: Context, kind: Kind = Kind.APPOINTMENT, said: Said = NOTHING_SAID) -> None:
    """A new form in a new message; one under way is replaced."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    await put_away(context)
    filling = await desk.fill_form.begin(work.tx, work.client, work.now, kind, said)
    work.say(_screen(context, filling), key=FORM)


async def put_away(context: Context) -> None:
    """The form's old message gets no more answers: the form goes on in a new one, further down."""
    work = context.work
    shown = await work.tx.shown.message(work.chat_id, FORM)
    if shown is not None:
        work.edit(Screen(context.desk.texts.html("booking.below", work.language)), shown)
        await work.tx.shown.forget(work.chat_id, FORM)


async def show_again(context: Context) -> None:
    """After a question in the middle of a booking was answered, the form is where it was, further down."""
    work = context.work
    if work.client is None:
        return
    filling = await context.desk.fill_form.present(work.tx, work.client, work.now)
    if filling is not None:
        await put_away(context)
        work.say(_screen(context, filling), key=FORM)


def said_of(routed: Routed) -> Said:
    """What a message tells about treatment, day and time."""
    wish, slots = routed.wish, routed.slots
    if wish is None:
        return NOTHING_SAID
    return Said(
        treatment_id=slots.treatment if slots else None,
        day=wish.date,
        start=wish.start,
        until=wish.until,
        exact=wish.exact,
    )


async def on_words(routed: Routed, context: Context) -> None:
    """A booking message in plain words: into the form under way, or a new one."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    said = said_of(routed)
    filling = await desk.fill_form.present(work.tx, work.client, work.now)
    if filling is None or (routed.intent is Intent.BOOK and said == NOTHING_SAID):
        await begin(context, said=said)
        return
    heard = await desk.fill_form.hear(work.tx, work.client, said, work.now)
    if heard is not None:
        await put_away(context)
        work.say(_screen(context, heard), key=FORM)


async def typed(message: Message, context: Context) -> bool:
    """Text for a step that wants it; False where the text is something else."""
    work, desk = context.work, context.desk
    if work.client is None:
        return False
    filling = await desk.fill_form.present(work.tx, work.client, work.now)
    if filling is None or next_step(filling.form) not in TYPED:
        return False
    step = next_step(filling.form)
    text = message.contact.phone_number if message.contact else message.text or ""
    value: str | None = text
    if step is Step.PHONE:
        value = _e164(text)
        if value is None:
            work.say(_screen(context, Filling(filling.form, filling.desk, FormRefusal.PHONE)), key=FORM)
            return True
    elif message.contact is not None:
        return False
    answered = await desk.fill_form.answer(work.tx, work.client, step, value, work.now)
    if message.contact is not None:
        work.say(desk.views.form.number_taken(work.language))
    if answered is not None:
        work.say(_screen(context, answered), key=FORM)
    return True


def _e164(text: str) -> str | None:
    """The number in international form, or None where it is none. +81 stands before Japanese ones."""
    plain = text.strip()
    try:
        # Telegram's contacts come without the plus.
        number = phonenumbers.parse(plain, COUNTRY)
        if not phonenumbers.is_valid_number(number):
            number = phonenumbers.parse(f"+{plain}", COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _screen(context: Context, filling: Filling, **options: object) -> Screen:
    return context.desk.views.form.form(
        filling.form,
        filling.desk,
        context.work.language,
        refused=filling.refused,
        **options,  # type: ignore[arg-type]
    )


async def _show(context: Context, filling: Filling | None, message_id: int, **options: object) -> None:
    """In place; a form that is gone says so."""
    work, desk = context.work, context.desk
    if filling is None:
        work.edit(desk.views.form.stale(work.language), message_id)
    else:
        work.edit(_screen(context, filling, **options), message_id)
        await work.tx.shown.remember(work.chat_id, FORM, message_id, work.now)


async def open_form(tap: Tap, context: Context, message_id: int) -> None:
    await begin(context)


async def open_plan(tap: Tap, context: Context, message_id: int) -> None:
    await begin(context, Kind.PLAN)


async def answer(tap: Tap, context: Context, message_id: int) -> None:
    """A button of the form: its step and the value."""
    work, desk = context.work, context.desk
    assert work.client is not None
    step = read_step(tap.argument(0))
    present = await desk.fill_form.present(work.tx, work.client, work.now)
    value = _value(step, tap, context, present)
    filling = await desk.fill_form.answer(work.tx, work.client, step, value, work.now)
    day = value if step in (Step.DAY, Step.SECOND_DAY) else None
    await _show(context, filling, message_id, day=day)


def _value(step: Step, tap: Tap, context: Context, present: Filling | None) -> Value:
    code = tap.argument(1)
    if code == SKIP:
        return None
    match step:
        case Step.DAY | Step.SECOND_DAY:
            return read_day(code)
        case Step.TIME | Step.SECOND_TIME:
            return read_time(context.desk.clinic, code, tap.argument(2))
        case Step.CONSENT:
            return code == "1"
        case Step.HEALTH:
            return Health(code, tap.argument(2) == "1")
        case _ if code == KEEP and present is not None:
            return kept(present.form, step)
        case Step.TREATMENT:
            return code
    raise Forged("a value that no button has")


async def turn_month(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    assert work.client is not None
    filling = await context.desk.fill_form.present(work.tx, work.client, work.now)
    await _show(context, filling, message_id, month=read_month(tap.argument(1)))


async def more_times(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    assert work.client is not None
    filling = await context.desk.fill_form.present(work.tx, work.client, work.now)
    await _show(context, filling, message_id, all_times=True)


async def go_back(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    assert work.client is not None
    await _show(context, await context.desk.fill_form.back(work.tx, work.client, work.now), message_id)


async def reopen(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    assert work.client is not None
    step = read_step(tap.argument(0))
    await _show(
        context, await context.desk.fill_form.reopen(work.tx, work.client, step, work.now), message_id
    )


async def cancel(tap: Tap, context: Context, message_id: int) -> None:
    work = context.work
    assert work.client is not None
    await work.tx.forms.drop(work.client.id)
    await work.tx.shown.forget(work.chat_id, FORM)
    work.edit(context.desk.views.form.cancelled_form(work.language), message_id)


async def cancel_command(update: Update, context: Context) -> None:
    """/cancel leaves the form; without one it says what there is to cancel."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    if await work.tx.forms.get(work.client.id) is None:
        work.say(desk.views.form.stale(work.language))
        return
    await put_away(context)
    await work.tx.forms.drop(work.client.id)
    work.say(desk.views.form.cancelled_form(work.language))


async def share_number(tap: Tap, context: Context, message_id: int) -> None:
    context.work.say(context.desk.views.form.share_number(context.work.language))


async def send(tap: Tap, context: Context, message_id: int) -> None:
    """The last tap. A time that is gone meanwhile opens its step again, and nothing was sent."""
    work, desk = context.work, context.desk
    assert work.client is not None
    filling = await desk.fill_form.present(work.tx, work.client, work.now)
    if filling is None:
        work.edit(desk.views.form.stale(work.language), message_id)
        return
    try:
        request = await desk.move_request.send(work.tx, work.client, filling, work.now)
    except FormRefused as refused:
        if refused.reason is FormRefusal.TOO_MANY:
            work.edit(desk.views.form.too_many(work.language), message_id)
            return
        if refused.step is not Step.SUMMARY:
            await desk.fill_form.reopen(work.tx, work.client, refused.step, work.now)
        present = await desk.fill_form.present(work.tx, work.client, work.now) or filling
        await _show(context, Filling(present.form, present.desk, refused.reason), message_id)
        return
    except MoveRefused as refused:
        await work.tx.forms.drop(work.client.id)
        work.edit(desk.views.bookings.refused(refused.reason, refused.request, work.language), message_id)
        return
    await work.tx.shown.forget(work.chat_id, FORM)
    expected = desk.fill_form.expected_by(work.now)
    work.edit(desk.views.form.sent(request, expected, work.language), message_id)


async def join_waiting_list(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    if desk.clinic.treatment(tap.argument(0)) is None:
        raise Forged("a treatment that is no more")
    place = await desk.wait.join(work.tx, work.client, tap.argument(0), read_day(tap.argument(1)), work.now)
    work.say(desk.views.bookings.waiting_list_joined(place.day, work.language))


async def accept_offer(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    filling = await desk.wait.accept(work.tx, work.client, int(tap.argument(0)), work.now)
    if filling is None:
        work.edit(desk.views.bookings.waiting_list_gone(work.language), message_id)
        return
    await put_away(context)
    await _show(context, filling, message_id)


async def refuse_offer(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    place = await desk.wait.refuse(work.tx, work.client, int(tap.argument(0)), work.now)
    views = desk.views.bookings
    screen = (
        views.waiting_list_joined(place.day, work.language)
        if place
        else views.waiting_list_gone(work.language)
    )
    work.edit(screen, message_id)


async def leave_waiting_list(tap: Tap, context: Context, message_id: int) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    await desk.wait.leave(work.tx, work.client, int(tap.argument(0)))
    work.edit(desk.views.bookings.waiting_list_left(work.language), message_id)
