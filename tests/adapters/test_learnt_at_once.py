"""What a large base teaches is learnt by several processes; without them, by this one."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pytest

from bot.adapters import fitted
from bot.adapters.fitted import FittedOnDisk, Learnt
from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.texts import Catalogues
from bot.answers.model import Intent, Knowledge, Utterances
from bot.answers.safety_likeness import Examples
from bot.domain.language import Language
from tests.small_base import small_base


@dataclass(frozen=True, slots=True)
class Little:
    """A few entries with a few sayings each, and a few examples of danger."""

    knowledge: Knowledge
    examples: Mapping[Language, Examples]


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Little:
    found = load(small_base(tmp_path_factory.mktemp("base") / "knowledge", all_sayings=True), Catalogues())
    entries = {
        entry.id: replace(entry, variants={each: said[:5] for each, said in entry.variants.items()})
        for entry in islice(found.knowledge.entries.values(), 6)
    }
    said = found.knowledge.utterances
    nothing = dict.fromkeys(Language, ())
    few = {key: {each: some[:20] for each, some in texts.items()} for key, texts in said.booking.items()}
    utterances = Utterances(few, {}, nothing, {}, nothing)
    examples = {
        each: replace(those, texts=those.texts[::40]) for each, those in found.safety_rules.examples.items()
    }
    return Little(replace(found.knowledge, entries=entries, utterances=utterances), examples)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a line for each process that was started to learn; the base counts as a large one."""
    monkeypatch.setattr(fitted, "WORTH_A_PROCESS", 1)
    log = tmp_path / "started"
    log.touch()
    starter = tmp_path / "python"
    starter.write_text(f'#!/bin/sh\necho one >> {log}\nexec {sys.executable} "$@"\n')
    starter.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(starter))
    return log


def learnt(folder: Path | None, little: Little) -> Learnt:
    return FittedOnDisk(folder).learnt(little.knowledge, little.examples)


def test_several_processes_learn_what_one_would(started: Path, tmp_path: Path, little: Little) -> None:
    together = learnt(tmp_path / "cache", little)
    assert started.read_text(encoding="utf-8").split() == ["one"] * 6
    alone = learnt(None, little)
    for language, asked in (
        (Language.EN, "does massage help me sleep"),
        (Language.JA, "明日の夜あいてますか"),
    ):
        assert together.index[language].judge(asked) == alone.index[language].judge(asked)
        assert together.intents[language].shares(asked) == alone.intents[language].shares(asked)
        assert set(together.intents[language].shares(asked)) == set(Intent)
        one, other = (each.likenesses[language].likenesses(asked) for each in (together, alone))
        assert one and one == other


def test_what_is_kept_starts_no_process(started: Path, tmp_path: Path, little: Little) -> None:
    learnt(tmp_path / "cache", little)
    started.write_text("", encoding="utf-8")
    learnt(tmp_path / "cache", little)
    assert not started.read_text(encoding="utf-8")


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
@pytest.mark.usefixtures("started")
def test_where_no_process_starts_or_all_die_this_one_learns(
    python: str, tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    assert learnt(tmp_path / "cache", little).index[Language.EN].judge("does massage help me sleep").matches
    assert len(list((tmp_path / "cache").glob("*.kept"))) == 6


def test_where_nothing_can_be_kept_no_process_starts(started: Path, tmp_path: Path, little: Little) -> None:
    (tmp_path / "file").touch()
    assert learnt(tmp_path / "file" / "cache", little).index[Language.EN].judge("hello").matches
    assert not started.read_text(encoding="utf-8")
