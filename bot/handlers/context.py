"""The typed context that every handler gets."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot

from bot.answers.model import Knowledge
from bot.answers.route import Router
from bot.domain.check_ins import Week
from bot.domain.clinic import Clinic
from bot.domain.lifecycle import Actor, Move
from bot.domain.moves import moves_for
from bot.domain.requests import By, Request
from bot.handlers.announce import TelegramAnnouncer
from bot.handlers.views import Views
from bot.handlers.work import Work, current
from bot.services.care import SelfCare
from bot.services.check_in import CheckIns
from bot.services.fill_form import FillForm
from bot.services.guide import Guides
from bot.services.move_request import MoveRequest
from bot.services.ports import Texts
from bot.services.privacy import Privacy
from bot.services.remind_care import RemindCare
from bot.services.talk import Talk
from bot.services.wait import Wait


@dataclass(frozen=True, slots=True)
class Desk:
    """What all handlers share; it does not change while the bot runs."""

    knowledge: Knowledge
    clinic: Clinic
    router: Router
    texts: Texts
    views: Views
    announcer: TelegramAnnouncer
    fill_form: FillForm
    move_request: MoveRequest
    wait: Wait
    talk: Talk
    self_care: SelfCare
    guides: Guides
    check_ins: CheckIns
    remind_care: RemindCare
    privacy: Privacy
    policy_url: str | None
    """The long text about privacy, on the clinic's own site."""
    draw_weeks: Callable[[Sequence[Week]], bytes]
    """A picture of check-ins, as PNG."""
    draw_no_weeks: Callable[[], bytes]
    """What is left of one that nobody may delete any more."""
    tidy: Callable[[], Awaitable[None]]
    """After an erasure: takes what is left of it out of the database's log."""
    bot_name: str
    """The bot's username, without the @."""

    def client_may(self, request: Request, moves: frozenset[Move], now: datetime) -> bool:
        """Whether the client can do one of these with it now."""
        possible = moves_for(request, By(Actor.CLIENT, request.client_id), now, self.clinic)
        return bool(moves.intersection(possible))


class Context(CallbackContext[ExtBot[None], dict[str, object], dict[str, object], dict[str, Desk]]):
    """`context.work` is this update's, `context.desk` everybody's."""

    @property
    def work(self) -> Work:
        return current.get()

    @property
    def desk(self) -> Desk:
        return self.bot_data["desk"]


TeateApplication: TypeAlias = Application[
    ExtBot[None], Context, dict[str, object], dict[str, object], dict[str, Desk], None
]
