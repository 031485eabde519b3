"""Where the YAML parser gives up is seldom where the slip is: from its complaint to the slip and its mend.

Lines and columns count from 0 here, as the parser's marks do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import yaml

Place: TypeAlias = tuple[int, int]
Slip: TypeAlias = tuple[Place, str]

KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
OPENS_LINE = re.compile(rf" *(?:- +)?({KEY})(?=[ :]|$)")
BEFORE_KEY = r"^(?: *(?:- +)?|[^\"']*[{,] *)"

ODD_SPACE = re.compile("^ *([\t\u3000\u00a0])(?=\\s*[^\\s#])")
ODD_COLON = re.compile(rf"{BEFORE_KEY}{KEY} *(：)")
ODD_BRACKET = re.compile("^[^\"']*: *([｛［])")
CURLY = re.compile(rf"^ *(?:- +)?(?:{KEY}: *)?[\[{{]? *([“”„])")
NO_SPACE = re.compile(rf"{BEFORE_KEY}{KEY}(:)(?=[^\s/:])")
NO_SPACE_AFTER_DASH = re.compile(r"^ *(-)(?=[A-Za-z\"'])")

SPACES = {"\t": "a tab", "\u3000": "a full-width space", "\u00a0": "a no-break space"}
HALF = {"｛": "{", "［": "["}
COMMAS = "、，"
NEEDS_QUOTES = "@`%*&!|>?-"

SIGNS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (ODD_SPACE, lambda sign: f"{SPACES[sign]} stands in the indentation; write plain spaces"),
    (ODD_COLON, lambda _: "this is the full-width colon `：`; write `:` and a space"),
    (ODD_BRACKET, lambda sign: f"this is the full-width bracket `{sign}`; write `{HALF[sign]}`"),
    (CURLY, lambda sign: f'this is the curly quote `{sign}`; write the straight one, `"`, at both ends'),
    (NO_SPACE, lambda _: "a space is missing after this colon"),
    (NO_SPACE_AFTER_DASH, lambda _: "a space is missing after this dash"),
)
"""What looks right and is not: each pattern's group is the sign to point at."""


@dataclass(frozen=True, slots=True)
class Stumble:
    """What the parser complained of, where, and where the thing began that it was in."""

    text: str
    lines: list[str]
    told: str
    at: Place
    since: Place

    @property
    def line(self) -> str:
        return self.lines[self.at[0]] if self.at[0] < len(self.lines) else ""

    @property
    def above(self) -> int:
        """The last line above that is neither empty nor a note."""
        number = min(self.at[0], len(self.lines)) - 1
        while number > 0 and self.lines[number].lstrip()[:1] in ("", "#"):
            number -= 1
        return max(number, 0)

    @property
    def first_in_line(self) -> bool:
        return not self.line[: self.at[1]].strip()


def slip_of(text: str, error: yaml.MarkedYAMLError) -> Slip:
    """The place to look at, and what to write there."""
    mark = error.problem_mark or error.context_mark
    at = (mark.line, mark.column) if mark else (0, 0)
    began = error.context_mark
    told = error.problem or error.context or "cannot be read as YAML"
    stumble = Stumble(text, text.splitlines(), told, at, (began.line, began.column) if began else at)
    for rule in RULES:
        slip = rule(stumble)
        if slip is not None:
            return slip
    return at, f"is no YAML: {told}; put the text in double quotes, or mend the indentation"


def _document(stumble: Stumble) -> Slip | None:
    if "another document" in stumble.told:
        return stumble.at, "is no YAML: a second document begins here; take the line `---` out"
    return None


def _sign(stumble: Stumble) -> Slip | None:
    """A sign that looks right and is not, in the lines from which the parser got lost."""
    for number in sorted({stumble.since[0], stumble.above, stumble.at[0]}):
        for pattern, told in SIGNS:
            found = pattern.search(stumble.lines[number]) if number < len(stumble.lines) else None
            if found and (number, found.start(1)) <= stumble.at:
                return (number, found.start(1)), told(found[1])
    return None


def _quote(stumble: Stumble) -> Slip | None:
    """A quoted text that runs on into the next one's opening quote, or ends before its writer meant."""
    if "end of stream" in stumble.told:
        return stumble.since, _unclosed(_at(stumble, stumble.since))
    if stumble.told == "found unknown escape character":
        return stumble.at, "in double quotes `\\` has a meaning of its own; write `\\\\`"
    last = _quoted_before(stumble)
    if last is None:
        return None
    begin, end = last
    quote = _at(stumble, begin)
    if begin[0] != end[0]:
        before = stumble.lines[end[0]][: end[1] - 1]
        return (begin, _unclosed(quote)) if not before or before[-1] in " [{," else None
    if stumble.first_in_line:
        return None
    sign = _at(stumble, stumble.at)
    if "',' or" in stumble.told:
        return None
    if sign and sign in "," + COMMAS:
        return begin, 'several values stand in square brackets: `["…", "…"]`'
    inside = "''" if quote == "'" else '\\"'
    return stumble.at, f"the text ended at the {quote} before this; write {inside} for one inside the text"


def _unclosed(quote: str) -> str:
    return f"the closing quote of this text is missing; write {quote} at its end"


def _quoted_before(stumble: Stumble) -> tuple[Place, Place] | None:
    """The quoted text that ends right before the place, by its first and its last quote."""
    last: tuple[Place, Place] | None = None
    try:
        for token in yaml.scan(stumble.text, Loader=yaml.BaseLoader):
            end = token.end_mark.line, token.end_mark.column
            if (token.start_mark.line, token.start_mark.column) > stumble.at:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"') and end <= stumble.at:
                last = (token.start_mark.line, token.start_mark.column), end
    except yaml.YAMLError:
        pass  # It is the error that is being looked into.
    if last is None or last[1][0] != stumble.at[0] or stumble.line[last[1][1] : stumble.at[1]].strip():
        return None
    return last


def _bracket(stumble: Stumble) -> Slip | None:
    if "',' or" not in stumble.told:
        return None
    if stumble.first_in_line and OPENS_LINE.match(stumble.line):
        closing = {"[": "]", "{": "}"}.get(_at(stumble, stumble.since), "]")
        return stumble.since, f"this bracket is not closed; write `{closing}` at its end"
    sign = _at(stumble, stumble.at)
    if sign and sign in COMMAS:
        return stumble.at, f"this is the full-width comma `{sign}`; write `,` and a space"
    return stumble.at, "a comma is missing before this, or the text belongs in double quotes"


def _start(stumble: Stumble) -> Slip | None:
    """A text that starts with a sign of YAML's own."""
    for place in (stumble.since, stumble.at):
        sign = _at(stumble, place)
        if sign and sign in NEEDS_QUOTES and stumble.lines[place[0]][: place[1]].strip():
            return place, f"a text that starts with `{sign}` must stand in double quotes"
    value = re.search(r": +([{\[])", stumble.line)
    if "expected key" in stumble.told and value and value.end(1) < stumble.at[1]:
        return (
            (stumble.at[0], value.start(1)),
            f"a text that starts with `{value[1]}` must stand in double quotes",
        )
    return None


def _colon(stumble: Stumble) -> Slip | None:
    """A colon too many in a text, or one that was forgotten."""
    if "could not find expected ':'" in stumble.told:
        return _forgotten(stumble, stumble.since[0])
    if "mapping values are not allowed" not in stumble.told:
        return None
    if re.search(rf"{BEFORE_KEY}{KEY}: +\S", stumble.line[: stumble.at[1]]):
        return stumble.at, "a text with a colon in it must stand in double quotes"
    return _forgotten(stumble, stumble.above) if ": " not in stumble.lines[stumble.above] else None


def _forgotten(stumble: Stumble, number: int) -> Slip | None:
    line = stumble.lines[number]
    key = OPENS_LINE.match(line)
    if key is None:
        return (number, len(line) - len(line.lstrip())), (
            "this line has no colon; write `key: value`, or put a text of several lines in double quotes"
        )
    if not line[key.end(1) :].strip():
        return (number, key.end(1)), f"the colon is missing; write `{key[1]}:`"
    return (number, key.end(1)), (
        f"a colon is missing after `{key[1]}`; if it goes on with the text above, put that in double quotes"
    )


def _indentation(stumble: Stumble) -> Slip | None:
    if not OPENS_LINE.match(stumble.line) and not stumble.line.lstrip().startswith("- "):
        return None
    own, other = (len(each) - len(each.lstrip(" ")) for each in (stumble.line, stumble.lines[stumble.above]))
    spaces = f"{own} space{'' if own == 1 else 's'}"
    return (stumble.at[0], own), (
        f"is indented by {spaces}, the line above by {other}; indent it like what it stands beside"
        " (below `- `, two more)"
    )


RULES = (_document, _sign, _quote, _bracket, _start, _colon, _indentation)


def _at(stumble: Stumble, place: Place) -> str:
    line = stumble.lines[place[0]] if place[0] < len(stumble.lines) else ""
    return line[place[1] : place[1] + 1]
