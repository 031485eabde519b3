"""Which treatment a message names, by the words that the clinic gives them."""

import pytest

from bot.answers.when import read_treatment

_WORDS = {
    "massage-30": [
        "massage",
        "short massage",
        "Massage, 30 min",
        "マッサージ",
        "もみほぐし",
        "30分",
        "マッサージ 30分",
    ],
    "massage-60": ["full massage", "an hour massage", "Massage, 60 min", "60分", "1時間", "マッサージ 60分"],
    "exercise-45": ["exercise", "training", "workout", "運動", "トレーニング", "運動セッション 45分"],
    "massage-exercise-90": ["massage and exercise", "both", "両方", "セット", "マッサージと運動 90分"],
}
_MINUTES = {"massage-30": 30, "massage-60": 60, "exercise-45": 45, "massage-exercise-90": 90}
_ANY_MASSAGE = ("massage-30", "massage-60")


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("a massage tomorrow at 6", _ANY_MASSAGE),
        ("a massge please", _ANY_MASSAGE),
        ("60 min massage", ("massage-60",)),
        ("30min massage", ("massage-30",)),
        ("a one-hour massage", ("massage-60",)),
        ("an hour of massage", ("massage-60",)),
        ("half an hour of massage", ("massage-30",)),
        ("a full massage", ("massage-60",)),
        ("a 45 min massage", _ANY_MASSAGE),
        ("exercise on Tuesday", ("exercise-45",)),
        ("an excercise session", ("exercise-45",)),
        ("massage and exercise", ("massage-exercise-90",)),
        ("a massage plus some training", ("massage-exercise-90",)),
        ("massage or exercise, I can't decide", ("massage-30", "massage-60", "exercise-45")),
        ("90 minutes on Friday", ("massage-exercise-90",)),
        ("both please", ("massage-exercise-90",)),
        ("tomorrow at 6:30", ()),
        ("hello", ()),
        ("マッサージお願いします", _ANY_MASSAGE),
        ("ﾏｯｻｰｼﾞ６０分", ("massage-60",)),
        ("一時間のマッサージ", ("massage-60",)),
        ("30分だけもんでほしい", ("massage-30",)),
        ("90分コースで", ("massage-exercise-90",)),
        ("トレーニングをお願いします", ("exercise-45",)),
        ("マッサージと運動できますか", ("massage-exercise-90",)),
        ("マッサージか運動", ("massage-30", "massage-60", "exercise-45")),
        ("明日の18時30分", ()),
    ],
)
def test_the_treatments_that_fit_are_named(text: str, treatments: tuple[str, ...]) -> None:
    assert read_treatment(text, _WORDS, _MINUTES) == treatments


def test_lengths_come_from_the_words_when_none_are_given() -> None:
    assert read_treatment("60 min massage", _WORDS) == ("massage-60",)
