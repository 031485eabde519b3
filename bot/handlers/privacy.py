"""/privacy /mydata /delete: a client's data in their own hands."""

from telegram import Update

from bot.handlers import check_ins
from bot.handlers.callbacks import Tap
from bot.handlers.context import Context
from bot.services.ports import Consent
from bot.services.screens import Screen


async def privacy(update: Update, context: Context) -> None:
    """/privacy"""
    context.work.say(_policy(context))


async def show_policy(tap: Tap, context: Context, message_id: int) -> None:
    context.work.edit(_policy(context), message_id)


def _policy(context: Context) -> Screen:
    desk = context.desk
    return desk.views.privacy.policy(desk.privacy.keep, desk.policy_url, context.work.language)


async def show_consents(tap: Tap, context: Context, message_id: int) -> None:
    await _consents(context, message_id)


async def withdraw(tap: Tap, context: Context, message_id: int) -> None:
    """One tap takes a consent back; a second one finds it gone and does no harm."""
    work, desk = context.work, context.desk
    assert work.client is not None
    kind = Consent(tap.argument())
    done = await desk.privacy.withdraw(work.tx, work.client, kind, work.now)
    if done:
        if kind is Consent.MOOD:
            await check_ins.put_away(context)
        work.later(lambda _: desk.tidy())
    await _consents(context, message_id, f"privacy.withdrawn.{kind}" if done else "privacy.withdraw.refused")


async def _consents(context: Context, message_id: int, told: str | None = None) -> None:
    work, desk = context.work, context.desk
    assert work.client is not None
    given = await desk.privacy.consents(work.tx, work.client)
    work.edit(desk.views.privacy.consents(given, work.language, told=told), message_id)


async def mydata(update: Update, context: Context) -> None:
    """/mydata"""
    await _send_data(context)


async def send_data(tap: Tap, context: Context, message_id: int) -> None:
    await _send_data(context)


async def _send_data(context: Context) -> None:
    """A summary to read, and the file below it."""
    work, desk = context.work, context.desk
    if work.client is None:
        return
    records = await desk.privacy.everything(work.tx, work.client)
    known = await desk.fill_form.known(work.tx, work.client)
    work.say(desk.views.privacy.summary(work.client, records, known, work.language))
    work.say(desk.views.privacy.file(records, work.now, work.language))


async def delete(update: Update, context: Context) -> None:
    """/delete asks first."""
    await _ask(context)


async def ask_delete(tap: Tap, context: Context, message_id: int) -> None:
    await _ask(context)


async def _ask(context: Context) -> None:
    work, desk = context.work, context.desk
    if work.client is not None:
        outlook = await desk.privacy.outlook(work.tx, work.client, work.now)
        work.say(desk.views.privacy.ask_delete(outlook, work.language))


async def delete_yes(tap: Tap, context: Context, message_id: int) -> None:
    """It is done in the transaction of this tap; the answer is all that is still sent to the client."""
    work, desk = context.work, context.desk
    assert work.client is not None
    await check_ins.put_away(context)
    deletion = await desk.privacy.delete(work.tx, work.client, work.now)
    work.edit(desk.views.privacy.deleted(deletion, work.language), message_id)
    work.later(lambda _: desk.tidy())


async def delete_no(tap: Tap, context: Context, message_id: int) -> None:
    context.work.edit(context.desk.views.privacy.kept(context.work.language), message_id)
