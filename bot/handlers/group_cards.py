"""What the clinic's group has been shown of a client, when the person behind it goes."""

from datetime import datetime

from bot.domain.requests import Request
from bot.handlers.announce import TelegramAnnouncer
from bot.handlers.message_keys import ABOUT, card_key, copies, handover_key
from bot.handlers.views import Views
from bot.services.ports import Transaction
from bot.services.screens import Outgoing, Screen
from bot.services.tell import tell


class GroupCards:
    """Edits messages by their number and forgets their keys: nothing leads from them to a person any more."""

    def __init__(self, announcer: TelegramAnnouncer, views: Views) -> None:
        self._announcer = announcer
        self._views = views

    async def changed(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The card as it is now, wherever it is shown; a group that has never seen it is not shown it now."""
        group = await self._announcer.group(tx)
        if group is None:
            return
        waited = await tx.personal_data.unqueue(card_key(request))
        if waited or await tx.shown.message(group, card_key(request)) is not None:
            await self._announcer.card(tx, request, now)
        for message_id in await tx.shown.messages(group, copies(request)):
            screen = await self._announcer.card_screen(tx, request, now)
            await tell(tx, Outgoing(group, screen, message_id=message_id), now)

    async def forgotten(self, tx: Transaction, request: Request, now: datetime) -> None:
        """The card, wherever it is shown, and what was said below it."""
        group = await self._announcer.group(tx)
        if group is None:
            return
        screen = self._views.privacy.card(request, self._announcer.lang)
        await self._replace(tx, group, card_key(request), screen, now)
        for message_id in await tx.personal_data.take_shown(group, copies(request)):
            await tell(tx, Outgoing(group, screen, message_id=message_id), now)
        await self.below_forgotten(tx, request, now)

    async def below_forgotten(self, tx: Transaction, request: Request, now: datetime) -> None:
        """What was said below the card; the card stays as it is."""
        group = await self._announcer.group(tx)
        if group is None:
            return
        screen = self._views.privacy.below_card(request, self._announcer.lang)
        for message_id in await tx.personal_data.take_shown(group, f"{ABOUT}:{request.id}:"):
            await tell(tx, Outgoing(group, screen, message_id=message_id), now)

    async def question_forgotten(self, tx: Transaction, handover_id: int, now: datetime) -> None:
        group = await self._announcer.group(tx)
        if group is not None:
            screen = self._views.privacy.forgotten_question(self._announcer.lang)
            await self._replace(tx, group, handover_key(handover_id), screen, now)

    async def _replace(self, tx: Transaction, group: int, key: str, screen: Screen, now: datetime) -> None:
        """The message that shows `key`, or will show it: one that is just on its way is followed by this."""
        waited = await tx.personal_data.unqueue(key)
        message_id = await tx.shown.message(group, key)
        if message_id is not None:
            await tx.shown.forget(group, key)
            await tell(tx, Outgoing(group, screen, message_id=message_id), now)
        elif waited:
            await tell(tx, Outgoing(group, screen, key=key), now)
