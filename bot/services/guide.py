"""Guided actions: one message that moves on by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.domain.care import Action, Ending, Need
from bot.domain.clients import Client
from bot.domain.language import Language
from bot.services.ports import RunningGuide, Transaction
from bot.services.screens import Outgoing, Screen
from bot.services.tell import tell

GUIDE = "guide"
"""The key of the message that a client's guide runs in."""

BETWEEN = "+"


class GuideScreens(Protocol):
    """What a guide looks like."""

    def stage(
        self, action: Action, number: int, needs: Sequence[Need], minutes: int, lang: Language
    ) -> Screen: ...

    def ended(
        self, action: Action, ending: Ending, needs: Sequence[Need], minutes: int, lang: Language
    ) -> Screen: ...


class Guides:
    """At most one a client. Ticks keep the pace: whoever was held up goes on where it should be now.

    A guide that began before `since`, the start of this process, was interrupted: it says so and ends. (A
    second process that starts beside a running one ends its guides too.)
    """

    def __init__(self, actions: Sequence[Action], screens: GuideScreens, since: datetime) -> None:
        self._actions = {each.id: each for each in actions}
        self._screens = screens
        self._since = since

    async def running(self, tx: Transaction, client: Client) -> RunningGuide | None:
        return next((each for each in await tx.care.running_guides() if each.client_id == client.id), None)

    async def start(
        self,
        tx: Transaction,
        client: Client,
        action: Action,
        needs: Sequence[Need],
        minutes: int,
        message_id: int,
        now: datetime,
    ) -> Screen:
        """The first stage, to be shown in that message under the key GUIDE.

        Raises ValueError for an action that has no guide. One that runs already must be ended before.
        """
        screen = self._screens.stage(action, 0, needs, minutes, client.speaks)
        guide = RunningGuide(
            client.id, action.id, BETWEEN.join(needs), minutes, client.speaks, message_id, now, 0
        )
        await tx.care.start_guide(guide)
        await tx.shown.remember(client.id, GUIDE, message_id, now)
        return screen

    async def end(self, tx: Transaction, guide: RunningGuide, ending: Ending) -> Screen | None:
        """What its message says from now on; None where somebody else has ended it."""
        action = self._actions.get(guide.action_id)
        if not await tx.care.end_guide(guide.client_id) or action is None:
            return None
        await tx.shown.forget(guide.client_id, GUIDE)
        return self._screens.ended(action, ending, _needs(guide), guide.minutes, guide.language)

    async def tick(self, tx: Transaction, now: datetime) -> None:
        """Move on what has reached its next stage; stages that are past already are left out."""
        for guide in await tx.care.running_guides():
            client = await tx.clients.get(guide.client_id)
            if client is None or client.gone:
                await tx.care.end_guide(guide.client_id)
            elif not await tx.outbox.waiting_for(str(guide.client_id)):
                # While an edit cannot go out no further one is written: stages would come in a burst.
                await self._go_on(tx, guide, now)

    async def _go_on(self, tx: Transaction, guide: RunningGuide, now: datetime) -> None:
        action = self._actions.get(guide.action_id)
        if guide.started_at < self._since or action is None or action.guide is None:
            await self._finish(tx, guide, Ending.INTERRUPTED, now)
            return
        message_id = await tx.shown.message(guide.client_id, GUIDE) or guide.message_id
        if message_id != guide.message_id:
            # The message could not be edited, and another was sent. At once after the start Telegram refused
            # the edit; later the client has deleted the message, and wants no more of it.
            guide = replace(guide, message_id=message_id)
            if guide.stage > 0:
                await self._finish(tx, guide, Ending.STOPPED, now)
                return
            await tx.care.start_guide(guide)
        stage = action.guide.stage_at(now - guide.started_at)
        if stage is None:
            await self._finish(tx, guide, Ending.DONE, now)
        elif stage != guide.stage and await tx.care.set_guide_stage(guide.client_id, stage):
            screen = self._screens.stage(action, stage, _needs(guide), guide.minutes, guide.language)
            await tell(tx, Outgoing(guide.client_id, screen, key=GUIDE), now)

    async def _finish(self, tx: Transaction, guide: RunningGuide, ending: Ending, now: datetime) -> None:
        screen = await self.end(tx, guide, ending)
        if screen is not None:
            await tell(tx, Outgoing(guide.client_id, screen, message_id=guide.message_id), now)


def _needs(guide: RunningGuide) -> tuple[Need, ...]:
    return tuple(Need(each) for each in guide.needs.split(BETWEEN) if each)
