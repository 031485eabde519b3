"""From a message to a route: safety first, then what the index and the words about time say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from bot.answers.calibration import OF_KIND
from bot.answers.commands import PlainCommands
from bot.answers.index import Judgement, Match, QuestionIndex, Verdict
from bot.answers.intents import IntentModel
from bot.answers.labels import Label
from bot.answers.leanings import everyday, first_need, intent_of, is_sad, leans_to_booking, of_kind, without
from bot.answers.model import Command, Intent, Knowledge, Need, Route, Safety
from bot.answers.normalise import language_of, sentences
from bot.answers.routed import Alternative, Routed, Slots
from bot.answers.safety import HOLDS, Finding, SafetyCheck
from bot.answers.safety_signs import ALARMS
from bot.answers.when import Wish, read_treatment, read_wish
from bot.domain.clinic import Clinic
from bot.domain.hours import widest
from bot.domain.language import Language

CRISIS = frozenset(ALARMS)
RED_FLAG = HOLDS | {Safety.MEDICAL_SOON}

CHOICES = 3
"""Entries that the client is shown to choose from; more is reading, not tapping."""
OFFERED = CHOICES - 1
"""Of these beside something that is said already."""
WORTH_A_BUTTON = 16.0
"""Score that the first needs to be asked back about, and each of those beside. Of 600 messages that nobody
here can answer it spares 207 the question; of 31 right entries among those buttons it costs none."""
CONSIDERED = 6
"""Labels looked at, for what is no entry cannot be asked back with."""
ABOUT_BOT = "about-bot"
CERTAIN = 80.0
"""Score from which a plain question outweighs mere likeness to a condition; nothing outweighs its phrase."""
DOUBT = 0.0006
"""By how much more like examples of danger a message must be for each point of score that speaks for a plain
question, wish or word. It spares 60 of 370 false alarms in 17,828 messages, and costs 25 of 6,402 finds."""


class Router:
    """Pure: the same message, clock and knowledge give the same route."""

    def __init__(
        self,
        knowledge: Knowledge,
        clinic: Clinic,
        safety: SafetyCheck,
        index: Mapping[Language, QuestionIndex],
        intents: Mapping[Language, IntentModel],
    ) -> None:
        """`index` holds the `pairs` of each language, `intents` what its booking sayings have taught."""
        self._knowledge = knowledge
        self._clinic = clinic
        self._safety = safety
        self._words = {
            each.id: [said for lang in Language for said in (*each.words[lang], each.name[lang])]
            for each in clinic.treatments
        }
        self._minutes = {each.id: int(each.duration.total_seconds() // 60) for each in clinic.treatments}
        self._wish = partial(read_wish, is_holiday=clinic.holidays.__contains__, opening=widest(clinic))
        self._commands = PlainCommands(knowledge.commands)
        self._index = index
        self._intents = intents

    def stops_everything(self, text: str, classes: AbstractSet[Safety]) -> bool:
        """Whether the text tells of one of these."""
        if not any(each.safety in classes for each in self._safety.findings(text)):
            return False  # as nearly always; there is nothing for a question to outweigh
        finding = self._found(text, self._judge(text, language_of(text) or Language.EN))
        return finding is not None and finding.safety in classes

    def route(self, text: str, now: datetime, fallback: Language = Language.EN) -> Routed:
        """`now` is aware; dates in words are read in the clinic's zone. `fallback` where no word tells."""
        language = language_of(text) or fallback
        routed = Routed(text=text, language=language, route=Route.HAND_OVER)
        judgement = self._judge(text, language)
        finding = self._found(text, judgement)
        routed = replace(routed, finding=finding, alternatives=tuple(self._alternatives(judgement.matches)))
        if finding is not None and finding.safety in CRISIS:
            return replace(routed, route=Route.CRISIS)
        if finding is not None and finding.safety is Safety.MEDICAL_SOON:
            return replace(routed, route=Route.RED_FLAG)
        if finding is not None and finding.safety is Safety.BOUNDARY:
            return replace(routed, route=Route.SMALL_TALK, small_talk="boundary")
        when = partial(self._wish, language=language, now=now.astimezone(self._clinic.zone))
        if finding is not None and finding.safety is Safety.DISTRESS:
            need = first_need(judgement) or Need.LOW_MOOD
            rest = without(judgement, Route.SELF_CARE)
            return _beside(
                replace(routed, route=Route.SELF_CARE, need=need), self._decide(routed, rest, when)
            )
        decided = self._decide(routed, judgement, when)
        if finding is not None and finding.safety in HOLDS:
            return _beside(replace(routed, route=Route.RED_FLAG), decided)
        command = self._commands.find(text) if finding is None else None
        return decided if command is None else _commanded(decided, command)

    def wish(self, text: str, now: datetime, opening: tuple[time, time] | None = None) -> Wish:
        """What the text says about when; a bare hour lies inside `opening`, else inside the clinic's own."""
        read = self._wish if opening is None else partial(self._wish, opening=opening)
        return read(text, language_of(text) or Language.EN, now.astimezone(self._clinic.zone))

    def _judge(self, text: str, language: Language) -> Judgement:
        return self._index[language].judge(text, CONSIDERED, self._alike)

    def _found(self, text: str, judgement: Judgement) -> Finding | None:
        """The most urgent finding, but for those that a message says by itself what to do with."""
        top = judgement.matches[0] if judgement.matches else None
        label = Label.of(top.label) if top and top.score >= CERTAIN else None
        asks = label is not None and label.route is Route.ANSWER
        doubt = DOUBT * everyday(judgement)
        for finding in self._safety.findings(text):
            if finding.safety in CRISIS:
                # "I won't need the Sunday one any more" is mostly just that.
                outweighed = finding.sign and finding.over < doubt
            else:
                # "Is this a bot?" has an entry of its own.
                outweighed = asks and (finding.sign or finding.condition == ABOUT_BOT)
            if not outweighed:
                return finding
        return Finding(Safety.DISTRESS, sign=True) if is_sad(judgement) else None

    def _decide(self, routed: Routed, judgement: Judgement, when: Callable[[str], Wish]) -> Routed:
        """`when` reads days and times in words."""
        wish = when(routed.text)
        top = judgement.matches[0] if judgement.matches else None
        label = Label.of(top.label) if top else None
        if label is not None and judgement.verdict is not Verdict.NOTHING:
            # Clearly of this kind, though not clearly which one: the first is a good beginning.
            sure = judgement.verdict is Verdict.SURE or of_kind(judgement, label.route) >= OF_KIND
            if label.route is Route.BOOKING and sure:
                return self._booking(routed, self._intent(routed, judgement, wish), wish)
            if sure:
                return self._sure(routed, label, judgement, wish)
        if wish.timed and self._asks_for_time(routed, judgement, wish, when):
            return self._booking(routed, self._intent(routed, judgement, wish), wish)
        if label is not None and label.route is Route.ANSWER and judgement.verdict is Verdict.LIKELY:
            likely = self._sure(routed, label, judgement, wish)
            if likely.route is Route.ANSWER:
                return replace(likely, beside=routed.alternatives[1 : 1 + OFFERED])
        if judgement.verdict is not Verdict.NOTHING and _worth_a_button(routed):
            return replace(routed, route=Route.CLARIFY)
        return routed

    def _asks_for_time(
        self, routed: Routed, judgement: Judgement, wish: Wish, when: Callable[[str], Wish]
    ) -> bool:
        """Whether the day or time that is named is a wish to come."""
        if not self._leans(routed.text, judgement):
            return False
        return len(wish.days) == 1 or not self._is_story(routed, when)

    def _is_story(self, routed: Routed, when: Callable[[str], Wish]) -> bool:
        """Whether a time belongs to what is told: "I'm awake until 11pm. Work is mad. Is massage any good?"

        Read alone, the sentence with the time is no wish then, or another one asks about a treatment.
        """
        said = sentences(routed.text)
        told = [each for each in said if when(each).timed]
        if len(said) == 1 or not told:
            return False
        wishes = any(self._leans(each, self._judge(each, routed.language)) for each in told)
        return not wishes or any(self._asks(each, routed.language) for each in said if each not in told)

    def _asks(self, text: str, language: Language) -> bool:
        """Whether it is a question about a treatment that an entry may answer."""
        judgement = self._judge(text, language)
        top = judgement.matches[0] if judgement.matches else None
        likely = judgement.verdict in (Verdict.SURE, Verdict.LIKELY)
        answers = top is not None and Label.of(top.label).route is Route.ANSWER
        return likely and answers and bool(self._treatments(text))

    def _leans(self, text: str, judgement: Judgement) -> bool:
        return leans_to_booking(judgement, treatment=bool(self._treatments(text)))

    def _sure(self, routed: Routed, label: Label, judgement: Judgement, wish: Wish) -> Routed:
        routed = replace(routed, route=label.route, score=judgement.matches[0].score)
        if label.route is Route.SELF_CARE:
            asked = () if judgement.verdict is Verdict.SURE else _worth_a_button(routed)
            return replace(routed, need=first_need(judgement), beside=asked)
        if label.route is Route.SMALL_TALK:
            return replace(routed, small_talk=label.name)
        entry = self._knowledge.entries[label.name]
        if entry.missing:
            return replace(routed, route=Route.HAND_OVER, entry=entry)
        if entry.intent is not None:
            routed = self._booking(routed, entry.intent, wish)
        return replace(routed, route=Route.ANSWER, entry=entry, need=entry.need)

    def _alike(self, one: str, other: str) -> bool:
        """Whether two labels lead to the same: a route without entries, or entries that answer one claim."""
        first, second = Label.of(one), Label.of(other)
        if first.route is not second.route:
            return False
        if first.route is not Route.ANSWER:
            return True
        entries = self._knowledge.entries
        return bool(set(entries[first.name].claims) & set(entries[second.name].claims))

    def _alternatives(self, matches: tuple[Match, ...]) -> Iterator[Alternative]:
        for match in matches:
            label = Label.of(match.label)
            if label.route is Route.ANSWER:
                claims = self._knowledge.entries[label.name].claims
                yield Alternative(label.name, claims, round(match.score, 1))

    def _intent(self, routed: Routed, judgement: Judgement, wish: Wish) -> Intent:
        shares = self._intents[routed.language].shares(routed.text)
        return intent_of(judgement, shares, moves=wish.moves)

    def _treatments(self, text: str) -> Sequence[str]:
        return read_treatment(text, self._words, self._minutes)

    def _booking(self, routed: Routed, intent: Intent, wish: Wish) -> Routed:
        treatments = self._treatments(routed.text)
        only = treatments[0] if len(treatments) == 1 else None
        slots = Slots(only, wish.date, wish.start, wish.until)
        return replace(routed, route=Route.BOOKING, intent=intent, slots=slots, wish=wish)


def _beside(routed: Routed, decided: Routed) -> Routed:
    """What else the message wants, which is seen to after what its finding asks for."""
    if decided.route is Route.BOOKING:
        return replace(routed, intent=decided.intent, slots=decided.slots, wish=decided.wish)
    if decided.route is Route.ANSWER and not decided.beside:
        return replace(routed, entry=decided.entry, score=decided.score)
    if decided.route in (Route.ANSWER, Route.CLARIFY):
        return replace(routed, beside=_worth_a_button(routed))
    return routed


def _worth_a_button(routed: Routed) -> tuple[Alternative, ...]:
    return tuple(each for each in routed.alternatives[:OFFERED] if each.score >= WORTH_A_BUTTON)


def _commanded(routed: Routed, command: Command) -> Routed:
    """The route stays that of the question nearest to it, where an entry answers that."""
    if command in (Command.MOOD, Command.REMINDERS):
        return Routed(routed.text, routed.language, Route.SELF_CARE, command=command)
    if command is Command.MYBOOKINGS:
        return Routed(routed.text, routed.language, Route.BOOKING, intent=Intent.CHECK, command=command)
    if routed.route is Route.ANSWER and command not in (Command.HELP, Command.JOKING):
        return replace(routed, command=command)
    route = Route.HAND_OVER if command is Command.PERSON else Route.SMALL_TALK
    return Routed(routed.text, routed.language, route, command=command)
