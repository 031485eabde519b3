"""The times of an English message."""

import re

from bot.answers.when.hours import Clock, Half, Role, Said, one, part_said, window
from bot.answers.when.page import DAY, OTHER, PART, Page
from bot.answers.when.wish import Part, Window


def _clock(name: str) -> str:
    return (
        rf"(?<![\d:.,])(?P<{name}h>[01]?\d|2[0-4])(?:(?:[:.]|h)(?P<{name}m>[0-5]\d)|h\b|"
        rf"(?P<{name}b>[0-5]\d)(?!\d))?"
        rf"(?: ?(?P<{name}x>am|pm|o'clock|hours?|[ap](?= |$)))?(?![\d:{OTHER}]|\.\d|[a-hj-z]|,\d| ?{OTHER})"
    )


_T, _A, _B, _U = _clock("t"), _clock("a"), _clock("b"), _clock("u")
_SMALL = r"(?:the|about|around|at|or so|just|shortly|right|any ?time|sometime|say|like)"
_FROM = (
    r"(?:(?:work(?:s|ing)?|shift|busy|class|school|in (?:a )?meetings?|tied up"
    r"|stuck)(?: [\w\ue001]+){0,2} until"
    r"|(?:can't|cannot|not|won't|never)(?: \w+){0,2} (?:earlier than|before)|not (?:any )?(?:earlier|before"
    r"|sooner)(?: than)?|no (?:earlier|sooner)(?: than)?|any ?time after|after|past"
    r"|(?<!no )(?<!not )(?<!any )later than|from|starting(?: at| from)?|as of|since"
    r"|earliest(?: (?:for (?:me|us)|(?:i|we) can(?: (?:do|make|manage|come|get there))?|possible))*"
    r"(?: is| would be)?(?: at)?|(?:can|could|will|'ll|should|able to)"
    r" (?:(?:be|get) (?:there|here|over|down|to you|with you)|make it) by"
    r"|(?:work|job|shift|class|school|uni|practice|training|nap|lunch|run|meeting|lesson|lecture|exam|game|match)"
    r"(?:'s| is| are)(?: usually| normally)? (?:done|finished|over|out) (?:by|at|around|before)"
    r"|(?:i|we|he|she|they|work|school|class|uni|shift|lecture|lesson|practice|meeting|meeting that|call"
    r"|call that|it) (?:usually |normally |only )?(?:finish(?:es)?|ends?|gets? off|gets? out(?: of)?|am off"
    r"|(?<=i )leave)(?: (?:work|the office|uni|university|school|class|practice))?(?: at| by| around)?)"
)
_OTHERWISE_BUSY = re.compile(
    r"work|shift|busy|class|school|in |tied|stuck|(?:i|we|he|she|they|it) |uni"
    r"|lecture|lesson|practice|meeting|call"
)
_UNTIL = (
    r"(?:not? (?:any )?later th[ae]n|latest(?: by| at| is)?|before|by|until|up to|earlier than"
    r"|(?:finish|finished|done|out|over|leave)(?: by| at| before))"
)
_AT = (
    r"(?:\bat|@|->|\bmake it|\baround|\babout|\bapprox(?:imately)?|\broughly|\bcirca|\bchance of|\bsay"
    r"|\bmaybe|\blike|\bnear"
    r"(?:er)?|\btowards?|\bclose to)"
)
_MARKS = f"{DAY}{PART}"
_FOLLOWS = (
    rf"(?= ?(?:[.,!?)]|$|[{_MARKS}]|(?:or|ok|okay|please|pls|if|for|is|would|works?|free|possible"
    rf"|thanks|and|but|on|this)\b))"
)

_RANGE = re.compile(
    rf"(?:\b(?P<word>between|from|any ?time from) )?(?:{_SMALL} )*{_A} ?(?P<joint>-|\bto\b|\band\b"
    rf"|\buntil\b|\bthrough\b) ?{_B}"
)
_NOT_AFTER = re.compile(rf"\b(?:can't|cannot|not|won't)(?: \w+){{0,2}} after (?:{_SMALL} )*{_T}")
_AFTER = re.compile(rf"\b{_FROM} (?:{_SMALL} )*{_T}")
_ONWARDS = re.compile(
    rf"{_T}(?: ?(?:onwards?\b|or (?:later|after)\b|and (?:later|after|on)\b|at the earliest|\+)| on(?= ?"
    rf"(?:$|[.,!?])))"
)
_BEFORE = re.compile(rf"\b{_UNTIL} (?:{_SMALL} )*{_T}")
_LATEST = re.compile(rf"{_T} ?(?:at the (?:very )?latest|or (?:earlier|before)\b|latest\b)")
_POINT = re.compile(rf"{_AT} ?(?:{_SMALL} )*{_T}")
_ISH = re.compile(
    r"(?<![\d:.,])(?P<th>1[0-2]|[1-9])(?::(?P<tm>[0-5]\d))?(?P<tb>(?!))?(?P<tx>(?!))?[ -]?ish\b"
)
_INSTEAD = re.compile(rf"\b(?:instead of|rather than|not at) (?:{_SMALL} )*{_T}")
_BARE = re.compile(_T)
_BESIDE_DAY = re.compile(
    rf"(?:(?<=[{_MARKS}])|(?<=[{_MARKS}][ ,])|(?<=[{_MARKS}], )|(?<=[{_MARKS}] [-(])|(?<=[{_MARKS}] - )"
    rf"|^){_T}{_FOLLOWS}"
    rf"|{_U}(?= ?(?:in the |on |this )?[{_MARKS}])"
)

_ASKED = re.compile(
    rf"\b(?:would|does|is|could|can|do|or) {_T}(?= (?:works?|be|ok|okay|good|possible|free|available|suit"
    rf"|still|fine)\b)"
    rf"|(?:(?<=[,.?!;] )|^|\bmaybe |\bso |\bthen ){_U}(?= (?:would|might|could) (?:be|work|suit)\b)"
)
_FIGURES = re.compile(
    rf"(?:(?<=[{_MARKS}] )|(?<=[{_MARKS}], ))(?!20[2-4]\d)(?P<th>[01]?\d|2[0-3])(?P<tb>[0-5]\d)"
    rf"(?P<tm>(?!))?(?P<tx>(?!))?(?![\w:./,-]| ?{OTHER})"
)
""" "Wednesday 1830"."""

_PARTS: tuple[tuple[str, Part], ...] = (
    (r"before work", Part.BEFORE_WORK),
    (r"after school|after the school run", Part.AFTER_SCHOOL),
    (r"(?:after|when i (?:finish|leave)) (?:my )?(?:work|office(?: hours)?|the office|job|shift)"
     r"|when i get off(?: work)?", Part.AFTER_WORK),
    (r"after lunch", Part.AFTER_LUNCH),
    (r"first thing(?: in the morning)?|as early as possible|(?:the )?earliest (?:slot|time|possible"
     r"|appointment)", Part.FIRST_THING),
    (r"before lunch", Part.LATE_MORNING),
    (r"lunch ?(?:time|break|hour)?", Part.LUNCH),
    (r"early (?:in the )?mornings?", Part.EARLY_MORNING),
    (r"late (?:in the )?mornings?|mid-?mornings?", Part.LATE_MORNING),
    (rf"mornings?|(?<={DAY} )am", Part.MORNING),
    (r"early (?:in the )?afternoons?", Part.EARLY_AFTERNOON),
    (r"later? (?:in the )?afternoons?|end of the (?:working )?day", Part.LATE_AFTERNOON),
    (rf"afternoons?|(?<={DAY} )pm", Part.AFTERNOON),
    (r"early (?:in the )?evenings?", Part.EARLY_EVENING),
    (r"later? (?:in the )?evenings?|late (?:at )?night", Part.LATE_EVENING),
    (r"evenings?", Part.EVENING),
    (r"nights?", Part.NIGHT),
    (r"daytime|during the day", Part.DAYTIME),
)  # fmt: skip
_PART_RULES = tuple((re.compile(rf"(?:\b|(?<={DAY}))(?:{pattern})\b"), part) for pattern, part in _PARTS)
_DENIED = re.compile(
    r"(?:\bnot?|\bexcept|can't do|anything but|other than|rather not)(?: in| on| at)?(?: the| too)? $"
)
_BESIDE_PART = re.compile(
    rf"[ ,({DAY}-]*(?:(?:in|at|on|the|this|around|about|say|after|from|before|by|like|maybe"
    rf"|between)[ ,{DAY}]+)*"
)


def times(page: Page, opening: Window) -> list[Said]:
    """Every time the page states."""
    parts = _parts(page)
    said = list(parts)

    def clock(found: re.Match[str], name: str = "t") -> Clock | None:
        return _read(found, name, _half(page.text, found, parts))

    for found in page.find(_INSTEAD):
        page.cover(found, " ")
    for found in page.find(_RANGE):
        both = clock(found, "a"), clock(found, "b")
        if (
            both[0]
            and both[1]
            and _is_range(found)
            and (bounds := window(_shared(both[0], both[1]), both[1], opening))
        ):
            said.append(Said(*found.span(), Role.WINDOW, *bounds))
            page.cover(found, OTHER)
    for pattern, role, name in (
        (_ONWARDS, Role.FROM, "t"),
        (_LATEST, Role.UNTIL, "t"),
        (_NOT_AFTER, Role.UNTIL, "t"),
        (_AFTER, Role.FROM, "t"),
        (_BEFORE, Role.UNTIL, "t"),
        (_ISH, Role.POINT, "t"),
        (_POINT, Role.POINT, "t"),
        (_BARE, Role.POINT, "t"),
        (_ASKED, Role.POINT, "t"),
        (_BESIDE_DAY, Role.POINT, "t"),
        (_FIGURES, Role.POINT, "t"),
    ):
        for found in page.find(pattern):
            if pattern is _BARE and not (found["tm"] or found["tx"]):
                continue
            if found["tb"] and not found["tx"] and pattern is _BARE:
                continue
            which = "t" if found[f"{name}h"] else "u"
            meant = clock(found, which)
            at = meant and one(meant, opening, latest=role is Role.UNTIL)
            if at:
                start, until = (None, at) if role is Role.UNTIL else (at, None)
                told = pattern is _AFTER and _OTHERWISE_BUSY.match(found[0]) is not None
                said.append(Said(*found.span(), role, start, until, told=told))
                page.cover(found, OTHER)
    return said


def _parts(page: Page) -> list[Said]:
    said: list[Said] = []
    for pattern, part in _PART_RULES:
        for found in page.find(pattern):
            said.append(
                part_said(*found.span(), part, excluded=bool(_DENIED.search(page.text[: found.start()])))
            )
            page.cover(found, PART)
    return said


def _read(found: re.Match[str], name: str, half: Half | None) -> Clock | None:
    hour, minute, suffix = found[f"{name}h"], found[f"{name}m"] or found[f"{name}b"], found[f"{name}x"]
    if found[f"{name}b"] and len(hour) + 2 < 3:
        return None
    said = {"am": Half.AM, "a": Half.AM, "pm": Half.PM, "p": Half.PM}.get(suffix or "")
    if said is None and len(hour) == 2 and hour[0] == "0":
        said = Half.AS_IT_STANDS
    clock = Clock(int(hour), int(minute or 0), said).leaning(half)
    return clock if clock.choices() else None


def _half(text: str, found: re.Match[str], parts: list[Said]) -> Half | None:
    """What a part of the day right beside a time says of it ("at 6 in the morning")."""
    for part in parts:
        gap = text[part.end : found.start()] if part.end <= found.start() else text[found.end() : part.at]
        if part.part and _BESIDE_PART.fullmatch(gap):
            return Half.AM if part.part.in_the_morning else Half.PM
    return None


def _is_range(found: re.Match[str]) -> bool:
    firm = any(found[f"{name}{group}"] for name in "ab" for group in "mx")
    if found["joint"] == "and":
        return found["word"] is not None
    return bool(found["word"] or firm or found["joint"] != "and")


def _shared(first: Clock, last: Clock) -> Clock:
    """ "2-4pm" says pm of both, "11-1pm" of the second only."""
    if first.half is None and last.half in (Half.AM, Half.PM):
        leaning = first.leaning(last.half)
        if leaning.choices() and leaning.choices()[0] < last.choices()[0]:
            return leaning
    return first
