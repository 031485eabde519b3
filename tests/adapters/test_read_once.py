"""The knowledge base as it was read is taken up, as long as not a byte of it has changed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.fitted import FittedOnDisk, read_once
from bot.adapters.knowledge_yaml.loaded import Loaded
from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.texts import Catalogues
from bot.answers.safety import SafetyCheck
from bot.domain.errors import Misconfigured
from tests.small_base import small_base


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "teate"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return small_base(tmp_path / "knowledge")


def read(knowledge: Path) -> Callable[[], Loaded]:
    return lambda: load(knowledge, Catalogues())


def must_not_read() -> Loaded:
    raise AssertionError("the base was read")


def test_what_is_taken_up_is_what_was_read(cache: Path, knowledge: Path) -> None:
    fresh = read_once(cache, knowledge, read(knowledge))
    again = read_once(cache, knowledge, must_not_read)

    assert again.knowledge == fresh.knowledge and again.clinic == fresh.clinic
    assert again.warnings == fresh.warnings and again.warnings
    fitted = FittedOnDisk(cache).likenesses(fresh.safety_rules.examples)
    checks = [SafetyCheck(each.safety_rules, fitted) for each in (fresh, again)]
    for message in ("I want to kill myself", "死にたい", "I'm pregnant", "hello", "he hits me and I am 15"):
        one, other = (each.findings(message) for each in checks)
        assert one == other
    assert checks[1].findings("I want to kill myself") and not checks[1].findings("hello")


def _mend_a_word(knowledge: Path) -> None:
    path = knowledge / "articles.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _take_a_topic_out(knowledge: Path) -> None:
    path = next((knowledge / "topics").glob("*.yaml"))
    path.rename(path.with_suffix(".away"))


def _name_a_topic_otherwise(knowledge: Path) -> None:
    path = next((knowledge / "topics").glob("*.yaml"))
    path.rename(path.with_stem("other"))


@pytest.mark.parametrize("change", [_mend_a_word, _take_a_topic_out, _name_a_topic_otherwise])
def test_a_base_that_has_changed_is_read_anew(
    cache: Path, knowledge: Path, change: Callable[[Path], None]
) -> None:
    read_once(cache, knowledge, read(knowledge))
    change(knowledge)
    with pytest.raises(AssertionError, match="was read"):
        read_once(cache, knowledge, must_not_read)


def test_problems_are_told_at_every_start(cache: Path, knowledge: Path) -> None:
    read_once(cache, knowledge, read(knowledge))
    (knowledge / "articles.yaml").write_text("claims: [\n")
    for _ in range(2):
        with pytest.raises(Misconfigured, match=r"articles\.yaml:2"):
            read_once(cache, knowledge, read(knowledge))


def test_what_is_written_while_it_is_read_is_read_again(cache: Path, knowledge: Path) -> None:
    def interrupted() -> Loaded:
        loaded = load(knowledge, Catalogues())
        _mend_a_word(knowledge)
        return loaded

    before = (knowledge / "articles.yaml").read_bytes()
    read_once(cache, knowledge, interrupted)
    for content in (before + b"\n", before):
        (knowledge / "articles.yaml").write_bytes(content)
        with pytest.raises(AssertionError, match="was read"):
            read_once(cache, knowledge, must_not_read)


def test_a_file_that_cannot_be_read_is_left_to_reading(cache: Path, knowledge: Path) -> None:
    (knowledge / "topics" / "folder.yaml").mkdir()
    with pytest.raises(Misconfigured, match=r"folder\.yaml"):
        read_once(cache, knowledge, read(knowledge))
    with pytest.raises(Misconfigured, match="no folder"):
        read_once(cache, knowledge / "nowhere", read(knowledge / "nowhere"))


def test_what_takes_it_up_needs_neither_yaml_nor_schema() -> None:
    told = "sorted({'yaml', 'pydantic', 'scipy.linalg'} & {*sys.modules})"
    asked = f"import sys, bot.adapters.fitted; print({told})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
