"""The commands as a person runs them: real processes, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import commands
from tests.conftest import KNOWLEDGE

ROOT = Path(__file__).parent.parent.parent


def teate(
    *arguments: str, said: str = "", folder: Path = ROOT, **environment: str
) -> "subprocess.CompletedProcess[str]":
    clean = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")
    }
    given = {**clean, "KNOWLEDGE_DIR": str(KNOWLEDGE.resolve()), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=given,
        cwd=folder,
        timeout=60,
        check=False,
    )


def test_ask_answers_each_line_with_one_json_object(tmp_path: Path) -> None:
    done = teate(
        "ask",
        "--json",
        "-",
        said="does massage lower cortisol?\n眠れないときにマッサージは効きますか\n",
        folder=tmp_path,
    )
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["lang"], first["route"], first["claims"]) == ("en", "answer", ["massage-stress-cortisol"])
    assert (second["lang"], second["route"], second["entry"]) == ("ja", "answer", "massage-sleep")
    assert set(first) == {
        *("text", "lang", "route", "safety", "entry", "claims", "score", "alternatives", "need", "intent"),
        *("slots", "reply"),
    }
    assert not list(tmp_path.iterdir()), "asking leaves nothing behind"


def test_ask_reads_a_wish_for_an_appointment_at_the_time_it_is_told(tmp_path: Path) -> None:
    done = teate(
        *("ask", "--json", "--now", "2026-11-20T12:00+09:00", "-"),
        said="any chance of a massage tomorrow after six?\n",
        folder=tmp_path,
    )
    asked = json.loads(done.stdout)
    assert (asked["route"], asked["intent"]) == ("booking", "book")
    assert (asked["slots"]["date"], asked["slots"]["from"]) == ("2026-11-21", "18:00")


@pytest.mark.parametrize(
    "said",
    ["\n", "\x00\n", "\udcff\n".encode("utf-8", "surrogateescape").decode("latin-1"), "x" * 9000 + "\n"],
)
def test_ask_survives_any_line(tmp_path: Path, said: str) -> None:
    done = teate("ask", "--json", "-", said=said, folder=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["route"]


def test_a_malformed_time_is_one_clear_line(tmp_path: Path) -> None:
    done = teate("ask", "--now", "tomorrow", "hello", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("--now: ")


def test_run_without_a_token_says_so_and_ends_with_2(tmp_path: Path) -> None:
    done = teate("run", folder=tmp_path)
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_knowledge_base_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "clinic.yaml").write_text("licence: maybe\n")
    done = teate("check", folder=tmp_path, KNOWLEDGE_DIR="knowledge")
    assert done.returncode == 2
    assert "knowledge/clinic.yaml:1:1: `maybe` is not known" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_warns_of_a_clinic_that_reads_requests_and_cannot_answer(tmp_path: Path) -> None:
    mail = {"SMTP_URL": "smtp://localhost", "CLINIC_EMAIL": "clinic@example.com"}
    assert "cannot answer" in teate("check", folder=tmp_path, **mail).stderr
    answering = teate("check", folder=tmp_path, **mail, PUBLIC_URL="https://clinic.example")
    assert answering.returncode == 0 and "cannot answer" not in answering.stderr


def test_check_is_content_with_what_is_shipped(tmp_path: Path) -> None:
    done = teate("check", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "example values" in done.stderr


def test_evaluate_prints_our_figures_beside_the_rivals(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("question,label\nwhere are you,clinic-location\nnice weather,oos\n")
    done = teate("evaluate", "mine.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "entry on top" in done.stdout and "WRatio" in done.stdout


def test_evaluate_tells_every_row_that_it_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("question,label\nwhere are you,nowhere\n,\n")
    done = teate("evaluate", "mine.csv", folder=tmp_path)
    assert done.returncode == 2
    assert "mine.csv:2:1:" in done.stderr and "mine.csv:3:1:" in done.stderr


def test_migrate_and_status_work_on_a_new_database(tmp_path: Path) -> None:
    assert teate("migrate", folder=tmp_path).returncode == 0
    done = teate("status", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "updates waiting: 0" in done.stdout
    assert (tmp_path / "data" / "data.key").stat().st_mode & 0o777 == 0o600


def test_gaps_of_a_new_database_is_empty(tmp_path: Path) -> None:
    done = teate("gaps", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_explains_itself(name: str) -> None:
    command = commands.commands[name]
    assert command.help and len(command.help) > 20
    assert all(each.help for each in command.params if isinstance(each, click.Option))


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask", "--lang", "fr", "x"], ["evaluate"]])
def test_a_wrong_call_ends_with_2_and_without_a_traceback(arguments: list[str], tmp_path: Path) -> None:
    done = teate(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
