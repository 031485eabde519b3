"""The steps of the form: days, times, what is typed, health questions."""

import pytest

from bot.domain.form import Step
from bot.domain.screening import Outcome
from tests.dialogues.steps import (
    Wish,
    asks,
    card,
    fill_in,
    go_on,
    request_of,
    sends,
    step_of,
    told,
)
from tests.dialogues.talk import Talk

# --- Days and times


async def test_the_calendar_turns_its_pages_and_stops_at_the_horizon(talk: Talk) -> None:
    await fill_in(talk, Step.DAY)
    talk.sees("Nov 2026")
    assert "◀️" not in talk.last.labels
    await talk.taps("▶️")
    talk.sees("Dec 2026")
    await talk.taps("▶️")
    talk.sees("Jan 2027", "◀️")
    assert "▶️" not in talk.last.labels
    await talk.taps("◀️")
    await talk.taps("1")
    talk.sees("booking.ask.time", "Tue 1 Dec")


@pytest.mark.parametrize(("today", "month"), [(30, "Dec 2026"), (27, "Nov 2026")])
async def test_the_calendar_opens_where_there_are_days_to_choose_from(
    talk: Talk, today: int, month: str
) -> None:
    talk.clock.now = talk.clock.now.replace(day=today)
    await fill_in(talk, Step.DAY)
    talk.sees(month)
    if month.startswith("December"):
        await talk.taps("◀️")
        talk.sees("Nov 2026", "30")


GREY = pytest.mark.parametrize(
    ("day", "key"), [(19, "past"), (22, "closed"), (23, "holiday"), (25, "closed")]
)


@GREY
async def test_a_grey_day_says_why(talk: Talk, day: int, key: str) -> None:
    await fill_in(talk, Step.DAY)
    assert await tapped_grey(talk, day) == talk.text(f"booking.day.{key}")
    talk.sees("booking.ask.day")


@GREY
async def test_a_grey_day_says_why_in_japanese(hanashi: Talk, day: int, key: str) -> None:
    await fill_in(hanashi, Step.DAY)
    assert await tapped_grey(hanashi, day) == hanashi.text(f"booking.day.{key}")


async def tapped_grey(talk: Talk, day: int) -> str:
    """What a tap on a grey day of November says. The first week that is shown begins on the 16th."""
    keys = talk.last.keys
    sunday = next(number for number, key in enumerate(keys) if key["text"] in ("Su", "日"))
    grey = keys[sunday + 1 + day - 16]
    assert grey["text"] == "·"
    tap = talk.phone.taps_data(talk.last, str(grey["callback_data"]))
    await talk.settle()
    assert tap.answer is not None
    return str(tap.answer.get("text"))


async def test_today_is_only_open_as_far_as_the_notice_goes(talk: Talk) -> None:
    await fill_in(talk, Step.DAY)
    await talk.taps("20")
    assert talk.last.labels[0] == "15:00", "three hours from noon"


async def test_the_second_choice_is_not_the_first(talk: Talk) -> None:
    await fill_in(talk, Step.SECOND_DAY)
    await talk.taps("27")
    assert "18:00" not in talk.last.labels and "17:30" in talk.last.labels
    await talk.taps("17:30")
    talk.sees("booking.ask.name", "Fri 27 Nov, 17:30")


# --- What is typed


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Hana <b>Ito</b> & Söhne", "Hana <b>Ito</b> & Söhne"),
        ("  Zoë\n  Ångström ", "Zoë Ångström"),
        ("山田　花子", "山田 花子"),
        ("Hana 🌸", "Hana 🌸"),
        ("\u202eanaH", "anaH"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("李", "李"),
    ],
)
async def test_names_are_taken_as_people_write_them(talk: Talk, name: str, kept: str) -> None:
    await fill_in(talk, wish=Wish(name=name), by_taps=True)
    reference = await sends(talk)
    assert f"Name: {kept}" in card(talk).words
    assert (await request_of(talk, reference)).personal.name == kept


@pytest.mark.parametrize(
    ("name", "key"),
    [("x" * 500, "too_long"), ("🌸🌸", "no_letter"), ("123", "no_letter"), ("\u200b", "needed")],
)
async def test_what_is_no_name_is_asked_again_with_the_reason(talk: Talk, name: str, key: str) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says(name)
    talk.sees(f"booking.refused.{key}", "booking.ask.name")
    await talk.says("Hana")
    talk.sees("booking.ask.phone")


async def test_a_name_of_500_letters_is_told_how_many_there_may_be(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("山" * 500)
    talk.sees("100 characters")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("090-1234-5678", "+819012345678"),
        ("０９０　１２３４　５６７８", "+819012345678"),
        ("078 361 1234", "+81783611234"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("+44 20 7946 0018", "+442079460018"),
        ("+82 10-1234-5678", "+821012345678"),
        ("my number is 090-1234-5678 thanks", "+819012345678"),
        ("電話番号は０９０−１２３４−５６７８です", "+819012345678"),
    ],
)
async def test_numbers_of_any_country_are_taken(talk: Talk, typed: str, number: str) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.says(typed)
    talk.sees("booking.ask.note", number)


@pytest.mark.parametrize("typed", ["12345", "0000000000", "call me", "+999 123", "090-1234-567"])
async def test_what_is_no_number_is_asked_again_with_an_example(talk: Talk, typed: str) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.says(typed)
    talk.sees("booking.refused.phone", "booking.button.skip.phone")


async def test_the_number_can_be_shared_with_one_tap(talk: Talk) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.taps("booking.button.share")
    talk.sees("booking.share")
    talk.phone.presses("Share my number")
    await talk.settle()
    talk.sees("booking.ask.note", "+8190")
    assert told(talk.phone, talk.text("booking.share.thanks"))
    assert not talk.phone.keyboard, "the keyboard is gone"


@pytest.mark.parametrize("way", ["skip", "type", "cancel", "back"])
async def test_the_keyboard_goes_also_where_the_number_is_not_shared(talk: Talk, way: str) -> None:
    await fill_in(talk, Step.PHONE)
    await talk.taps("booking.button.share")
    assert talk.phone.keyboard
    match way:
        case "skip":
            await talk.taps("booking.button.skip.phone")
        case "type":
            await talk.says("090-1234-5678")
        case "cancel":
            await talk.taps("booking.button.cancel")
        case "back":
            await talk.taps("booking.button.back")
    assert not talk.phone.keyboard


async def test_a_contact_that_nobody_asked_for_is_no_answer(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    talk.phone.shares_contact()
    await talk.settle()
    assert told(talk.phone, talk.text("cannot_read.contact"))
    talk.sees("booking.ask.name")
    assert await step_of(talk) is Step.NAME


async def test_a_note_keeps_its_lines_and_a_long_one_is_refused(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says("x" * 501)
    talk.sees("booking.refused.too_long", "500 characters")
    await talk.says("First line\n<i>second</i> & third 🙂")
    await go_on(talk)
    await sends(talk)
    assert "First line\n<i>second</i> & third 🙂" in card(talk).words


# --- Health


@pytest.mark.parametrize(
    ("yes", "outcome", "client", "clinic"),
    [
        ((), Outcome.FINE, "Nothing you answered stands in the way", "nothing to note"),
        ((8,), Outcome.THERAPIST_CALLS, "The therapist will call you or ask", "please call or ask"),
        ((1,), Outcome.POSTPONE, "come once it has passed", "a later day is better"),
        ((3,), Outcome.DOCTOR_FIRST, "ask your doctor first", "a doctor's word first"),
        ((1, 2, 8), Outcome.DOCTOR_FIRST, "ask your doctor first", "a doctor's word first"),
    ],
)
async def test_each_outcome_is_told_to_the_client_and_flagged_on_the_card(
    talk: Talk, yes: tuple[int, ...], outcome: Outcome, client: str, clinic: str
) -> None:
    await fill_in(talk, wish=Wish(yes=yes), by_taps=True)
    talk.sees(client)
    reference = await sends(talk)
    assert clinic in card(talk).words
    assert (await request_of(talk, reference)).screening is outcome
    assert "pregnan" not in card(talk).words, "only the outcome is told"


@pytest.mark.parametrize("yes", [8, 3])
async def test_who_will_be_called_is_asked_for_a_number_and_the_card_says_that_there_is_none(
    talk: Talk, yes: int
) -> None:
    await fill_in(talk, wish=Wish(yes=(yes,)))
    talk.sees("booking.no_number", "booking.button.change.phone")
    await sends(talk)
    assert talk.text("card.no_phone") in card(talk).words


async def test_who_left_a_number_reads_nothing_of_it(talk: Talk) -> None:
    await fill_in(talk, wish=Wish(yes=(8,)))
    await talk.says("phone")
    await talk.says("090-1234-5678")
    assert talk.text("booking.no_number") not in talk.last.words
    await sends(talk)
    assert talk.text("card.no_phone") not in card(talk).words


async def test_the_health_questions_have_one_count(talk: Talk) -> None:
    await fill_in(talk, Step.CONSENT)
    talk.sees("8/9")
    await talk.taps("booking.button.ask_me")
    talk.sees("Health question 1 of 8")
    assert "9/9" not in talk.last.words


async def test_without_consent_nothing_is_asked_and_the_therapist_asks_on_the_day(talk: Talk) -> None:
    await fill_in(talk, Step.CONSENT)
    await talk.taps("booking.button.ask_later")
    talk.sees("booking.ask.summary")
    reference = await sends(talk)
    assert "please ask on the day" in card(talk).words
    assert (await request_of(talk, reference)).screening is None


async def test_only_the_outcome_is_kept_never_the_answers(talk: Talk) -> None:
    reference = await asks(talk, Wish(yes=(3,)))
    async with talk.store.transaction() as tx:
        assert await tx.forms.get(talk.phone.person.id) is None
    assert "pregnancy" not in repr(await request_of(talk, reference))
