"""What is wanted of the appointment book, and what else a message is beside it."""

from datetime import datetime

import pytest

from bot.answers.intents import IntentModel
from bot.answers.model import Intent, Route, Safety
from bot.app import Brain

NOW = datetime.fromisoformat("2026-11-20T12:00+09:00")
SAYINGS = {
    Intent.BOOK: ["can i come on friday", "book me a massage", "a massage on monday please"],
    Intent.CANCEL: ["cancel my massage", "please cancel friday", "i have to cancel"],
    Intent.CHECK: ["when is my appointment", "did my booking go through"],
}


def test_the_likest_intent_has_the_largest_share_and_one_without_sayings_none() -> None:
    shares = IntentModel(SAYINGS).shares("could you cancel it please")

    assert set(shares) == set(Intent)
    assert max(shares, key=lambda intent: shares[intent]) is Intent.CANCEL
    assert shares[Intent.HOURS] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("text", ["", "🙂", "x" * 4096])
def test_any_text_has_shares(text: str) -> None:
    assert set(IntentModel(SAYINGS).shares(text)) == set(Intent)


@pytest.mark.parametrize(
    ("text", "route", "intent"),
    [
        ("are you open on Sundays?", Route.ANSWER, Intent.HOURS),
        ("営業時間を教えてください", Route.ANSWER, Intent.HOURS),
        ("how do I make an appointment?", Route.ANSWER, Intent.BOOK),
        ("anything free on Friday?", Route.BOOKING, Intent.BOOK),
        ("来週の火曜の夕方、空いてますか", Route.BOOKING, Intent.BOOK),
        ("which times are still free?", Route.BOOKING, Intent.HOURS),
        ("please move my Tuesday 3pm to Thursday", Route.BOOKING, Intent.CHANGE),
        ("木曜の予約を土曜の10時に変更できますか", Route.BOOKING, Intent.CHANGE),
        ("my wife asked me to cancel her appointment", Route.BOOKING, Intent.CANCEL),
        ("次の予約いつでしたっけ", Route.BOOKING, Intent.CHECK),
    ],
)
def test_a_message_leads_to_what_it_wants_of_the_book(
    mind: Brain, text: str, route: Route, intent: Intent
) -> None:
    routed = mind.router.route(text, NOW)

    assert (routed.route, routed.intent) == (route, intent)
    assert routed.wishes is (route is Route.BOOKING)


def test_the_day_that_hours_are_asked_of_is_read(mind: Brain) -> None:
    routed = mind.router.route("are you open tomorrow?", NOW)

    assert routed.slots is not None
    assert str(routed.slots.day) == "2026-11-21"


@pytest.mark.parametrize(
    "text",
    [
        "My wife has an appointment on Sunday at 11. She asked me to cancel it for her.",
        "引っ越すことになったので、予約は全部キャンセルしてください。今までありがとうございました",
    ],
)
def test_what_is_plainly_about_the_book_is_not_taken_for_danger(mind: Brain, text: str) -> None:
    assert mind.router.route(text, NOW).route is Route.BOOKING


@pytest.mark.parametrize(
    "text",
    [
        "my dog died this morning and the flat is so empty, I keep crying",
        "三年付き合った彼と別れました。ご飯の味がしません",
    ],
)
def test_sadness_that_no_phrase_names_is_met_with_a_warm_word(mind: Brain, text: str) -> None:
    routed = mind.router.route(text, NOW)

    assert routed.route is Route.SELF_CARE
    assert routed.finding is not None
    assert routed.finding.safety is Safety.DISTRESS
    assert routed.need is not None
    assert routed.private


@pytest.mark.parametrize(
    "text",
    [
        "ok so long story short. I never drop off before 11pm. my mum says it's my age. "
        "the cat wakes me too which doesn't help. is massage even worth it for something like this?",
        "my husband is snoring by 10 and I'm up until 11pm at least. my mum says it's my age. "
        "work has been mad since they let two people go. is massage even worth it for something like this?",
        "夜11時までスマホを見てしまいます。お茶もお風呂も試しました。朝は6時起きで仕事です。マッサージで少しは変わりますか？",
        "ちょっと聞いてください。11時を過ぎても目が冴えています。仕事が忙しい時期です。マッサージで少しは変わりますか？",
    ],
)
def test_a_time_inside_a_story_is_no_wish_to_come(mind: Brain, text: str) -> None:
    assert not mind.router.route(text, NOW).wishes


@pytest.mark.parametrize(
    "text",
    [
        "He's such a pain in the neck, my manager. Two hours of meetings. Got anything at 8?",
        "My boss is a nightmare. Two hours of meetings. Anything free at 6?",
        "看護師です。夜勤明けでも受けられる時間帯ありますか?",
    ],
)
def test_a_time_that_is_asked_for_behind_a_story_is_one(mind: Brain, text: str) -> None:
    assert mind.router.route(text, NOW).wishes
