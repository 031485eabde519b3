"""English as it is typed on a phone, brought to the words that the rules read."""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz.distance import OSA

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_SHORT: Mapping[str, str] = {
    "mon": "monday", "mo": "monday", "tue": "tuesday", "tues": "tuesday", "tu": "tuesday",
    "weds": "wednesday",
    "wed": "wednesday", "thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday",
    "sat": "saturday", "sats": "saturday", "sun": "sunday", "jan": "january", "feb": "february",
    "mar": "march", "apr": "april", "jun": "june", "jul": "july", "aug": "august", "sep": "september",
    "sept": "september", "oct": "october", "nov": "november", "dec": "december",
    "2moro": "tomorrow", "2morrow": "tomorrow", "2morow": "tomorrow", "2mrw": "tomorrow", "2mro": "tomorrow",
    "2moz": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tmrrw": "tomorrow", "tmw": "tomorrow",
    "tmoro": "tomorrow", "tmorrow": "tomorrow", "tomo": "tomorrow", "tomoz": "tomorrow", "tomoro": "tomorrow",
    "tom": "tomorrow", "tommorrow": "tomorrow", "tomorow": "tomorrow", "2day": "today", "tday": "today",
    "2nite": "tonight", "tonite": "tonight", "2night": "tonight", "tnite": "tonight", "tonght": "tonight",
    "nxt": "next", "nex": "next", "nect": "next", "wk": "week", "wks": "weeks", "wknd": "weekend",
    "wkend": "weekend", "wkday": "weekday", "aft": "afternoon", "arvo": "afternoon",
    "afternoon's": "afternoon",
    "aftn": "afternoon", "morn": "morning", "mornin": "morning", "mrng": "morning", "eve": "evening",
    "eves": "evening", "evng": "evening", "evenin": "evening", "nite": "night", "hr": "hour", "hrs": "hours",
    "mins": "minutes", "min": "minutes", "btw": "between", "btwn": "between", "b4": "before", "aftr": "after",
    "befor": "before", "midday": "noon", "fortnight's": "fortnight", "ppl": "people", "till": "until",
    "til": "until", "'til": "until", "thru": "through", "xmas": "christmas", "cant": "can't", "wont": "won't",
    "doesnt": "doesn't", "dont": "don't", "dosent": "doesn't", "oclock": "o'clock",
}  # fmt: skip

_SPELLED = (
    *(*WEEKDAYS, "january", "february", "august", "september", "october", "november", "december"),
    *(
        "tomorrow",
        "tonight",
        "afternoon",
        "evening",
        "morning",
        "weekend",
        "weekday",
        "lunchtime",
        "fortnight",
    ),
)
# Words of their own that lie close to one of those above.
_GUARDED = frozenset(
    [
        "money",
        "monkey",
        "moaning",
        "mourning",
        "warning",
        "evening's",
        "weekly",
        "monthly",
        "sunny",
        "sundry",
        "thirsty",
        "thirty",
        "wedding",
        "fridays",
        "tonights",
        "weakened",
        "afternoons",
        "evenings",
        "mornings",
        "weekends",
        "weekdays",
        "week's",
        "everyday",
        "sundays",
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "saturdays",
        "scored",
        "remember",
        "member",
        "numbers",
        "number",
        "fright",
        "tight",
        "night",
        "month",
        "midday",
        "holiday",
        "holidays",
        "birthday",
        "someday",
        "saturated",
        "sunday's",
        "mooring",
        "evenly",
        "leaving",
        "having",
    ]
)

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
_TEENS = {word: n for n, word in enumerate((*_UNITS, "seventeen", "eighteen", "nineteen"), 1)}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
            *("eighteenth", "nineteenth", "twentieth"),
        ),
        1,
    )
} | {"thirtieth": 30}

_TEEN = "|".join(sorted(_TEENS, key=len, reverse=True))
_NTH = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_COMPOUND_NTH = re.compile(rf"\b(twenty|thirty)[ -]({_NTH})\b")
_LONE_NTH = re.compile(rf"\b({_NTH})\b(?! (?:thing|available|one|time|visit|session|appointment|slot))")
_COMPOUND = re.compile(rf"\b(twenty|thirty|forty|fifty)(?:[ -](?!ish)({_TEEN}))?\b")
_LONE = re.compile(rf"\b({_TEEN})(?=ish\b|\b)")
# "one" is a pronoun more often than an hour.
_PRONOUN = re.compile(
    r"(?<!at )(?<!after )(?<!before )(?<!by )(?<!until )(?<!around )(?<!about )(?<!past )(?<!between )"
    r"(?<!to )"
    r"(?<!from )(?<!and )(?<!in )(?<!-)(?<!- )\bone\b(?![ -](?:hour|week|day|month|pm|am|o'clock|thirty"
    r"|fifteen))"
)
_CALLED = re.compile(
    r"(?:(?<=\bmy name is )|(?<=\bmy name's )|(?<=\bname: )|(?<=\bthis is )|(?<=\bi am )|(?<=\bi'm ))"
    r"(?:tom|mo|jan|april|may|june)\b(?! (?:at )?\d)"
    r"|\btom(?= here\b)"
    r"|(?:(?<=\bthanks, )|(?<=\bthanks )|(?<=\bthank you, )|(?<=\bregards, )|(?<=\bcheers, ))tom(?=\W*$)"
)
"""People are called Tom, who is not tomorrow, and April."""

_SAT_DOWN = re.compile(
    r"\b(i|we|he|she|they|just|been|have|having|'ve|who|that) sat\b|\bsat (?=down|all day|too)"
)
_IN_THE_SUN = re.compile(r"\b(the|in) sun\b")
_DOTTED = re.compile(
    r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?= ?\d| ?,)"
    r"|(?<=\d )(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\."
    r"|\b(mon|tues?|weds?|thurs?|thur?|fri|sat|sun)\."
    r"(?= ?(?:,|\d|at\b|the\b|or\b|and\b|morning|afternoon|evening|night|noon|jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec))"
)
""" "Nov. 30": no end of a sentence."""
_WORD = re.compile(r"[a-z0-9'][a-z0-9']*")
_DAY = (
    rf"(?:(?:the |this |next )?(?:today|tomorrow|{'|'.join(WEEKDAYS)})|(?:the )?\d\d?(?:st|nd|rd|th)"
    rf"|\d\d? (?:{'|'.join(MONTHS)}))\b"
)
_FOR_A_DAY = re.compile(
    r"(\b(?:book|put|pencil|sign|squeeze|fit|slot)(?: (?:me|us|him|her|it))?(?: (?:in|down|up))?"
    r"|\b(?:free|available|space|room|appointment|booking|session|massage|slot)s?) 4"
    rf"(?= {_DAY})"
)
_TO_A_DAY = re.compile(
    r"(\b(?:move|moved|change|changed|switch|swap|shift|push|reschedule|rebook|postpone|put)\b"
    rf"[^.?!;]{{0,60}}?(?<!at)(?<!after)(?<!before)(?<!by)(?<!from)(?<!to)) 2(?= {_DAY})"
)
""" "Book me 4 tuesday", "move it 2 wednesday": a word, not the hour."""
_OTHER_WEEK = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),? (?:- )?not (?:today|this week)(?:'s)?(?: one)?,? (?:but )?(?:the )?"
    r"next week(?:'s)?(?: one)?\b"
)
""" "Friday, not today but next week's"."""


def plain(text: str) -> str:
    """Lower case, one kind of dash and quote, full words for short ones, figures for number words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[‘’`´]", "'", folded)
    folded = re.sub(r"[‐‑‒–—―~〜～]", "-", folded)
    folded = re.sub(r" ?(?:-+>|[→⇒➡]\ufe0f?|=>|>>) ?", " -> ", folded)
    folded = re.sub(r"(?<![a-z])([ap])\s?\.\s?m\b\.?|(?<=\d )([ap]) m\b", r"\1\2m", folded)
    folded = re.sub(
        r"(?<=\d)(?=(?:mins?|minutes?|hrs?|hours?|people|ppl)\b)", " ", re.sub(r"\s+", " ", folded)
    )
    folded = re.sub(r"\bo'? ?clock\b", "o'clock", folded)
    folded = re.sub(r"\b1st (thing|available)\b", r"first \1", folded)
    folded = _DOTTED.sub(lambda found: (found[1] or found[2] or found[3]) + " ", folded).replace("  ", " ")
    folded = _CALLED.sub("someone", folded)
    folded = _SAT_DOWN.sub(lambda found: found[0].replace("sat", "seated"), folded)
    folded = _IN_THE_SUN.sub(r"\1 light", folded)
    folded = _WORD.sub(lambda found: _spelled(found[0]), folded)
    folded = _OTHER_WEEK.sub(r"\1 next week", folded)
    folded = _TO_A_DAY.sub(r"\1 to", _FOR_A_DAY.sub(r"\1 for", folded))
    return _figures(folded)


def _spelled(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 5 or word in _SPELLED or word in _GUARDED or not word.isalpha():
        return word
    allowed = 1 if len(word) < 7 else 2
    close = [
        (OSA.distance(word, known, score_cutoff=allowed), known) for known in _SPELLED if word[0] == known[0]
    ]
    distance, known = min(close, default=(allowed + 1, word))
    return known if distance <= allowed else word


def _figures(text: str) -> str:
    text = _COMPOUND_NTH.sub(lambda found: f"{_TENS[found[1]] + _ORDINALS[found[2]]}th", text)
    text = _LONE_NTH.sub(lambda found: f"{_ORDINALS[found[1]]}th", text)
    text = _PRONOUN.sub("anyone", text)
    text = _COMPOUND.sub(lambda found: str(_TENS[found[1]] + (_TEENS[found[2]] if found[2] else 0)), text)
    return _LONE.sub(lambda found: str(_TEENS[found[1]]), text)
