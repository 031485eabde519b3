"""What the labels of one judgement say together."""

from collections.abc import Mapping
from typing import Final

from bot.answers.calibration import OF_KIND
from bot.answers.index import Judgement, Verdict
from bot.answers.labels import SADNESS, Label
from bot.answers.model import Intent, Need, Route

INDEX_SAYS: Final = 0.002
"""What a point of the index's score counts beside a share of 1."""
MOVES_SAY: Final = 0.2
"""What words that move an appointment count beside a share of 1."""
LEAST: Final = 30.0
"""Score that booking must reach where a day or a time is named, and no treatment: "will it rain on Saturday"
has less."""
SAD_AT_LEAST: Final = 40.0
"""Score that sadness needs of its own, where it shares what is felt with a need."""


def leans_to_booking(judgement: Judgement, *, treatment: bool) -> bool:
    """A day or a time with nothing that is more clearly a question is a wish to come."""
    others = (each.score for each in judgement.matches if Label.of(each.label).route is not Route.BOOKING)
    booking = of_kind(judgement, Route.BOOKING)
    least = 0.0 if treatment else LEAST
    return booking > least and booking >= max(others, default=0.0)


def intent_of(judgement: Judgement, shares: Mapping[Intent, float], *, moves: bool) -> Intent:
    """What is wanted of the appointment book, by the shares of an `IntentModel`, and a little by the index.

    `moves`: words say that an appointment is moved.
    """
    said = {Label.of(each.label): each.score for each in judgement.matches}
    scores = {
        intent: share + INDEX_SAYS * said.get(Label(Route.BOOKING, intent), 0.0)
        for intent, share in shares.items()
    }
    scores[Intent.CHANGE] += MOVES_SAY * moves
    return max(scores, key=lambda intent: scores[intent])


def of_kind(judgement: Judgement, route: Route) -> float:
    """What the labels of a route score together, where any will do; 0 for entries."""
    if route is Route.ANSWER:
        return 0.0
    return sum(each.score for each in judgement.matches if Label.of(each.label).route is route)


def without(judgement: Judgement, route: Route) -> Judgement:
    """What is left of a judgement once one route is seen to; never surer than it was."""
    left = tuple(each for each in judgement.matches if Label.of(each.label).route is not route)
    same = left[:1] == judgement.matches[:1] or judgement.verdict is Verdict.NOTHING
    return Judgement(left, judgement.verdict if same else Verdict.UNSURE)


def everyday(judgement: Judgement) -> float:
    """What speaks (0..100) for a plain question, wish or word. How somebody feels says nothing either way."""
    first = judgement.matches[0] if judgement.matches else None
    plain = first.score if first and Label.of(first.label).route is not Route.SELF_CARE else 0.0
    return min(100.0, max(plain, of_kind(judgement, Route.BOOKING)))


def is_sad(judgement: Judgement) -> bool:
    """Whether it is sadness more than any one need, question or wish."""
    if not judgement.matches or Label.of(judgement.matches[0].label) != SADNESS:
        return False
    clearly = judgement.matches[0].score >= SAD_AT_LEAST and of_kind(judgement, Route.SELF_CARE) >= OF_KIND
    return clearly or judgement.verdict is Verdict.SURE


def first_need(judgement: Judgement) -> Need | None:
    for match in judgement.matches:
        label = Label.of(match.label)
        if label.route is Route.SELF_CARE and label != SADNESS:
            return Need(label.name)
    return None
