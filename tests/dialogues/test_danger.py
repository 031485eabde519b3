"""Somebody in danger, or who says that they are: help that varies, can be used, and stays."""

import json
import re
from itertools import pairwise
from urllib.parse import unquote

import pytest

from bot.answers.model import Safety
from bot.answers.safety import Finding
from bot.domain.language import Language
from bot.handlers.views.safety import LINES
from bot.trial.messages import Message
from tests.dialogues.steps import aoi
from tests.dialogues.talk import Talk

CRISIS = {Language.EN: "I want to kill myself", Language.JA: "もう死にたい"}
OF_A_FRIEND = {Language.EN: "my friend wants to kill herself", Language.JA: "友達が死にたいと言っています"}
JOKING = {Language.EN: "I was just joking lol", Language.JA: "さっきのは冗談です"}


async def test_the_words_vary_each_time(either: Talk) -> None:
    replies = []
    for _ in range(4):
        await either.says(CRISIS[either.language])
        replies.append(either.last.words)
    assert all(one != other for one, other in pairwise(replies))


async def test_the_help_button_stays_after_i_was_joking_and_works(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    first = either.last
    await either.says(JOKING[either.language])
    either.sees(either.mind.loaded.safety_texts.messages["still-here"][either.language], "button.sos")
    await either.taps("button.sos")
    either.sees("119", "0120-279-338")
    await either.taps("button.sos", message=first)
    either.sees("119", "0120-279-338")


async def test_sos_lists_the_lines_in_the_readers_own_language_that_a_crisis_reply_names(
    either: Talk,
) -> None:
    safety, lang = either.mind.loaded.safety_texts, either.language
    await either.says("/sos")
    listed = {each.id for each in safety.helplines if each.name[lang] in either.last.words}
    assert {each.id for each in safety.lines(Finding(Safety.CRISIS), lang)[:LINES]} <= listed
    assert ("tell" in listed, "inochi-sos" in listed) == (lang is Language.EN, lang is Language.JA)
    assert all(lang.value in each.languages for each in safety.helplines if each.id in listed)
    assert len(either.last.words) < 1100


async def test_joking_about_wanting_to_die_is_still_taken_seriously(talk: Talk) -> None:
    await talk.says("just joking, but I do want to die")
    talk.sees("119", "button.sos")


@pytest.mark.parametrize("command", ["/book", "/help", "/start", "/cancel", "/die", "/mood@teate_trial_bot"])
async def test_danger_behind_a_command_comes_before_the_command(either: Talk, command: str) -> None:
    await either.says(f"{command} {CRISIS[either.language]}")
    either.sees("119", "button.for-a-friend")
    async with either.store.transaction() as tx:
        assert not await tx.forms.under_way(either.phone.person.id)


async def test_danger_behind_a_command_is_seen_in_a_group_and_in_an_edited_message_too(talk: Talk) -> None:
    await talk.says("/book@teate_trial_bot I want to kill myself tonight", aoi(talk))
    assert "119" in aoi(talk).last.words
    asked = await talk.says("/help")
    await talk.edits(asked, "/help i took all my pills")
    talk.sees("119")


def shared(message: Message) -> str:
    """What the button that leads to a friend would send."""
    (url,) = re.findall(r"https://t\.me/share/url\?url=([^\"]+)", json.dumps(message.as_json()))
    return unquote(url)


async def test_a_message_for_a_friend_is_ready(either: Talk) -> None:
    messages = either.mind.loaded.safety_texts.messages
    await either.says(CRISIS[either.language])
    either.sees("button.for-a-friend")
    assert shared(either.last) == messages["for-a-friend"][either.language]
    await either.says(OF_A_FRIEND[either.language])
    either.sees("button.for-someone-else")
    assert shared(either.last) == messages["for-someone-else"][either.language]


async def test_what_happens_when_one_calls_is_told_and_the_whole_fits_a_screen(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    happens = [each.what_happens[either.language] for each in either.mind.loaded.safety_texts.helplines]
    assert sum(each in either.last.words for each in happens) == 1
    assert len(either.last.words) < 1100
