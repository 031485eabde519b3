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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import product

from bot.answers.safety_folding import EDGE

_MOST_FORMS = 3000
_MARKS = re.compile(r"[_*~$^]")
# What may stand between two words of a phrase: a line break, and where it is loose also one other word.
_STRICT = r" (?:\| )?"
_LOOSE = r" (?:\| |(?!i |not |never )[^ |]+ )?"
_PARTICLES = ("が", "は", "も", "を", "に", "で", "と", "の", "って", "とか", "なんて", "なんか", "さえ",
              "すら", "まで", "とも", "では", "には", "でも", "にも", "ばかり", "だけ")  # fmt: skip


class PhraseError(ValueError):
    """A phrase that cannot be read. The message says what to write instead."""


@dataclass(frozen=True, eq=False)
class Part:
    """One pattern, and words of which the message must hold one for it to be worth a look.

    Compiled when first needed: of thousands of patterns most never are, and together they take a second.
    """

    source: str
    anchors: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase ready to be looked for: all `parts` in one sentence, and none of `without`."""

    written: str
    parts: tuple[Part, ...]
    without: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One word of a phrase, with all its forms."""

    either: str | None
    optional: bool
    ends: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """Reads phrases of one language. `fold` is the phrase fold; `spaced` whether words have spaces."""

    fold: Callable[[str], str]
    spaced: bool
    lists: Mapping[str, tuple[str, ...]]
    _items: dict[str, "_Item"] = field(default_factory=dict, init=False)
    """Lists and words come back in phrase after phrase."""

    def read(self, written: str, *, loose: bool = False) -> Phrase:
        """Raises PhraseError. `loose`: one other word may stand between any two (English only)."""
        pieces = re.split(r" ([&!]) ", written.strip())
        signs = ["&", *pieces[1::2]]
        parts = list(zip(signs, pieces[::2], strict=True))
        return Phrase(
            written,
            tuple(self._part(piece, loose) for sign, piece in parts if sign == "&"),
            tuple(self._part(other) for sign, piece in parts if sign == "!" for other in _split(piece)),
        )

    def _part(self, written: str, loose: bool = False) -> Part:
        joint = (_LOOSE if loose else _STRICT) if self.spaced else ""
        pattern = due = ""  # `due` is the joint owed before the next word
        anchors: tuple[str, ...] = ()
        for item in _items(written):
            if item in {"*", "~", "_", "^"}:
                pattern += (" " if due else "") + self._regex(item)
                due = ""
                continue
            read = self._item(item)
            if read.either is None:  # nothing but fillers
                continue
            if read.optional:
                pattern += f"{due}(?:{read.either}{joint})?"
                due = ""
                continue
            if due and read.ends:
                due = _STRICT  # the end is the end: no word may stand before it
            pattern += due + read.either
            due = joint
            anchors = max(anchors, read.anchors, key=_rarity)
        if not anchors:
            raise PhraseError(f"the phrase {written!r} has no word that must be there")
        if self.spaced:
            pattern = f"(?<= ){pattern}(?:(?= )|(?<= ))"
        return Part(pattern, anchors)

    def _item(self, written: str) -> "_Item":
        if written not in self._items:
            optional = written.startswith("[")
            expanded = _expanded(f"({written[1:-1]})" if optional else written, self.lists)
            forms = tuple(form for form in expanded if self._bare(form) or _MARKS.search(form))
            optional = optional or "" in expanded
            self._items[written] = _Item(
                _either([self._regex(form) for form in forms]) if forms else None,
                optional,
                any("$" in form for form in forms),
                () if optional or not forms else self._anchors(forms),
            )
        return self._items[written]

    def _gap(self, sign: str) -> str:
        if not self.spaced:
            return "[^|]{0,8}?"
        return "(?:[^ |]+ ){0,5}?" if sign == "*" else "(?:(?!i )[^ |]+ ){0,5}?"

    def _bare(self, form: str) -> str:
        return self.fold(_MARKS.sub(" ", form))

    def _regex(self, form: str) -> str:
        """One form, its words folded and its marks turned into patterns."""
        pieces = _MARKS.split(form)
        signs = _MARKS.findall(form)
        regex = re.escape(self.fold(pieces[0])).replace("\\ ", " ")
        for sign, piece in zip(signs, pieces[1:], strict=True):
            words = re.escape(self.fold(piece)).replace("\\ ", " ")
            if sign in "*~":
                regex += (" " if self.spaced and regex else "") + self._gap(sign) + words
            elif sign == "_":
                regex += (
                    "(?:" + "|".join(sorted(map(self.fold, _PARTICLES), key=len, reverse=True)) + ")?" + words
                )
            elif sign == "$":
                regex += (" " if self.spaced and regex else "") + "(?=\\|)"
            else:
                regex += "(?<=\\| )" + words if self.spaced else "(?<=\\|)" + words
        return regex

    def _anchors(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        """For each form its longest word; nothing if a form has no word at all."""
        longest: set[str] = set()
        for form in forms:
            if self.spaced:
                longest.add(max(self._bare(form).split(), key=len, default=""))
            else:
                longest.add(max(map(self.fold, _MARKS.split(form)), key=len))
        return () if "" in longest else tuple(sorted(longest))


def words_of(phrases: Iterable[Phrase]) -> set[str]:
    """Every word in an English phrase."""
    parts = (part for phrase in phrases for part in (*phrase.parts, *phrase.without))
    return {word for part in parts for word in re.findall(r"[a-z0-9]+", part.source)}


def _rarity(anchors: tuple[str, ...]) -> tuple[float, int]:
    if not anchors:
        return (-9999.0, 0)
    return (min(map(len, anchors)) - 0.15 * len(anchors), len(anchors))


def _either(forms: list[str]) -> str:
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return ordered[0] if len(ordered) == 1 else f"(?:{'|'.join(ordered)})"


def _items(written: str) -> Iterator[str]:
    """Splits at spaces outside brackets; `*`, `~`, `_` and `[...]` stand alone also without spaces."""
    item = ""
    depth = 0
    for char in written:
        if char == "[" and not depth and item:
            yield item
            item = ""
        if char in "([{":
            depth += 1
        if char in ")]}":
            depth -= 1
        if not depth and char in " *~_":
            if item:
                yield item
            if char != " ":
                yield char
            item = ""
            continue
        item += char
        if char == "]" and not depth:
            yield item
            item = ""
    if depth:
        raise PhraseError(f"the brackets of {written!r} do not close")
    if item:
        yield item


def _expanded(item: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All forms of one item: `(ki|ca)ll(ing)?` is kill, killing, call, calling."""
    forms: list[str] = []
    for alternative in _split(item):
        pieces = [_piece(piece, lists) for piece in _pieces(alternative)]
        count = 1
        for piece in pieces:
            count *= len(piece)
        if count > _MOST_FORMS:
            raise PhraseError(f"{item!r} has {count} forms: put a space into it, or write two phrases")
        forms += ["".join(choice) for choice in product(*pieces)]
    return tuple(dict.fromkeys(forms))


def _piece(piece: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    optional = piece.endswith("?") or piece.startswith("[")
    core = piece.removesuffix("?")
    if not core:
        raise PhraseError("a ? stands after nothing: write what may be missing before it, in brackets")
    if core.startswith("{"):
        name = core[1:-1]
        if name not in lists:
            raise PhraseError(f"there is no list {{{name}}}: add it under `lists`, or write the words out")
        forms = tuple(form for entry in lists[name] for form in _expanded(entry, lists))
    elif core[0] in "([":
        forms = _expanded(core[1:-1], lists)
    else:
        forms = (core,)
    return ("", *forms) if optional else forms


def _pieces(written: str) -> list[str]:
    pieces: list[str] = []
    depth = 0
    piece = ""
    for char in written:
        if char in "({[" and not depth and piece:
            pieces.append(piece)
            piece = ""
        if char == "?" and not depth and (piece or pieces):
            if piece:  # after a plain letter: that letter
                pieces += [piece[:-1], f"({piece[-1]})"] if piece[:-1] else [f"({piece})"]
                piece = ""
            pieces[-1] += "?"
            continue
        depth += (char in "({[") - (char in ")}]")
        piece += char
        if char in ")}]" and not depth:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


@lru_cache(maxsize=1024)
def _split(written: str) -> tuple[str, ...]:
    """The alternatives at the outermost level."""
    found: list[str] = []
    depth = 0
    piece = ""
    for char in written:
        depth += (char in "({[") - (char in ")}]")
        if char == "|" and not depth:
            found.append(piece)
            piece = ""
        else:
            piece += char
    return (*found, piece)


__all__ = ["EDGE", "Part", "Phrase", "PhraseError", "PhraseReader", "words_of"]
