"""From a client's wish to the clinic's yes: the ways in, the whole way, and what is read at its end."""

from datetime import timedelta

import pytest

from bot.domain.form import Step
from bot.domain.language import Language
from bot.domain.lifecycle import State
from tests.dialogues.steps import (
    aoi,
    asks,
    books,
    card,
    cards,
    fill_in,
    form_of,
    go_on,
    request_of,
    sends,
    step_of,
    told,
)
from tests.dialogues.talk import Talk


async def test_a_booking_from_the_first_word_to_the_confirmation(talk: Talk) -> None:
    await talk.says("/book")
    talk.sees("booking.ask.treatment", "7,000 yen")
    await talk.taps("Massage, 60 min")
    talk.sees("booking.ask.day", "Nov 2026")
    await talk.taps("27")
    talk.sees("booking.ask.time", "Fri 27 Nov")
    await talk.taps("18:00")
    talk.sees("booking.ask.second_day", "Fri 27 Nov, 18:00")
    await talk.taps("28")
    await talk.taps("10:30")
    talk.sees("booking.ask.name", "Sat 28 Nov, 10:30")
    await talk.says("Hana Ito")
    talk.sees("booking.ask.phone", "Hana Ito")
    await talk.says("090-1234-5678")
    talk.sees("booking.ask.note", "+819012345678")
    await talk.says("My left shoulder, please.")
    form = talk.sees("A few yes/no questions").id
    await talk.taps("booking.button.ask_me")
    for _ in range(8):
        talk.sees("Health question")
        await talk.taps("booking.button.no")
    talk.sees("booking.ask.summary", "Nothing you answered stands in the way", "My left shoulder")
    assert talk.last.id == form, "one message for all taps"
    reference = await sends(talk)
    talk.sees("It isn't booked yet", "Fri 27 Nov, 18:00 or Sat 28 Nov, 10:30", "by Fri 20 Nov, 17:00")
    assert talk.last.id == form

    shown = card(talk, reference)
    for part in ("Massage, 60 min", "Fri 27 Nov, 18:00 or Sat 28 Nov, 10:30", "Hana Ito", "+819012345678"):
        assert part in shown.words
    assert "My left shoulder" in shown.words and "Language: English" in shown.words
    assert "asked, nothing to note" in shown.words
    await talk.taps("✅ Sat 28 Nov, 10:30", aoi(talk))
    assert len(cards(talk)) == 1 and "Aoi Mori: confirmed, Fri 20 Nov, 12:00" in card(talk).words
    (confirmed,) = told(talk.phone, "Your appointment is confirmed", reference)
    assert "Sat 28 Nov, 10:30–11:30" in confirmed.words and "Mikage" in confirmed.words
    assert "🗺 Map" in confirmed.labels


async def test_the_whole_way_in_japanese(hanashi: Talk) -> None:
    await hanashi.says("来週の金曜の夕方、60分のマッサージ空いてますか")
    hanashi.sees("booking.ask.time", "11月27日(金)", "マッサージ 60分", "（入力済み）")
    await hanashi.taps("18:00")
    await go_on(hanashi, Step.NAME)
    hanashi.sees("booking.ask.name")
    await hanashi.says("伊藤 花")
    await hanashi.says("０９０ー１２３４ー５６７８")
    hanashi.sees("booking.ask.note", "+819012345678")
    await go_on(hanashi)
    reference = await sends(hanashi)
    hanashi.sees("まだ確定ではございません", "11月20日(金) 17:00")
    assert "Language: Japanese" in card(hanashi).words and "伊藤 花" in card(hanashi).words
    await hanashi.taps("✅", aoi(hanashi))
    (confirmed,) = told(hanashi.phone, "ご予約が確定いたしました", reference)
    assert "11月27日(金) 18:00–19:00" in confirmed.words
    await hanashi.says("/mybookings")
    hanashi.sees("bookings.title", "bookings.state.confirmed")


async def test_a_day_that_waits_for_the_treatment_is_seen_to_be_understood(talk: Talk) -> None:
    await talk.says("can i come next friday after five")
    talk.sees("booking.ask.treatment", "Fri 27 Nov, 17:00– (filled in for you)")
    await talk.taps("Massage, 30 min")
    talk.sees("booking.ask.time", "Fri 27 Nov")


async def test_a_day_and_time_that_are_filled_in_stand_there_once(hanashi: Talk) -> None:
    await hanashi.says("来週の金曜18時に60分お願いできますか")
    hanashi.sees("booking.ask.second_day", "11月27日(金) 18:00")
    assert hanashi.last.words.count(hanashi.text("booking.label.day")) == 1


async def test_in_japanese_too(hanashi: Talk) -> None:
    await hanashi.says("来週の火曜の夕方、空いてますか")
    hanashi.sees("booking.ask.treatment", "11月24日(火) 16:00–19:00 （入力済み）")


@pytest.mark.parametrize("way", ["/book", "/start book", "button", "words"])
async def test_every_way_in_opens_the_same_form(talk: Talk, way: str) -> None:
    if way == "button":
        await talk.says("does massage lower cortisol?")
        await talk.taps("button.book")
    else:
        await talk.says("i'd like to make an appointment" if way == "words" else way)
    talk.sees("booking.ask.treatment", "booking.button.cancel")
    assert await step_of(talk) is Step.TREATMENT


@pytest.mark.parametrize(
    ("words", "treatment", "day", "asked"),
    [
        ("can i get a 60 min massage next friday at 6pm", "massage-60", "2026-11-27", Step.SECOND_DAY),
        ("60 min massage on the 27th please", "massage-60", "2026-11-27", Step.TIME),
        ("can i book an exercise session", "exercise-45", None, Step.DAY),
        ("exercise session on 27 november", "exercise-45", "2026-11-27", Step.TIME),
        ("i need a massge tomorow", None, None, Step.TREATMENT),
        ("apointment for thurs at 4 plz", None, None, Step.TREATMENT),
        ("27日の18時に60分のマッサージをお願いします", "massage-60", "2026-11-27", Step.SECOND_DAY),
        ("来週の金曜に運動セッションを予約したい", "exercise-45", "2026-11-27", Step.TIME),
        ("マッサージの予約をしたいです", None, None, Step.TREATMENT),
    ],
)
async def test_what_was_said_is_filled_in_and_only_the_rest_is_asked(
    talk: Talk, words: str, treatment: str | None, day: str | None, asked: Step
) -> None:
    await talk.says(words)
    form = await form_of(talk)
    assert treatment is None or form.treatment_id == treatment
    assert day is None or (form.day is not None and form.day.isoformat() == day)
    if treatment is not None:
        assert await step_of(talk) is asked


async def test_a_day_said_before_the_treatment_is_remembered(talk: Talk) -> None:
    await talk.says("apointment for thurs at 4 plz")
    talk.sees("booking.ask.treatment")
    await talk.taps("60")
    talk.sees("booking.ask.second_day", "Thu 26 Nov, 16:00", "booking.mark.said")


TWO_CHOICES = {
    Language.EN: "60 min massage tuesday at 3pm or thursday at 4pm",
    Language.JA: "火曜の3時か木曜の4時に60分のマッサージをお願いします",
}


@pytest.mark.parametrize("inside", [False, True])
async def test_two_choices_said_at_once_are_both_in_the_form(either: Talk, inside: bool) -> None:
    if inside:
        await fill_in(either, Step.DAY)
    await either.says(TWO_CHOICES[either.language])
    form = await form_of(either)
    assert [f"{each:%d %H:%M}" for each in form.times] == ["24 15:00", "26 16:00"]
    await go_on(either)
    reference = await sends(either)
    assert (await request_of(either, reference)).open_times == form.times


async def test_two_choices_said_before_the_treatment_are_remembered(hanashi: Talk) -> None:
    await hanashi.says("火曜の3時か木曜の4時")
    hanashi.sees("booking.ask.treatment")
    await hanashi.taps("60")
    assert [f"{each:%d %H:%M}" for each in (await form_of(hanashi)).times] == ["24 15:00", "26 16:00"]


async def test_words_that_cannot_be_followed_are_explained_beside_the_next_question(talk: Talk) -> None:
    await talk.says("60 min massage on wednesday please")
    talk.sees("The clinic is closed on Wed 25 Nov", "booking.ask.day")
    await talk.says("60 min massage on monday at 3pm")
    talk.sees("Mon 23 Nov is a national holiday", "booking.ask.day")


async def test_times_that_fit_the_words_come_first_and_the_others_with_a_tap(talk: Talk) -> None:
    await talk.says("60 min massage next friday after five")
    talk.sees("booking.ask.time", "17:00", "booking.button.more")
    assert "10:00" not in talk.last.labels
    await talk.taps("booking.button.more")
    assert "10:00" in talk.last.labels and "17:00" in talk.last.labels


async def test_new_words_in_the_middle_change_day_and_time(talk: Talk) -> None:
    await fill_in(talk, Step.SECOND_DAY)
    await talk.says("60 min massage on saturday 28 november at 11 please")
    talk.sees("booking.ask.second_day", "Sat 28 Nov, 11:00")


async def test_what_is_asked_for_outside_opening_hours_is_told_when_people_are_there(talk: Talk) -> None:
    talk.clock.move(timedelta(hours=10))
    await asks(talk)
    talk.sees("by Sat 21 Nov, 14:00")


async def test_the_second_time_name_and_number_are_filled_in(talk: Talk) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.says("+44 20 7946 0018")
    await go_on(talk)
    await sends(talk)
    await fill_in(talk, Step.NOTE)
    talk.sees("Hana Ito", "+442079460018", "booking.mark.before")


async def test_two_requests_are_two_cards(talk: Talk) -> None:
    first, second = await asks(talk), await asks(talk)
    assert first != second and len(cards(talk)) == 2


async def test_too_many_open_requests_are_refused_before_anything_is_filled_in(talk: Talk) -> None:
    for _ in range(3):
        await asks(talk)
    await talk.says("/book")
    talk.sees("3 open requests", "/mybookings")
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    await talk.says("/book")
    talk.sees("booking.ask.treatment")


async def test_an_appointment_is_kept_apart_from_every_other(talk: Talk) -> None:
    """Two therapists: the third client at that time finds it gone, and so does the staff's button."""
    others = [talk.trial.world.add_client(name, start=True) for name in ("Ryo", "Mei")]
    waiting = await asks(talk)
    for other in others:
        await books(talk, who=other)
    tap = await talk.taps("✅", aoi(talk), card(talk, waiting))
    assert "no therapist is free" in str(tap.answer)
    assert "Waits for your answer" in card(talk, waiting).words
    assert (await request_of(talk, waiting)).state is State.WAITING


async def test_a_time_that_is_taken_before_sending_opens_its_question_again(talk: Talk) -> None:
    await fill_in(talk)
    for name in ("Ryo", "Mei"):
        await books(talk, who=talk.trial.world.add_client(name, start=True))
    await talk.taps("booking.button.send")
    talk.sees("booking.refused.slot_taken", "booking.ask.time")
    assert "18:00" not in talk.last.labels
    assert len(cards(talk)) == 2, "nothing was sent"
    await talk.taps("16:30")
    await sends(talk)
    assert len(cards(talk)) == 3
