"""A client asks something."""

from datetime import datetime

from bot.answers.model import Route
from bot.answers.route import Router
from bot.answers.routed import Routed
from bot.domain.clients import Client
from bot.domain.concern import Concern
from bot.services.mask import mask
from bot.services.ports import Transaction


async def ask(
    tx: Transaction,
    router: Router,
    client: Client,
    text: str,
    now: datetime,
    *,
    concern: Concern | None = None,
) -> Routed:
    """Route the message, count it, and keep it, masked, where nobody here had an answer.

    What tells of a crisis, of health or of distress is never kept, nor what follows on a `concern`: a counter
    of the day is all.
    """
    routed = router.route(text, now, fallback=client.speaks)
    day = now.date()
    await tx.counters.count(f"route.{routed.route}", day)
    if routed.finding is not None:
        await tx.counters.count(f"safety.{routed.finding.safety}", day)
    if routed.route in (Route.HAND_OVER, Route.CLARIFY) and not (routed.private or routed.command or concern):
        await tx.questions.add_unanswered(client.id, routed.language, mask(text), routed.route, now)
    return routed
