"""What a client edits after it went to the clinic: the clinic reads the new words too, marked as edited."""

from datetime import timedelta

import pytest

from bot.domain.concern import STAYS
from bot.domain.language import Language
from bot.trial.messages import Message
from tests.dialogues.steps import aoi, card, group, is_asked, told, without_anything
from tests.dialogues.talk import Talk

LEFT = {Language.EN: "the left one", Language.JA: "左の肩です"}
RIGHT = {Language.EN: "the right one", Language.JA: "右の肩です"}
BOTH = {Language.EN: "both of them", Language.JA: "両方の肩です"}
HURTS = {Language.EN: "It hurts when I lift my arm.", Language.JA: "腕を上げると痛みます。"}
DANGER = {Language.EN: "i want to kill myself", Language.JA: "死にたいです"}
UNKNOWN = {Language.EN: "whats the capital of france", Language.JA: "フランスの首都はどこですか"}
DOG = {Language.EN: "Can I bring my dog?", Language.JA: "犬を連れて行けますか"}
CAT = {Language.EN: "Can I bring my cat?", Language.JA: "猫を連れて行けますか"}
PARROT = {Language.EN: "Can I bring my parrot?", Language.JA: "オウムを連れて行けますか"}
EDITED = "the client has edited an answer. It now reads: {}"


async def replies(talk: Talk, text: str) -> Message:
    """The client's reply to a question of the clinic about their request."""
    await is_asked(talk)
    written = talk.phone.replies(text)
    await talk.settle()
    return written


async def test_the_clinic_reads_what_an_answer_was_edited_into(either: Talk) -> None:
    left, right, both = (each[either.language] for each in (LEFT, RIGHT, BOTH))
    written = await replies(either, left)
    await either.edits(written, right)
    either.sees("bookings.answer_passed_on.edited")
    (news,) = told(aoi(either), EDITED.format(right))
    assert news.reply_to is card(either)
    assert f"Client: {left}\n💬 Client (edited): {right}" in card(either).words
    await either.edits(written, both)
    assert f"Client (edited): {right}\n💬 Client (edited): {both}" in card(either).words


async def test_words_that_stayed_the_same_are_not_passed_on_again(talk: Talk) -> None:
    written = await replies(talk, "the left one")
    before, shown = len(aoi(talk).screen), len(talk.phone.screen)
    await talk.edits(written, "the left one")
    assert (len(aoi(talk).screen), len(talk.phone.screen)) == (before, shown)


async def test_an_answer_that_was_passed_on_with_a_tap_is_corrected_too(either: Talk) -> None:
    await is_asked(either)
    written = await either.says(LEFT[either.language])
    await either.taps("bookings.button.pass_on")
    await either.edits(written, RIGHT[either.language])
    either.sees("bookings.answer_passed_on.edited")
    assert told(aoi(either), EDITED.format(RIGHT[either.language]))


async def test_words_that_were_not_passed_on_stay_with_the_bot(talk: Talk) -> None:
    await is_asked(talk)
    written = await talk.says("hello")
    await talk.edits(written, "does massage lower cortisol?")
    assert told(talk.phone, talk.text("button.why"))
    assert "cortisol" not in group(talk)


async def test_an_edited_answer_leaves_a_later_question_open(talk: Talk) -> None:
    written = await replies(talk, "the left one")
    talk.clock.move(timedelta(minutes=5))
    aoi(talk).says("Do you need a parking space?", reply_to=card(talk))
    await talk.settle()
    await talk.edits(written, "the right one")
    assert "Client (edited): the right one" in card(talk).words
    assert "no answer yet" in card(talk).words


async def test_an_answer_that_was_too_long_is_shortened_by_editing_it(either: Talk) -> None:
    hurts = HURTS[either.language]
    written = await replies(either, hurts * 350)
    either.sees("talk.too_long")
    await either.edits(written, hurts)
    either.sees("bookings.answer_passed_on")
    assert f"Client: {hurts}" in card(either).words, "the first that the clinic reads"


async def test_an_answer_edited_into_too_many_words_is_refused(talk: Talk) -> None:
    written = await replies(talk, "the left one")
    await talk.edits(written, HURTS[talk.language] * 350)
    talk.sees("talk.too_long")
    assert "It hurts" not in group(talk)


async def test_who_edits_an_answer_into_danger_is_helped_and_the_clinic_reads_nothing(either: Talk) -> None:
    written = await replies(either, LEFT[either.language])
    await either.edits(written, DANGER[either.language])
    assert told(either.phone, "119")
    assert DANGER[either.language] not in group(either)


async def test_what_raised_an_alarm_stays_with_the_bot_when_it_is_edited(talk: Talk) -> None:
    written = await replies(talk, "i want to kill myself")
    await talk.edits(written, "sorry, nothing")
    assert "sorry, nothing" not in group(talk)
    talk.clock.move(STAYS + timedelta(minutes=1))
    await talk.edits(written, "the left one")
    assert "Client: the left one" in card(talk).words


async def test_nothing_leads_from_an_old_answer_to_the_clinic_once_its_writer_is_forgotten(
    talk: Talk,
) -> None:
    written = await replies(talk, "the left one")
    await without_anything(talk)
    await talk.edits(written, "the right one")
    assert "the right one" not in group(talk)


# --- A question for a person


@pytest.fixture
async def handed_over(either: Talk) -> Message:
    """The client's message, which a person at the clinic is to answer."""
    await either.says(UNKNOWN[either.language])
    await either.taps("button.person")
    written = either.phone.replies(DOG[either.language])
    await either.settle()
    return written


async def test_a_question_that_was_edited_comes_below_the_one_before(
    either: Talk, handed_over: Message
) -> None:
    cat, parrot, first = CAT[either.language], PARROT[either.language], aoi(either).last
    await either.edits(handed_over, cat)
    either.sees("person.sent.edited")
    asked = aoi(either).last
    assert asked.reply_to is first and "A client has edited a question" in asked.words
    aoi(either).says("Of course", reply_to=asked)
    await either.settle()
    either.sees("Of course", cat)
    await either.edits(handed_over, parrot)
    assert aoi(either).last.reply_to is asked
    before = len(aoi(either).screen)
    await either.edits(handed_over, parrot)
    assert len(aoi(either).screen) == before
    await without_anything(either)
    assert not [each for each in (DOG, CAT, PARROT) if each[either.language] in group(either)]
