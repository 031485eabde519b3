"""YAML as text with places.

`BaseLoader` keeps every scalar a string (`safe_load` makes 570 of 9:30 and False of no), and the node
tree keeps the line and column of each, so that whatever is wrong later can be pointed at.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.adapters.knowledge_yaml.loaded import Problem

LARGEST_FILE = 4_000_000
"""Bytes. The shipped files are a tenth of it; more is a mistake, and would slow every start."""

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

    def place(self, path: Path_) -> tuple[int, int]:
        """Line and column of the value at `path`, or of the nearest thing around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, (1, 1))

    def problem(self, path: Path_, message: str) -> Problem:
        line, column = self.place(path)
        return Problem(self.file, line, column, message)


def read_document(path: Path, name: str, top: str | None = None) -> Document:
    """Read one file; `name` is what its problems call it. Never raises for what the file holds.

    A file whose top level is a list needs a word for it: `top` becomes its key.
    """
    document = Document(name)
    try:
        raw = path.read_bytes()
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
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        told = error.problem or error.context or "cannot be read as YAML"
        document.problems.append(Problem(document.file, line, column, f"is no YAML: {told}{_mend(told)}"))
        return
    except (yaml.YAMLError, RecursionError) as error:
        told = getattr(error, "reason", None) or "nested too deep"
        document.problems.append(Problem(document.file, 1, 1, f"is no YAML: {told}"))
        return
    if root is None:
        document.problems.append(Problem(document.file, 1, 1, "is empty; put its content in, or delete it"))
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


def _mend(told: str) -> str:
    if "mapping values are not allowed" in told or "did not find expected" in told:
        return "; put the text in double quotes, or mend the indentation"
    if "cannot start any token" in told:
        return "; indent with spaces, and quote a text that starts with @, `, % or a tab"
    return ""


def _plain(node: yaml.Node, path: Path_, document: Document, seen: set[int]) -> Data:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    document._places.setdefault(path, (line, column))
    if id(node) in seen:
        # An alias shares its node. A handful of aliases of aliases would grow to gigabytes.
        document.problems.append(
            Problem(document.file, line, column, "is repeated by an alias (*name); write it out")
        )
        return ""
    seen.add(id(node))
    if len(path) > DEEPEST:
        document.problems.append(Problem(document.file, line, column, "is nested too deep"))
        return ""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, number), document, seen) for number, each in enumerate(node.value)]
    return _mapping(node, path, document, seen)


def _mapping(node: yaml.Node, path: Path_, document: Document, seen: set[int]) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.problems.append(
                Problem(document.file, line, column, "a key must be a word; quote a text that starts with {")
            )
            continue
        key = str(key_node.value)
        if key in data:
            document.problems.append(
                Problem(document.file, line, column, f"the key `{key}` stands here twice; take one out")
            )
            continue
        document._places[(*path, key)] = (line, column)
        data[key] = _plain(value_node, (*path, key), document, seen)
    return data
