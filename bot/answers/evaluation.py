"""How good the answers are on labelled messages, with the usual matcher beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rapidfuzz import fuzz, process

from bot.answers.labels import ELSEWHERE, Label, pairs
from bot.answers.model import Knowledge, Route
from bot.answers.route import CHOICES, CRISIS, RED_FLAG, Router
from bot.answers.routed import Routed
from bot.domain.language import Language

RIVAL_CUTOFF = 80.0
"""Below this score the rival counts as not knowing; WRatio gives 60 to 85 to almost anything."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what is known of it; what is None or empty was not labelled."""

    text: str
    routes: tuple[Route, ...] = ()
    entries: tuple[str, ...] = ()
    """Any of these is right."""
    safety: str | None = None
    needs: tuple[str, ...] = ()
    intent: str | None = None
    slots: Mapping[str, str | None] | None = None
    harmless: bool = False


@dataclass(slots=True)
class Figure:
    """How often something held, and where it did not."""

    held: int = 0
    asked: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, *, held: bool, miss: str, wanted: bool = True) -> None:
        """`wanted`: whether it ought to hold; where it is otherwise, `miss` tells what happened."""
        self.asked += 1
        self.held += held
        if held is not wanted:
            self.misses.append(miss)

    @property
    def share(self) -> float:
        return self.held / self.asked if self.asked else float("nan")


FIGURES = {
    "entry on top": "right entry first, of the messages that have one",
    "top or buttons": "right entry first or among the three buttons",
    "out of scope answered": "messages nobody can answer here that got an answer (lower is better)",
    "route": "route as labelled",
    "danger found": "messages of somebody in danger that were answered as such",
    "conditions found": "messages with a condition that were sent to a doctor or the therapist first",
    "safety class": "exact class, where one is labelled",
    "danger in vain": "all other messages that were taken for danger (lower is better)",
    "false alarms": "all other messages that raised an alarm of any kind (lower is better)",
    "need": "self-care need as labelled",
    "intent": "booking intent as labelled",
    "slots": "each stated treatment, date and time",
}

Report = dict[str, Figure]


def evaluate(
    messages: Iterable[Labelled],
    router: Router,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Route every message, each as a fresh chat, and count. `now` is aware."""
    report: Report = {name: Figure() for name in FIGURES}
    for number, message in enumerate(messages, 1):
        _judge(message, router.route(message.text, now), report)
        progress(number)
    return report


def _judge(message: Labelled, got: Routed, report: Report) -> None:
    entry = got.answered.id if got.answered else None
    choices = got.alternatives[:CHOICES] if got.route is Route.CLARIFY else got.beside
    offered = [each.entry for each in choices]
    told = " ".join(filter(None, (message.text[:70], "->", got.route, entry, *offered)))
    if message.entries and set(message.routes) <= {Route.ANSWER}:
        report["entry on top"].count(held=entry in message.entries, miss=told)
        among = bool({entry, *offered} & set(message.entries))
        report["top or buttons"].count(held=among, miss=told)
    if message.routes == (Route.HAND_OVER,):
        answered = got.route is Route.ANSWER
        report["out of scope answered"].count(held=answered, miss=told, wanted=False)
    if message.routes and not message.harmless:
        report["route"].count(held=got.route in message.routes, miss=told)
    _judge_safety(message, got, told, report)
    if message.needs:
        report["need"].count(
            held=got.need is not None and got.need in message.needs, miss=f"{told} {got.need}"
        )
    if message.intent:
        report["intent"].count(held=got.intent == message.intent, miss=f"{told} {got.intent}")
    for name, value in (message.slots or {}).items():
        if value is not None:
            found = slots_of(got).get(name)
            report["slots"].count(
                held=found == value, miss=f"{message.text[:70]} {name}={found}, not {value}"
            )


def _judge_safety(message: Labelled, got: Routed, told: str, report: Report) -> None:
    danger = got.route is Route.CRISIS
    alarmed = danger or got.route is Route.RED_FLAG
    if message.safety in CRISIS:
        report["danger found"].count(held=danger, miss=told)
    elif message.safety in RED_FLAG:
        report["conditions found"].count(held=alarmed, miss=told)
    elif not set(message.routes) & {Route.CRISIS, Route.RED_FLAG}:
        what = got.finding.safety if got.finding else ""
        report["danger in vain"].count(held=danger, miss=f"{told} {what}", wanted=False)
        report["false alarms"].count(held=alarmed, miss=f"{told} {what}", wanted=False)
    if message.safety:
        found = got.finding.safety.value if got.finding else None
        report["safety class"].count(
            held=found == message.safety, miss=f"{told} {found}, not {message.safety}"
        )


def slots_of(got: Routed) -> dict[str, str | None]:
    """The slots as strings, as `ask --json` prints them; empty where the message is no booking."""
    if got.slots is None:
        return {}
    return {
        "treatment": got.slots.treatment,
        "date": got.slots.day.isoformat() if got.slots.day else None,
        "from": got.slots.start.strftime("%H:%M") if got.slots.start else None,
        "until": got.slots.until.strftime("%H:%M") if got.slots.until else None,
    }


def rival(messages: Sequence[Labelled], knowledge: Knowledge, language: Language) -> Report:
    """`process.extractOne` with WRatio over the same sayings: what most answering bots do."""
    sayings = [(said, label) for said, label in pairs(knowledge, language) if label != ELSEWHERE]
    texts = [said for said, _ in sayings]
    report: Report = {name: Figure() for name in ("entry on top", "top or buttons", "out of scope answered")}
    for message in messages:
        found = process.extract(message.text, texts, scorer=fuzz.WRatio, limit=30)
        labels = list(dict.fromkeys(Label.of(sayings[number][1]) for _, _, number in found))
        names = [each.name for each in labels if each.route is Route.ANSWER]
        sure = bool(found) and found[0][1] >= RIVAL_CUTOFF and labels[0].route is Route.ANSWER
        if message.entries and set(message.routes) <= {Route.ANSWER}:
            on_top = bool(names) and labels[0].route is Route.ANSWER and names[0] in message.entries
            report["entry on top"].count(held=on_top, miss="")
            report["top or buttons"].count(held=bool(set(names[:3]) & set(message.entries)), miss="")
        if message.routes == (Route.HAND_OVER,):
            report["out of scope answered"].count(held=sure, miss="")
    return report
