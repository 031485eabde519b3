"""Reads an English message."""

import re
from datetime import date

from bot.answers.when.choices import choices
from bot.answers.when.compose import fitting_days
from bot.answers.when.english_days import mentions
from bot.answers.when.english_numbers import hide_amounts, hide_spans, spoken
from bot.answers.when.english_signs import ARROW, AWAY, CANT, SIGNS, TELLING, THING, UNASKED, WONT
from bot.answers.when.english_times import times
from bot.answers.when.english_words import plain
from bot.answers.when.events import counted, timed, told
from bot.answers.when.hours import Said
from bot.answers.when.mentions import Bound, Joints
from bot.answers.when.moves import wished
from bot.answers.when.page import Page
from bot.answers.when.soon import ENGLISH, soon
from bot.answers.when.wish import Choice, Circumstances

_LEAD = r"(?: (?:on|the|this|in|for|any|all|of|a|late|early))*"
_IN = r"(?: (?:in|from|back) \w+| back)?"
_JOINTS = Joints(
    through=re.compile(r" ?(?:-|to|until|through|and(?= between)) ?(?:the |on )?"),
    between=re.compile(r".*\bbetween (?:the )?\| and (?:the )?"),
    same=re.compile(r"[ ,(/-]*(?:the |on )?[ (]*"),
    listed=re.compile(r" ?(?:,|or|and|nor|/|&|,? ?and|,? ?or) ?(?:on |the |this )?"),
    inside=re.compile(r",? ?(?:of |in |the |on )*"),
    apart=re.compile(r"\b(?:or|(?<!if )so|because|but|and|since|until|busy|away|can't|last)\b"),
    late=re.compile(r"(?:(?!\b(?:or|so|because|but|and)\b)[^?]){0,40}\|.*"),
    before={
        Bound.DROPPED: re.compile(
            rf"\b(?:since|ever since|(?:arrive|arriving|land|landing|fly in){_IN}){_LEAD} $"
        ),
        Bound.AFTER: re.compile(
            rf"\b{AWAY} (?:until|through){_LEAD} $"
            rf"|\b(?:after(?! on\b)|later than|past){_LEAD} $"
        ),
        Bound.NOT: re.compile(
            rf"\b(?:not|except(?: for)?|other than|apart from|besides|excluding|without|anything but|avoid"
            rf"|instead of|rather than|(?<!don't )(?<!not )forget|scratch|scrap"
            rf"|no|never|bar|{CANT}(?: (?:my|our|the|usual))*|{AWAY}){_LEAD} $"
            rf"|\b(?:any|every|all|anything|whole|each)\b[^,.;!?]*\bbut{_LEAD} $"
            rf"|\b(?:rather|sooner) [^,.;!?]{{3,60}} than{_LEAD} $"
        ),
        Bound.FROM: re.compile(
            rf"\b(?:from|starting|as of|not before|no earlier than|on or after|beginning){_LEAD} $"
        ),
        Bound.BEFORE: re.compile(rf"\b(?:before|earlier than){_LEAD} $"),
        Bound.UNTIL: re.compile(
            rf"\b(?:by|until|between now and|up to|no later than|not later than|on or before){_LEAD} $"
        ),
    },
    after={
        Bound.NOT: re.compile(rf"(?: {THING})? ?,? ?{WONT}\b"),
        Bound.FROM: re.compile(
            r" (?:onwards?|or later|or after|and after|at the earliest)\b| on(?= ?(?:$|[.,!?]))"
        ),
        Bound.UNTIL: re.compile(r" (?:at the latest|or (?:earlier|before)|latest)\b"),
    },
    meanwhile=re.compile(
        r"\b(?:arriv|land|fly|come in).*\b"
        r"(?:(?:while|whilst|when) (?:i'm|i am|we're|we are) (?:there|here|in town|around|over)"
        r"|same (?:day|night|evening)|(?:just|only) (?:for )?(?:the|that|a|one) (?:day|night))\b"
    ),
    denies_forward=True,
)


_EITHER = re.compile(
    r"(?=.*[a-z,;./&])[ ,;.]*(?:(?:[/&]|(?:or|and|else|otherwise|alternatively|if not|failing that|maybe"
    r"|perhaps|if (?:that|it) (?:doesn't work|isn't possible|is taken|is full)|even|also|then)\b)[ ,]*)*"
    r"(?:(?:on|at|the|this|in|from|after|before|around|about)\b ?)*"
)
"""Between two days of which either will do."""


def read(
    text: str, given: Circumstances
) -> tuple[tuple[date, ...], bool, list[Said], bool, tuple[Choice, ...]]:
    """Days that fit, whether only past ones were said, the times, whether an appointment is moved, and
    choices."""
    full = UNASKED.sub(lambda found: " " * len(found[0]), spoken(plain(text)))
    moves = SIGNS.moves.search(full) is not None
    page = Page(ARROW.sub(lambda found: f"{found[1] or found[2]} -> ", full, count=1) if moves else full)
    full = page.text
    near, at = soon(page, ENGLISH, given.now)
    hide_amounts(page)
    days = near + mentions(page, given)
    hide_spans(page)
    said = at + times(page, given.opening)
    said = timed(full, said, TELLING)
    days, said = counted(full, days, said, _JOINTS, TELLING, given, keep=moves)
    if not moves:
        days, said = told(full, days, said, TELLING)
    days, said = wished(full, days, said, SIGNS, TELLING)
    fitting, passed = fitting_days(full, days, _JOINTS, given)
    either = choices(full, days, said, fitting, SIGNS.gaps.beside, _EITHER)
    return fitting, passed, said, moves, either
