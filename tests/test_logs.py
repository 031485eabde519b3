"""Logs carry ids, counts and steps: no token, no message, no name."""

import io
import logging

import pytest
import structlog

from bot.logs import redact, set_up_logs

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz012345"


@pytest.mark.parametrize(
    ("text", "kept_out"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", TOKEN),
        ("postgresql://clinic:hunter2@db/teate", "hunter2"),
        ("call 078-123-4567 please", "078-123-4567"),
        ("call +81 90 1234 5678", "1234"),
        ("from hana.ito@example.com", "hana.ito"),
    ],
)
def test_what_is_secret_or_personal_is_taken_out(text: str, kept_out: str) -> None:
    assert kept_out not in redact(text)


def test_ids_and_times_stay_readable() -> None:
    line = "2026-11-20T03:00:00Z update=8123456789 chat=-1004100001 delivery=42"
    assert redact(line) == line


def test_a_traceback_says_where_and_not_what() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", stream)
    try:
        raise ValueError(f"I am Hana and cannot sleep {TOKEN}")
    except ValueError:
        structlog.get_logger("bot").exception("an update failed", update=7)
        logging.getLogger("somebody.else").exception("failed")
    lines = stream.getvalue()
    assert "Hana" not in lines and TOKEN not in lines
    assert "error=ValueError" in lines and "test_logs.py" in lines and "update=7" in lines


def test_of_a_line_of_the_telegram_library_only_its_own_words_stay() -> None:
    stream = io.StringIO()
    set_up_logs("DEBUG", stream)
    update = {"first_name": "Hana Ito", "text": "I am so afraid"}
    try:
        raise TypeError("Hana Ito")
    except TypeError as error:
        library = logging.getLogger("telegram.Bot")
        library.critical("Error while parsing updates! Received data was %r", [update], exc_info=error)
    line = stream.getvalue()
    assert "Hana" not in line and "afraid" not in line
    assert "Error while parsing updates" in line and "error=TypeError" in line


def test_a_librarys_lines_are_redacted_too() -> None:
    stream = io.StringIO()
    set_up_logs("DEBUG", stream)
    logging.getLogger("httpx").warning("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert TOKEN not in stream.getvalue() and "<token>" in stream.getvalue()
