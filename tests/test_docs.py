"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest

from bot.cli import commands
from bot.handlers.commands import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)[^)]*\)", path.read_text())
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"-m bot (?!--)([a-z]+)", path.read_text()))
    assert named <= set(commands.commands)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_that_is_named_belongs_to_its_command(path: Path) -> None:
    for name, option in re.findall(r"-m bot ([a-z]+) (--[a-z]+)", path.read_text()):
        assert option in {each for known in commands.commands[name].params for each in known.opts}


def test_the_readme_names_every_file_that_treatments_of_ones_own_stand_in() -> None:
    step = (ROOT / "README.md").read_text().split("**Your clinic.**")[1].split("**Helplines.**")[0]
    assert "knowledge/clinic.yaml" in step and "knowledge/screening.yaml" in step and "therapist" in step


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:`|^|& )make ([a-z]+)", path.read_text(), flags=re.MULTILINE)) <= targets


def test_the_house_that_is_drawn_for_contributors_is_the_one_that_stands() -> None:
    drawn = re.findall(r"^  (\S+(?: \S+)*)  ", (ROOT / "CONTRIBUTING.md").read_text(), flags=re.MULTILINE)
    rooms = {room.rstrip("/") for line in drawn for room in line.split()}
    standing = {path.name for path in (ROOT / "bot").iterdir()}
    packages = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert packages <= rooms <= standing


def test_the_command_menu_has_what_the_readme_promises_clients() -> None:
    readme = (ROOT / "README.md").read_text()
    promised = readme.split("## What clients can do")[1].split("\n## ")[0]
    assert set(re.findall(r"`/(\w+)`", promised)) == set(COMMANDS)


def test_the_example_settings_are_all_there_is() -> None:
    example = (ROOT / ".env.example").read_text()
    assert not [name for name in Settings.model_fields if f"\n{name.upper()}=" not in example]


def test_the_project_speaks_of_itself_alone() -> None:
    words = re.compile(r"/work/|/tmp/|\.\./shared|\.library")
    paths = [
        *DOCUMENTS,
        *(ROOT / "bot").rglob("*.py"),
        *(ROOT / "knowledge").rglob("*.yaml"),
        ROOT / "Makefile",
    ]
    assert not [path for path in paths if words.search(path.read_text())]


def test_files_stay_of_a_size_that_can_be_read() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "bot").rglob("*.py")}
    long = {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > 250}
    assert not long


def test_what_is_locked_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "http://" not in lock and "https://" not in lock
    assert "--hash=sha256:" in lock
