"""A client asks, and looks around."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.labelled import read_labelled
from bot.answers.model import Route
from bot.answers.routed import Routed
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from tests.dialogues.talk import Talk
from tests.dialogues.test_care import tap_data


async def test_a_question_gets_its_answer_and_how_sure_research_is(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    talk.sees_entry("massage-stress-cortisol")
    talk.sees("evidence.contested", "button.why", "button.related", "button.tonight", "button.book")


async def test_a_japanese_question_gets_a_japanese_answer(hanashi: Talk) -> None:
    await hanashi.says("眠れないときにマッサージは効きますか")
    hanashi.sees_entry("massage-sleep")


async def test_the_language_of_each_message_is_followed_until_the_client_chooses(talk: Talk) -> None:
    await talk.says("眠れないときにマッサージは効きますか")
    talk.language = Language.JA
    talk.sees_entry("massage-sleep")
    await talk.says("/language")
    await talk.taps("English")
    talk.language = Language.EN
    talk.sees("language.chosen")
    await talk.says("/help")
    talk.sees("help.text")


async def test_who_asks_whether_the_clinic_is_open_on_a_day_is_told_of_that_day_first(talk: Talk) -> None:
    await talk.says("are you open on Sunday?")
    talk.sees_entry("hours")
    talk.sees("Sun 22 Nov: closed")


async def test_the_same_in_japanese_and_it_is_no_wish_to_come(hanashi: Talk) -> None:
    await hanashi.says("明日は営業していますか")
    hanashi.sees_entry("hours")
    hanashi.sees("11月21日(土)", "button.helped")  # the answer is the last word: no form below it


@pytest.mark.parametrize(
    "text", ["are you open on new years", "open on 2 January?", "are you open on 29 December"]
)
async def test_a_closure_is_told_whole_whichever_of_its_days_is_asked_for(talk: Talk, text: str) -> None:
    await talk.says(text)
    talk.sees_entry("hours")
    assert talk.last.words.startswith("Tue 29 Dec–Mon 4 Jan (New Year): closed\n\n")


async def test_a_closure_is_told_whole_in_japanese_and_once(hanashi: Talk) -> None:
    await hanashi.says("年末年始は？")
    hanashi.sees_entry("hours")
    head, _, rest = hanashi.last.words.partition("\n\n")
    assert head == "年末年始　12月29日(火)〜1月4日(月)　休み"
    assert rest.count("水") == rest.count("祝日　休み") == 1, "no day is called closed twice"


async def test_days_beside_a_closure_are_told_with_it(talk: Talk) -> None:
    await talk.says("are you open from 28 to 30 December?")
    first, second, *_ = talk.last.words.split("\n")
    assert first.startswith("Mon 28 Dec: 10:00") and second == "Tue 29 Dec–Mon 4 Jan (New Year): closed"


async def test_prices_hold_everything_that_the_form_offers(either: Talk) -> None:
    clinic, lang = either.mind.loaded.clinic, either.language
    assert clinic.plan is not None
    prices = {each.name[lang]: each.price_yen for each in clinic.treatments}
    prices[clinic.plan.name[lang]] = clinic.plan.price_yen
    await either.says("prices" if lang is Language.EN else "料金")
    for name, yen in prices.items():
        line = next(each for each in either.last.words.split("\n") if each.startswith(name))
        assert f"{yen:,}" in line


async def test_an_address_has_no_research_to_show(talk: Talk) -> None:
    await talk.says("where are you")
    talk.sees_entry("clinic-location")
    assert talk.text("button.why") not in talk.last.labels


async def test_what_no_research_backs_says_that_it_is_the_clinics_own(either: Talk) -> None:
    entry = either.mind.loaded.knowledge.entries["holistic"]
    assert entry.evidence is None and entry.sources
    await either.says("/topics")
    await tap_data(either, pack(Verb.WHY, entry.id))
    either.sees("why.own", "why.articles")


async def test_what_is_only_likely_is_answered_with_what_else_may_be_meant(talk: Talk) -> None:
    guessed = next(each for each in hints(talk) if each.entry and each.beside)
    assert guessed.entry and guessed.entry.id not in [each.entry for each in guessed.beside]

    await talk.says(guessed.text)
    talk.sees_entry(guessed.entry.id)
    other = talk.mind.loaded.knowledge.entries[guessed.beside[0].entry]
    talk.sees("clarify.beside", other.title[Language.EN])

    answer = talk.last.id
    await talk.taps(other.title[Language.EN])
    talk.sees_entry(other.id)
    assert talk.last.id == answer, "a tap mends it in place"
    assert talk.text("clarify.beside") not in talk.last.words


async def test_what_is_sure_is_answered_alone(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    assert talk.text("clarify.beside") not in talk.last.words


def hints(talk: Talk) -> Iterator[Routed]:
    """What becomes of messages that say sideways what they ask."""
    labelled = Path(__file__).parent.parent / "labelled"
    for number in (26, 28, 29, 34, 35):
        file = labelled / f"{talk.language}-blind-{number}.yaml"
        for message in read_labelled(file, talk.mind.loaded.knowledge):
            if message.entries:
                yield talk.mind.router.route(message.text, talk.clock.now)


async def test_why_shows_the_fair_sentence_the_citation_and_the_article_in_place(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last.id
    await talk.taps("button.why")
    talk.sees("Moyer 2011", "Massage for Anxiety and Depression Management")
    await talk.taps("button.back")
    talk.sees_entry("massage-stress-cortisol")
    assert talk.last.id == answer, "the same message all along"


async def test_related_entries_are_browsed_in_place(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last
    await talk.taps("button.related")
    await talk.taps(answer.labels[0])
    assert talk.last.id == answer.id
    talk.sees("button.book")


async def test_feedback_is_taken_once_and_thanked_for(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    await talk.taps("button.helped")
    talk.sees("feedback.thanks")
    assert not any("👍" in label for label in talk.last.labels)
    async with talk.store.transaction() as tx:
        assert await tx.questions.feedback() == {"massage-stress-cortisol": (1, 0)}


async def test_topics_are_browsed_by_buttons_and_back(talk: Talk) -> None:
    await talk.says("/topics")
    menu = talk.sees("topics.title")
    topic = menu.labels[0]
    await talk.taps(topic)
    entry = talk.last.labels[0]
    await talk.taps(entry)
    talk.sees("button.book")
    assert talk.last.id == menu.id


async def test_none_of_these_leads_to_a_person_too(either: Talk) -> None:
    await either.says(next(each.text for each in hints(either) if each.route is Route.CLARIFY))
    either.sees("clarify.ask")
    await either.taps("button.none_of_these")
    either.sees("topics.title")
    await either.taps("button.person")
    either.sees("person.ask")


async def test_what_nobody_here_knows_is_said_honestly_and_kept_masked(talk: Talk) -> None:
    await talk.says("how do i file a tax return in portugal? hana@example.com")
    talk.sees("hand_over.unknown", "button.topics", "button.person")
    async with talk.store.transaction() as tx:
        (kept,) = await tx.questions.unanswered(9)
    assert "hana" not in kept.text and "<email>" in kept.text


async def test_an_edited_question_has_its_reply_edited(talk: Talk) -> None:
    asked = await talk.says("does massage lower cortisol?")
    answer = talk.last.id
    await talk.edits(asked, "where are you?")
    assert talk.last.id == answer
    talk.sees_entry("clinic-location")


@pytest.mark.parametrize("payload", ["massage-sleep", "topics", "", "nothing-we-know", "<b>x"])
async def test_a_deep_link_leads_somewhere_whatever_it_holds(talk: Talk, payload: str) -> None:
    talk.phone.starts(payload)
    await talk.settle()
    if payload == "massage-sleep":
        talk.sees_entry("massage-sleep")
    elif payload == "topics":
        talk.sees("topics.title")
    else:
        talk.sees("start.welcome")


async def test_a_second_tap_on_the_same_button_changes_nothing(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last
    data = next(str(key["callback_data"]) for key in answer.keys if "🔎" in str(key["text"]))
    for _ in range(2):
        talk.phone.taps_data(answer, data)
    await talk.settle()
    talk.sees("Moyer 2011")
    assert len([each for each in talk.phone.screen if each.sender.is_bot]) == 1


@pytest.mark.parametrize(
    "data", ["e:gone", "e", "x:y", ":", "tp:massage:999999", "tp:massage:x", "ls:fr", "h:massage-sleep", "💥"]
)
async def test_a_stale_or_forged_button_is_harmless(talk: Talk, data: str) -> None:
    await talk.says("hello")
    before = len(talk.phone.screen)
    tap = talk.phone.taps_data(talk.last, data)
    await talk.settle()
    assert tap.answer is not None
    assert len(talk.phone.screen) == before


async def test_every_kind_of_message_gets_a_sensible_reply(talk: Talk) -> None:
    for act, key in (
        (talk.phone.sends_voice, "cannot_read.voice"),
        (talk.phone.sends_photo, "cannot_read.picture"),
        (talk.phone.sends_sticker, "cannot_read.sticker"),
        (talk.phone.sends_location, "cannot_read.place"),
        (talk.phone.sends_document, "cannot_read.document"),
        (talk.phone.shares_contact, "cannot_read.contact"),
    ):
        act()
        await talk.settle()
        talk.sees(key)


async def test_a_caption_is_read_like_a_message(talk: Talk) -> None:
    talk.phone.sends_photo(caption="does massage lower cortisol?")
    await talk.settle()
    talk.sees_entry("massage-stress-cortisol")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4096,
        "😴" * 500,
        "🙏",
        "مرحبا، هل يساعد التدليك على النوم؟",
        "<b>&amp;</i>",
        "\u202eabc",
        "１２３",
        "/nonsense",
    ],
)
async def test_odd_texts_are_answered(talk: Talk, text: str) -> None:
    await talk.says(text)
    assert talk.last.words


async def test_in_a_group_only_a_mention_or_a_reply_is_answered(talk: Talk) -> None:
    staff = talk.trial.world.staff[0]
    talk.trial.world.privacy_mode = False
    await talk.says("does massage lower cortisol?", who=staff)
    assert not [each for each in staff.screen if each.sender.is_bot]
    await talk.says("@teate_trial_bot does massage lower cortisol?", who=staff)
    entry = talk.mind.loaded.knowledge.entries["massage-stress-cortisol"]
    assert entry.short[Language.EN] in staff.last.words


async def test_inline_mode_offers_answer_cards(talk: Talk) -> None:
    asked = await talk.asks_inline("massage for sleep")
    assert asked.results
    sent = talk.phone.chooses(asked)
    entry = talk.mind.loaded.knowledge.entries[str(asked.results[0]["id"])]
    assert entry.short[Language.EN] in sent.words


async def test_inline_mode_makes_nobody_a_client(talk: Talk) -> None:
    await talk.asks_inline("massage for sleep")
    async with talk.store.transaction() as tx:
        assert await tx.clients.get(talk.phone.person.id) is None


async def test_a_client_who_blocks_the_bot_is_left_in_peace(talk: Talk) -> None:
    await talk.says("hello")
    talk.phone.says("does massage lower cortisol?")
    talk.phone.blocks()
    await talk.settle()
    async with talk.store.transaction() as tx:
        hana = await tx.clients.get(talk.phone.person.id)
        assert await tx.outbox.waiting() == 0
    assert hana is not None and hana.gone
    talk.phone.unblocks()
    await talk.says("hello")
    talk.sees("small_talk.hello")
