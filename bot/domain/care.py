"""Self-care: what an action is, and which one to suggest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from itertools import accumulate

from bot.domain.language import Language, Localised

LENGTHS = (2, 10, 30)
"""Minutes that a client can say they have."""

MOST_NEEDS = 2
"""Needs that are chosen together."""


class Need(StrEnum):
    """What self-care can be for."""

    STRESS = "stress"
    LOW_MOOD = "low-mood"
    SLEEP = "sleep"
    TENSION = "tension"
    ENERGY = "energy"
    ISOLATION = "isolation"
    ANXIOUS_THOUGHTS = "anxious-thoughts"


class GuideKind(StrEnum):
    """What is guided inside the chat."""

    BREATHING = "breathing"
    BODY_SCAN = "body_scan"


@dataclass(frozen=True, slots=True)
class Stage:
    """What the message says for a while."""

    text: Localised
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Guide:
    """An action that runs in the chat by itself: one message, a stage after the other."""

    kind: GuideKind
    stages: tuple[Stage, ...]
    """Rounds are written out: the third breath in has a number of its own."""

    @property
    def lasts(self) -> timedelta:
        return sum((each.lasts for each in self.stages), timedelta())

    def begins(self, number: int) -> timedelta:
        """When stage `number` begins, from the start; for `len(stages)` the end of it all."""
        return sum((each.lasts for each in self.stages[:number]), timedelta())

    def stage_at(self, elapsed: timedelta) -> int | None:
        """The number of the stage that runs after `elapsed`, from 0; None once it is over.

        Whoever was held up asks this and skips what is past, so that the pace stays right.
        """
        ends = accumulate(each.lasts for each in self.stages)
        return next((number for number, end in enumerate(ends) if elapsed < end), None)


class Ending(StrEnum):
    """Why a guide is over."""

    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do for oneself."""

    id: str
    title: Localised
    needs: tuple[Need, ...]
    minutes: int
    """One of LENGTHS."""
    good_for: Localised
    steps: Mapping[Language, tuple[str, ...]]
    caution: Localised | None
    claims: tuple[str, ...]
    """Claims of the articles that it rests on; none: it is the clinic's own suggestion."""
    guide: Guide | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """An action that was suggested to a client, and what they said of it, if anything."""

    action_id: str
    at: datetime
    helped: bool | None = None


def choose(
    actions: Sequence[Action],
    needs: Sequence[Need],
    minutes: int,
    history: Sequence[Experience],
    now: datetime,
    seed: int | str,
) -> Action | None:
    """The action to suggest; None where nothing fits the needs within that time.

    What fits the time exactly comes before anything shorter, nothing is longer. Never the same twice in a
    row, nothing that the client said did not help, as long as anything else is left. What helped comes more
    often, what serves both needs too, what was shown within a day less often. The same history gives the
    same action; `seed` (the client's id) lets clients differ.
    """
    history = sorted((each for each in history if each.at <= now), key=lambda each: each.at)
    last = history[-1] if history else None
    verdicts = {each.action_id: each.helped for each in history if each.helped is not None}
    fits = [each for each in actions if each.minutes <= minutes and set(needs) & set(each.needs)]

    def fresh(action: Action) -> bool:
        return last is None or action.id != last.action_id

    def welcome(action: Action) -> bool:
        return verdicts.get(action.id) is not False

    rules: tuple[tuple[Callable[[Action], bool], ...], ...] = ((fresh, welcome), (fresh,), ())
    for rule in rules:
        left = [each for each in fits if all(holds(each) for holds in rule)]
        if left:
            longest = max(each.minutes for each in left)
            turn = f"{seed}|{last.at.isoformat() if last else ''}"
            return max(
                (each for each in left if each.minutes == longest),
                key=lambda each: _luck(turn, each.id) ** (1 / _weight(each, needs, history, now)),
            )
    return None


def _weight(action: Action, needs: Sequence[Need], history: Sequence[Experience], now: datetime) -> float:
    """How often an action comes up beside the others of its time."""
    own = [each for each in history if each.action_id == action.id]
    weight = 1.0 + 2 * min(3, sum(each.helped is True for each in own))
    if len(set(needs) & set(action.needs)) == MOST_NEEDS:
        weight *= 2
    if any(now - each.at < timedelta(days=1) for each in own):
        weight /= 4
    return weight


def _luck(turn: str, action_id: str) -> float:
    """Between 0 and 1, the same for the same turn and action.

    The greatest `luck ** (1 / weight)` wins with a chance in proportion to its weight: Efraimidis and
    Spirakis, "Weighted random sampling with a reservoir" (2006).
    """
    digest = blake2b(f"{turn}|{action_id}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") + 0.5) / 2**64
