"""The typed context that every handler gets."""

from dataclasses import dataclass
from typing import TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot

from bot.answers.model import Knowledge
from bot.answers.route import Router
from bot.domain.clinic import Clinic
from bot.handlers.views import Views
from bot.handlers.work import Work, current
from bot.services.ports import Texts


@dataclass(frozen=True, slots=True)
class Desk:
    """What all handlers share; it does not change while the bot runs."""

    knowledge: Knowledge
    clinic: Clinic
    router: Router
    texts: Texts
    views: Views
    bot_name: str
    """The bot's username, without the @."""


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
