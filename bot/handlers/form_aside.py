"""The booking form of somebody for whom something else matters now."""

from bot.handlers.booking import FORM, INSTEAD
from bot.handlers.context import Context


async def set_aside(context: Context) -> None:
    """Something graver came between: the form is kept, takes no words, and doesn't come by itself."""
    work, desk = context.work, context.desk
    if work.client is None or not await desk.fill_form.set_aside(work.tx, work.client, work.now):
        return
    await work.tx.shown.forget(work.chat_id, INSTEAD)
    shown = await work.tx.shown.message(work.chat_id, FORM)
    if shown is not None:
        work.edit(desk.views.form.aside(work.language), shown)
        await work.tx.shown.forget(work.chat_id, FORM)
