"""`.env` is changed value by value, and everything else in it stays as its owner wrote it."""

from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.env_file import read_env, values_of, with_values, write_env
from bot.domain.errors import Misconfigured

FILE = """# Our clinic
TELEGRAM_BOT_TOKEN=
export HTTP_PORT = 8080   # the port
  NAME='single # quoted'   # why
DATA_KEY="double\\"d"
a line that is no setting
LAST=without an end"""


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ("A=1\nB=2\n", {"A": "3"}, "A=3\nB=2\n"),
        ("# A=1\nA=\n", {"A": "3"}, "# A=1\nA=3\n"),
        ("A=1 # one\n", {"A": "3"}, "A=3 # one\n"),
        ("A= # empty\n", {"A": "3"}, "A= 3 # empty\n"),
        ("A=1 # one\n", {"A": ""}, "A= # one\n"),
        ("export A = 1\n", {"A": "3"}, "export A = 3\n"),
        ("A='1 # 2' # why\n", {"A": "3"}, "A=3 # why\n"),
        ('A="1\n2"\nB=2\n', {"A": "3"}, "A=3\nB=2\n"),
        ("A=1\nA=2\n", {"A": "3"}, "A=1\nA=3\n"),
        ("A=1\r\nB=2\r\n", {"A": "3", "C": "4"}, "A=3\r\nB=2\r\nC=4\r\n"),
        ("A=1", {"B": "2"}, "A=1\nB=2\n"),
        ("", {"A": "1"}, "A=1\n"),
        ("A\nB=1\n", {"A": "2"}, "A=2\nB=1\n"),
        ("A=1\n", {"B": ""}, "A=1\n"),
        ("AB=1\n", {"B": "2"}, "AB=1\nB=2\n"),
        ("\n\n# end\n\nA=1\n\n", {"A": "2"}, "\n\n# end\n\nA=2\n\n"),
    ],
)
def test_only_the_value_changes(before: str, values: dict[str, str], after: str) -> None:
    assert with_values(before, values) == after


def test_nothing_to_change_changes_nothing() -> None:
    assert with_values(FILE, {}) == FILE


def test_everything_around_a_change_stays() -> None:
    changed = with_values(FILE, {"HTTP_PORT": "9090"})
    assert changed.replace("9090", "8080") == FILE


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])))
def test_any_value_is_read_back_by_the_settings_as_it_was(value: str) -> None:
    if "${" in value:
        with pytest.raises(Misconfigured, match="VALUE"):
            with_values(FILE, {"VALUE": value})
        return
    for name in ("VALUE", "NAME", "LAST", "TELEGRAM_BOT_TOKEN"):
        written = with_values(FILE, {name: value})
        assert (dotenv_values(stream=StringIO(written))[name] if value else value) == value
        others = {key: each for key, each in values_of(FILE).items() if key != name}
        assert {key: each for key, each in values_of(written).items() if key != name} == others


def test_a_line_break_cannot_be_written() -> None:
    with pytest.raises(Misconfigured, match="A: "):
        with_values("", {"A": "1\nB=2"})


def test_the_example_serves_where_there_is_no_file_yet(tmp_path: Path) -> None:
    assert read_env(tmp_path / ".env") == ""
    (tmp_path / ".env.example").write_text("# example\n")
    assert read_env(tmp_path / ".env") == "# example\n"


def test_another_encoding_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("A=手当て".encode("shift_jis"))
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_env(tmp_path / ".env")


def test_a_written_file_is_its_owners_alone_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\n")
    path.chmod(0o644)
    write_env(path, "A=手\r\n")
    assert path.read_bytes() == "A=手\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    real = tmp_path / "kept" / "settings"
    real.write_text("A=1\n")
    (tmp_path / ".env").symlink_to(real)
    write_env(tmp_path / ".env", "A=2\n")
    assert (tmp_path / ".env").is_symlink() and real.read_text() == "A=2\n"


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be written"):
        write_env(tmp_path / "no" / ".env", "")
