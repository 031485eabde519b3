"""One spelling for what clients spell in many ways: width, case, kana, apostrophes, stretched letters."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.domain.language import Language

LONGEST: Final = 4096
"""Characters read of a message; Telegram sends no more."""

_KANJI_KANA: Final = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆"
)
_JAPANESE: Final = re.compile(f"[{_KANJI_KANA}]")
_LATIN: Final = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")

# Katakana lie 0x60 above their hiragana; ヷ to ヺ have none.
_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)} | {0x30FD: 0x309D, 0x30FE: 0x309E}
_LONG_VOWEL: Final = re.compile(r"(?<=[\u3041-\u3096])[ー〜~\u2010-\u2015\u2212-]+")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['`´\u2018\u2019\u201b\u2032\u02bc\uff07](?=\w)")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN: Final = re.compile(f"[{_KANJI_KANA}]+|[^\\W_{_KANJI_KANA}]+")
_SENTENCE_END: Final = re.compile(r"[。．｡!！?？\n]+|(?<=\w)\.(?=\s|$)")

# Polite endings say nothing about the matter, and are most of a short question. They are in hiragana because
# they are looked for after folding; one after another is taken off.
_POLITE: Final = re.compile(
    r"(?:(?:を|は|が|も|に|と)?(?:"
    r"(?:を)?(?:教|おし)え(?:て|)(?:ください|下さい|いただけ(?:ます|ません)か|もらえ(?:ます|ません)か|"
    r"ほしい(?:です)?|欲しい(?:です)?)?"
    r"|(?:お|御)?(?:願|ねが)い(?:いた|致)?し(?:ます|たいです|たい)?"
    r"|(?:あ|有|在)り(?:ます|ません)か?|(?:い|居)(?:ます|ません)か|ございますか?"
    r")"
    r"|(?:いただけ|頂け|もらえ|くれ|ください|下さい)(?:ます|ません)?(?:でしょう)?か?"
    r"|(?:ん|の)?(?:でしょう|です|だろう|でし)(?:か|かね|よね|よ|ね|た|たか)?"
    r"|(?:でき|出来)(?:ます|ません)か"
    r"|(?:まし|ませ)(?:た|ん|んか|たか|ょうか)"
    r"|ます(?:か|かね|よね|よ|ね)?"
    r"|(?:の|なの|かな|かね|よね|よ|ね)"
    r")$"
)


def language_of(text: str) -> Language | None:
    """The language a text is written in, or None when it cannot tell (emoji, digits, other scripts).

    Any kana or kanji means Japanese: clients mix English words into Japanese, hardly ever the other way.
    """
    head = unicodedata.normalize("NFKC", text[:LONGEST])
    if _JAPANESE.search(head):
        return Language.JA
    return Language.EN if _LATIN.search(head) else None


def fold(text: str) -> str:
    """Width, case, kana, apostrophes, marks and stretched letters folded; every word and ending kept."""
    text = text[:LONGEST]
    if text.isascii():  # nothing to fold but case: most English messages
        text = text.casefold()
    else:
        text = unicodedata.normalize("NFKC", text).casefold()
        if not text.isprintable():  # invisible marks are not
            text = "".join(char for char in text if unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFKC", text).translate(_TO_HIRAGANA)
        text = _LONG_VOWEL.sub("", text)
    text = _APOSTROPHES.sub("", text)
    return _STRETCHED.sub(r"\1", text)


def normalise(text: str) -> str:
    """The form in which questions are compared: folded, without punctuation and Japanese polite endings.

    Words are separated by single spaces; a run of Japanese is one word. Empty when nothing can be read.
    """
    parts = (" ".join(_TOKEN.findall(part)) for part in _SENTENCE_END.split(fold(text)))
    return " ".join(filter(None, map(_without_politeness, parts)))


def sentences(text: str) -> list[str]:
    """The sentences of a message as they are written, without what ends them."""
    return [part for part in map(str.strip, _SENTENCE_END.split(text[:LONGEST])) if part]


@lru_cache(maxsize=50_000)
def normalise_saying(text: str) -> str:
    """`normalise` for the base's own sayings, which several read. Not for messages: those are not kept."""
    return normalise(text)


def _without_politeness(sentence: str) -> str:
    # At least two characters stay, or 「ですか」 alone would be nothing at all.
    while (ending := _POLITE.search(sentence)) and ending.end() > ending.start() >= 2:
        sentence = sentence[: ending.start()].rstrip()
    return sentence
