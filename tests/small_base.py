"""A copy of the shipped knowledge base that is read in a fifth of the time: of thousands of phrases, a few."""

import shutil
from pathlib import Path

from tests.conftest import KNOWLEDGE

FEW = 3
"""Phrases and examples that are left of each list in a block."""
ENOUGH = 20
"""Sayings that are left of each list: what an entry must have."""


def small_base(to: Path) -> Path:
    """For tests that spoil something else."""
    shutil.copytree(KNOWLEDGE, to)
    for path in to.rglob("*.yaml"):
        path.write_text("".join(_shortened(path.read_text(encoding="utf-8"))), encoding="utf-8")
    return to


def _shortened(text: str) -> list[str]:
    """Of each list in one language, the first few."""
    kept: list[str] = []
    inside: int | None = None
    left = 0
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if inside is not None and (not line.strip() or indent > inside):
            left -= 1
            if left < 0:
                continue
        else:
            begins = line.rstrip().endswith(("en: |", "ja: |", "en:", "ja:"))
            inside, left = (indent, FEW if "|" in line else ENOUGH) if begins else (None, 0)
        kept.append(line)
    return kept
