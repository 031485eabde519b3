"""What commands do, asked for in plain words, in both languages."""

import pytest

from bot.domain.form import Step
from bot.domain.language import Language
from tests.dialogues.steps import fill_in, step_of, told
from tests.dialogues.talk import Talk

SAID = [
    ("how was my mood lately?", "最近の気分を見たいです", "mood.consent"),
    ("Remind me every evening", "毎晩リマインドしてください", "reminders.consent"),
    ("please delete my data", "データを消してください", "privacy.delete.ask"),
    ("Talk to a person", "人と話したいんですが", "person.ask"),
    ("change language", "言語を変えたい", "language.ask"),
    ("help", "ヘルプ", "help.text"),
    ("my bookings", "予約の一覧を見たい", "bookings.none"),
]


@pytest.mark.parametrize(("said", "_", "seen"), SAID)
async def test_plain_words_do_what_the_command_does(talk: Talk, said: str, _: str, seen: str) -> None:
    await talk.says(said)
    talk.sees(seen)


@pytest.mark.parametrize(("_", "said", "seen"), SAID)
async def test_plain_words_do_it_in_japanese(hanashi: Talk, _: str, said: str, seen: str) -> None:
    await hanashi.says(said)
    hanashi.sees(seen)


@pytest.mark.parametrize("said", ["what do you know about me?", "私のデータを見せてください"])
async def test_a_copy_of_the_data_comes_for_the_asking(talk: Talk, said: str) -> None:
    await talk.says(said)
    assert talk.last.content["document"]["file_name"] == "my-data.json"  # type: ignore[index]


async def test_a_language_asked_for_is_the_clients_choice_and_stays(talk: Talk) -> None:
    await talk.says("日本語でお願いします")
    talk.language = Language.JA
    talk.sees("language.chosen")
    await talk.says("/help")
    talk.sees("help.text")
    await talk.says("in English please")
    talk.language = Language.EN
    talk.sees("language.chosen")


async def test_asking_twice_is_answered_twice_at_the_bottom_of_the_chat(talk: Talk) -> None:
    await talk.says("change language")
    first = talk.last.id
    await talk.says("change language")
    assert talk.last.id > first


async def test_a_question_for_a_person_reaches_them(talk: Talk) -> None:
    await talk.says("can i talk to a real person please")
    talk.phone.replies("Do you have a lift?")
    await talk.settle()
    assert told(talk.trial.world.staff[0], "Do you have a lift?")


async def test_a_name_is_not_taken_from_who_asks_for_something_else(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("delete my data")
    talk.sees("privacy.delete.ask")
    assert await step_of(talk) is Step.NAME


async def test_an_edited_message_and_a_group_read_where_it_is_done(talk: Talk) -> None:
    message = await talk.says("does massage help with sleep")
    await talk.edits(message, "delete my data")
    talk.sees("command.heard", "/delete")


@pytest.mark.parametrize(
    "said", ["help, I want to die", "delete my data, I want to die", "死にたい、データを消して"]
)
async def test_danger_comes_before_any_command(talk: Talk, said: str) -> None:
    await talk.says(said)
    assert any("119" in each.words for each in told(talk.phone))
    assert not told(talk.phone, talk.text("privacy.delete.ask"))
