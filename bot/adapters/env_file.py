"""Reading and changing `.env`, so that whatever else an owner wrote in it stays as it was."""

import os
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from dotenv.parser import parse_stream

from bot.domain.errors import Misconfigured

PLAIN = re.compile(r"[\w.,:/@%+=~-]*")
"""What needs no quotes."""

ASSIGNED = re.compile(
    r"""(?P<before>\s*(?:export[^\S\r\n]+)?[^=\r\n]+=[^\S\r\n]*)"""
    r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^\r\n]*?)"""
    r"""(?P<after>(?:(?:[^\S\r\n]+|(?<=[^\S\r\n]))\#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|$))""",
    re.DOTALL,
)


def values_of(text: str) -> dict[str, str]:
    """Names and values; of two equal names the last counts, as for the settings."""
    return {each.key: each.value for each in parse_stream(StringIO(text)) if each.key and each.value}


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The same file with these values; comments, order and everything else stay.

    Raises:
        Misconfigured: a value that cannot be written there: it holds a line break or `${`.
    """
    parts = [(each.key, each.original.string) for each in parse_stream(StringIO(text))]
    for name, value in values.items():
        places = [index for index, (key, _) in enumerate(parts) if key == name]
        if places:
            parts[places[-1]] = (name, _assigned(parts[places[-1]][1], name, value))
        elif value:
            end = _line_end(text)
            if parts and not parts[-1][1].endswith(("\n", "\r")):
                parts[-1] = (parts[-1][0], parts[-1][1] + end)
            parts.append((name, f"{name}={_quoted(name, value)}{end}"))
    return "".join(written for _, written in parts)


def _assigned(written: str, name: str, value: str) -> str:
    found = ASSIGNED.fullmatch(written)
    if found is None:  # a name without `=`
        return f"{name}={_quoted(name, value)}{_line_end(written)}"
    after = found["after"]
    if value and after.startswith("#"):
        after = f" {after}"
    return f"{found['before']}{_quoted(name, value)}{after}"


def _quoted(name: str, value: str) -> str:
    if "\n" in value or "\r" in value or "${" in value:
        raise Misconfigured([f"{name}: cannot hold a line break or ${{; in an address write %24 for $"])
    if PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def read_env(path: Path) -> str:
    """The file, or the example beside it where there is none yet. Raises Misconfigured."""
    for each in (path, path.with_name(".env.example")):
        try:
            return each.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured([f"{each}: cannot be read: {type(error).__name__}"]) from error
    return ""


def write_env(path: Path, text: str) -> None:
    """All of it or nothing, for nobody but its owner: it holds secrets. Raises Misconfigured."""
    target = path.resolve()  # a link stays a link
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".env-", delete=False) as file:
            made = Path(file.name)
            try:
                made.chmod(0o600)
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
                made.replace(target)
            except BaseException:
                made.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Misconfigured([f"{path}: cannot be written: {error.strerror}"]) from error
