"""Which treatment a message names."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.answers.when import english_words, japanese_words

_LENGTH = re.compile(
    r"(?P<half>half[ -]?(?:an )?hour)"
    r"|(?P<hourhalf>an hour and a half|1 hour and a half|hour and a half|1時間半|1\.5 ?(?:hours?|時間))"
    r"|(?P<hour>an hour|(?<![\d.])1[ -]?hour|hour-?long|full hour|(?<![\d.])1時間)|(?<![\d.])"
    r"(?P<hours>[2-4])(?:[ -]?hours?|時間)"
    r"|(?<!時)(?<!\d)(?P<minutes>\d{2,3})(?: ?- ?|)(?: ?minutes?| ?m\b|分)"
)
_SPOKEN = {"thirty": 30, "forty five": 45, "forty-five": 45, "sixty": 60, "ninety": 90}
_SPOKEN_MINUTES = re.compile(rf"\b({'|'.join(_SPOKEN)})(?=[ -]?min)")
_TOWARDS = re.compile(r"^ ?に(?!ち)|^ ?(?:one )?(?:instead|rather)\b")
_BEFORE = re.compile(r"\b(?:to|into) (?:the |a |an )?$")
"""What a change is to: "60 minutes instead of 30", 30分やめて60分に."""
_EITHER = re.compile(r"\bor\b|か(?![。?!、 なもら]|$)|または|もしくは|/")
_JOINER = re.compile(r"[\s,、・+&と]|\band\b")


def read_treatment(
    text: str, words: Mapping[str, Sequence[str]], minutes: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Ids of the treatments that the words fit, in the order of `words`.

    One id: decided. Several: a kind is known and its length is not ("massage"). None: nothing was said.
    `words` are those of clinic.yaml in either language; give the names ("Massage, 60 min") as well, so
    that a kind counts for each of its lengths. The longest words win: "massage and exercise" is not
    "massage". A length that the kind does not have leaves the kind undecided.
    """
    said = _plain(text)
    lengths = _lengths(said)
    said = _LENGTH.sub(" ", said)
    groups = _named(said, words)
    kinds = {treatment for group in groups for treatment in group}
    if len(groups) > 1 and not _EITHER.search(said):
        kinds = _covering(words, groups) or kinds
    known = minutes if minutes is not None else {id_: length for id_ in words for length in _own(words[id_])}
    timed = {treatment for treatment, length in known.items() if length in lengths}
    both = kinds & timed if kinds and timed else kinds or timed
    if kinds and timed and not both and len(kinds) == 1 and minutes is None:
        both = timed
    fitting = both or kinds
    return tuple(treatment for treatment in words if treatment in fitting)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:1000])
    if not folded.isascii():
        folded = japanese_words.plain(folded)
    plain = english_words.plain(folded)
    return _SPOKEN_MINUTES.sub(lambda spoken: str(_SPOKEN[spoken[1]]), plain)


def _lengths(said: str) -> set[int]:
    """All that are said; of several only those that a change is to."""
    found: set[int] = set()
    wished: set[int] = set()
    for each in _LENGTH.finditer(said):
        if each["minutes"]:
            length = int(each["minutes"])
        elif each["hours"]:
            length = 60 * int(each["hours"])
        else:
            length = 30 if each["half"] else 90 if each["hourhalf"] else 60
        found.add(length)
        if _TOWARDS.search(said[each.end() :]) or _BEFORE.search(said[: each.start()]):
            wished.add(length)
    return wished if len(found) > 1 and wished else found


def _own(phrases: Sequence[str]) -> set[int]:
    return {length for phrase in phrases for length in _lengths(_plain(phrase))}


def _kind(phrase: str) -> str:
    """A phrase without its length; "" if that is all it is."""
    return _LENGTH.sub(" ", _plain(phrase)).strip(" ,、の")


def _named(said: str, words: Mapping[str, Sequence[str]]) -> list[set[str]]:
    """For each kind that is named, longest first, the treatments of that kind."""
    kinds: dict[str, set[str]] = {}
    for treatment, phrases in words.items():
        for phrase in phrases:
            if kind := _kind(phrase):
                kinds.setdefault(kind, set()).add(treatment)
    groups: list[set[str]] = []
    rest = _spelled(said, kinds)
    for kind in sorted(kinds, key=len, reverse=True):
        pattern = rf"\b{re.escape(kind)}s?\b" if kind.isascii() else re.escape(kind)
        if re.search(pattern, rest):
            rest = re.sub(pattern, " ", rest)
            if kinds[kind] not in groups:
                groups.append(kinds[kind])
    return groups


def _spelled(said: str, kinds: Mapping[str, set[str]]) -> str:
    """Latin words of five letters or more that are one slip (two in long words) off a kind's words."""
    vocabulary = {word for kind in kinds for word in re.findall(r"[a-z]{5,}", kind)}

    def near(found: re.Match[str]) -> str:
        word = found[0]
        allowed = 1 if len(word) < 7 else 2
        close = [(OSA.distance(word, known), known) for known in vocabulary if word[0] == known[0]]
        distance, known = min(close, default=(99, word))
        return known if distance <= allowed else word

    return re.sub(r"[a-z]{5,}", near, said)


def _covering(words: Mapping[str, Sequence[str]], groups: Sequence[set[str]]) -> set[str]:
    """Treatments that hold every kind named: マッサージ and 運動 said apart."""
    named = [{_kind(phrase) for treatment in group for phrase in words[treatment]} - {""} for group in groups]
    fitting: set[str] = set()
    for treatment, phrases in words.items():
        for phrase in map(_kind, phrases):
            parts = [part for part in _JOINER.split(phrase) if part]
            if len(parts) > 1 and all(
                any(kind in phrase and kind != phrase for kind in one) for one in named
            ):
                fitting.add(treatment)
    return fitting
