"""The small language in which the clinic writes the phrases of `knowledge/safety.yaml`.

    want|wish to die        one of several words
    kill(ing|ed)? myself    a part of a word that may be missing
    [so] tired of life      words that may be missing
    kill * myself           up to five words between (Japanese: up to eight characters)
    my friend ~ suicidal    as `*`, but none of the words is `i`: it is still about the friend
    {someone} hits me       any word of the list `someone`
    chest & crushing        both in one sentence, in any order
    rash ! sudden|rash decision   the first, but only in sentences without any of the others
    ^ goodbye $             where a sentence begins, where it ends
    息_できない              Japanese only: a particle (が, も, を ...) or none

A phrase is matched against a folded message (`safety_folding`), so spelling, width and case do not matter.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.answers.safety_folding import EDGE
from bot.answers.safety_forms import Forms, PhraseError, items, split

_ALONE = frozenset("*~_^")
_MARKS = re.compile(r"[_*~$^]")
# What may stand between two words of a phrase: a line break, and where it is loose also one other word.
_STRICT = r" (?:\| )?"
_LOOSE = r" (?:\| |(?!i |not |never )[^ |]+ )?"
_PARTICLES = ("が", "は", "も", "を", "に", "で", "と", "の", "って", "とか", "なんて", "なんか", "さえ",
              "すら", "まで", "とも", "では", "には", "でも", "にも", "ばかり", "だけ")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a phrase, with all its forms as they are written."""

    forms: tuple[str, ...]
    bare: tuple[str, ...]
    """The forms folded and without marks."""
    optional: bool
    anchors: tuple[str, ...]

    @property
    def ends(self) -> bool:
        return any("$" in form for form in self.forms)


@dataclass(frozen=True, eq=False)
class Part:
    """One pattern, and words of which the message must hold one for it to be worth a look.

    Compiled when first needed: of thousands of patterns most never are, and together they take seconds.
    """

    anchors: tuple[str, ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase ready to be looked for: all `parts` in one sentence, and none of `without`."""

    written: str
    parts: tuple[Part, ...]
    without: tuple[Part, ...]


class PhraseReader:
    """Reads phrases of one language. `fold` is the phrase fold; `spaced` whether words have spaces."""

    def __init__(
        self, fold: Callable[[str], str], spaced: bool, lists: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._fold = fold
        self._spaced = spaced
        self._forms = Forms(lists)
        # Words come back in phrase after phrase.
        self._words: dict[str, Word] = {}
        self._patterns: dict[Word, str] = {}

    def read(self, written: str, *, loose: bool = False) -> Phrase:
        """Raises PhraseError. `loose`: one other word may stand between any two (English only)."""
        pieces = re.split(r" ([&!]) ", written.strip())
        signs = ["&", *pieces[1::2]]
        parts = list(zip(signs, pieces[::2], strict=True))
        return Phrase(
            written,
            tuple(self._part(piece, loose) for sign, piece in parts if sign == "&"),
            tuple(self._part(other) for sign, piece in parts if sign == "!" for other in split(piece)),
        )

    def words(self) -> set[str]:
        """Every word in the phrases that were read, folded."""
        return {each for word in self._words.values() for bare in word.bare for each in bare.split()}

    def _part(self, written: str, loose: bool = False) -> Part:
        pieces = [each if each in _ALONE else self._word(each) for each in items(written)]
        anchors = max((each.anchors for each in pieces if isinstance(each, Word)), key=_rarity, default=())
        if not anchors:
            raise PhraseError(f"the phrase {written!r} has no word that must be there")
        return Part(anchors, self._source(pieces, loose=loose))

    def _source(self, pieces: Sequence[str | Word], *, loose: bool) -> str:
        joint = (_LOOSE if loose else _STRICT) if self._spaced else ""
        pattern = due = ""  # `due` is the joint owed before the next word
        for piece in pieces:
            if isinstance(piece, str):
                pattern += (" " if due else "") + self._regex(piece)
                due = ""
            elif piece.optional and piece.forms:
                pattern += f"{due}(?:{self._either(piece)}{joint})?"
                due = ""
            elif piece.forms:  # else nothing but fillers
                if due and piece.ends:
                    due = _STRICT  # the end is the end: no word may stand before it
                pattern += due + self._either(piece)
                due = joint
        return f"(?<= ){pattern}(?:(?= )|(?<= ))" if self._spaced else pattern

    def _word(self, written: str) -> Word:
        if written not in self._words:
            optional = written.startswith("[")
            expanded = self._forms.of(f"({written[1:-1]})" if optional else written)
            marked = bool(_MARKS.search(written)) or "{" in written
            every = [(form, self._bare(form) if marked else self._fold(form)) for form in expanded]
            kept = [(form, bare) for form, bare in every if bare or _MARKS.search(form)]
            forms, bare = tuple(form for form, _ in kept), tuple(bare for _, bare in kept)
            optional = optional or "" in expanded
            anchors = () if optional else self._anchors(forms, bare)
            self._words[written] = Word(forms, bare, optional, anchors)
        return self._words[written]

    def _either(self, word: Word) -> str:
        """A pattern for any of the forms."""
        if word not in self._patterns:
            forms = {self._regex(form) for form in word.forms}
            ordered = sorted(forms, key=lambda form: (-len(form), form))
            self._patterns[word] = ordered[0] if len(ordered) == 1 else f"(?:{'|'.join(ordered)})"
        return self._patterns[word]

    def _gap(self, sign: str) -> str:
        if not self._spaced:
            return "[^|]{0,8}?"
        return "(?:[^ |]+ ){0,5}?" if sign == "*" else "(?:(?!i )[^ |]+ ){0,5}?"

    def _bare(self, form: str) -> str:
        return self._fold(_MARKS.sub(" ", form))

    def _regex(self, form: str) -> str:
        """One form, its words folded and its marks turned into patterns."""
        pieces = _MARKS.split(form)
        signs = _MARKS.findall(form)
        regex = re.escape(self._fold(pieces[0])).replace("\\ ", " ")
        for sign, piece in zip(signs, pieces[1:], strict=True):
            words = re.escape(self._fold(piece)).replace("\\ ", " ")
            if sign in "*~":
                regex += (" " if self._spaced and regex else "") + self._gap(sign) + words
            elif sign == "_":
                regex += (
                    "(?:"
                    + "|".join(sorted(map(self._fold, _PARTICLES), key=len, reverse=True))
                    + ")?"
                    + words
                )
            elif sign == "$":
                regex += (" " if self._spaced and regex else "") + "(?=\\|)"
            else:
                regex += "(?<=\\| )" + words if self._spaced else "(?<=\\|)" + words
        return regex

    def _anchors(self, forms: Iterable[str], bare: Iterable[str]) -> tuple[str, ...]:
        """For each form its longest word; nothing if a form has no word at all."""
        if self._spaced:
            longest = {max(each.split(), key=len, default="") for each in bare}
        else:
            longest = {max(map(self._fold, _MARKS.split(form)), key=len) for form in forms}
        return () if "" in longest else tuple(sorted(longest))


def _rarity(anchors: tuple[str, ...]) -> tuple[float, int]:
    if not anchors:
        return (-9999.0, 0)
    return (min(map(len, anchors)) - 0.15 * len(anchors), len(anchors))


__all__ = ["EDGE", "Part", "Phrase", "PhraseError", "PhraseReader"]
