"""Views: from a result to text and buttons. Pure: no Telegram, no clock, no database."""

from collections.abc import Sequence

from bot.answers.model import Knowledge
from bot.answers.routed import Routed
from bot.answers.safety_texts import SafetyTexts
from bot.domain.care import Action
from bot.domain.clinic import Clinic
from bot.handlers.views.answers import AnswerViews
from bot.handlers.views.booking import FormViews
from bot.handlers.views.bookings import Address, BookingViews
from bot.handlers.views.cards import CardViews
from bot.handlers.views.care import CareViews
from bot.handlers.views.check_ins import CheckInViews
from bot.handlers.views.menus import MenuViews
from bot.handlers.views.privacy import PrivacyViews
from bot.handlers.views.reminders import ReminderViews
from bot.handlers.views.replies import ReplyViews
from bot.handlers.views.safety import SafetyViews
from bot.services.ports import Texts
from bot.services.screens import Screen

__all__ = ["Views"]


class Views:
    """All screens, by what they are about."""

    def __init__(
        self,
        texts: Texts,
        knowledge: Knowledge,
        clinic: Clinic,
        safety: SafetyTexts,
        actions: Sequence[Action],
        address: Address | None = None,
    ) -> None:
        self.privacy = PrivacyViews(texts, clinic)
        self.form = FormViews(texts, clinic)
        self.bookings = BookingViews(texts, clinic, address)
        self.cards = CardViews(texts, clinic)
        self.answers = AnswerViews(texts, knowledge)
        self.menus = MenuViews(texts, clinic)
        self.safety = SafetyViews(texts, safety, clinic)
        self.care = CareViews(texts, actions, knowledge)
        self.check_ins = CheckInViews(texts, clinic.zone)
        self.reminders = ReminderViews(texts)
        self._replies = ReplyViews(texts, clinic, self.answers, self.safety, self.care)

    def reply(self, routed: Routed, turn: int = 0, *, apart: bool = False) -> Screen:
        """What a client reads in answer to a message.

        Args:
            turn: counts repeated alarms.
            apart: a wish to come that stands beside a finding is seen to in a message of its own.
        """
        return self._replies.reply(routed, turn, apart=apart)
