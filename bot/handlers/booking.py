"""The client's booking form: /book, buttons, plain words. One message: taps edit it, words bring it down.

How it gets on the screen: `open_` is the way in, which goes on with a form (`take_up`), begins one (`begin`)
or asks which of two first (`asks_first`). `show_again` brings down a form that lies further up. All of these
end in `show_in`, and that in `put`, which puts the old message away (`put_away`) where a new one comes.
"""

from dataclasses import replace

from telegram import Message, Update

from bot.answers.model import Intent
from bot.answers.routed import Routed
from bot.domain.form import NOTHING_SAID, TYPED, FormRefusal, Said, Step, has_answers, next_step
from bot.domain.requests import Kind
from bot.handlers.context import Context
from bot.handlers.phone_numbers import e164
from bot.services.fill_form import Filling
from bot.services.screens import Screen

FORM = "form"
"""The key under which the form's message is remembered."""

SHARE = "share"
"""The key of the message that put a keyboard under the text field."""

INSTEAD = "instead"
"""The key of the message that asks which of two forms to go on with."""


async def book(update: Update, context: Context) -> None:
    """/book"""
    await open_(context)


async def open_(context: Context, kind: Kind = Kind.APPOINTMENT, said: Said = NOTHING_SAID) -> None:
    """The form under way, if it is one of this kind: nobody tells everything twice. Else a new one."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    form = await work.tx.forms.get(work.client.id)
    if form is not None and form.kind is kind and form.changing is None:
        await take_up(context)
    elif not await desk.fill_form.has_room(work.tx, work.client):
        # Said before the form is filled in, not after.
        work.say(desk.views.form.too_many(work.language))
    elif await asks_first(context, kind):
        if said != NOTHING_SAID:
            # A plan's form has no use for a day or time: it keeps them until the client has chosen.
            await desk.fill_form.hear(work.tx, work.client, said, work.now)
    else:
        await begin(context, kind, said)


async def plan(context: Context) -> None:
    """The training plan's form; an appointment's where the clinic has no plan."""
    await open_(context, Kind.PLAN if context.desk.clinic.plan else Kind.APPOINTMENT)


async def asks_first(context: Context, *wanted: object, message_id: int | None = None) -> bool:
    """Whether beginning another form would lose one: then nothing begins before the client has chosen.

    Args:
        wanted: what to begin, for `another_form`.
        message_id: the message that asks; else a new one.
    """
    work = context.work
    form = await work.tx.forms.get(work.client.id) if work.client is not None else None
    if form is None or not has_answers(form):
        return False
    await work.tx.shown.forget(work.chat_id, INSTEAD)
    screen = context.desk.views.form.one_or_other(form, wanted, work.language)
    if message_id is None:
        work.say(screen, key=INSTEAD)
    else:
        work.edit(screen, message_id)
        await work.tx.shown.remember(work.chat_id, INSTEAD, message_id, work.now)
    return True


async def begin(context: Context, kind: Kind = Kind.APPOINTMENT, said: Said = NOTHING_SAID) -> None:
    """A new form in a new message; one under way is replaced."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    await show_in(context, await desk.fill_form.begin(work.tx, work.client, work.now, kind, said))


async def put_away(context: Context) -> None:
    """The form's old message gets no more answers: the form goes on in a new one, further down."""
    work = context.work
    await work.tx.shown.forget(work.chat_id, INSTEAD)
    shown = await work.tx.shown.message(work.chat_id, FORM)
    if shown is not None:
        work.edit(Screen(context.desk.texts.html("booking.below", work.language)), shown)
        await work.tx.shown.forget(work.chat_id, FORM)


async def show_again(context: Context) -> None:
    """After a question in the middle of a booking was answered, the form is where it was, further down.

    One that is set aside stays so.
    """
    work = context.work
    form = await work.tx.forms.get(work.client.id) if work.client is not None else None
    if form is not None and not form.aside:
        await take_up(context)


async def take_up(context: Context) -> None:
    """The client wants their form: here it is, set aside or not."""
    work = context.work
    if work.client is None:
        return
    filling = await context.desk.fill_form.take_up(work.tx, work.client, work.now)
    if filling is not None:
        await show_in(context, filling)


def said_of(routed: Routed) -> Said:
    """What a message tells about treatment, day and time."""
    wish, slots = routed.wish, routed.slots
    if wish is None:
        return NOTHING_SAID
    # The form has room for two.
    second = wish.choices[1] if wish.choices else None
    return Said(
        treatment_id=slots.treatment if slots else None,
        day=wish.date,
        start=wish.start,
        until=wish.until,
        exact=wish.exact,
        otherwise=Said(None, second.day, second.start, second.until, second.exact) if second else None,
    )


async def on_words(routed: Routed, context: Context) -> None:
    """A booking message in plain words: into the form under way, or a new one."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    said = said_of(routed)
    filling = await desk.fill_form.present(work.tx, work.client, work.now)
    no_day_to_choose = filling is not None and filling.form.kind is Kind.PLAN and not filling.form.changing
    if filling is None or (routed.intent is Intent.BOOK and (no_day_to_choose or said == NOTHING_SAID)):
        await open_(context, said=said)
        return
    instead = routed.wish is not None and routed.wish.moves
    heard = await desk.fill_form.hear(work.tx, work.client, said, work.now, instead=instead)
    if heard is not None:
        await show_in(context, heard)


async def typed(message: Message, filling: Filling, context: Context) -> bool:
    """Text, or a number that is shared, for a step that wants it; False where it is something else."""
    work, desk = context.work, context.desk
    step = next_step(filling.form)
    if work.client is None or step not in TYPED:
        return False
    text = message.contact.phone_number if message.contact else message.text or message.caption or ""
    value = e164(text, known=message.contact is not None) if step is Step.PHONE else text
    if value is None:
        answered: Filling | None = replace(filling, refused=FormRefusal.PHONE)
    else:
        answered = await desk.fill_form.answer(work.tx, work.client, step, value, work.now)
    if answered is None:
        return False
    await show_in(context, answered)
    return True


async def close_keyboard(context: Context, filling: Filling | None) -> None:
    """Once the step for the telephone number is behind, the keyboard that sends it goes."""
    work = context.work
    if filling is not None and next_step(filling.form) is Step.PHONE:
        return
    if await work.tx.shown.message(work.chat_id, SHARE) is None:
        return
    await work.tx.shown.forget(work.chat_id, SHARE)
    taken = filling is not None and filling.form.personal.phone is not None
    work.say(context.desk.views.form.number_taken(work.language, taken=taken))


def _screen(context: Context, filling: Filling, **options: object) -> Screen:
    return context.desk.views.form.form(
        filling.form,
        filling.desk,
        context.work.language,
        refused=filling.refused,
        **options,  # type: ignore[arg-type]
    )


async def show_in(
    context: Context, filling: Filling | None, message_id: int | None = None, **options: object
) -> None:
    """The form where it was tapped, or below what was typed; a form that is gone says so."""
    work, desk = context.work, context.desk
    await close_keyboard(context, filling)
    # What the client was asked about another form was asked of this one as it was before.
    await work.tx.shown.forget(work.chat_id, INSTEAD)
    if filling is None:
        await put(context, desk.views.form.stale(work.language), message_id)
    else:
        await put(context, _screen(context, filling, **options), message_id, FORM)


async def put(context: Context, screen: Screen, message_id: int | None, key: str | None = None) -> None:
    """In place; without a place in a new message, for the form may be screens above. Known under `key`."""
    work = context.work
    if message_id is None:
        await put_away(context)
        work.say(screen, key=key)
        return
    work.edit(screen, message_id)
    if key is not None:
        await work.tx.shown.remember(work.chat_id, key, message_id, work.now)


async def cancel_command(update: Update, context: Context) -> None:
    """/cancel leaves the form; without one it says what there is to cancel."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    if await work.tx.forms.get(work.client.id) is None:
        work.say(desk.views.form.no_form(work.language))
        return
    await put_away(context)
    await work.tx.forms.drop(work.client.id)
    await close_keyboard(context, None)
    work.say(desk.views.form.cancelled_form(work.language))
