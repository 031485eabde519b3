"""The buttons of the booking form. A tap edits the form's one message; where a typed word meant the button,
there is no message to edit, and the form comes down."""

from collections.abc import Awaitable, Callable

from bot.domain.answering import Health, Value
from bot.domain.errors import Forged, FormRefused, MoveRefused
from bot.domain.form import FormRefusal, Step, kept, next_step
from bot.domain.lifecycle import WAITS_FOR_CLINIC
from bot.domain.requests import Kind, Request
from bot.handlers.booking import FORM, SHARE, asks_first, close_keyboard, open_, plan, put, show_in
from bot.handlers.callbacks import Tap, Verb
from bot.handlers.context import Context
from bot.handlers.views.codes import DRAFT, KEEP, SKIP, read_day, read_month, read_step, read_time
from bot.services.fill_form import Filling
from bot.services.ports import Consent
from bot.services.screens import Screen

SENT = "sent:"
"""The key of a message whose form became a request: `sent:7:0`, the request and its version then."""


async def _at_hand(context: Context, message_id: int | None) -> Filling | None:
    """The form, where this message shows it; else the message says what became of it.

    So a tap on an old message never answers, sends or cancels anything. Typed words mean the form as it is.
    """
    work, desk = context.work, context.desk
    if work.client is None:
        return None
    filling = await desk.fill_form.present(work.tx, work.client, work.now)
    if message_id is None:
        return filling
    shown = await work.tx.shown.message(work.chat_id, FORM)
    # Nothing is remembered yet where the process was stopped between sending the form and noting it.
    if filling is not None and shown in (None, message_id):
        return filling
    request = await _sent_from(context, message_id)
    if request is not None:
        work.edit(_sent(context, request), message_id)
    elif filling is None:
        work.edit(desk.views.form.stale(work.language), message_id)
    else:
        work.edit(Screen(desk.texts.html("booking.below", work.language)), message_id)
    return None


async def _sent_from(context: Context, message_id: int) -> Request | None:
    """The request that was sent by this message."""
    work = context.work
    key = await work.tx.shown.key_of(work.chat_id, message_id) or ""
    if not key.startswith(SENT) or work.client is None:
        return None
    request = await work.tx.requests.get(int(key.split(":")[1]))
    return request if request is not None and request.client_id == work.client.id else None


def _sent(context: Context, request: Request) -> Screen:
    """What was sent, while nothing has happened to it; then how it stands."""
    work, desk = context.work, context.desk
    if request.state not in WAITS_FOR_CLINIC:
        return desk.views.bookings.detail(request, work.now, work.language)
    at = request.last.at if request.last else request.created_at
    return desk.views.form.sent(request, desk.fill_form.expected_by(at), work.language)


async def open_form(tap: Tap, context: Context, message_id: int | None) -> None:
    await open_(context)


async def open_plan(tap: Tap, context: Context, message_id: int | None) -> None:
    await plan(context)


async def plan_instead(tap: Tap, context: Context, message_id: int | None) -> None:
    """The plan instead of a treatment, in the same message."""
    work = context.work
    if await _at_hand(context, message_id) is None or work.client is None:
        return
    if await asks_first(context, Kind.PLAN):
        return
    filling = await context.desk.fill_form.begin(work.tx, work.client, work.now, Kind.PLAN)
    await show_in(context, filling, message_id)


async def answer(tap: Tap, context: Context, message_id: int | None) -> None:
    """A button of the form: its step and the value."""
    work, desk = context.work, context.desk
    present = await _at_hand(context, message_id)
    if present is None or work.client is None:
        return
    step = read_step(tap.argument(0))
    value = _value(step, tap, context, present)
    filling = await desk.fill_form.answer(work.tx, work.client, step, value, work.now)
    if filling is not None and step is Step.CONSENT and filling.form.consent:
        await work.tx.care.give_consent(work.client.id, Consent.HEALTH, work.now)
    day = value if step in (Step.DAY, Step.SECOND_DAY) else None
    await show_in(context, filling, message_id, day=day)


def _value(step: Step, tap: Tap, context: Context, present: Filling) -> Value:
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
        case _ if code == KEEP:
            return kept(present.form, step)
        case Step.NOTE if code == DRAFT and present.form.draft is not None:
            return present.form.draft
        case Step.TREATMENT:
            return code
    raise Forged("a value that no button has")


async def turn_month(tap: Tap, context: Context, message_id: int | None) -> None:
    filling = await _at_hand(context, message_id)
    if filling is not None:
        await show_in(context, filling, message_id, month=read_month(tap.argument(1)))


async def more_times(tap: Tap, context: Context, message_id: int | None) -> None:
    filling = await _at_hand(context, message_id)
    if filling is not None:
        await show_in(context, filling, message_id, all_times=True)


async def go_back(tap: Tap, context: Context, message_id: int | None) -> None:
    """One step back; from the plan's first question to the list of treatments."""
    work, desk = context.work, context.desk
    present = await _at_hand(context, message_id)
    if present is None or work.client is None:
        return
    if present.form.kind is Kind.PLAN and next_step(present.form) is present.form.path[0]:
        if await asks_first(context, Kind.APPOINTMENT):
            return
        filling: Filling | None = await desk.fill_form.begin(work.tx, work.client, work.now)
    else:
        filling = await desk.fill_form.back(work.tx, work.client, work.now)
    await show_in(context, filling, message_id)


async def reopen(tap: Tap, context: Context, message_id: int | None) -> None:
    work = context.work
    if await _at_hand(context, message_id) is None or work.client is None:
        return
    step = read_step(tap.argument(0))
    filling = await context.desk.fill_form.reopen(work.tx, work.client, step, work.now)
    await show_in(context, filling, message_id)


async def cancel(tap: Tap, context: Context, message_id: int | None) -> None:
    work = context.work
    if await _at_hand(context, message_id) is None or work.client is None:
        return
    await work.tx.forms.drop(work.client.id)
    await close_keyboard(context, None)
    await put(context, context.desk.views.form.cancelled_form(work.language), message_id)
    await work.tx.shown.forget(work.chat_id, FORM)


async def why_not(tap: Tap, context: Context, message_id: int) -> None:
    """A grey day says why it cannot be chosen."""
    state = tap.argument(0) if tap.arguments else ""
    context.work.notice = context.desk.views.form.why_not(state, context.work.language) or None


async def share_number(tap: Tap, context: Context, message_id: int | None) -> None:
    """A keyboard comes only with a new message; one that was shown before would be edited without it."""
    work = context.work
    if await _at_hand(context, message_id) is not None:
        await work.tx.shown.forget(work.chat_id, SHARE)
        work.say(context.desk.views.form.share_number(work.language), key=SHARE)


async def send(tap: Tap, context: Context, message_id: int | None) -> None:
    """The last tap. A time that is gone meanwhile opens its step again, and nothing was sent."""
    work, desk = context.work, context.desk
    filling = await _at_hand(context, message_id)
    if filling is None or work.client is None:
        return
    try:
        request = await desk.move_request.send(work.tx, work.client, filling, work.now)
    except FormRefused as refused:
        if refused.reason is FormRefusal.TOO_MANY:
            await put(context, desk.views.form.too_many(work.language), message_id)
            return
        if refused.step is not Step.SUMMARY:
            await desk.fill_form.reopen(work.tx, work.client, refused.step, work.now)
        present = await desk.fill_form.present(work.tx, work.client, work.now) or filling
        await show_in(context, Filling(present.form, present.desk, refused.reason), message_id)
        return
    except MoveRefused as refused:
        await work.tx.forms.drop(work.client.id)
        refusal = desk.views.bookings.refused(refused.reason, refused.request, work.language)
        await put(context, refusal, message_id)
        await work.tx.shown.forget(work.chat_id, FORM)
        return
    await work.tx.care.give_consent(work.client.id, Consent.BOOKING, work.now)
    await put(context, _sent(context, request), message_id, f"{SENT}{request.id}:{request.version}")
    await work.tx.shown.forget(work.chat_id, FORM)


ACTIONS: dict[Verb, Callable[[Tap, Context, int | None], Awaitable[None]]] = {
    Verb.FORM_ANSWER: answer,
    Verb.FORM_MONTH: turn_month,
    Verb.FORM_MORE: more_times,
    Verb.FORM_REOPEN: reopen,
    Verb.FORM_BACK: go_back,
    Verb.FORM_CANCEL: cancel,
    Verb.FORM_SEND: send,
    Verb.FORM_SHARE: share_number,
    Verb.FORM_PLAN: plan_instead,
}
"""What the buttons of the form itself do, tapped or typed."""
