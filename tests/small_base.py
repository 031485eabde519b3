"""A copy of the shipped knowledge base that is read in a third of the time: of many phrases, a few."""

import shutil
from pathlib import Path

from tests.conftest import KNOWLEDGE

FEW = 3
"""Phrases and examples that are left of each list."""
ENOUGH = 20
"""Sayings that are left of each list: an entry must have so many."""
_LONG = ("safety.yaml", "safety_examples.yaml", "safety_harmless.yaml")


def small_base(to: Path, *, all_sayings: bool = False) -> Path:
    """For tests that spoil something else."""
    shutil.copytree(KNOWLEDGE, to)
    for name in _LONG:
        _shorten(to / name, ("en: |", "ja: |"), FEW)
    for path in () if all_sayings else (*to.glob("topics/*.yaml"), to / "intents.yaml"):
        _shorten(path, ("en:", "ja:"), ENOUGH)
    return to


def _shorten(path: Path, heads: tuple[str, ...], few: int) -> None:
    """Of each list that stands below one of the heads, leave the first few."""
    kept: list[str] = []
    inside: int | None = None
    left = 0
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if inside is not None and (not line.strip() or indent > inside):
            left -= 1
            if left < 0:
                continue
        else:
            inside, left = (indent, few) if line.rstrip().endswith(heads) else (None, 0)
        kept.append(line)
    path.write_text("".join(kept), encoding="utf-8")
