"""What self-care and privacy need of the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.care import Experience
from bot.domain.check_ins import CheckIn
from bot.domain.language import Language
from bot.domain.reminders import ReminderTimes
from bot.domain.requests import Request


class Consent(StrEnum):
    """What a client can agree to, each by itself, and take back."""

    BOOKING = "booking"
    HEALTH = "health"
    MOOD = "mood"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class RunningGuide:
    """A guided action that runs in a client's chat. `stage` is the one that is shown."""

    client_id: int
    action_id: str
    needs: str
    minutes: int
    language: Language
    message_id: int
    started_at: datetime
    stage: int


class Care(Protocol):
    """Self-care, and what the client agreed to."""

    async def consent(self, client_id: int, kind: Consent) -> datetime | None: ...
    async def give_consent(self, client_id: int, kind: Consent, now: datetime) -> None: ...
    async def withdraw_consent(self, client_id: int, kind: Consent) -> None: ...

    async def add_experience(self, client_id: int, action_id: str, now: datetime) -> None: ...
    async def rate_experience(self, client_id: int, action_id: str, *, helped: bool) -> None: ...
    async def experiences(self, client_id: int) -> Sequence[Experience]: ...
    async def forget_experiences(self, client_id: int) -> None: ...

    async def add_check_in(self, client_id: int, check_in: CheckIn) -> int: ...
    async def set_check_in(self, client_id: int, check_in_id: int, check_in: CheckIn) -> None: ...
    async def check_in(self, client_id: int, check_in_id: int) -> CheckIn | None: ...
    async def check_ins(self, client_id: int) -> Sequence[CheckIn]: ...
    async def forget_check_ins(self, client_id: int) -> None: ...
    async def purge_check_ins(self, before: datetime) -> int: ...

    async def reminder(self, client_id: int) -> ReminderTimes | None: ...
    async def set_reminder(self, client_id: int, times: ReminderTimes, next_at: datetime | None) -> None: ...
    async def plan_reminder(self, client_id: int, next_at: datetime | None) -> None: ...

    async def due_reminders(self, now: datetime) -> Sequence[tuple[int, ReminderTimes, datetime]]:
        """Client, times, and when it was due."""

    async def stop_reminder(self, client_id: int) -> None: ...

    async def start_guide(self, guide: RunningGuide) -> None: ...
    async def running_guides(self) -> Sequence[RunningGuide]: ...

    async def set_guide_stage(self, client_id: int, stage: int) -> bool:
        """False where it has ended, or somebody else was faster: then there is nothing to show."""

    async def end_guide(self, client_id: int) -> bool:
        """False where none was running."""


Records = Mapping[str, Sequence[Mapping[str, object]]]
"""What is held about a client: of each kind its records, as JSON can write them."""


class PersonalData(Protocol):
    """What of every table belongs to a client: read whole, rewritten, erased."""

    async def everything(self, client_id: int) -> Records: ...

    async def rewrite(self, request: Request) -> None:
        """Write owner and content anew; state, version, cells and deadline stay."""

    async def forget_remarks(self, request_id: int) -> None: ...

    async def erase(self, client_id: int, *, but_appointments: bool = False) -> None:
        """Every row of the client but requests and places, which somebody else counts on.

        With `but_appointments` also what an appointment needs that stays for now: chat, remarks, reminders.
        """

    async def unqueue(self, key: str) -> bool:
        """Take back what waits to show this key; whether anything did."""

    async def take_shown(self, chat_id: int, begins: str) -> Sequence[int]:
        """The messages of a chat whose keys begin so; their keys are forgotten."""

    async def unqueue_about(self, references: Iterable[str]) -> None:
        """Take back whatever waits for the clinic and tells of these requests."""

    async def handovers(self, client_id: int) -> Sequence[int]: ...
    async def handovers_before(self, moment: datetime) -> Sequence[int]: ...
    async def forget_handover(self, handover_id: int) -> None: ...

    async def erase_later(self, request_id: int) -> None:
        """Remember that the request has to lose its person once it is over."""

    async def to_erase(self) -> Sequence[int]: ...
    async def erased(self, request_id: int) -> None: ...

    async def over_before(self, moment: datetime) -> Sequence[Request]:
        """Requests of somebody that are over, whose visit or, without one, making was before `moment`."""

    async def purge_unanswered(self, before: datetime) -> int: ...

    async def purge_strangers(self) -> int:
        """Forget the numbers of private chats that belong to no client (any more)."""
