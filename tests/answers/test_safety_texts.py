"""What is said when it matters most."""

import re

import pytest
import yaml

from bot.answers.model import Safety
from bot.answers.safety import HOLDS, Finding
from bot.answers.safety_texts import SOME_CONDITION, Outcome
from bot.domain.language import Language
from tests.answers.safety_cases import CRISIS, KNOWLEDGE, check, texts

# As published by the services: a number that is not here has no place in a reply.
KNOWN = {"119", "110", "#7119", "078-331-7119", "078-367-7210", "078-382-3566", "0120-279-338",
         "0120-061-338", "0120-783-556", "0570-064-556", "0800-300-8355", "03-5774-0992",
         "0120-279-889", "189"}  # fmt: skip
WRITTEN = yaml.safe_load((KNOWLEDGE / "safety.yaml").read_text(encoding="utf-8"))["replies"]
REPLIES = [(key, language, text) for key, reply in WRITTEN.items() for language in Language
           for text in reply[language.value]]  # fmt: skip


def test_only_known_numbers_are_given() -> None:
    assert {line.number for line in texts().helplines} == KNOWN
    for _, _, text in REPLIES:
        numbers = set(re.findall(r"#?\d{3,4}(?:-\d{2,4})*", text))
        assert numbers <= KNOWN, text


def test_a_number_is_dialled_as_it_is_written() -> None:
    for line in texts().helplines:
        digits = re.sub(r"\D", "", line.number)
        assert line.tel in {line.number, "+81" + digits.removeprefix("0")}


@pytest.mark.parametrize(
    "safety", [safety for safety in Safety if safety not in {Safety.SCOPE, Safety.BOUNDARY}]
)
def test_every_class_has_a_reply_in_each_language(safety: Safety) -> None:
    for language in Language:
        assert texts().reply(Finding(safety)).text(language)


@pytest.mark.parametrize("safety", sorted(CRISIS))
@pytest.mark.parametrize("language", list(Language))
def test_a_crisis_reply_varies_names_lines_and_one_of_them_never_closes(
    safety: Safety, language: Language
) -> None:
    finding = Finding(safety)
    reply = texts().reply(finding)

    assert reply.text(language, 0) != reply.text(language, 1)
    assert all("{helplines}" in text for text in reply.texts[language])
    assert any(
        line.always_24h and language.value in line.languages for line in texts().lines(finding, language)
    )


def test_the_young_read_their_own_words_and_their_own_line_first() -> None:
    finding = Finding(Safety.VIOLENCE, "abuse", minor=True)

    assert "189" in texts().reply(finding).text(Language.JA)
    assert texts().lines(finding, Language.JA)[0].id == "child-abuse"


@pytest.mark.parametrize("language", list(Language))
def test_who_is_hit_reads_the_police_and_the_line_against_violence_first(language: Language) -> None:
    lines = texts().lines(Finding(Safety.VIOLENCE, "abuse"), language)

    assert [line.id for line in lines[:2]] == ["police", "dv-plus"]
    assert lines[-1].id == "child-abuse"


def test_hours_speak_to_the_reader_and_not_of_how_they_were_found() -> None:
    for line in texts().helplines:
        assert not re.search(r"as found|sources?\b|確認時点|情報により", " ".join(line.hours.values()))


@pytest.mark.parametrize("language", list(Language))
def test_an_emergency_reads_the_ambulance_first(language: Language) -> None:
    for safety in (Safety.MEDICAL_EMERGENCY, Safety.CRISIS_IMMINENT):
        assert texts().lines(Finding(safety), language)[0].id == "ambulance"


@pytest.mark.parametrize(("key", "language", "text"), REPLIES)
def test_a_reply_fits_a_screen_and_claims_nothing(key: str, language: Language, text: str) -> None:
    assert len(text) <= (560 if language is Language.EN else 330)
    assert not re.search(r"committed suicide|promise me|クリニック|治る|治ります|完治|マッサージ|当院", text)
    assert set(re.findall(r"{(\w+)}", text)) <= {"helplines", "massage", "we", "condition", "outcome"}
    if key.split("/", 1)[0] in CRISIS:
        assert re.search(r"\bbot\b|自動応答", text)


@pytest.mark.parametrize("message", ["I take warfarin", "妊娠しています", "asthma, is running ok"])
@pytest.mark.parametrize("language", list(Language))
def test_a_hold_tells_what_the_condition_asks_for_and_what_follows(message: str, language: Language) -> None:
    finding = check().classify(message)
    assert finding is not None
    condition = texts().conditions[finding.condition or ""]

    told = texts().hold(finding, language)

    assert condition.sentence[language] in told
    assert texts().outcomes[condition.outcome][language] in told


@pytest.mark.parametrize("language", list(Language))
def test_where_no_condition_was_named_the_therapist_asks(language: Language) -> None:
    told = texts().hold(Finding(Safety.MASSAGE_HOLD, sign=True), language)

    assert texts().outcomes[Outcome.THERAPIST_CALLS][language] in told


def test_every_number_says_where_it_was_found() -> None:
    assert all(line.source for line in texts().helplines)


@pytest.mark.parametrize("safety", sorted(HOLDS))
@pytest.mark.parametrize("language", list(Language))
def test_a_hold_without_a_named_condition_still_says_what_to_do(safety: Safety, language: Language) -> None:
    told = texts().hold(Finding(safety), language)

    assert texts().messages[SOME_CONDITION][language] in told
    assert not re.search(r" \n|\{", told)


@pytest.mark.parametrize("safety", sorted(HOLDS))
@pytest.mark.parametrize("language", list(Language))
def test_the_next_hold_is_shorter_and_says_as_much_of_the_condition(
    safety: Safety, language: Language
) -> None:
    for condition in texts().conditions.values():
        first, second = (texts().hold(Finding(safety, condition.id), language, turn) for turn in (0, 1))

        assert len(second) < len(first)
        for told in (first, second):
            assert condition.sentence[language] in told
            assert texts().outcomes[condition.outcome][language] in told
