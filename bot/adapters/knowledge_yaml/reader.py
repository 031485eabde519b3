"""YAML as text with places.

`BaseLoader` keeps every scalar a string (`safe_load` makes 570 of 9:30 and False of no), and the node
tree keeps the line and column of each, so that whatever is wrong later can be pointed at.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.oddities import odd_key, odd_text
from bot.adapters.knowledge_yaml.stumbles import slip_of

LARGEST_FILE = 8_000_000
"""Bytes: twice the largest shipped file. More is a mistake, and would slow every start."""

DEEPEST = 12
"""Levels of nesting; the schema needs seven."""

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
Path_: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """One file: its data, the place of everything in it, and what is wrong with its YAML."""

    file: str
    data: dict[str, Data] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)

    def place(self, path: Path_) -> tuple[int, int]:
        """Line and column of the value at `path`, or of the nearest thing around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, (1, 1))

    def problem(self, path: Path_, message: str) -> Problem:
        line, column = self.place(path)
        return Problem(self.file, line, column, message)

    def _mistake(self, node: yaml.Node, message: str | None) -> None:
        if message is not None:
            mark = node.start_mark
            self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, message))


def read_document(path: Path, name: str, top: str | None = None) -> Document:
    """Read one file; `name` is what its problems call it. Never raises for what the file holds.

    A file whose top level is a list needs a word for it: `top` becomes its key.
    """
    document = Document(name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        document.problems.append(Problem(name, 1, 1, "there is no such file; put it back"))
        return document
    except OSError as error:
        document.problems.append(Problem(name, 1, 1, f"cannot be read: {error.strerror}"))
        return document
    if len(raw) > LARGEST_FILE:
        document.problems.append(
            Problem(name, 1, 1, f"has {len(raw):,} bytes, over {LARGEST_FILE:,}; split it")
        )
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        document.problems.append(
            Problem(name, line, column, "is not UTF-8; save the file with the encoding UTF-8")
        )
        return document
    _parse(text, document, top)
    return document


def _parse(text: str, document: Document, top: str | None) -> None:
    document._lines = text.splitlines()
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        (line, column), told = slip_of(text, error)
        document.problems.append(Problem(document.file, line + 1, column + 1, told))
        return
    except (yaml.YAMLError, RecursionError):
        document.problems.append(_unreadable(text, document))
        return
    if root is None:
        document.problems.append(
            Problem(document.file, 1, 1, "is empty; put its content back, or delete it if it is a topic")
        )
        return
    data = _plain(root, (top,) if top else (), document, set())
    if top is not None and isinstance(data, list):
        document.data = {top: data}
    elif isinstance(data, dict) and top is None:
        document.data = data
    elif not document.problems:
        document.problems.append(
            Problem(
                document.file, 1, 1, "must hold " + ("a list" if top else "keys and values (`key: value`)")
            )
        )


def _unreadable(text: str, document: Document) -> Problem:
    sign = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if sign is None:
        return Problem(document.file, 1, 1, "is no YAML: nested too deep")
    before = text[: sign.start()].splitlines(keepends=True) or [""]
    line, column = len(before), len(before[-1]) + 1
    told = f"is no YAML: a sign that no text has (number {ord(sign[0])}) stands here; delete it"
    return Problem(document.file, line, column, told)


def _plain(
    node: yaml.Node, path: Path_, document: Document, seen: set[int], *, in_brackets: bool = False
) -> Data:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    document._places.setdefault(path, (line, column))
    if id(node) in seen:
        # An alias shares its node. A handful of aliases of aliases would grow to gigabytes.
        document._mistake(node, "is repeated by an alias (*name); write it out")
        return ""
    seen.add(id(node))
    if len(path) > DEEPEST:
        document._mistake(node, "is nested too deep")
        return ""
    if isinstance(node, yaml.ScalarNode):
        document._mistake(node, odd_text(node, document._lines, in_brackets=in_brackets))
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(each, (*path, number), document, seen, in_brackets=bool(node.flow_style))
            for number, each in enumerate(node.value)
        ]
    return _mapping(node, path, document, seen)


def _mapping(node: yaml.Node, path: Path_, document: Document, seen: set[int]) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            document._mistake(key_node, "a key must be a word; quote a text that starts with {")
            continue
        key = str(key_node.value)
        if key in data:
            document._mistake(key_node, f"the key `{key}` stands here twice; take one out")
            continue
        document._mistake(key_node, odd_key(key_node, value_node))
        document._places[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        data[key] = _plain(value_node, (*path, key), document, seen)
    return data
