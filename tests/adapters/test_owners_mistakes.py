"""Whoever edits clinic.yaml slips as anybody does: `check` points at the slip and says what to write."""

import codecs
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.adapters.knowledge_yaml.messages import problems_of
from bot.adapters.knowledge_yaml.reader import read_document
from bot.adapters.knowledge_yaml.schema import ClinicFile

CLINIC = """\
licence: none
languages: [en, ja]
time_zone: Asia/Tokyo
name:
  en: "Teate Mikage"
  ja: "手当て みかげ"
contact:
  phone: "078-000-0000"
  email: "hello@example.com"
hours:
  mon: ["10:00-13:00", "14:00-19:00"]
  tue: ["10:00-19:00"]
  wed: []
  thu: []
  fri: []
  sat: []
  sun: []
  closures:
    - {from: "2026-12-29", until: "2027-01-04", reason: {en: "New Year", ja: "年末年始"}}
therapists: 2
treatments:
  - id: massage-30
    name: {en: "Massage, 30 min", ja: "もみほぐし 30分"}
    words: {en: [massage], ja: [もみほぐし, 30分]}
    minutes: 30
    price_yen: 4000
  - id: exercise-45
    name: {en: "Exercise", ja: "運動"}
    words: {en: [exercise], ja: [運動]}
    minutes: 45
    price_yen: 5500
booking:
  minimum_notice_hours: 3
  horizon_days: 60
  buffer_minutes: 15
  step_minutes: 30
  cancel_until_hours: 24
  answer_within_hours: 4
  open_requests_per_client: 3
facts:
  parking:
    en: "Coin parking is near."
    ja: "近くにコインパーキングがございます。"
wording:
  none:
    massage: {en: "massage", ja: "ボディケア"}
"""

MON = 'mon: ["10:00-13:00", "14:00-19:00"]'
DAY = '"2026-12-29"'
NAME = '{en: "Massage, 30 min", ja: "もみほぐし 30分"}'
PARKING = '"Coin parking is near."'

SLIPS = [
    # Numbers
    ("4000", "4,000", "26:5: `price_yen` is `4,000`; write 4000, in digits"),
    ("4000", "4000 yen", "26:5: `price_yen` is `4000 yen`; write 4000, in digits"),
    ("4000", "４０００円", "26:5: `price_yen` is `４０００円`; write 4000, in digits"),
    ("4000", "4000.5", "26:5: `price_yen` is `4000.5`; write a whole number, in digits"),
    ("4000", "3000-4000", "26:5: `price_yen` is `3000-4000`; write a whole number, in digits"),
    ("4000", "", "26:5: `price_yen` is empty; write a number"),
    ("4000", "-5", "26:5: `price_yen` is -5; write 0 or more"),
    ("minutes: 30", "minutes: 900", "25:5: `minutes` is 900; write 480 or less"),
    ("minutes: 30", "minutes: 0", "25:5: `minutes` is 0; write more than 0"),
    ("therapists: 2", "therapists: two", "20:1: `therapists` is `two`; write a whole number, in digits"),
    # Days
    (DAY, '"29.12.2026"', '19:8: `from` is `29.12.2026`, which is no day; write "2026-12-29"'),
    (DAY, '"2026/12/29"', '19:8: `from` is `2026/12/29`, which is no day; write "2026-12-29"'),
    (DAY, '"2026年12月29日"', '19:8: `from` is `2026年12月29日`, which is no day; write "2026-12-29"'),
    (DAY, '"2026-2-3"', '19:8: `from` is `2026-2-3`, which is no day; write "2026-02-03"'),
    (DAY, '"20261229"', '19:8: `from` is `20261229`, which is no day; write "2026-12-29"'),
    (DAY, '"03.04.2026"', "19:8: `from` is `03.04.2026`, which is no day; write year, month and day like"),
    (DAY, '"2026-12-32"', "19:8: `from` is `2026-12-32`, which is no day; write year, month and day like"),
    (DAY, '""', '19:8: `from` is empty; write year, month and day like "2026-12-29"'),
    (DAY, '"2027-12-29"', "19:7: `closures` `until` lies before `from`; swap them"),
    # Times
    (MON, "mon: 10:00-19:00", '11:3: `mon` must be a list: `mon: ["10:00-19:00"]`'),
    (MON, "mon: 10:00-13:00, 14-19時", '11:3: `mon` must be a list: `mon: ["10:00-13:00", "14:00-19:00"]`'),
    (MON, "mon: closed", "11:3: `mon` must be a list: `mon: []` where there is none"),
    (MON, "mon:", "11:3: `mon` must be a list: `mon: []` where there is none"),
    (MON, 'mon: ["10am-7pm"]', '11:9: `10am-7pm` is not written as `mon` must be; write "10:00-19:00"'),
    (MON, 'mon: ["午前10時から午後7時まで"]', 'is not written as `mon` must be; write "10:00-19:00"'),
    (MON, 'mon: ["10:00～19:00"]', 'is not written as `mon` must be; write "10:00-19:00"'),
    (MON, 'mon: ["１０：００－１９：００"]', 'is not written as `mon` must be; write "10:00-19:00"'),
    (MON, 'mon: ["9:00 - 19:00"]', 'is not written as `mon` must be; write "09:00-19:00"'),
    (MON, 'mon: ["10:00-13:00、14:00-19:00"]', 'must be; write "10:00-13:00", "14:00-19:00"'),
    (MON, 'mon: ["13pm-14pm"]', 'is not written as `mon` must be: "10:00-13:00", both with two digits'),
    (MON, 'mon: "10:00-13:00", "14:00-19:00"', '11:8: several values stand in square brackets: `["…", "…"]`'),
    (MON, 'mon: ["10:00-13:00"、 "14:00-19:00"]', "11:22: this is the full-width comma `、`; write `,`"),
    (MON, 'mon: ["10:00-13:00" "14:00-19:00"]', "11:23: a comma is missing before this"),
    (MON, 'mon: ["10:00-13:00", "14:00-19:00"', "11:8: this bracket is not closed; write `]` at its end"),
    # Quotes
    ('Mikage"', "Mikage", '5:7: the closing quote of this text is missing; write " at its end'),
    ('0000"', "0000", '8:10: the closing quote of this text is missing; write " at its end'),
    ('19:00"]', "19:00]", '11:24: the closing quote of this text is missing; write " at its end'),
    ('{en: "massage", ja: "ボディケア"}', '"massage', "46:14: the closing quote of this text is missing"),
    ('"Teate', "Teate", '5:7: the opening quote of this text is missing; write " before it'),
    ('"Teate Mikage"', "“Teate Mikage”", "5:7: the curly quote `“` would be shown as it is"),
    (MON, "mon: [“10:00-19:00”]", "11:9: the curly quote `“` would be shown as it is"),
    (PARKING, "“Parking: coins”", "42:9: this is the curly quote `“`; write the straight one"),
    (PARKING, '"A "coin" park."', '42:13: the text ended at the " before this; write \\" for one inside'),
    (PARKING, "'There's one'", "42:16: the text ended at the ' before this; write '' for one inside"),
    (PARKING, '"C:\\parking"', "42:12: in double quotes `\\` has a meaning of its own; write `\\\\`"),
    # Texts that need quotes
    (PARKING, "Parking: near", "42:16: a text with a colon in it must stand in double quotes"),
    (PARKING, "We have none # but near", "42:9: what follows `#` is left out as a note; put the text in"),
    (PARKING, "#1 in town", "42:8: what follows `#` is left out as a note; put the text in double quotes"),
    (PARKING, "*free* parking", "42:9: a text that starts with `*` must stand in double quotes"),
    (PARKING, "{parking} here", "42:9: a text that starts with `{` must stand in double quotes"),
    (PARKING, "- none", "42:9: a text that starts with `-` must stand in double quotes"),
    (PARKING, "!none", "42:9: a text that starts with `!` must stand in double quotes"),
    ('"hello@example.com"', "@teate", "9:10: a text that starts with `@` must stand in double quotes"),
    # Signs that look right
    ("\nname:", "\nname：", "4:5: this is the full-width colon `：`; write `:` and a space"),
    ("en: " + PARKING, "en： " + PARKING, "42:7: this is the full-width colon `：`; write `:` and a space"),
    (NAME, '{en： "a", ja: "あ"}', "23:12: the colon `：` here is the full-width one; write `:` and a space"),
    (NAME, '｛en: "a", ja: "あ"｝', "23:11: this is the full-width bracket `｛`; write `{`"),
    ("[もみほぐし, 30分]", "［もみほぐし］", "24:32: this is the full-width bracket `［`"),
    ("[もみほぐし, 30分]", "[もみほぐし、30分]", "24:33: these are one text, as `、` parts nothing"),
    ('  en: "Teate', '　en: "Teate', "5:1: a full-width space stands in the indentation"),
    ('  ja: "手当て', '　　ja: "手当て', "6:1: an invisible or a full-width space stands at the key `ja`"),
    ("\nname:", "\n\u200bname:", "4:1: an invisible or a full-width space stands at the key `name`"),
    ('  en: "Teate', '\u00a0\u00a0en: "Teate', "5:1: a no-break space stands in the indentation"),
    ('  en: "Teate', '\ten: "Teate', "5:1: a tab stands in the indentation; write plain spaces"),
    ('"078-000-0000"', "０７８－０００", "8:3: `phone` is `０７８－０００`, whose digits no telephone dials"),
    # Colons, spaces and indentation
    ("\nname:", "\nname", "4:5: the colon is missing; write `name:`"),
    ('phone: "', 'phone "', "8:8: a colon is missing after `phone`"),
    ("wed: []", "wed []", "13:6: a colon is missing after `wed`"),
    (PARKING, "Coin parking\n  is near", "43:5: a colon is missing after `is`; if it goes on with"),
    ("price_yen: 4000", "price_yen:4000", "26:14: a space is missing after this colon"),
    ("mon: [", "mon:[", "11:6: a space is missing after this colon"),
    (NAME, '{en:Massage, ja: "あ"}', "23:12: a space is missing after the colon"),
    ("  - id: exercise-45", "  -id: exercise-45", "27:3: a space is missing after this dash"),
    ("  wed", "   wed", "13:4: is indented by 3 spaces, the line above by 2; indent it like"),
    ("  wed", "wed", "14:3: is indented by 2 spaces, the line above by 0; indent it"),
    ("    minutes: 45", "     minutes: 45", "30:6: is indented by 5 spaces, the line above by 4; indent"),
    # Keys
    ("  wed: []\n", "", "10:1: `wed` is missing; add it"),
    ("licence:", "license:", "1:1: unknown key `license`; did you mean `licence`?"),
    ("licence:", "ｌｉｃｅｎｃｅ:", "1:1: unknown key `ｌｉｃｅｎｃｅ`; did you mean `licence`?"),
    ("licence: none", "licence: yes", "write one of: 'anma-massage-shiatsu' or 'none'"),
    ("therapists: 2", "therapists: 2\ntherapists: 3", "21:1: the key `therapists` stands here twice"),
    ("  - id: exercise-45", "    id: exercise-45", "27:5: the key `id` stands here twice; take one out"),
    ("  parking:", "  Car park:", "41:3: the key `Car park` must be small letters and underscores"),
    ("massage-30", "Massage 30", "22:5: `Massage 30` is not written as `id` must be: small letters, digits"),
    ("[en, ja]", "en, ja", "2:1: `languages` must be a list: `languages: [en, ja]`"),
    (NAME, "Massage", '23:5: `name` must hold keys and values, such as `name: {en: "…", ja: "…"}`'),
    ("{from: " + DAY, DAY + " #", "19:7: `closures` must hold keys and values: from, until, reason"),
    ('  ja: "手当て みかげ"\n', "", "4:1: `name` is missing in ja; every text stands in every language"),
]  # fmt: skip


def told_of(folder: Path, content: bytes) -> list[str]:
    path = folder / "clinic.yaml"
    path.write_bytes(content)
    document = read_document(path, "clinic.yaml")
    if document.problems:
        return [str(each) for each in document.problems]
    try:
        ClinicFile.model_validate(document.data)
    except ValidationError as error:
        return [str(each) for each in problems_of(error, ClinicFile, document)]
    return []


@pytest.mark.parametrize(("old", "new", "told"), SLIPS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_slip_is_told_where_it_is_with_what_to_write(
    tmp_path: Path, old: str, new: str, told: str, ends: str
) -> None:
    assert old in CLINIC
    lines = told_of(tmp_path, CLINIC.replace(old, new, 1).replace("\n", ends).encode())
    assert any(told in line for line in lines), lines
    assert not told[0].isdigit() or any(line.startswith(f"clinic.yaml:{told}") for line in lines), lines


@pytest.mark.parametrize(
    "content",
    [CLINIC.encode(), CLINIC.replace("\n", "\r\n").encode(), codecs.BOM_UTF8 + CLINIC.encode()],
    ids=["as it is", "ends of lines as Windows writes them", "a mark of UTF-8 before it"],
)
def test_what_an_editor_makes_of_the_file_is_no_mistake(tmp_path: Path, content: bytes) -> None:
    assert told_of(tmp_path, content) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CLINIC.encode("cp932"), "6:8: is not UTF-8; save the file with the encoding UTF-8"),
        (CLINIC.encode("euc_jp"), "6:8: is not UTF-8; save the file with the encoding UTF-8"),
        (CLINIC.encode("utf-16"), "1:1: is not UTF-8; save the file with the encoding UTF-8"),
        (b"", "1:1: is empty; put its content back"),
        (b"# licence: none\n", "1:1: is empty; put its content back"),
        (
            CLINIC.encode().replace(b"Teate", b"Te\x00ate"),
            "5:10: is no YAML: a sign that no text has (number 0)",
        ),
    ],
    ids=["Shift_JIS", "EUC-JP", "UTF-16", "empty", "only notes", "a zero"],
)
def test_a_file_that_cannot_be_read_says_so_in_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    (line,) = told_of(tmp_path, content)
    assert line.startswith(f"clinic.yaml:{told}")


@given(
    st.integers(0, len(CLINIC) - 1),
    st.integers(0, 3),
    st.text("\t\n :-\"'[]{},#&*!|>%@`：　“、aあ", max_size=3),
)
def test_whatever_is_typed_into_the_file_is_told_at_a_place_in_it(at: int, gone: int, typed: str) -> None:
    text = CLINIC[:at] + typed + CLINIC[at + gone :]
    with tempfile.TemporaryDirectory() as folder:
        for line in told_of(Path(folder), text.encode()):
            _, row, column, *_ = line.split(":")
            assert 1 <= int(row) <= len(text.splitlines()) + 1 and int(column) >= 1


def test_notes_and_quoted_signs_are_no_mistakes(tmp_path: Path) -> None:
    text = CLINIC.replace("therapists: 2", "therapists: 2 # at a time").replace(
        PARKING, "'“Near”, 『駅』：５分、 # and so on'  # a note"
    )
    assert told_of(tmp_path, text.encode()) == []
