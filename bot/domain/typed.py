"""What people type into a form, cleaned and within limits."""

import re
import unicodedata
from typing import Final

from bot.domain.errors import FormRefused
from bot.domain.form import OPTIONAL, FormRefusal, Step

LONGEST: Final = {
    Step.NAME: 100,
    Step.NOTE: 500,
    Step.GOAL: 500,
    Step.ACTIVITY_NOW: 500,
    Step.SUITS: 500,
}
"""Characters, after cleaning. Longer text is refused, never cut: half a note can say the opposite."""

_MANY_LINES: Final = {Step.NOTE, Step.GOAL, Step.ACTIVITY_NOW, Step.SUITS}

E164: Final = re.compile(r"\+[1-9]\d{6,14}")
"""What is checked of a number here; whether it can exist is checked where it comes in."""

ASKING: Final = re.compile(
    r"[?？]\s*$|(か|かな|かしら|でしょう|ますの|を教えて(ください|下さい|もらえますか|いただけますか)?)[。．]?\s*$"
    r"|^\s*(how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|should)\b",
    re.IGNORECASE,
)
"""What a question looks like, also without its mark."""

# Cc control, Cf zero-width and direction marks (they can turn a line of the card round), Cs and Co nothing.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


def cleaned(text: str, *, lines: bool = False) -> str:
    """Without control and zero-width characters, with single spaces; newlines stay where `lines` says so."""
    composed = unicodedata.normalize("NFC", text)
    # Line separators of every kind are line ends before they would be taken for invisible.
    rows = composed.splitlines()
    seen = (
        "".join(each for each in row.replace("\t", " ") if unicodedata.category(each) not in _INVISIBLE)
        for row in rows
    )
    tidy = [" ".join(row.split()) for row in seen]
    if not lines:
        return " ".join(row for row in tidy if row)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(tidy)).strip()


_BEFORE_NAME: Final = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|sure|yes|ok(?:ay)?)\b[\s,.!]+"
    r"(?=(?:my name|i['’]m|i am|it['’]s|this is)\b))?"
    r"(?:(?:my|the) (?:full )?name(?:['’]s| is)|name(?: is\b|:)|i['’]m|i am|it['’]s|it is|this is)\s+"
    r"|^(?:(?:こんにちは|こんばんは|おはようございます|はじめまして|初めまして|すみません|はい)[、。！!\s]*)?"
    r"(?:(?:私|わたし|僕)(?:の名前)?は|お?名前は|氏名は)[、:：\s]*",
    re.IGNORECASE,
)
_BEHIND_NAME: Final = re.compile(
    r"[\s、。！!]*(?:どうぞ)?(?:よろしく)?(?:お願い|おねがい)(?:いた|致)?します[。！!]*$|[\s、。！!]*どうぞよろしく[。！!]*$"
    r"|(?:です|と申します|といいます|と言います)[。！!]*$"
    r"|\s*[,.!]\s*(?:thanks|thank you|nice to meet you)[.!]*$",
    re.IGNORECASE,
)
"""Greetings and the like around a name. What is a name in some language stays: nothing is taken off alone."""

_NO_NAME: Final = re.compile(
    r"[?？]|(?:です|ます|でしょう)か[。．]?$|ません[。．]?$|[ぁ-ん]ます[。．]?$|(?:くださ|下さ|たくな|必要な)い[。．]?$|[。．].*[。．]"
    r"|^(?:why|what|how|when|where|which|do|does|can|could|is|are|will|would|should)(?:\s+\S+){2,}$"
    r"|\b(?:i|you|your|my)\b.*\b(?:don['’]?t|do|not|want|need|would|will|have|tell|say|rather|like|can|can['’]?t)\b"
    r"|^(?:\S+\s+){9,}\S+$",
    re.IGNORECASE,
)
"""What a question or a sentence looks like; names have up to nine words."""


def name_in(text: str) -> str:
    """The name in "hello, my name is Ann Lee" and 山田花子です。よろしくお願いします."""
    left = text
    while (shorter := _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", left)).strip()) != left:
        if not shorter:
            return left
        left = shorter
    return left


def checked(step: Step, text: str | None) -> str | None:
    """The text as the form keeps it; None where an optional step is skipped or left empty.

    Raises:
        FormRefused: needed, too_long, no_letter, no_name, phone.
    """
    kept = cleaned(text or "", lines=step in _MANY_LINES)
    if step is Step.NAME:
        kept = name_in(kept)
    if not kept:
        if step in OPTIONAL:
            return None
        raise FormRefused(FormRefusal.NEEDED, step)
    if step is Step.PHONE:
        if not E164.fullmatch(kept):
            raise FormRefused(FormRefusal.PHONE, step)
        return kept
    if len(kept) > LONGEST[step]:
        raise FormRefused(FormRefusal.TOO_LONG, step)
    if step is Step.NAME and not any(unicodedata.category(each).startswith("L") for each in kept):
        raise FormRefused(FormRefusal.NO_LETTER, step)
    if step is Step.NAME and _NO_NAME.search(kept):
        raise FormRefused(FormRefusal.NO_NAME, step)
    return kept
