"""Whatever is found, what a client reads is finished: no placeholder is left in it."""

from itertools import product

import pytest

from bot.answers.model import Route, Safety
from bot.answers.route import CRISIS, RED_FLAG
from bot.answers.routed import Routed
from bot.answers.safety import Finding
from bot.app import Brain
from bot.domain.language import Language
from tests.handlers.soundness import sound

TURNS = 4
ROUTES = {
    **dict.fromkeys(CRISIS, Route.CRISIS),
    **dict.fromkeys(RED_FLAG, Route.RED_FLAG),
    Safety.DISTRESS: Route.SELF_CARE,
    Safety.SCOPE: Route.HAND_OVER,
    Safety.BOUNDARY: Route.SMALL_TALK,
}

KINDS_ONLY = frozenset({Safety.SCOPE, Safety.BOUNDARY})
"""Never found without saying which kind."""


@pytest.mark.parametrize(("safety", "language"), list(product(Safety, Language)))
def test_every_finding_is_answered_in_finished_words(safety: Safety, language: Language, mind: Brain) -> None:
    texts = mind.loaded.safety_texts
    own = [key.partition("/")[2] for key in texts.replies if key.startswith(f"{safety}/")]
    kinds = own if safety in KINDS_ONLY else [None, *texts.conditions, *own]
    for kind, minor, turn in product(kinds, (False, True), range(TURNS)):
        routed = Routed("", language, ROUTES[safety], Finding(safety, kind, minor))
        told = sound(mind.views.reply(routed, turn))
        assert "\n\n\n" not in told.html


@pytest.mark.parametrize("language", list(Language))
def test_every_answer_is_finished(language: Language, mind: Brain) -> None:
    for entry in mind.loaded.knowledge.entries.values():
        views = mind.views.answers
        shown = [views.more(entry, language)]
        if entry.evidence or entry.sources:
            shown.append(views.why(entry, language))
        if entry.related:
            shown.append(views.related(entry, language))
        if not entry.missing:
            shown.append(views.answer(entry, language))
        for screen in shown:
            sound(screen)
