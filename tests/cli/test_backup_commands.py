"""`backup`, `restore` and `rekey` as a person runs them: what they say, and what they leave."""

from pathlib import Path

import pytest

from bot.adapters.store.cipher import Cipher
from tests.cli.calling import teate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a bot has run before, with a key file."""
    assert teate("migrate", folder=tmp_path).returncode == 0
    return tmp_path


def key(folder: Path) -> str:
    return (folder / "data" / "data.key").read_text().strip()


def test_a_backup_says_where_the_key_is_and_what_to_do_with_it(folder: Path) -> None:
    done = teate("backup", "copy.db", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "copy.db:" in done.stdout and "data/data.key" in done.stdout and "apart" in done.stdout
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600
    again = teate("backup", "copy.db", folder=folder)
    assert (again.returncode, again.stdout) == (2, "") and "exists already" in again.stderr


def test_a_restore_wants_to_be_told_and_puts_aside(folder: Path) -> None:
    teate("backup", "copy.db", folder=folder)
    refused = teate("restore", "copy.db", folder=folder)
    assert refused.returncode == 2 and "--force" in refused.stderr
    done = teate("restore", "copy.db", "--force", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "lies at data/teate.db.before-" in done.stdout
    assert teate("status", folder=folder).returncode == 0


def test_a_restore_without_the_key_makes_none(folder: Path) -> None:
    teate("backup", "copy.db", folder=folder)
    (folder / "data" / "data.key").unlink()
    done = teate("restore", "copy.db", "--force", folder=folder)
    assert done.returncode == 2 and "data.key: is missing" in done.stderr
    assert not (folder / "data" / "data.key").exists()


def test_postgresql_is_sent_to_its_own_tools(folder: Path) -> None:
    for command, tool in (("backup", "pg_dump"), ("restore", "pg_restore")):
        done = teate(command, "copy.db", folder=folder, DATABASE_URL="postgresql://me@nowhere/teate")
        assert done.returncode == 2 and tool in done.stderr
        assert "Traceback" not in done.stderr


def test_a_new_key_takes_the_old_ones_place(folder: Path) -> None:
    old = key(folder)
    done = teate("rekey", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "sealed with the new key" in done.stdout
    assert key(folder) != old and "," not in key(folder)
    assert teate("status", folder=folder).returncode == 0
    refused = teate("status", folder=folder, DATA_KEY=old)
    assert refused.returncode == 2 and "DATA_KEY" in refused.stderr


def test_an_interrupted_change_of_key_goes_on_with_the_same_new_key(folder: Path) -> None:
    new = Cipher.new_key()
    (folder / "data" / "data.key").write_text(f"{new},{key(folder)}\n")
    assert teate("status", folder=folder).returncode == 0, "the bot runs on both meanwhile"
    assert teate("rekey", folder=folder).returncode == 0
    assert key(folder) == new


def test_a_key_in_the_environment_is_changed_there(folder: Path) -> None:
    old = key(folder)
    (folder / "data" / "data.key").unlink()
    told = teate("rekey", folder=folder, DATA_KEY=old)
    assert told.returncode == 2 and "holds one key only" in told.stderr
    new = told.stderr.split("DATA_KEY=")[1].split(",")[0]
    done = teate("rekey", folder=folder, DATA_KEY=f"{new},{old}")
    assert done.returncode == 0 and "only the new key in DATA_KEY" in done.stdout
    assert teate("status", folder=folder, DATA_KEY=new).returncode == 0
    assert not (folder / "data" / "data.key").exists()


def test_without_a_key_there_is_nothing_to_change(tmp_path: Path) -> None:
    done = teate("rekey", folder=tmp_path)
    assert done.returncode == 2 and "data.key: is missing" in done.stderr


def test_a_wrong_retention_is_told_with_all_other_mistakes(folder: Path) -> None:
    done = teate("status", folder=folder, KEEP_MOOD_DAYS="0", KEEP_BOOKINGS_DAYS="ever", PRIVACY_URL="here")
    assert done.returncode == 2
    told = {line.split(":")[0] for line in done.stderr.splitlines()}
    assert told == {"KEEP_MOOD_DAYS", "KEEP_BOOKINGS_DAYS", "PRIVACY_URL"}
