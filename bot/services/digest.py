"""The morning's list for the people at the clinic."""

from datetime import datetime, timedelta

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.services.ports import Announcer, Transaction

BEFORE_OPENING = timedelta(minutes=30)
STILL_MORNING = timedelta(minutes=90)
"""After opening, while the list is still of use: a process that starts at noon keeps silent."""

NOTE = "digest"
"""The last day whose list was sent."""


class Digest:
    """Once on every day on which the clinic opens, shortly before it does."""

    def __init__(self, clinic: Clinic, announcer: Announcer) -> None:
        self._clinic = clinic
        self._announcer = announcer

    async def tick(self, tx: Transaction, now: datetime) -> None:
        today = hours.today(self._clinic, now)
        openings = self._clinic.openings(today)
        if not openings:
            return
        opens, _ = hours.opening_moments(self._clinic, openings[0], today)
        in_time = opens - BEFORE_OPENING <= now < opens + STILL_MORNING
        if in_time and await tx.notes.change(NOTE, today.isoformat()):
            await self._announcer.digest(tx, today, now)
