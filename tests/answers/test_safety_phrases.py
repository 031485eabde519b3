"""The language in which the clinic writes phrases."""

import pytest

from bot.answers.safety_folding import EnglishFold, japanese_fold
from bot.answers.safety_matching import Reading, phrase_index
from bot.answers.safety_phrases import PhraseError, PhraseReader
from bot.answers.safety_typos import typos

LISTS = {"kin": ("mother", "father"), "someone": ("{kin}", "friend"), "薬": ("薬", "睡眠薬")}
ENGLISH = EnglishFold(
    {"wanna": "want to", "dont": "do not"},
    {"just"},
    typos({"want", "die", "myself", "to", "i", "kill", "suicide"}, {"therapist"}, {"suicide", "myself"}),
)
JAPANESE = japanese_fold({"しにたい": "死にたい", "ためしにたい": "ためしにたい", "息": "いき"})


def holds(phrase: str, message: str) -> bool:
    spaced = phrase.isascii()
    fold = ENGLISH if spaced else JAPANESE
    read = PhraseReader(fold.phrase, spaced, LISTS).read(phrase)
    return Reading(phrase_index([read], spaced), fold.message(message), ()).holds((read,))


@pytest.mark.parametrize(
    ("phrase", "message", "found"),
    [
        ("want|wish to die", "I wish to die", True),
        ("want|wish to die", "I want the knots to die down", False),
        ("kill(ing|ed)? myself", "killed myself", True),
        ("[very] tired of life", "tired of life", True),
        ("kill * myself", "kill off the whole of myself", True),
        ("kill * myself", "kill one two three four five six myself", False),
        ("kill * myself", "kill time. I hurt myself", False),
        ("{someone} hits me", "my father hits me", True),
        ("{someone} hits me", "the friend hits me", True),
        ("chest & crushing", "a crushing feeling in my chest", True),
        ("chest & crushing", "my chest is fine. Crushing workout", False),
        ("rash ! sudden|rash decision", "I have a rash", True),
        ("rash ! sudden|rash decision", "no rash decision please", False),
        ("^ goodbye $", "So. Goodbye!", True),
        ("^ goodbye $", "I said goodbye", False),
        ("want to die", "i just WANNA d i e", True),
        ("want to die", "wanttodie", True),
        ("kill myself", "k!ll mysef", True),
        ("suicide", "su1c1de", True),
        ("suicide", "$uicide", True),
        ("suicide", "su*cide", True),
        ("do not want to die", "don’t want to die", True),
        ("死にたい", "ｼﾆﾀｲ", True),
        ("死にたい", "しにたぁーい", True),
        ("死にたい", "ためしにタイ古式を", False),
        ("息_できない", "いきができない", True),
        ("息_できない", "息できない", True),
        ("{薬}_*飲んだ", "睡眠薬をいっぱい飲んだ", True),
        ("生きて(い)?る", "生きている", True),
        ("(肩|首)[が|も]痛い", "首も痛い", True),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, message: str, found: bool) -> None:
    assert holds(phrase, message) is found


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("{stranger} hits me", "no list"),
        ("(open bracket", "do not close"),
        ("[so] *", "no word that must be there"),
        ("thanks for everything(goodbye|、)", "never seen"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_is_wrong(phrase: str, reason: str) -> None:
    with pytest.raises(PhraseError, match=reason):
        holds(phrase, "anything")


def test_what_is_harmless_is_cut_out_before_anything_is_looked_for() -> None:
    reader = PhraseReader(ENGLISH.phrase, True, LISTS)
    danger, joke = reader.read("die"), reader.read("die laughing")
    index = phrase_index([danger, joke], True)

    assert not Reading(index, ENGLISH.message("I could die laughing"), (joke,)).holds((danger,))
    assert Reading(index, ENGLISH.message("I could die laughing, I want to die"), (joke,)).holds((danger,))


@pytest.mark.parametrize("word", ["therapist", "suicides", "withdrawal", "die"])
def test_true_words_are_left_alone(word: str) -> None:
    assert ENGLISH.typos.mended(word) in ([word], ["suicide"])
    assert ENGLISH.typos.mended("therapist") == ["therapist"]
