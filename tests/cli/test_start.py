"""What a command waits for before it starts."""

import json
import subprocess
import sys

import pytest

HEAVY = ("telegram", "sqlalchemy", "aiohttp", "scipy", "pydantic")


@pytest.mark.parametrize(
    ("needs", "spared"),
    [
        ("bot.__main__", HEAVY),
        ("bot.app.mind", HEAVY[:3]),
        ("bot.app.upkeep", ("telegram", "aiohttp", "scipy")),
    ],
    ids=["help", "check and ask", "gaps and backup"],
)
def test_a_command_does_not_wait_for_what_it_does_not_need(needs: str, spared: tuple[str, ...]) -> None:
    listing = f"import json, sys, {needs}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, check=True, text=True)
    assert not set(spared) & set(json.loads(done.stdout))
