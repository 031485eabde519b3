"""Commands in plain words: found as they are said, and never in an ordinary question."""

from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest

from bot.adapters.labelled import read_labelled
from bot.answers.commands import PlainCommands
from bot.answers.labels import Label, pairs
from bot.answers.model import Command, Route
from bot.app import Brain
from bot.domain.language import Language

LABELLED = Path(__file__).parent.parent / "labelled"
NOW = datetime.fromisoformat("2026-11-20T12:00+09:00")


@pytest.fixture(scope="module")
def commands(mind: Brain) -> PlainCommands:
    return PlainCommands(mind.loaded.knowledge.commands)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("How was my mood lately?", Command.MOOD),
        ("remind me evry evening pls", Command.REMINDERS),
        ("remind me at 10 pm", Command.REMINDERS),
        ("hi, could you delete my data please", Command.DELETE),
        ("DELET MY DATA", Command.DELETE),
        ("i'd like to see my data", Command.MYDATA),
        ("I want to talk to a human", Command.PERSON),
        ("In English, please!", Command.ENGLISH),
        ("最近の気分を見たいです", Command.MOOD),
        ("毎晩２１時にリマインドしてください", Command.REMINDERS),
        ("データを削除していただけますか", Command.DELETE),
        ("スタッフの方と話したいのですが", Command.PERSON),
        ("日本語でお願いします", Command.JAPANESE),
        ("ヘルプ！", Command.HELP),
    ],
)
def test_it_is_found_in_spite_of_courtesies_and_slips(
    commands: PlainCommands, said: str, command: Command
) -> None:
    assert commands.find(said) is command


@pytest.mark.parametrize(
    "said",
    [
        "is my data safe",
        "who sees my data",
        "show my date",
        "can exercise lift my mood",
        "does talking to a person help more than massage",
        "do you speak english",
        "remind me of my next appointment",
        "delete my booking",
        "help me fall asleep",
        "",
        "🙂",
        "データは安全ですか",
        "気分が落ち込む",
        "人と話すのがつらい",
        "英語は話せますか",
        "予約を消して",
    ],
)
def test_a_question_is_none(commands: PlainCommands, said: str) -> None:
    assert commands.find(said) is None


def test_no_labelled_message_is_led_astray(mind: Brain, commands: PlainCommands) -> None:
    """Those few that are commands are about the very thing that the command does."""
    about = {"bot-privacy", "contact", "languages"}
    astray = []
    for path in sorted(LABELLED.glob("*.yaml")):
        for message in read_labelled(path, mind.loaded.knowledge):
            if not message.routes or commands.find(message.text) is None:
                continue  # of what was only labelled harmless nobody said where it leads
            routed = mind.router.route(message.text, NOW)
            fits = routed.route in message.routes or about & set(message.entries)
            if routed.command is not None and not fits:
                astray.append((message.text, routed.command))
    assert not astray


def test_no_saying_of_another_matter_is_taken_for_a_command(mind: Brain, commands: PlainCommands) -> None:
    about = {
        "answer:bot-privacy",
        "answer:contact",
        "answer:languages",
        "small_talk:who-are-you",
        "booking:check",
    }
    said = chain.from_iterable(pairs(mind.loaded.knowledge, each) for each in Language)
    astray = [(saying, label) for saying, label in said if label not in about and commands.find(saying)]
    assert not astray


def test_where_an_entry_answers_it_too_the_route_stays(mind: Brain) -> None:
    routed = mind.router.route("delete my data", NOW)
    assert (routed.route, routed.command) == (Route.ANSWER, Command.DELETE)
    assert str(Label(routed.route, routed.entry.id if routed.entry else "")) == "answer:bot-privacy"
