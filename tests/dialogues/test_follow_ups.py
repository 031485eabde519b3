"""A bare "why?" or "more" after an answer goes on from it."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.form import Step
from bot.domain.language import Language
from bot.domain.subject import FOLLOWED, Subject
from tests.dialogues.steps import aoi, asks, card, fill_in, form_of, step_of, told
from tests.dialogues.talk import Talk

ASKED = {
    Language.EN: "does massage lower cortisol?",
    Language.JA: "マッサージでコルチゾールは下がりますか",
}
WHY = {Language.EN: "why?", Language.JA: "なんで？"}
MORE = {Language.EN: "Tell me more", Language.JA: "もっと詳しく"}


async def subject(talk: Talk) -> Subject | None:
    async with talk.store.transaction() as tx:
        return await tx.threads.subject(talk.phone.person.id, talk.clock())


async def test_why_and_more_do_what_the_buttons_of_the_answer_do_in_a_new_message(either: Talk) -> None:
    await either.says(ASKED[either.language])
    answer = either.last
    await either.taps("button.why", message=answer)
    why = answer.words
    await either.taps("button.back", message=answer)
    await either.taps("button.more", message=answer)
    more = answer.words

    await either.says(WHY[either.language])
    assert either.sees("button.back").words == why and either.last is not answer
    await either.says(MORE[either.language])
    assert either.last.words == more, "it is still the same answer"
    await either.taps("button.back")
    either.sees("button.why", "button.helped")


@pytest.mark.parametrize(
    "said",
    [
        "なんで？",
        "もっと詳しく",
        "根拠は？",
        "エビデンスはありますか？",
        "それはなぜですか",
        "くわしく知りたいです",
        "続きをお願いします",
    ],
)
async def test_japanese_words_are_heard_after_a_question_in_english(talk: Talk, said: str) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says(said)
    talk.language = Language.JA
    talk.sees("button.back")


@pytest.mark.parametrize("said", ["more", "more please!", "what's the evidence?", "But why?"])
async def test_other_ways_to_say_it(talk: Talk, said: str) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says(said)
    talk.sees("button.back")


@pytest.mark.parametrize(
    "said",
    [
        "本当ありがとうございます",
        "ありがとうございます、本当",
        "本当、ありがとうございます。",
        "本当すみません",
        "詳しくありがとうございます",
        "詳細ありがとうございます！",
        "why thank you",
        "Why, thanks!",
        "Oh why thank you",
        "more power to you",
        "もっと早く聞けばよかった",
        "なぜか元気出た",
    ],
)
async def test_thanks_that_begin_like_one_are_no_question(talk: Talk, said: str) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says(said)
    shown = talk.last.words
    assert not any(talk.mind.texts("why.articles", each) in shown for each in Language)
    assert not any(talk.mind.texts("button.back", each) in talk.last.labels for each in Language)


@pytest.mark.parametrize(
    "said",
    [
        "本当？",
        "すみません、本当ですか",
        "ありがとうございます。もっと詳しく",
        "source? thanks",
        "more details, thank you",
    ],
)
async def test_a_follow_up_may_be_courteous(talk: Talk, said: str) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says(said)
    assert any(talk.mind.texts("button.back", each) in talk.last.labels for each in Language)


async def test_an_entry_without_either_leads_to_what_is_related(talk: Talk) -> None:
    await talk.says("what are your opening hours?")
    talk.sees_entry("hours")
    await talk.says("tell me more")
    talk.sees("related.title", "button.back")


async def test_an_entry_that_was_tapped_is_gone_on_from_too(talk: Talk) -> None:
    await talk.says("/start hours")
    await talk.says("/topics")
    await talk.taps(talk.mind.loaded.knowledge.topics[0].title[Language.EN])
    await talk.taps(str(talk.last.labels[0]))
    shown = talk.last.words
    await talk.says("why")
    assert (await subject(talk)) is not None
    await talk.taps("button.back")
    assert talk.last.words == shown


@pytest.mark.parametrize("between", ["hello", "/help", "/mood"])
async def test_only_what_was_said_last_is_gone_on_from(talk: Talk, between: str) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says(between)
    assert await subject(talk) is None
    before = len(told(talk.phone, talk.text("why.articles")))
    await talk.says("why?")
    assert len(told(talk.phone, talk.text("why.articles"))) == before


async def test_what_comes_unasked_is_no_answer_to_go_on_from(talk: Talk) -> None:
    await asks(talk)
    await talk.says(ASKED[Language.EN])
    await talk.taps("Decline", aoi(talk), card(talk))
    await talk.taps(talk.text("staff.reason.full"), aoi(talk))
    await talk.taps("Yes, decline", aoi(talk))
    assert await subject(talk) is None


async def test_after_an_hour_it_is_a_message_like_any_other(talk: Talk) -> None:
    await talk.says(ASKED[Language.EN])
    talk.clock.move(FOLLOWED)
    assert await subject(talk) is None


async def test_after_an_alarm_nothing_is_gone_on_from(talk: Talk) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says("i want to die")
    await talk.says(ASKED[Language.EN])
    assert await subject(talk) is None
    await talk.says("/start hours")
    await talk.says("more")
    talk.sees("safety.unsafe.self")


async def test_in_the_middle_of_a_form_the_form_is_below(talk: Talk) -> None:
    await fill_in(talk, Step.DAY)
    await talk.says(ASKED[Language.EN])
    await talk.says("why?")
    assert told(talk.phone, talk.text("button.back"), talk.text("why.articles"))
    talk.sees("booking.ask.day")
    assert await step_of(talk) is Step.DAY


async def test_where_a_note_is_wanted_more_is_a_note(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says(ASKED[Language.EN])
    await talk.says("more details")
    assert (await form_of(talk)).personal.note == "more details"


async def test_what_is_kept_is_the_entry_and_the_time_sealed_of_one_length_and_soon_gone(
    talk: Talk, tmp_path: Path
) -> None:
    def rows() -> list[tuple[int, int]]:
        with sqlite3.connect(tmp_path / "talk.db") as database:
            return database.execute("SELECT client_id, length(sealed_subject) FROM threads").fetchall()

    await talk.says("hello")
    (nothing,) = rows()
    await talk.says(ASKED[Language.EN])
    assert rows() == [nothing]
    await talk.says("/mydata")
    assert rows() == [nothing]
    talk.clock.move(FOLLOWED + timedelta(seconds=1))
    await talk.parts.ticker.purge()
    assert rows() == []


async def test_nothing_of_it_is_left_after_deleting(talk: Talk) -> None:
    await talk.says(ASKED[Language.EN])
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    assert await subject(talk) is None
