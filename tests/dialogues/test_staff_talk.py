"""What the people at the clinic and a client say to each other through the bot."""

from datetime import timedelta
from typing import Final

from bot.domain.language import Language
from bot.trial.people import Person
from tests.dialogues.steps import (
    aoi,
    asks,
    card,
    cards,
    hands_over,
    is_asked,
    told,
)
from tests.dialogues.talk import Talk


async def test_a_reply_to_the_card_reaches_the_client_and_the_answer_comes_back_under_it(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.taps("Ask", aoi(talk))
    assert "Reply to this message" in aoi(talk).last.words
    aoi(talk).says("Do you need a parking space? <3", reply_to=aoi(talk).last)
    await talk.settle()
    assert aoi(talk).last.words == talk.text("staff.passed_on")
    talk.sees("The clinic has a question", reference, "Do you need a parking space? <3")
    assert "Asked Fri 20 Nov, 12:00, no answer yet" in card(talk).words
    talk.phone.replies("No, I come by train & on foot")
    await talk.settle()
    talk.sees("bookings.answer_passed_on", reference)
    assert "Client: No, I come by train & on foot" in card(talk).words
    assert "no answer yet" not in card(talk).words
    (news,) = told(aoi(talk), f"{reference}: the client answers: No, I come by train")
    assert news.reply_to is card(talk), "under the card"
    aoi(talk).says("Fine, see you then.", reply_to=news)
    await talk.settle()
    talk.sees("Fine, see you then.")
    assert len(cards(talk)) == 1


ANONYMOUS: Final = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""In whose name Telegram shows what an anonymous administrator writes."""


async def test_an_administrator_who_stays_anonymous_reaches_the_client_too(talk: Talk) -> None:
    reference = await asks(talk)
    world, group = talk.trial.world, talk.trial.world.group
    written = world.place(
        group,
        ANONYMOUS,
        text="Which shoulder is it?",
        content={"sender_chat": group.as_json()},
        reply_to=card(talk),
    )
    world.tell_bot(written)
    await talk.settle()
    talk.sees("The clinic has a question", reference, "Which shoulder is it?")
    assert aoi(talk).last.words == talk.text("staff.passed_on")


LAST_WORDS: Final = "and please do not eat before."
LONG: Final = "Come ten minutes early, bring the letter, " * 60 + LAST_WORDS
TOO_LONG: Final = "Come ten minutes early, bring the letter, " * 75 + LAST_WORDS


async def test_a_long_text_is_passed_on_to_its_last_words_both_ways(talk: Talk) -> None:
    await asks(talk)
    aoi(talk).says(LONG, reply_to=card(talk))
    await talk.settle()
    talk.sees(LONG)
    talk.phone.replies(LONG)
    await talk.settle()
    assert told(aoi(talk), "the client answers", LONG)
    await talk.says("whats the capital of france")
    await talk.taps("button.person")
    talk.phone.replies(LONG)
    await talk.settle()
    assert LONG in aoi(talk).last.words
    aoi(talk).says(LONG, reply_to=aoi(talk).last)
    await talk.settle()
    talk.sees("From the clinic", LONG)


async def test_a_text_of_the_staff_that_does_not_fit_one_message_is_refused_and_not_cut(talk: Talk) -> None:
    await asks(talk)
    before = talk.last
    aoi(talk).says(TOO_LONG, reply_to=card(talk))
    await talk.settle()
    assert talk.text("staff.too_long") in aoi(talk).last.words and "3,000" in aoi(talk).last.words
    assert talk.last is before and "Come ten" not in card(talk).words


async def test_a_client_whose_answer_does_not_fit_is_told_and_answers_again_in_shorter_ones(
    hanashi: Talk,
) -> None:
    await asks(hanashi)
    aoi(hanashi).says("どちらの肩ですか", reply_to=card(hanashi))
    await hanashi.settle()
    hanashi.phone.replies("腕を上げると痛みます。" * 300)
    await hanashi.settle()
    refused = hanashi.sees("talk.too_long", "3,000")
    assert not told(aoi(hanashi), "腕を上げると")
    for text in ("左の肩です", "腕を上げると痛みます"):
        hanashi.phone.says(text, reply_to=refused)
        await hanashi.settle()
        assert text in card(hanashi).words


async def test_a_reply_of_the_staff_that_is_not_words_alone_is_refused_with_a_word(talk: Talk) -> None:
    await asks(talk)
    before = talk.last
    photo = aoi(talk).sends_photo(caption="Which shoulder is it?", reply_to=card(talk))
    voice = aoi(talk).sends_voice(reply_to=card(talk))
    await talk.settle()
    refused = told(aoi(talk), talk.text("staff.only_words"))
    assert [each.reply_to for each in refused] == [photo, voice]
    assert talk.last is before


async def test_an_edited_reply_of_the_staff_reaches_nobody_and_they_are_told_to_reply_again(
    either: Talk,
) -> None:
    await asks(either)
    reply = aoi(either).says("Please come at 17:30", reply_to=card(either))
    await either.settle()
    before = either.last
    for corrected in ("Please come at 18:30", "Please come at 18:30."):
        await either.edits(reply, corrected, aoi(either))
    (hint,) = told(aoi(either), either.mind.texts.html("staff.edited", Language.EN))
    assert hint.reply_to is reply
    assert either.last is before and "Please come at 18:30" not in card(either).words
    aoi(either).says("Sorry: 18:30", reply_to=card(either))
    await either.settle()
    either.sees("Sorry: 18:30")


async def test_nor_does_an_edited_answer_to_a_question_that_was_handed_over(talk: Talk) -> None:
    await hands_over(talk, "Can I bring my dog?")
    asked = aoi(talk).last
    answer = aoi(talk).says("Yes", reply_to=asked)
    await talk.settle()
    before = talk.last
    await talk.edits(answer, "No, sorry", aoi(talk))
    (hint,) = told(aoi(talk), talk.text("staff.edited"))
    assert hint.reply_to is answer and talk.last is before
    aoi(talk).says("No, sorry", reply_to=asked)
    await talk.settle()
    talk.sees("From the clinic", "No, sorry")


async def test_pictures_of_the_staff_among_themselves_are_none_of_the_bots_business(talk: Talk) -> None:
    await asks(talk)
    talk.trial.world.privacy_mode = False
    photo = aoi(talk).sends_photo(caption="who takes this one?")
    await talk.settle()
    assert aoi(talk).screen[-1] is photo


async def test_a_picture_in_answer_to_the_clinic_is_asked_for_in_words(talk: Talk) -> None:
    await is_asked(talk)
    question, before = talk.last, len(aoi(talk).screen)
    talk.phone.sends_photo(caption="this one", reply_to=question)
    talk.phone.sends_voice(reply_to=question)
    await talk.settle()
    talk.sees("talk.only_words")
    assert len(aoi(talk).screen) == before
    talk.phone.replies("The left one")
    await talk.settle()
    assert "Client: The left one" in card(talk).words


async def test_a_picture_in_place_of_a_question_for_a_person_is_asked_for_in_words(hanashi: Talk) -> None:
    await hanashi.says("フランスの首都はどこですか")
    await hanashi.taps("button.person")
    hanashi.phone.sends_photo(reply_to=hanashi.last)
    await hanashi.settle()
    hanashi.sees("talk.only_words")
    hanashi.phone.replies("犬を連れて行けますか")
    await hanashi.settle()
    assert "犬を連れて行けますか" in aoi(hanashi).last.words


async def test_a_second_answer_reaches_the_clinic_too(talk: Talk) -> None:
    await is_asked(talk)
    question = talk.last
    for text in ("The left one", "No, sorry, the right one"):
        talk.phone.says(text, reply_to=question)
        await talk.settle()
    assert (
        "Client: The left one" in card(talk).words and "Client: No, sorry, the right one" in card(talk).words
    )
    assert len(told(aoi(talk), "the client answers")) == 2


async def test_a_question_about_what_is_over_is_not_passed_on(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    aoi(talk).says("Are you sure?", reply_to=card(talk))
    await talk.settle()
    assert "moved on" in aoi(talk).last.words
    assert not told(talk.phone, "Are you sure?")
    assert "Are you sure?" not in card(talk, reference).words


async def test_a_client_in_danger_is_helped_before_their_answer_is_passed_on(talk: Talk) -> None:
    await asks(talk)
    aoi(talk).says("How are you?", reply_to=card(talk))
    await talk.settle()
    talk.phone.replies("i want to kill myself")
    await talk.settle()
    assert "119" in talk.last.words or "helpline" in talk.last.words.lower()
    assert not told(aoi(talk), "the client answers")


async def test_words_of_the_staff_among_themselves_are_none_of_the_bots_business(talk: Talk) -> None:
    await asks(talk)
    before = len(aoi(talk).screen)
    talk.trial.world.privacy_mode = False
    await talk.says("who takes this one?", aoi(talk))
    assert len(aoi(talk).screen) == before + 1


# --- A question for a person


async def test_a_question_is_handed_to_a_person_and_the_answer_comes_back(talk: Talk) -> None:
    await hands_over(talk, "Can I bring my <dog>?")
    talk.sees("person.sent", "Fri 20 Nov, 17:00")
    asked = aoi(talk).last
    assert "Can I bring my <dog>?" in asked.words and "Hana" not in asked.words
    aoi(talk).says("If it is small & quiet, yes!", reply_to=asked)
    await talk.settle()
    talk.sees("From the clinic", "If it is small & quiet, yes!", "Can I bring my <dog>?")


async def test_an_answer_to_a_client_who_has_blocked_the_bot_is_not_said_to_be_passed_on(talk: Talk) -> None:
    await hands_over(talk, "May I come with my dog?")
    question = aoi(talk).last
    talk.phone.blocks()
    await talk.settle()
    aoi(talk).says("Yes, you may", reply_to=question)
    await talk.settle()
    assert "they have blocked the chat" in aoi(talk).last.words
    assert not told(aoi(talk), talk.text("staff.passed_on"))
    talk.phone.unblocks()
    aoi(talk).says("Yes, you may", reply_to=question)
    await talk.settle()
    assert talk.text("staff.passed_on") == aoi(talk).last.words, "who comes back can be answered"
    talk.sees("Yes, you may")


async def test_nor_is_a_question_about_a_request(talk: Talk) -> None:
    reference = await asks(talk)
    talk.phone.blocks()
    await talk.settle()
    aoi(talk).says("Which shoulder?", reply_to=card(talk))
    await talk.settle()
    assert "they have blocked the chat" in aoi(talk).last.words
    assert "no answer yet" not in card(talk, reference).words, "it was not asked"


async def test_that_an_answer_came_back_is_told_below_the_question(talk: Talk) -> None:
    """Telegram did not say that the bot was blocked: the answer that comes back does."""
    await hands_over(talk, "May I come with my dog?")
    question = aoi(talk).last
    talk.phone.chat.blocked = True
    aoi(talk).says("Yes, you may", reply_to=question)
    await talk.settle()
    await talk.settle()
    (news,) = told(aoi(talk), "they have blocked the chat")
    assert news.reply_to is question


async def test_handing_over_in_japanese_outside_opening_hours_says_when(hanashi: Talk) -> None:
    hanashi.clock.move(timedelta(hours=10))
    await hanashi.says("フランスの首都はどこですか")
    await hanashi.taps("button.person")
    hanashi.phone.replies("犬を連れて行けますか")
    await hanashi.settle()
    hanashi.sees("11月21日(土) 14:00")


async def test_a_question_for_a_person_that_does_not_fit_is_asked_for_again(talk: Talk) -> None:
    await talk.says("whats the capital of france")
    await talk.taps("button.person")
    before = aoi(talk).screen
    talk.phone.replies(TOO_LONG)
    await talk.settle()
    talk.sees("talk.too_long", "3,000")
    assert aoi(talk).screen == before
    talk.phone.replies("Can I bring my dog?")
    await talk.settle()
    assert "Can I bring my dog?" in aoi(talk).last.words
