"""The commands as a person runs them."""

import json
from pathlib import Path

import click
import pytest

from bot.cli import commands
from tests.cli.calling import in_a_process, teate


def test_ask_answers_each_line_with_one_json_object(tmp_path: Path) -> None:
    done = in_a_process(
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
        *("text", "lang", "route", "safety", "entry", "claims", "score", "sure", "alternatives", "need"),
        *("intent", "slots", "reply"),
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


def test_ask_shows_what_a_client_could_tap(tmp_path: Path) -> None:
    vague = ("can i bring my dog", "can u fix my phone screen", "what about shoes", "is it ok with glasses")
    lines = teate("ask", "--json", "-", said="\n".join(vague), folder=tmp_path).stdout.splitlines()
    unsure = next(each for each in map(json.loads, lines) if each["route"] == "clarify")
    shown = (
        teate("ask", unsure["text"], folder=tmp_path).stdout.split(unsure["reply"])[1].strip().splitlines()
    )
    assert 2 <= len(shown) <= len(unsure["alternatives"])
    assert all(each.startswith("- ") and len(each) > 3 for each in shown)


def test_ask_survives_any_line(tmp_path: Path) -> None:
    lines = ["", "\x00", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"), "x" * 9000]
    done = teate("ask", "--json", "-", said="".join(f"{line}\n" for line in lines), folder=tmp_path)
    assert done.returncode == 0
    assert [bool(json.loads(line)["route"]) for line in done.stdout.splitlines()] == [True] * len(lines)


def test_a_malformed_time_is_one_clear_line(tmp_path: Path) -> None:
    done = teate("ask", "--now", "tomorrow", "hello", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("--now: ")


def test_run_without_a_token_says_so_and_ends_with_2(tmp_path: Path) -> None:
    done = in_a_process("run", folder=tmp_path)
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
    done = in_a_process("check", folder=tmp_path)
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


def test_status_names_the_calendar_feed_where_there_is_one(tmp_path: Path) -> None:
    assert "calendar feed: http://127.0.0.1:8080/" in teate("status", folder=tmp_path).stdout
    assert "calendar feed: none" in teate("status", folder=tmp_path, HTTP_PORT="0").stdout


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
