"""A knowledge base that is wrong is refused: every problem, its place, and what to write instead."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.schema_files import schema_texts
from bot.adapters.texts import Catalogues
from bot.app import Brain
from bot.domain.clinic import Opening
from bot.domain.errors import Misconfigured
from bot.domain.language import Language
from tests.conftest import KNOWLEDGE
from tests.small_base import small_base

TOPIC = "topics/massage.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped knowledge base, to be spoilt."""
    return small_base(tmp_path / "knowledge")


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def problems(folder: Path) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        load(folder, Catalogues())
    return list(caught.value.lines)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    claims:", "    clams:", "unknown key `clams`; did you mean `claims`?"),
        ("    claims:", "    clams:", "`claims` is missing"),
        ("  - id: massage-sleep", "  - id: massage-touch", "the id `massage-touch` stands"),
        ("claims: [massage-sleep]", "claims: [massage-naps]", "no claim `massage-naps`"),
        ("claims: [massage-sleep]", "claims: [massage-naps]", "no entry answers the claim `massage-sleep`"),
        ("strength: limited", "strength: sure", "`sure` is not known; write one of: 'strong', 'moderate'"),
        ("strength: limited", "strength: limited\n      strength: limited", "stands here twice"),
        ("need: sleep", "need: [sleep]", "is not known; write one of: 'stress'"),
        ("related: [massage-anxiety, ", "related: [nowhere, ", "`related` names `nowhere`"),
        ('section: "Improved Sleep Quality"', 'section: "Naps"', "the article has no section `Naps`"),
        ("article: massage-anxiety-depression", "article: none-such", "no article `none-such`"),
        ("  - id: massage-sleep", "  - id: Massage Sleep", "small letters, digits and dashes"),
        ("entries:", "entries: 3\nrest:", "`entries` must be a list"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_mend(folder: Path, old: str, new: str, told: str) -> None:
    spoil(folder, TOPIC, old, new)
    lines = problems(folder)
    assert any(told in line for line in lines), lines
    assert all(line.startswith("knowledge/") for line in lines)


def test_a_problem_names_line_and_column(folder: Path) -> None:
    path = folder / TOPIC
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "id: massage-touch" in text)
    spoil(folder, TOPIC, "  - id: massage-touch", "  - id: massage-sleep")
    assert any(each.startswith(f"knowledge/{TOPIC}:{line}:5: ") for each in problems(folder))


def test_all_problems_are_told_at_once(folder: Path) -> None:
    spoil(folder, TOPIC, "strength: limited", "strength: sure")
    spoil(folder, "clinic.yaml", "minutes: 30", "minutes: half an hour")
    spoil(folder, "articles.yaml", "  - id: massage-anxiety-depression", "  - id: gone")
    files = {line.split(":")[0] for line in problems(folder)}
    assert files >= {f"knowledge/{TOPIC}", "knowledge/clinic.yaml"}


def test_an_answer_that_fills_more_than_a_phone_screen_is_refused(folder: Path) -> None:
    spoil(folder, TOPIC, '    short:\n      en: "', f'    short:\n      en: "{"word " * 130}')
    assert any("shorten it to 600" in line for line in problems(folder))


@pytest.mark.parametrize("span", ["14:00-24:30", "14:00-25:00", "14:00-8:00", "14:00"])
def test_hours_that_no_day_has_are_refused_where_they_stand(folder: Path, span: str) -> None:
    spoil(folder, "clinic.yaml", '"14:00-20:00"', f'"{span}"')
    (line,) = problems(folder)
    assert line.startswith("knowledge/clinic.yaml:") and "24:00 at the latest" in line


def test_the_clinic_may_be_open_until_midnight(folder: Path) -> None:
    spoil(folder, "clinic.yaml", '"14:00-20:00"', '"20:00-24:00"')
    loaded = load(folder, Catalogues())
    assert loaded.clinic.week[4][-1] == Opening(time(20), time(0))


def test_a_missing_language_is_refused(folder: Path) -> None:
    spoil(folder, "clinic.yaml", '  ja: "手当て みかげ"\n', "")
    assert any("is missing in ja" in line for line in problems(folder))


def test_a_question_cannot_lead_to_two_entries(folder: Path, mind: Brain) -> None:
    entry = mind.loaded.knowledge.entries["massage-sleep"]
    variant = entry.variants[Language.EN][0]
    spoil(
        folder,
        "topics/clinic.yaml",
        "      en:\n        - ",
        f'      en:\n        - "{variant.upper()} !!"\n        - ',
    )
    assert any("under `massage-sleep` too" in line or "too (" in line for line in problems(folder))


def test_too_few_variants_are_refused(folder: Path) -> None:
    path = folder / TOPIC
    text = path.read_text()
    start = text.index("      ja:\n        - ")
    end = text.index("  - id:", start)
    path.write_text(text[:start] + "      ja:\n        - 肩もみ\n" + text[end:])
    assert any("has 1 in ja; write 15 or more" in line for line in problems(folder))


def test_a_placeholder_that_nothing_can_fill_is_refused(folder: Path) -> None:
    spoil(folder, TOPIC, '    short:\n      en: "', '    short:\n      en: "{swimming_pool} ')
    assert any("`{swimming_pool}`" in line for line in problems(folder))


def test_a_fact_that_the_owner_took_out_is_handed_over(folder: Path) -> None:
    path = folder / "clinic.yaml"
    text = path.read_text()
    start = text.index("  parking:")
    path.write_text(text[:start] + text[text.index("  payment:") :])
    loaded = load(folder, Catalogues())
    assert "parking" in loaded.knowledge.entries["parking"].missing


BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "not UTF-8": ("名前: 手当て".encode().decode().encode, "")
    if False
    else (lambda: "a: 手当て".encode("shift_jis"), "is not UTF-8"),
    "UTF-16": (lambda: "a: b".encode("utf-16"), "is not UTF-8"),
    "binary": (lambda: bytes(range(1, 32)), "is no YAML"),
    "tabs": (lambda: b"a:\n\t- b", "a tab stands in the indentation"),
    "a colon in a text": (lambda: b"a: b: c", "must stand in double quotes"),
    "a list on top": (lambda: b"- a", "keys and values"),
    "two documents": (lambda: b"a: b\n---\nc: d", "is no YAML"),
    "a key twice": (lambda: b"a: b\na: c", "stands here twice"),
    "an alias": (lambda: b"a: &x [b]\nc: *x", "write it out"),
    "an alias to nothing": (lambda: b"a: *x", "must stand in double quotes"),
    "nested without end": (lambda: b"a: " + b"[" * 5000 + b"]" * 5000, "nested too deep"),
    "huge": (lambda: b"a: " + b"x" * 9_000_000, "split it"),
    "a list as a key": (lambda: b"? [a]\n: b", "a key must be a word"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_is_no_yaml_is_one_clear_line(tmp_path: Path, kind: str) -> None:
    make, told = BAD_FILES[kind]
    path = tmp_path / "bad.yaml"
    path.write_bytes(make())
    document = read_document(path, "bad.yaml")
    assert any(told in str(problem) for problem in document.problems), document.problems


def test_aliases_that_grow_without_end_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(lines))
    assert all("alias" in str(each) for each in read_document(path, "bomb.yaml").problems)


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="KNOWLEDGE_DIR"):
        load(tmp_path / "nowhere", Catalogues())


def test_every_claim_is_answered_and_health_claims_say_how_sure(mind: Brain) -> None:
    knowledge = mind.loaded.knowledge
    assert len(knowledge.entries) >= 45
    assert len(knowledge.claims) == 22
    assert {
        claim for entry in knowledge.entries.values() for claim in entry.claims
    } == knowledge.claims.keys()


def test_nothing_cures_and_the_advertisement_is_nowhere() -> None:
    for path in KNOWLEDGE.rglob("*.yaml"):
        text = path.read_text()
        assert not any("\uac00" <= each <= "\ud7a3" for each in text), path


def test_the_editors_schemas_are_those_of_the_code() -> None:
    folder = KNOWLEDGE.parent / "docs" / "schemas"
    assert {path.name: path.read_text() for path in folder.glob("*.json")} == schema_texts()


def test_example_values_are_warned_of(mind: Brain) -> None:
    assert any("example values" in each.message for each in mind.loaded.warnings)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TOPIC, "ます。", "ます。治療もします。"),
        ("self_care.yaml", 'ja: "', 'ja: "治療と'),
        ("screening.yaml", 'ja: "', 'ja: "治療と'),
        ("safety.yaml", "書いてくれて", "患者さま、書いてくれて"),
    ],
)
def test_words_that_the_licence_does_not_allow_are_warned_of(
    folder: Path, file: str, old: str, new: str
) -> None:
    spoil(folder, "clinic.yaml", "licence: anma-massage-shiatsu", "licence: none")

    def warned() -> set[str]:
        warnings = load(folder, Catalogues()).warnings
        return {
            str(each) for each in warnings if file in each.file and "`none` does not allow" in each.message
        }

    before = warned()
    spoil(folder, file, old, new)
    assert len(warned()) > len(before)


def test_a_helpline_that_nobody_has_looked_up_for_a_year_is_warned_of(folder: Path) -> None:
    def warned(today: date) -> list[str]:
        warnings = load(folder, Catalogues(), today=today).warnings
        return [each.message for each in warnings if "verified" in each.message]

    day = date(2026, 11, 20)
    never = len(warned(day))
    spoil(folder, "safety.yaml", 'verified_on: ""', "verified_on: 2025-11-20")
    assert len(warned(day)) == never - 1
    assert any("on 2025-11-20: look 119 up" in each for each in warned(day + timedelta(days=1)))


def test_nobody_is_told_to_call_a_helpline_in_order_to_test_it(folder: Path) -> None:
    warnings = load(folder, Catalogues(), today=date(2026, 11, 20)).warnings
    told = [each.message for each in warnings if "verified" in each.message]
    assert told and all("own page" in each and "don't call it" in each for each in told)


def test_a_helpline_that_is_off_is_not_warned_of(folder: Path) -> None:
    spoil(folder, "safety.yaml", "    on: yes\n", "    on: no\n")
    warnings = load(folder, Catalogues(), today=date(2026, 11, 20)).warnings
    assert not any("`ambulance`" in each.message for each in warnings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{condition}", "{conditon}"),
        ("call 110 (police)", "call {phone} (police)"),
        ("Please call 119 now.", "Please call {helplines} now."),
    ],
)
def test_nobody_in_danger_reads_a_placeholder_that_nothing_fills(folder: Path, old: str, new: str) -> None:
    spoil(folder, "safety.yaml", old, new)
    assert any("safety.yaml:" in each and "nothing stands for" in each for each in problems(folder))
