"""Settings: every mistake at once, each in one clear line; `.env.example` names them all."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsInvalid, Updates, read_settings

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def lines_of(env: str, *, token_needed: bool = False) -> list[str]:
    path = Path(".env")
    path.write_text(env)
    with pytest.raises(SettingsInvalid) as caught:
        read_settings(path, token_needed=token_needed)
    return caught.value.lines


def test_nothing_has_to_be_set_for_a_trial() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.updates is Updates.POLLING


def test_an_empty_value_counts_as_not_set() -> None:
    Path(".env").write_text("TELEGRAM_BOT_TOKEN=\nHTTP_PORT=\n")
    assert read_settings().http_port == 8080


@pytest.mark.parametrize("url", ["http://clinic.example", "clinic.example", "ftp://clinic.example"])
def test_links_by_which_the_clinic_answers_are_never_open_to_read(url: str) -> None:
    (line,) = lines_of(f"PUBLIC_URL={url}\n")
    assert line.startswith("PUBLIC_URL:")


def test_a_clinic_with_a_group_or_a_public_address_can_answer() -> None:
    assert not read_settings().can_answer
    for env in ("CLINIC_CHAT_ID=-100\n", "PUBLIC_URL=https://clinic.example\n"):
        Path(".env").write_text(env)
        assert read_settings().can_answer


def test_all_mistakes_are_told_at_once() -> None:
    lines = lines_of(
        "TELEGRAM_BOT_TOKEN=abc\nHTTP_PORT=many\nUPDATES=pigeon\nDATA_KEY=short\nCLINIC_CHAT_ID=us\n"
    )
    assert {line.split(":")[0] for line in lines} == {
        "TELEGRAM_BOT_TOKEN",
        "HTTP_PORT",
        "UPDATES",
        "DATA_KEY",
        "CLINIC_CHAT_ID",
    }


def test_no_mistake_repeats_the_secret() -> None:
    assert not any("hunter2" in line for line in lines_of("TELEGRAM_BOT_TOKEN=hunter2\nDATA_KEY=hunter2\n"))


def test_a_missing_token_is_one_clear_line() -> None:
    (line,) = lines_of("", token_needed=True)
    assert line.startswith("TELEGRAM_BOT_TOKEN: is missing")


def test_a_webhook_needs_its_address_and_secret() -> None:
    (line,) = lines_of("UPDATES=webhook\n")
    assert "WEBHOOK_URL" in line and "WEBHOOK_SECRET" in line


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ("PUBLIC_URL=https://clinic.example\n", ["PUBLIC_URL"]),
        ("UPDATES=webhook\nWEBHOOK_URL=https://clinic.example\nWEBHOOK_SECRET=x\n", ["UPDATES=webhook"]),
        ("PUBLIC_URL=https://clinic.example\nUPDATES=webhook\n", ["UPDATES=webhook", "PUBLIC_URL"]),
    ],
)
def test_what_needs_the_web_side_is_refused_without_one(env: str, named: list[str]) -> None:
    lines = lines_of(f"HTTP_PORT=0\n{env}")
    assert [line.split(":")[0].split(" also")[0] for line in lines] == named
    assert all("HTTP_PORT" in line for line in lines)


def test_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("HTTP_PORT=1000\n")
    monkeypatch.setenv("HTTP_PORT", "2000")
    assert read_settings().http_port == 2000


def test_a_file_in_another_encoding_is_one_clear_line() -> None:
    Path(".env").write_bytes("CLINIC_EMAIL=手当て".encode("shift_jis"))
    with pytest.raises(SettingsInvalid, match="UTF-8"):
        read_settings()


def test_the_example_names_every_setting_and_is_valid() -> None:
    example = Path(__file__).parent.parent / ".env.example"
    named = {
        line.split("=")[0] for line in example.read_text().splitlines() if "=" in line and line[0] != "#"
    }
    assert named == {name.upper() for name in Settings.model_fields}
    read_settings(example)


def test_a_token_is_taken() -> None:
    Path(".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    settings = read_settings(token_needed=True)
    assert settings.telegram_bot_token is not None
    assert TOKEN not in repr(settings)
