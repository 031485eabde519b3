"""What else a message wants is seen to after what its finding asks for, unless somebody is in danger."""

from dataclasses import replace

import pytest

from bot.answers.model import Need, Route, Safety
from bot.answers.routed import Routed
from bot.answers.safety import Finding
from bot.app import Brain
from bot.domain.language import Language
from tests.clock import FakeClock
from tests.dialogues.talk import Talk
from tests.dialogues.test_asking import hints


async def test_a_wish_to_come_beside_a_condition_opens_the_form(talk: Talk) -> None:
    await talk.says("I'm 26 weeks pregnant, can I come next friday after five for a 60 min massage?")
    note, form = talk.phone.screen[-2:]
    assert "midwife first" in note.words and talk.text("booking.beside") in note.words
    assert "Fri 27 Nov" in form.words and talk.text("booking.ask.time") in form.words


async def test_in_japanese_too(hanashi: Talk) -> None:
    await hanashi.says("妊娠6か月です。来週の金曜の夕方、60分のマッサージをお願いできますか")
    note, form = hanashi.phone.screen[-2:]
    assert "助産師" in note.words and hanashi.text("booking.beside") in note.words
    assert "11月27日(金)" in form.words


async def test_a_sad_client_who_wants_to_come_is_heard_and_can_choose_a_time(talk: Talk) -> None:
    await talk.says("I feel so low and keep crying. Can I come next friday after five?")
    note, form = talk.phone.screen[-2:]
    assert talk.text("button.sos") in note.labels
    assert "Fri 27 Nov" in form.words


async def test_a_question_beside_a_condition_is_answered_below_the_note(talk: Talk) -> None:
    await talk.says("I take warfarin. Does massage help with sleep?")
    answer = talk.mind.loaded.knowledge.entries["massage-sleep"].short[Language.EN]
    note, given, _ = talk.last.words.partition(answer)
    assert "bruise" in note
    assert given, "the answer stands below"
    assert talk.text("button.person") in talk.last.labels


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("i'm pregnant, is a massage safe?", "health-conditions"),
        ("i had a heart attack last year, can i exercise", "exercise-safe"),
    ],
)
async def test_what_holds_for_everybody_stands_behind_a_button_below_ones_own_condition(
    talk: Talk, text: str, entry: str
) -> None:
    general = talk.mind.loaded.knowledge.entries[entry]
    await talk.says(text)
    talk.sees("doctor", "button.person", general.title[Language.EN])
    assert general.short[Language.EN] not in talk.last.words
    note = talk.last
    await talk.taps(general.title[Language.EN])
    talk.sees_entry(entry)
    assert talk.phone.screen[-2].words == note.words, "one's own condition stays in sight"


def is_sad(routed: Routed) -> bool:
    return routed.finding is not None and routed.finding.safety is Safety.DISTRESS


async def test_what_a_sad_client_may_have_asked_is_a_button_and_kind_words_stay(either: Talk) -> None:
    asked = next(each for each in hints(either) if is_sad(each) and each.beside)
    await either.says(asked.text)
    kind = either.sees("clarify.in_passing", "button.sos", "button.person")
    await either.taps(either.mind.loaded.knowledge.entries[asked.beside[0].entry].title[either.language])
    either.sees_entry(asked.beside[0].entry)
    assert either.phone.screen[-2].words == kind.words


async def test_who_calls_off_with_an_infection_is_wished_rest_and_shown_what_to_call_off(
    either: Talk,
) -> None:
    english = either.language is Language.EN
    await either.says(
        "covid, please cancel tomorrow" if english else "コロナになったので明日キャンセルします"
    )
    note, bookings = either.phone.screen[-2:]
    assert ("needs rest first" if english else "お体を休めて") in note.words
    assert either.text("bookings.none") in bookings.words


async def test_who_asks_for_the_list_reads_it(talk: Talk) -> None:
    await talk.says("which health conditions do i have to tell you about")
    talk.sees_entry("health-conditions")


@pytest.mark.parametrize(
    "text",
    [
        "まっさーじって鬱にきく？",
        "まっさーじはうつに効く？",
        "マッサージって鬱にきく？",
        "うんどうは不安にもきく？",
    ],
)
async def test_a_question_about_low_mood_is_a_question_in_kana_too(hanashi: Talk, text: str) -> None:
    asked = hanashi.mind.router.route(text, hanashi.clock.now)
    assert asked.finding is None
    assert asked.route in (Route.ANSWER, Route.CLARIFY)


def test_no_button_stands_twice_below_a_finding_and_an_answer(mind: Brain, clock: FakeClock) -> None:
    asked = mind.router.route("does massage help with depression?", clock.now)
    assert asked.entry is not None
    sad = replace(asked, route=Route.SELF_CARE, finding=Finding(Safety.DISTRESS), need=Need.LOW_MOOD)
    labels = [each.text for row in mind.views.reply(sad).buttons for each in row]

    assert len(labels) == len(set(labels))
    for key in ("button.tonight", "button.sos", "button.why", "button.book"):
        assert mind.texts(key, Language.EN) in labels


@pytest.mark.parametrize(
    "text",
    ["I want to kill myself. Can I come tomorrow at six?", "my calf is hot and swollen, can i come at 6"],
)
async def test_no_form_is_pushed_on_somebody_in_danger(talk: Talk, text: str) -> None:
    await talk.says(text)
    assert not [each for each in talk.phone.screen if talk.text("booking.ask.treatment") in each.words]
