"""A time that the clinic offers, answered in words: one tap settles it, and words lead to the tap."""

from datetime import timedelta

import pytest

from bot.domain.form import Step
from bot.domain.language import Language
from bot.domain.lifecycle import State
from tests.dialogues.steps import aoi, asks, books, card, fill_in, request_of, step_of, told
from tests.dialogues.talk import Talk

FOURTH = "Fri 4 Dec, 16:00"


async def offered(talk: Talk, reference: str = "") -> str:
    """The clinic offers Friday, 4 December, at four."""
    reference = reference or await asks(talk)
    await talk.taps("Another time", aoi(talk), card(talk, reference))
    await talk.taps("▶️", aoi(talk))
    await talk.taps("4", aoi(talk))
    await talk.taps("16:00", aoi(talk))
    return reference


YES = """
yes
Yes!
ok thanks
yes please, 4 Dec works
ok that works
4 Dec
4 Dec please
friday works for me
Fri 4 Dec 4pm is fine
the 4th at 16:00 please
yes, 4 december in the afternoon
can I come on 4 Dec at 16:00 then
はい、お願いします
その時間で大丈夫です
4日でOKです
12月4日（金）の16時でお願いします
結構です
それでお願いいたします
承知いたしました
お願い致します
ぜひお願いします
その日で大丈夫です、よろしくお願いいたします
"""
NO = """
no
no sorry, I can't make it
another time please
4 Dec at 16:00 doesn't work for me
無理です
その日は難しいです
すみません、16時は無理です
恐れ入りますが、別の日時でお願いします
別の日にしてください
都合がつかないです
その日はちょっと…
"""


@pytest.mark.parametrize("said", [*YES.split("\n")[1:-1], *NO.split("\n")[1:-1]])
async def test_an_answer_in_words_shows_the_offer_again_with_its_buttons(talk: Talk, said: str) -> None:
    reference = await offered(talk)
    above = talk.last
    await talk.says(said)
    talk.language = Language.JA if any(each > "\u3000" for each in said) else Language.EN
    talk.sees("bookings.offer.again", reference, "bookings.button.other_time", "bookings.button.cancel")
    assert talk.last.id > above.id
    assert (await request_of(talk, reference)).state is State.PROPOSED_BY_CLINIC
    async with talk.store.transaction() as tx:
        assert await tx.forms.get(talk.phone.person.id) is None
        assert not await tx.questions.unanswered(9)


async def test_one_tap_on_the_offer_that_came_again_accepts_and_the_older_one_is_harmless(talk: Talk) -> None:
    reference = await offered(talk)
    (first,) = told(talk.phone, "the clinic can offer another one")
    await talk.says("yes")
    await talk.taps(f"✅ Yes, {FOURTH}")
    assert (await request_of(talk, reference)).state is State.CONFIRMED
    assert told(aoi(talk), f"{reference}: the client accepts")
    await talk.taps(f"✅ Yes, {FOURTH}", message=first)
    assert len(told(talk.phone, "Your appointment is confirmed")) == 1
    assert len(told(aoi(talk), f"{reference}: the client accepts")) == 1


async def test_who_is_asked_to_move_can_keep_the_appointment_too(talk: Talk) -> None:
    await offered(talk, await books(talk))
    await talk.says("no, that doesn't work")
    talk.sees("bookings.offer.again", "bookings.button.keep", f"✅ Yes, {FOURTH}")


@pytest.mark.parametrize(
    "said",
    [
        "does massage lower cortisol?",
        "yes but can I bring my dog?",
        "yes, 5 Dec works",
        "rather on saturday 5 december",
        "can I come on 4 Dec at 11:00",
        "土曜日でお願いします",
        "cancel my appointment on 4 Dec at 16:00",
        "thanks",
    ],
)
async def test_another_wish_or_question_goes_its_usual_way(talk: Talk, said: str) -> None:
    await offered(talk)
    await talk.says(said)
    assert not told(talk.phone, "This isn't settled yet")
    assert not told(talk.phone, "ご提案の日時は、まだ確定しておりません")


async def test_of_two_offers_a_named_time_shows_its_own_and_a_bare_yes_both(talk: Talk) -> None:
    first = await offered(talk)
    second = await asks(talk)
    await talk.taps("Another time", aoi(talk), card(talk, second))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    again = talk.text("bookings.offer.again")
    await talk.says("the 28th is fine")
    assert [second in each.words for each in told(talk.phone, again)] == [True]
    await talk.says("yes")
    assert {first in each.words for each in told(talk.phone, again)[1:]} == {True, False}


@pytest.mark.parametrize(("said", "reply"), [("yes", "small_talk.ok"), ("no", "small_talk.no")])
async def test_without_an_offer_short_words_are_what_they_were(talk: Talk, said: str, reply: str) -> None:
    await asks(talk)
    await talk.says(said)
    talk.sees(reply)


async def test_an_offer_whose_time_has_passed_is_not_shown_again(talk: Talk) -> None:
    await offered(talk)
    talk.clock.move(timedelta(days=15))
    await talk.says("yes")
    assert told(talk.phone, talk.text("small_talk.ok"))
    assert not told(talk.phone, talk.text("bookings.offer.again"))


async def test_after_an_alarm_a_yes_is_an_answer_to_that(talk: Talk) -> None:
    await offered(talk)
    await talk.says("i want to die")
    await talk.says("yes please")
    talk.sees("safety.please.self")


async def test_yes_and_danger_in_one_message_is_danger(talk: Talk) -> None:
    await offered(talk)
    await talk.says("yes, 4 Dec, if I don't kill myself before")
    assert "119" in talk.last.words


async def test_words_that_the_forms_step_takes_are_the_forms(talk: Talk) -> None:
    await offered(talk)
    await fill_in(talk, Step.PHONE)
    await talk.says("no")
    assert await step_of(talk) is Step.NOTE
    await talk.says("yes please, 4 Dec works")
    assert told(talk.phone, talk.text("bookings.offer.again")), "no note"
    talk.sees("booking.ask.note")


async def test_while_the_clinic_waits_for_an_answer_a_yes_can_still_be_passed_on(talk: Talk) -> None:
    reference = await offered(talk)
    aoi(talk).says("Is the left shoulder better?", reply_to=card(talk))
    await talk.settle()
    await talk.says("yes")
    assert told(talk.phone, talk.text("bookings.offer.again"), reference)
    talk.sees("bookings.button.pass_on")
