"""Calls a command: in this process, which is quick, or in one of its own, which is the real thing."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bot.cli import main
from tests.conftest import KNOWLEDGE

ROOT = Path(__file__).parent.parent.parent
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def teate(*arguments: str, said: str = "", folder: Path = ROOT, **environment: str) -> Done:
    """In this process: the entry point with the arguments, streams, folder and environment of a real one."""
    out, err = _stream(), _stream()
    with _place(arguments, said, folder, environment), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(bool(left.code))
    return Done(code, _written(out), _written(err))


def in_a_process(*arguments: str, said: str = "", folder: Path = ROOT, **environment: str) -> Done:
    """In a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=_clean(environment),
        cwd=folder,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def _clean(environment: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return {**kept, "KNOWLEDGE_DIR": str(KNOWLEDGE.resolve()), "PYTHONPATH": str(ROOT), **environment}


@contextmanager
def _place(
    arguments: tuple[str, ...], said: str, folder: Path, environment: dict[str, str]
) -> Iterator[None]:
    stdin = io.TextIOWrapper(io.BytesIO(said.encode()), encoding="utf-8")
    given = _clean(environment)
    with (
        chdir(folder),
        patch.dict(os.environ, given, clear=True),
        patch.object(sys, "argv", ["teate", *arguments]),
        patch.object(sys, "stdin", stdin),
    ):
        yield


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
