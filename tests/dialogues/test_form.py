"""The form: every step, every way back and out, and whatever is said or tapped in the middle of it."""

import pytest

from bot.domain.form import Step
from bot.domain.lifecycle import State
from bot.domain.requests import Kind
from bot.domain.screening import Outcome
from bot.trial.messages import Message
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
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

STEPS = (
    Step.TREATMENT,
    Step.DAY,
    Step.TIME,
    Step.SECOND_DAY,
    Step.NAME,
    Step.PHONE,
    Step.NOTE,
    Step.CONSENT,
    Step.HEALTH,
    Step.SUMMARY,
)


def data_of(message: Message, label: str) -> str:
    return next(str(key["callback_data"]) for key in message.keys if label in str(key["text"]))


# --- Days and times


async def test_the_calendar_turns_its_pages_and_stops_at_the_horizon(talk: Talk) -> None:
    await fill_in(talk, Step.DAY)
    talk.sees("November 2026")
    assert "◀️" not in talk.last.labels
    await talk.taps("▶️")
    talk.sees("December 2026")
    await talk.taps("▶️")
    talk.sees("January 2027", "◀️")
    assert "▶️" not in talk.last.labels
    await talk.taps("◀️")
    await talk.taps("1")
    talk.sees("booking.ask.time", "Tue 1 Dec")


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
    await fill_in(talk, wish=Wish(name=name))
    reference = await sends(talk)
    assert f"Name: {kept}" in card(talk).words
    assert (await request_of(talk, reference)).personal.name == kept


@pytest.mark.parametrize(
    ("name", "key"),
    [("x" * 500, "too_long"), ("🌸🌸", "no_letter"), ("123", "no_letter"), ("\u200b", "needed")],
)
async def test_what_is_no_name_is_asked_again_with_the_reason(talk: Talk, name: str, key: str) -> None:
    await fill_in(talk, Step.NAME)
    form = talk.last.id
    await talk.says(name)
    talk.sees(f"booking.refused.{key}", "booking.ask.name")
    assert talk.last.id == form, "in place"
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
    talk.sees("cannot_read.contact")
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
    await fill_in(talk, wish=Wish(yes=yes))
    talk.sees(client)
    reference = await sends(talk)
    assert clinic in card(talk).words
    assert (await request_of(talk, reference)).screening is outcome
    assert "pregnan" not in card(talk).words, "only the outcome is told"


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


# --- Back, change, cancel


@pytest.mark.parametrize("step", STEPS[1:])
async def test_back_asks_the_step_before_and_keeps_what_was_said(talk: Talk, step: Step) -> None:
    await fill_in(talk, step)
    await talk.taps("booking.button.back")
    before = STEPS[STEPS.index(step) - 1]
    assert await step_of(talk) is before
    if before in (Step.NAME, Step.DAY, Step.TIME):
        talk.sees(talk.text("booking.button.keep"))
    await go_on(talk)
    talk.sees("booking.ask.summary")


@pytest.mark.parametrize("step", STEPS)
async def test_the_form_can_be_left_at_every_step(talk: Talk, step: Step) -> None:
    await fill_in(talk, step)
    await talk.taps("booking.button.cancel")
    talk.sees("booking.cancelled", "button.book")
    async with talk.store.transaction() as tx:
        assert await tx.forms.get(talk.phone.person.id) is None
    assert not cards(talk)


async def test_the_command_leaves_the_form_too_and_says_when_there_is_none(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("/cancel")
    talk.sees("booking.cancelled")
    await talk.says("/cancel")
    talk.sees("booking.stale")


@pytest.mark.parametrize(
    ("label", "step", "act"),
    [
        ("treatment", Step.TREATMENT, "30 min"),
        ("day", Step.DAY, "28"),
        ("time", Step.TIME, "17:00"),
        ("second_day", Step.SECOND_DAY, None),
        ("name", Step.NAME, None),
        ("phone", Step.PHONE, None),
        ("note", Step.NOTE, None),
        ("health", Step.HEALTH, None),
    ],
)
async def test_every_line_of_the_summary_can_be_changed(
    talk: Talk, label: str, step: Step, act: str | None
) -> None:
    await fill_in(talk)
    await talk.taps(f"booking.button.change.{label}")
    assert await step_of(talk) is step
    if act:
        await talk.taps(act)
    await go_on(talk, wish=Wish(name="Mei", time="11:00"))
    talk.sees("booking.ask.summary")


async def test_another_treatment_asks_for_the_time_again(talk: Talk) -> None:
    await fill_in(talk)
    await talk.taps("booking.button.change.treatment")
    await talk.taps("90 min")
    talk.sees("booking.ask.time")


# --- In the middle


@pytest.mark.parametrize("step", [Step.TREATMENT, Step.DAY, Step.TIME, Step.NAME, Step.PHONE, Step.HEALTH])
async def test_a_question_in_the_middle_is_answered_and_the_form_goes_on_below(
    talk: Talk, step: Step
) -> None:
    await fill_in(talk, step)
    form, labels = talk.last, talk.last.labels
    await talk.says("does massage lower cortisol?")
    answer, again = [each for each in talk.phone.screen if each.sender.is_bot][-2:]
    entry = talk.mind.loaded.knowledge.entries["massage-stress-cortisol"]
    assert entry.short[talk.language].split("\n")[0] in answer.words
    assert again.labels == labels
    assert form.words == talk.text("booking.below") and not form.labels
    await go_on(talk)
    await sends(talk)


@pytest.mark.parametrize("step", [Step.NAME, Step.PHONE])
@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("駐車場はありますか？", "コインパーキング"),
        ("駐車場はありますか", "コインパーキング"),
        ("is there parking?", "coin parking"),
        ("where can i park", "coin parking"),
    ],
)
async def test_a_question_where_a_name_or_number_is_wanted_is_no_name(
    talk: Talk, step: Step, words: str, part: str
) -> None:
    await fill_in(talk, step)
    await talk.says(words)
    assert told(talk.phone, part)
    assert await step_of(talk) is step


@pytest.mark.parametrize("name", ["山田 はるか", "Will Smith", "Do Hyun", "Isabel Can", "Whatley"])
async def test_a_name_that_looks_like_a_question_is_a_name(talk: Talk, name: str) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says(name)
    talk.sees("booking.ask.phone", name)


async def test_another_day_asked_for_while_a_name_is_wanted_goes_into_the_form(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("can I come on saturday 28 november at 11 instead?")
    assert str((await form_of(talk)).start)[:16] == "2026-11-28 11:00"


async def test_help_in_need_comes_first_and_the_form_is_kept_but_not_pushed(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("/sos")
    talk.sees("119")
    assert "booking" not in talk.last.words
    assert await step_of(talk) is Step.NAME
    await talk.says("/book")
    talk.sees("booking.ask.name", "Fri 27 Nov, 18:00")


@pytest.mark.parametrize("step", [Step.DAY, Step.NAME, Step.NOTE, Step.HEALTH])
@pytest.mark.parametrize(
    "words", ["i want to kill myself", "もう死にたい", "I have chest pain and can't breathe"]
)
async def test_a_message_that_signals_danger_stops_everything_else(
    talk: Talk, step: Step, words: str
) -> None:
    await fill_in(talk, step)
    form = talk.last
    await talk.says(words)
    assert talk.last is not form and talk.last.words != form.words
    assert "119" in talk.last.words or "helpline" in talk.last.words.lower() or "よりそい" in talk.last.words
    assert form.words != talk.text("booking.below"), "the form stays where it is, and nothing is pushed"
    assert await step_of(talk) is step
    assert not cards(talk)


async def test_a_voice_message_in_the_middle_changes_nothing(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    talk.phone.sends_voice()
    await talk.settle()
    talk.sees("cannot_read.voice")
    assert await step_of(talk) is Step.NAME


async def test_the_form_keeps_its_language_whatever_is_typed_into_it(talk: Talk) -> None:
    await fill_in(talk, wish=Wish(name="伊藤花子"))
    talk.sees("booking.ask.summary")


# --- Repeated and stale taps


async def test_two_taps_on_send_make_one_request(talk: Talk) -> None:
    await fill_in(talk)
    data = data_of(talk.last, "Send")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert len(cards(talk)) == 1
    talk.sees("booking.sent")
    assert len([each for each in talk.phone.screen if "It isn't booked yet" in each.words]) == 1


async def test_two_taps_on_a_day_do_not_answer_the_next_question(talk: Talk) -> None:
    await fill_in(talk, Step.SECOND_DAY)
    await talk.taps("booking.button.back")
    await talk.taps("booking.button.back")
    data = data_of(talk.last, "28")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert await step_of(talk) is Step.TIME
    talk.sees("booking.ask.time")


async def test_two_taps_on_a_health_answer_do_not_answer_the_next_question(talk: Talk) -> None:
    await fill_in(talk, Step.HEALTH)
    data = data_of(talk.last, "Yes")
    talk.phone.taps_data(talk.last, data)
    talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert len((await form_of(talk)).health) == 1


@pytest.mark.parametrize("label", ["Send", "Name", "Back", "Cancel"])
async def test_no_tap_after_sending_changes_what_was_sent(talk: Talk, label: str) -> None:
    await fill_in(talk)
    form = talk.last
    data = data_of(form, label)
    reference = await sends(talk)
    talk.phone.taps_data(form, data)
    await talk.settle()
    talk.sees("booking.sent", reference)
    assert (await request_of(talk, reference)).state is State.WAITING
    await talk.taps("✅", aoi(talk))
    talk.phone.taps_data(form, data)
    await talk.settle()
    assert "✅ Confirmed" in form.words


@pytest.mark.parametrize("label", ["28", "▶️", "Back", "Cancel"])
async def test_a_tap_on_an_old_message_of_the_form_does_nothing(talk: Talk, label: str) -> None:
    await fill_in(talk, Step.DAY)
    old, data = talk.last, data_of(talk.last, label)
    await talk.says("does massage lower cortisol?")
    talk.phone.taps_data(old, data)
    await talk.settle()
    assert old.words == talk.text("booking.below")
    assert await step_of(talk) is Step.DAY
    talk.sees("booking.ask.day")


async def test_a_second_book_goes_on_with_the_form_in_one_message(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    await talk.says("/book")
    talk.sees("booking.ask.name", "Fri 27 Nov, 18:00")
    assert len(told(talk.phone, "✖️ Cancel")) == 1


async def test_a_button_under_an_old_answer_goes_on_with_the_form(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last
    await fill_in(talk, Step.TIME)
    await talk.taps("button.book", message=answer)
    talk.sees("booking.ask.time", "Fri 27 Nov")


@pytest.mark.parametrize(
    "data",
    ["fa", "fa:d:99999999", "fa:d:20991231", "fa:t:20261125:0300", "fa:tr:gold", "fa:na:=", "fa:sm:1",
     "fm:d:0", "fo:xx", "fs", "fa:he:heart:1", "wj:gold:20261127", "wj:massage-60:20991231",
     "wa:1:20261127:1800", "wr:9", "wl:9", "md:1", "my:1:0", "ma:1:0:20261127:1800", "fa:d:1",
     "wj:massage-60:20261125"],
)  # fmt: skip
async def test_a_forged_button_makes_no_request_and_breaks_nothing(talk: Talk, data: str) -> None:
    await fill_in(talk, Step.DAY)
    tap = talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert tap.answer is not None
    assert not cards(talk)
    await talk.says("/book")
    talk.sees("✖️ Cancel")


# --- The training plan


async def test_the_training_plan_is_asked_for_the_same_way(talk: Talk) -> None:
    await talk.says("/book")
    form = talk.last.id
    await talk.taps("Personal training plan")
    assert talk.last.id == form, "in the same message"
    talk.sees("booking.ask.goal", "3,000 yen")
    await talk.taps("booking.button.back")
    talk.sees("booking.ask.treatment")
    await talk.taps("Personal training plan")
    await talk.says("Sleep better, and climb stairs without a rest")
    await talk.says("not at all")
    await talk.says("Tuesday or Friday evenings")
    await go_on_with_plan(talk)
    reference = await sends(talk)
    shown = card(talk).words
    for part in ("climb stairs", "not at all", "Tuesday or Friday evenings", "Personal training plan"):
        assert part in shown
    assert not any("✅" in label for label in card(talk).labels), "there is no time to confirm yet"
    await talk.taps("Another time", aoi(talk))
    await talk.taps("27", aoi(talk))
    await talk.taps("18:30", aoi(talk))
    talk.sees("bookings.proposed.plan", "Fri 27 Nov, 18:30")
    await talk.taps("✅")
    request = await request_of(talk, reference)
    assert request.kind is Kind.PLAN and request.state is State.CONFIRMED


async def go_on_with_plan(talk: Talk) -> None:
    await talk.says("Hana Ito")
    await talk.taps("booking.button.skip.phone")
    await talk.taps("booking.button.skip.note")
    await talk.taps("booking.button.ask_later")
    talk.sees("booking.ask.summary")
