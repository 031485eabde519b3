"""A client is shown something to do, says whether it helped, and can look at all that and forget it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.care import Action, Experience, Need, choose
from bot.domain.clients import Client
from bot.services.ports import Transaction


class SelfCare:
    """What was tried steers what comes next; nothing else is kept."""

    def __init__(self, actions: Sequence[Action]) -> None:
        self._actions = {each.id: each for each in actions}

    def action(self, action_id: str) -> Action:
        """Raises KeyError for one that is no more."""
        return self._actions[action_id]

    async def suggest(
        self, tx: Transaction, client: Client, needs: Sequence[Need], minutes: int, now: datetime
    ) -> Action | None:
        """The action to show, remembered as shown; None where nothing fits."""
        history = await tx.care.experiences(client.id)
        action = choose(tuple(self._actions.values()), needs, minutes, history, now, client.id)
        if action is not None:
            await tx.care.add_experience(client.id, action.id, now)
        return action

    async def rate(
        self, tx: Transaction, client: Client, action: Action, *, helped: bool, now: datetime
    ) -> None:
        """The client's word on the last time; the newest word counts."""
        if await self._last(tx, client, action) is None:
            # Shown before everything was forgotten; what is said now counts from now on.
            await tx.care.add_experience(client.id, action.id, now)
        await tx.care.rate_experience(client.id, action.id, helped=helped)

    async def rated(self, tx: Transaction, client: Client, action: Action) -> bool | None:
        """What the client said of the last time, if anything."""
        last = await self._last(tx, client, action)
        return last.helped if last else None

    async def _last(self, tx: Transaction, client: Client, action: Action) -> Experience | None:
        own = [each for each in await tx.care.experiences(client.id) if each.action_id == action.id]
        return own[-1] if own else None
