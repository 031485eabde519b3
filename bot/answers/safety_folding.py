"""Brings a message into one plain form, so that a phrase need be written only once.

English becomes lower-case words between single spaces, Japanese one run of kana and kanji. In both a `|`
stands where a sentence begins or ends. Phrases go through the same fold as messages.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.answers.safety_typos import Typos

EDGE = "|"

_HIDDEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
                     "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]")  # fmt: skip
_APOSTROPHES = str.maketrans("", "", "'’‘‛`´ʼ′＇")
_SHORT = re.compile(r"(?<=[a-z])['’‘‛`´ʼ′＇](ll|m|ve|re|d)(?![a-z])")
_FULL = {"ll": " will", "m": " am", "ve": " have", "re": " are", "d": " would"}
_LOOKALIKES = str.maketrans("аеорсухіѕԁјӏάέίόι。", "aeopcyxisdjlaeioi.")  # Cyrillic, Greek, a full stop
_ELLIPSIS = re.compile(r"\.{2,}|…")
_SPELLED_OUT = re.compile(r"(?<![a-z])([a-z])[.\-_](?=[a-z](?![a-z]))")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_TOKEN = re.compile(r"[a-z0-9$@][a-z0-9$@!*]*[a-z0-9$@]|[a-z0-9]|[.!?;\n|]+")
_PLAIN = re.compile(r"[a-z]+")
_LEET = str.maketrans("013457$@!", "oieastsai")
_LEET_L = str.maketrans("013457$@!", "oleastsal")


def cleaned(text: str) -> str:
    """What both languages share: one width, one case, nothing invisible."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True, slots=True)
class EnglishFold:
    """Folds English. `spelling` is word -> words, `fillers` are dropped, `typos` mends unknown words."""

    spelling: Mapping[str, str]
    fillers: Collection[str]
    typos: Typos

    def phrase(self, words: str) -> str:
        """Fold for a phrase of the rules: no typos are looked for."""
        plain = _spoken_out(cleaned(words))
        return " ".join(self._spelt(re.findall(r"[a-z0-9]+", plain)))

    def message(self, text: str) -> str:
        """Fold for what a client wrote; always starts and ends with an edge."""
        plain = _spoken_out(cleaned(text))
        if not plain.isascii():
            plain = _without_accents(plain.translate(_LOOKALIKES))
        plain = _DECIMAL.sub("", _ELLIPSIS.sub(" ", plain))
        plain = _SPELLED_OUT.sub(r"\1 ", plain)
        tokens: list[str] = []
        letters: list[str] = []
        for raw in _TOKEN.findall(plain):
            if len(raw) == 1 and raw.isalpha():
                letters.append(raw)
                continue
            tokens += self._letters(letters)
            letters = []
            tokens += self._token(raw)
        tokens += self._letters(letters)
        return f" {EDGE} {' '.join(self._spelt(tokens))} {EDGE} "

    def _letters(self, letters: list[str]) -> list[str]:
        """`w a n t t o d i e`, `k m s`: letters that stand alone are tried as words."""
        joined = "".join(letters)
        for skip in range(len(letters) - 2):  # the first ones may be words of their own: "i k m s"
            words = self.typos.mended(joined[skip:])
            if words != [joined[skip:]] or self.typos.knows(joined[skip:]):
                return [*letters[:skip], *words]
        return letters

    def _token(self, raw: str) -> list[str]:
        if _PLAIN.fullmatch(raw):
            return self.typos.mended(raw)
        if raw[0] in ".!?;\n|":
            return [EDGE]
        for table in (_LEET, _LEET_L):
            word = raw.translate(table)
            if any(letter.isalpha() for letter in raw) and self.typos.knows(word):
                return [word]
        if "*" in raw and (starred := self.typos.starred(raw)):
            return [starred]
        parts = re.findall(r"[a-z0-9]+|!", raw)
        if parts == [raw]:
            return [raw]
        return [folded for part in parts for folded in ([EDGE] if part == "!" else self._token(part))]

    def _spelt(self, tokens: Iterable[str]) -> list[str]:
        words: list[str] = []
        for token in tokens:
            words += self.spelling[token].split() if token in self.spelling else [token]
        return [word for word in words if word not in self.fillers]


def _spoken_out(text: str) -> str:
    """`i'll` is `i will`; every other apostrophe goes."""
    return _SHORT.sub(lambda found: _FULL[found.group(1)], text).translate(_APOSTROPHES)


def _without_accents(text: str) -> str:
    # Japanese keeps its voiced marks: only Latin letters lose theirs.
    return "".join(unicodedata.normalize("NFD", char)[0] if "À" <= char <= "ɏ" else char for char in text)


_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SMALL = dict(zip(map(ord, "ぁぃぅぇぉっゃゅょゎ"), map(ord, "あいうえおつやゆよわ"), strict=True))
_ROWS = {"ぁ": "あかさたなはまやらわがざだばぱゃ", "ぃ": "いきしちにひみりぎじぢびぴ",
         "ぅ": "うくすつぬふむゆるぐずづぶぷゅ", "ぇ": "えけせてねへめれげぜでべぺ",
         "ぉ": "おこそとのほもよろごぞどぼぽょを"}  # fmt: skip
_DRAWN_OUT = re.compile("|".join(f"(?<=[{row}{small}]){small}+" for small, row in _ROWS.items()))
_REPEATED = re.compile(r"([あいうえおー])\1+|([^0-9|])\2{2,}")
# Drawn out after hiragana or kanji, or before an い (しにたーい, シニターイ); part of the word in ストーカー.
_LONG_MARK = re.compile(r"(?<![ァ-ヶー])[ー〜~]+|[ー〜~]+(?=[いイ])")
_STRAY_LETTER = re.compile(r"(?<=[ぁ-ん一-龥])[a-z](?=[ぁ-ん])")
_PROGRESSIVE = re.compile(r"(?<=[てで])い(?=[るたなまて])")
_EDGES = re.compile(r"[。．.!?;\n|]+")
_SIMPLE = re.compile("[いうえおあか-ぢつ-もやゆよら-ろわをん一-龥]*")
_WRITTEN = re.compile("[ぁ-んァ-ヶ一-龥々〆]")
_DROPPED = re.compile(r"[^0-9a-zぁ-ゖー一-龥々〆|#]+")


@dataclass(frozen=True, slots=True)
class JapaneseFold:
    """Folds Japanese. `spelling` is text -> text, the longest at the leftmost place first."""

    spelling: Mapping[str, str]
    finder: re.Pattern[str] | None

    def phrase(self, words: str) -> str:
        """Fold for a phrase of the rules."""
        return self._spelt(kana_folded(words))

    def message(self, text: str) -> str:
        """Fold for what a client wrote; always starts and ends with an edge."""
        folded = kana_folded(text)
        if not _WRITTEN.search(folded):  # English without its spaces holds anything: th(ough iv)e
            return EDGE * 2
        return f"{EDGE}{self._spelt(folded)}{EDGE}"

    def _spelt(self, folded: str) -> str:
        if self.finder is None:
            return folded
        return self.finder.sub(lambda found: self.spelling[found.group()], folded)


def japanese_fold(spelling: Mapping[str, str]) -> JapaneseFold:
    """The fold of these spellings, themselves folded."""
    folded = {kana_folded(key): kana_folded(value) for key, value in spelling.items()}
    longest_first = sorted(folded, key=len, reverse=True)
    finder = re.compile("|".join(map(re.escape, longest_first))) if folded else None
    return JapaneseFold(folded, finder)


def kana_folded(text: str) -> str:
    """Hiragana of one size, no long marks, spaces or commas; `生きている` as it is spoken: `生きてる`."""
    if _SIMPLE.fullmatch(text):  # most words of the phrases
        return _PROGRESSIVE.sub("", _REPEATED.sub(lambda found: found.group(1) or found.group(2), text))
    plain = _LONG_MARK.sub("", cleaned(text)).translate(_KATAKANA)
    plain = _EDGES.sub(EDGE, _ELLIPSIS.sub("", _DECIMAL.sub("", plain)))
    plain = _DROPPED.sub("", plain.replace(" ", ""))
    plain = _DRAWN_OUT.sub("", plain).translate(_SMALL)
    plain = _STRAY_LETTER.sub("", plain)
    plain = _REPEATED.sub(lambda found: found.group(1) or found.group(2), plain)
    return _PROGRESSIVE.sub("", plain)
