"""Back, changing a line and leaving the form, and whatever is said in the middle of it."""

import pytest

from bot.domain.form import Step
from tests.dialogues.steps import (
    Wish,
    card,
    cards,
    fill_in,
    form_of,
    go_on,
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


async def test_at_the_first_step_there_is_no_way_back(talk: Talk) -> None:
    await fill_in(talk, Step.TREATMENT)
    assert talk.text("booking.button.back") not in talk.last.labels
    await talk.taps("Personal training plan")
    talk.sees("booking.ask.goal", "booking.button.back")


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
    talk.sees("booking.no_form", "button.book", "bookings.button.list")


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


@pytest.mark.parametrize("step", [Step.NAME, Step.PHONE])
async def test_sadness_is_nobodys_name_or_number(talk: Talk, step: Step) -> None:
    await fill_in(talk, step)
    labels = talk.last.labels
    await talk.says("I'm so lonely since the divorce, I cry every night")
    kind, again = [each for each in talk.phone.screen if each.sender.is_bot][-2:]
    assert talk.text("button.sos") in kind.labels
    assert again.labels == labels
    await go_on(talk)
    await sends(talk)


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


# --- A question where a note is wanted


@pytest.mark.parametrize("words", ["is there parking?", "where can i park"])
async def test_a_question_at_the_note_is_answered_and_can_still_be_the_note(talk: Talk, words: str) -> None:
    await question_at_the_note(talk, words)


@pytest.mark.parametrize("words", ["駐車場はありますか？", "駐車場の場所を教えてください"])
async def test_a_question_at_the_note_is_answered_in_japanese_too(hanashi: Talk, words: str) -> None:
    await question_at_the_note(hanashi, words)


async def question_at_the_note(talk: Talk, words: str) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says(words)
    assert told(talk.phone, "コインパーキング") or told(talk.phone, "coin parking")
    talk.sees("booking.ask.note", words, "booking.button.as_note")
    await talk.taps("booking.button.as_note")
    assert await step_of(talk) is Step.CONSENT
    assert (await form_of(talk)).personal.note == words
    await go_on(talk)
    await sends(talk)
    assert words in card(talk).words


async def test_a_question_at_the_note_that_is_no_note_is_forgotten(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says("is there parking?")
    await talk.says("my left shoulder please")
    assert (await form_of(talk)).personal.note == "my left shoulder please"
    assert (await form_of(talk)).draft is None
    await talk.taps("booking.button.back")
    assert talk.text("booking.button.as_note") not in talk.last.labels


async def test_a_question_about_appointments_at_the_note_loses_neither_it_nor_the_form(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says("can i cancel my appointment?")
    talk.sees("booking.ask.note", "booking.button.as_note")
    await talk.taps("booking.button.as_note")
    assert (await form_of(talk)).personal.note == "can i cancel my appointment?"


@pytest.mark.parametrize(
    "note",
    [
        "my left shoulder please",
        "stiff neck from desk work, and a bit of stress",
        "can you be gentle with my knee?",
        "左肩をお願いします",
        "肩こりがひどいです",
        "着いたら教えてください",
    ],
)
async def test_a_plain_note_stays_a_note(talk: Talk, note: str) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says(note)
    assert (await form_of(talk)).personal.note == note


async def test_a_tap_on_an_old_button_does_not_make_a_note_of_nothing(talk: Talk) -> None:
    await fill_in(talk, Step.NOTE)
    await talk.says("is there parking?")
    form = talk.last
    (key,) = [each for each in form.keys if each["text"] == talk.text("booking.button.as_note")]
    await talk.taps("booking.button.skip.note")
    await talk.taps("booking.button.back")
    tap = talk.phone.taps_data(talk.last, str(key["callback_data"]))
    await talk.settle()
    assert tap.answer is not None and tap.answer.get("text") == talk.text("tap.stale")
    assert await step_of(talk) is Step.NOTE


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


async def test_whatever_is_typed_brings_the_form_down_and_the_old_one_loses_its_buttons(talk: Talk) -> None:
    await fill_in(talk, Step.PHONE)
    for words in ("12", "12", "090-1234-5678"):
        above = talk.last
        await talk.says(words)
        assert talk.last.id > above.id and above.words == talk.text("booking.below") and not above.labels
    talk.sees("booking.ask.note")


async def test_a_voice_message_in_the_middle_changes_nothing_and_the_form_comes_down(talk: Talk) -> None:
    await fill_in(talk, Step.NAME)
    talk.phone.sends_voice()
    await talk.settle()
    assert told(talk.phone, talk.text("cannot_read.voice"))
    talk.sees("booking.ask.name")
    assert await step_of(talk) is Step.NAME
