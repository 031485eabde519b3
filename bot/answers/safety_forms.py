"""All forms of one word of a phrase: `(ki|ca)ll(ing)?` is kill, killing, call, calling."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product

_MOST = 3000
_GROUPED = re.compile(r"[][(){}?]")
_UNSEEN = "、，,・"
"""Marks that a folded message does not hold: a choice of nothing else would fit anywhere."""


class PhraseError(ValueError):
    """A phrase that cannot be read. The message says what to write instead."""


class Forms:
    """Expands words. `lists` are the clinic's lists of words, by name."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._expanded: dict[str, tuple[str, ...]] = {}
        """Of the lists; they come back in phrase after phrase."""

    def of(self, item: str) -> tuple[str, ...]:
        """Raises PhraseError for a list that there is not, and for too many forms."""
        if not _GROUPED.search(item):  # most words: it saves half of the time
            return tuple(dict.fromkeys(item.split("|")))
        forms: list[str] = []
        for alternative in split(item):
            pieces = [self._piece(piece) for piece in _pieces(alternative)]
            count = 1
            for piece in pieces:
                count *= len(piece)
            if count > _MOST:
                raise PhraseError(f"{item!r} has {count} forms: put a space into it, or write two phrases")
            forms += ["".join(choice) for choice in product(*pieces)]
        return tuple(dict.fromkeys(forms))

    def _piece(self, piece: str) -> tuple[str, ...]:
        optional = piece.endswith("?") or piece.startswith("[")
        core = piece.removesuffix("?")
        if not core:
            raise PhraseError("a ? stands after nothing: write what may be missing before it, in brackets")
        if core.startswith("{"):
            forms = self._listed(core[1:-1])
        elif core[0] in "([":
            forms = self.of(core[1:-1])
            for form in forms:
                if form and not form.strip(_UNSEEN):
                    raise PhraseError(f"{form!r} in {core!r} is never seen in a message: take it out")
        else:
            forms = (core,)
        return ("", *forms) if optional else forms

    def _listed(self, name: str) -> tuple[str, ...]:
        if name not in self._lists:
            raise PhraseError(f"there is no list {{{name}}}: add it under `lists`, or write the words out")
        if name not in self._expanded:
            self._expanded[name] = tuple(form for entry in self._lists[name] for form in self.of(entry))
        return self._expanded[name]


def items(written: str) -> Iterator[str]:
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
def split(written: str) -> tuple[str, ...]:
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
