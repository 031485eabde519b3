"""Reads an English message."""

import re
from datetime import date

from bot.answers.when.compose import fitting_days
from bot.answers.when.english_days import mentions
from bot.answers.when.english_numbers import hide_amounts, hide_spans, spoken
from bot.answers.when.english_times import times
from bot.answers.when.english_words import plain
from bot.answers.when.hours import Said
from bot.answers.when.mentions import Bound, Joints, Mention
from bot.answers.when.page import Page
from bot.answers.when.soon import ENGLISH, soon
from bot.answers.when.wish import Circumstances

_LEAD = r"(?: (?:on|the|this|in|for|any|all|of|a|late|early))*"
_CANT = (
    r"(?:can't|cannot|can not|won't be able to|couldn't|not able to|unable to)(?: (?:do|make|come"
    r"|manage|attend|be there|it|in))*"
)
_AWAY = (
    r"(?:busy|away|unavailable|not free|not available|not around|out of town|abroad|travelling"
    r"|traveling|working|gone|booked)"
)
_WONT = (
    r"(?:(?:is|are|was|isn't|aren't|'s)? ?(?:not )?(?:doesn't|don't|does not|do not|won't|will not|can't) "
    r"(?:work|suit|do|be)"
    r"|(?:is|are|'s|would be) (?:out|no good|bad|impossible|full|not (?:possible|good|ok|okay|great))"
    r"|(?:isn't|aren't) (?:good|possible|ok|great)|i'm (?:busy|away|working)|i (?:can't|have work|am busy)"
    r"|no good|excluded|excepted)"
)

_IN = r"(?: (?:in|from|back) \w+| back)?"
_JOINTS = Joints(
    through=re.compile(r" ?(?:-|to|until|through|and(?= between)) ?(?:the |on )?"),
    between=re.compile(r".*\bbetween (?:the )?\| and (?:the )?"),
    same=re.compile(r"[ ,(/-]*(?:the |on )?[ (]*"),
    listed=re.compile(r" ?(?:,|or|and|nor|/|&|,? ?and|,? ?or) ?(?:on |the |this )?"),
    inside=re.compile(r",? ?(?:of |in |the |on )*"),
    before={
        Bound.DROPPED: re.compile(
            rf"\b(?:since|ever since|(?:arrive|arriving|land|landing|fly in){_IN}){_LEAD} $"
        ),
        Bound.AFTER: re.compile(
            rf"\b{_AWAY} (?:until|through){_LEAD} $|\b(?:after|later than|past){_LEAD} $"
        ),
        Bound.NOT: re.compile(
            rf"\b(?:not|except(?: for)?|other than|apart from|besides|excluding|without|anything but|avoid"
            rf"|instead of|rather than"
            rf"|no|never|bar|{_CANT}|{_AWAY}){_LEAD} $"
            rf"|\b(?:any|every|all|anything|whole|each)\b[^,.;!?]*\bbut{_LEAD} $"
        ),
        Bound.FROM: re.compile(
            rf"\b(?:from|starting|as of|not before|no earlier than|on or after|beginning){_LEAD} $"
        ),
        Bound.BEFORE: re.compile(rf"\b(?:before|earlier than){_LEAD} $"),
        Bound.UNTIL: re.compile(rf"\b(?:by|until|up to|no later than|not later than|on or before){_LEAD} $"),
    },
    after={
        Bound.NOT: re.compile(rf" ?,? ?{_WONT}\b"),
        Bound.FROM: re.compile(
            r" (?:onwards?|or later|or after|and after|at the earliest)\b| on(?= ?(?:$|[.,!?]))"
        ),
        Bound.UNTIL: re.compile(r" (?:at the latest|or (?:earlier|before)|latest)\b"),
    },
    denies_forward=True,
)
_CHANGE = re.compile(
    r"\b(?:change|changing|move|moving|resched\w*|re-?book\w*|push|shift|switch|swap|postpone|bring)\b"
)
_TO = re.compile(r"\b(?:to|for|until|into|onto)(?: the| sometime| any ?time| about| around)* $")


def read(text: str, given: Circumstances) -> tuple[tuple[date, ...], bool, list[Said]]:
    """Days that fit, whether only past ones were said, and the times."""
    page = Page(spoken(plain(text)))
    full = page.text
    near, at = soon(page, ENGLISH, given.now)
    hide_amounts(page)
    days = near + mentions(page, given)
    hide_spans(page)
    said = at + times(page, given.opening)
    if _CHANGE.search(full):
        days, said = _wanted(full, days, said)
    fitting, passed = fitting_days(full, days, _JOINTS, given)
    return fitting, passed, said


def _wanted(text: str, days: list[Mention], said: list[Said]) -> tuple[list[Mention], list[Said]]:
    """Of "move my Tuesday appointment to Thursday" only what it is moved to."""
    for things in (sorted(days, key=lambda m: m.at), sorted(said, key=lambda s: s.at)):
        target = next(
            (each.at for each in things if _TO.search(text[: each.at]) and each.at != things[0].at), None
        )
        if target is not None:
            later = [m for m in days if m.at >= target]
            return later or days, [s for s in said if s.at >= target]
    return days, said
