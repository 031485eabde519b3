"""Something to do for oneself: need, time, action, guide, and what was learnt of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.channels.telegram import TelegramChannel
from bot.app import Brain, assemble
from bot.domain.care import LENGTHS, Action, Experience, Need
from bot.domain.language import Language
from bot.trial.errors import ApiError
from bot.trial.messages import Message
from tests.clock import FakeClock
from tests.dialogues.talk import Talk, bytes_of

SECOND = timedelta(seconds=1)


def action(talk: Talk, action_id: str) -> Action:
    return next(each for each in talk.mind.loaded.actions if each.id == action_id)


def shown(talk: Talk, message: Message | None = None) -> Action:
    """The action that the message shows."""
    words = (message or talk.last).words
    return next(each for each in talk.mind.loaded.actions if each.steps[talk.language][0] in words)


async def history(talk: Talk) -> list[Experience]:
    async with talk.store.transaction() as tx:
        return list(await tx.care.experiences(talk.phone.person.id))


async def tap_data(talk: Talk, data: str, message: Message | None = None) -> str | None:
    """Also a button that is not there (any more); what the tap is told."""
    tap = talk.phone.taps_data(message or talk.last, data)
    await talk.settle()
    assert tap.answer is not None
    return str(tap.answer.get("text") or "") or None


async def wait(talk: Talk, seconds: float) -> None:
    talk.clock.move(timedelta(seconds=seconds))
    await talk.ticks()


async def begin_breathing(talk: Talk) -> Message:
    """Slow breathing: in for four seconds, out for six, twelve times."""
    await talk.says("/selfcare")
    await tap_data(talk, "ka:slow-breath:sleep:2")
    await talk.taps("care.button.start")
    return talk.last


def stage(talk: Talk, number: int) -> str:
    guide = action(talk, "slow-breath").guide
    assert guide is not None
    return guide.stages[number].text[talk.language]


async def test_a_need_and_a_time_give_an_action_in_the_same_message(either: Talk) -> None:
    await either.says("/selfcare")
    asked = either.sees("care.ask_needs", "care.need.isolation")
    await either.taps("care.need.sleep")
    either.sees("care.ask_minutes")
    await tap_data(either, "ks:sleep:2")
    found = shown(either)
    assert Need.SLEEP in found.needs and found.minutes == 2
    either.sees(found.title[either.language], found.good_for[either.language])
    assert found.caution is None or found.caution[either.language] in either.last.words
    assert either.last.id == asked.id
    assert [each.action_id for each in await history(either)] == [found.id]


async def test_two_needs_may_be_chosen_and_a_third_pushes_out_the_first(talk: Talk) -> None:
    await talk.says("/selfcare")
    for need in ("care.need.sleep", "care.need.stress", "care.need.tension"):
        await talk.taps(need)
    ticked = [each for each in talk.last.labels if each.startswith("✓")]
    assert ticked == [f"✓ {talk.text('care.need.stress')}", f"✓ {talk.text('care.need.tension')}"]
    await talk.taps("10 min")
    assert {Need.STRESS, Need.TENSION} & set(shown(talk).needs)


async def test_every_need_has_something_for_every_time(either: Talk) -> None:
    await either.says("/selfcare")
    for need in Need:
        for minutes in LENGTHS:
            await tap_data(either, f"ks:{need}:{minutes}")
            found = shown(either)
            assert need in found.needs and found.minutes == minutes


@pytest.mark.parametrize(
    ("words", "need", "language"),
    [
        ("I can't sleep, what can I do", Need.SLEEP, Language.EN),
        ("my shoulders are so tight tonight", Need.TENSION, Language.EN),
        ("肩がガチガチ", Need.TENSION, Language.JA),
        ("眠れません", Need.SLEEP, Language.JA),
    ],
)
async def test_plain_words_lead_to_the_question_of_time(
    talk: Talk, words: str, need: Need, language: Language
) -> None:
    talk.language = language
    await talk.says(words)
    talk.sees(f"self_care.heard.{need}", "care.ask_minutes")
    reply = talk.last.id
    await tap_data(talk, f"ks:{need}:10")
    assert need in shown(talk).needs
    assert talk.last.id == reply


async def test_words_of_distress_keep_their_own_reply_and_lead_there(talk: Talk) -> None:
    await talk.says("everything is too much and I'm crying all day")
    reply = talk.sees("button.tonight", "button.person", "button.sos")
    await talk.taps("button.tonight")
    talk.sees("care.ask_minutes")
    assert talk.last.id != reply.id, "what was said to somebody in distress stays"


async def test_the_button_below_an_answer_leaves_the_answer_where_it_is(talk: Talk) -> None:
    await talk.says("does massage lower cortisol?")
    answer = talk.last
    await talk.taps("button.tonight")
    assert talk.last.id != answer.id
    assert "cortisol" in answer.words.lower()


async def test_another_comes_in_place_and_never_the_same_twice_in_a_row(talk: Talk) -> None:
    await talk.says("/selfcare")
    message = talk.last.id
    await tap_data(talk, "ks:sleep:10")
    for _ in range(12):
        before = shown(talk)
        await wait(talk, 20)
        await talk.taps("care.button.another")
        assert shown(talk).id != before.id
    assert talk.last.id == message
    assert len(await history(talk)) == 13


async def test_what_did_not_help_is_not_suggested_again(either: Talk) -> None:
    await either.says("/selfcare")
    await tap_data(either, "ks:sleep:2")
    refused = shown(either)
    await either.taps("care.button.not_helped")
    either.sees("care.rated.not_helped")
    for _ in range(15):
        await wait(either, 20)
        await either.taps("care.button.another")
        assert shown(either).id != refused.id


async def test_what_helped_comes_more_often(talk: Talk) -> None:
    await talk.says("/selfcare")
    await tap_data(talk, "ks:sleep:2")
    liked = shown(talk)
    await talk.taps("care.button.helped")
    talk.sees("care.rated.helped")
    assert "👍" not in "".join(talk.last.labels), "it is not asked again"
    counts: dict[str, int] = {}
    for _ in range(40):
        await wait(talk, 90_000)
        await talk.taps("care.button.another")
        counts[shown(talk).id] = counts.get(shown(talk).id, 0) + 1
    assert counts[liked.id] == max(counts.values())


async def test_what_was_tried_can_be_seen_and_forgotten(either: Talk) -> None:
    await either.says("/selfcare")
    await either.taps("care.button.history")
    either.sees("care.history.empty")
    await either.taps("care.button.back")
    await tap_data(either, "ka:slow-breath:sleep:2")
    await tap_data(either, "kr:slow-breath:1:sleep:2")
    await either.says("/selfcare")
    await either.taps("care.button.history")
    either.sees(f"👍 {action(either, 'slow-breath').title[either.language]}")
    await either.taps("care.button.reset")
    either.sees("care.reset.ask")
    await either.taps("care.button.reset_no")
    assert await history(either)
    await either.taps("care.button.reset")
    await either.taps("care.button.reset_yes")
    either.sees("care.reset.done")
    assert await history(either) == []


async def test_research_is_shown_in_place_and_the_rating_stays(talk: Talk) -> None:
    await talk.says("/selfcare")
    await tap_data(talk, "ka:short-walk:energy:10")
    await talk.taps("care.button.helped")
    await talk.taps("care.button.why")
    talk.sees("was not tested itself")
    await talk.taps("care.button.back")
    talk.sees("care.rated.helped", action(talk, "short-walk").title[Language.EN])


async def test_a_guide_moves_on_by_itself_at_its_own_pace(either: Talk) -> None:
    message = await begin_breathing(either)
    assert stage(either, 0) in message.words
    changes = []
    for second in range(1, 121):
        before = message.change
        await wait(either, 1)
        if message.change != before:
            changes.append(second)
    assert changes == sorted([*range(4, 120, 10), *range(10, 121, 10)]), "at every boundary, and only there"
    assert either.last is message
    either.sees("care.button.helped", "care.button.again")
    await either.taps("care.button.helped")
    either.sees("care.rated.helped")
    assert (await history(either))[-1].helped is True


async def test_a_late_tick_leaves_out_what_is_past(talk: Talk) -> None:
    message = await begin_breathing(talk)
    before = talk.trial.world.journal.number
    await wait(talk, 65)
    assert stage(talk, 13) in message.words and "0:56" in message.words
    assert message.change > before
    await wait(talk, 1)
    assert "0:56" in message.words, "stage 13 runs from 64 to 70"


async def test_a_guide_stops_at_a_tap_for_good(either: Talk) -> None:
    message = await begin_breathing(either)
    await wait(either, 5)
    await either.taps("care.button.stop")
    assert either.text("care.ended.stopped").split("\n")[-1][:5] in message.words
    change = message.change
    await wait(either, 30)
    assert message.change == change
    await either.taps("care.button.again")
    assert stage(either, 0) in message.words


async def test_a_second_tap_on_start_does_not_start_over(talk: Talk) -> None:
    message = await begin_breathing(talk)
    await wait(talk, 5)
    words = message.words
    await tap_data(talk, "kg:slow-breath:sleep:2", message)
    assert message.words == words
    await wait(talk, 6)
    assert stage(talk, 0) in message.words and "1:50" in message.words


async def test_what_care_is_for_is_not_readable_in_the_database_while_a_guide_runs(
    talk: Talk, tmp_path: Path
) -> None:
    await talk.says("/selfcare")
    await tap_data(talk, "ka:slow-breath:low-mood:2")
    await talk.taps("care.button.start")
    async with talk.store.transaction() as tx:
        assert [each.needs for each in await tx.care.running_guides()] == ["low-mood"]
    held = bytes_of(tmp_path)
    assert b"slow-breath" in held and b"low-mood" not in held


async def test_a_second_guide_ends_the_first(talk: Talk) -> None:
    first = await begin_breathing(talk)
    await wait(talk, 5)
    second = await begin_breathing(talk)
    assert first.id != second.id
    assert "Stopped" in first.words
    await wait(talk, 5)
    assert stage(talk, 1) in second.words and "Stopped" in first.words


async def test_a_guide_does_not_write_over_what_its_message_shows_now(talk: Talk) -> None:
    message = await begin_breathing(talk)
    await tap_data(talk, "ks:sleep:2", message)
    words = message.words
    await wait(talk, 20)
    assert message.words == words


async def restart(talk: Talk) -> None:
    """Another process goes on with the same database."""
    await talk.parts.dispatcher.stop()
    group = talk.trial.world.group.id
    ways = {"telegram": TelegramChannel(talk.bot, group)}
    talk.parts = await assemble(talk.mind, talk.store, talk.bot, talk.clock, ways, group)


async def test_a_restart_ends_a_guide_tidily(either: Talk) -> None:
    message = await begin_breathing(either)
    await wait(either, 5)
    either.clock.move(SECOND)
    await restart(either)
    await wait(either, 1)
    interrupted = either.text("care.ended.interrupted").split("\n")[-1][:5]
    assert interrupted in message.words
    change = message.change
    await wait(either, 30)
    assert message.change == change
    await either.taps("care.button.again")
    await wait(either, 4)
    assert stage(either, 1) in message.words


async def test_a_guide_ends_when_the_client_blocks_the_bot(talk: Talk) -> None:
    await begin_breathing(talk)
    talk.phone.blocks()
    await talk.settle()
    await wait(talk, 10)
    async with talk.store.transaction() as tx:
        assert not await tx.care.running_guides()
        assert await tx.outbox.waiting() == 0


@pytest.mark.parametrize("words", ["I want to kill myself", "もう死にたい", "/sos"])
async def test_somebody_in_danger_is_not_told_to_breathe(talk: Talk, words: str) -> None:
    message = await begin_breathing(talk)
    await talk.says(words)
    assert talk.last.id != message.id
    assert "Stopped" in message.words
    change = message.change
    await wait(talk, 20)
    assert message.change == change


@pytest.mark.parametrize("words", ["I want to kill myself", "もう死にたい"])
async def test_danger_told_in_a_group_stops_the_guide_in_the_private_chat(talk: Talk, words: str) -> None:
    message = await begin_breathing(talk)
    world = talk.trial.world
    group = world.actor(talk.phone.person.id, world.add_group("Running club", [talk.phone.person]).id)
    group.says(f"@{world.bot.username} {words}")
    await talk.settle()
    assert "119" in group.last.words
    assert "Stopped" in message.words
    change = message.change
    await wait(talk, 20)
    assert message.change == change


@pytest.mark.parametrize("words", ["I want to kill myself", "where are you?"])
async def test_a_guide_does_not_write_over_the_reply_to_an_edited_message(talk: Talk, words: str) -> None:
    asked = await talk.says("I can't sleep, what can I do")
    message = talk.last
    await tap_data(talk, "kg:slow-breath:sleep:2")
    assert stage(talk, 0) in message.words
    await talk.edits(asked, words)
    reply = message.words
    assert stage(talk, 0) not in reply and "Stopped" not in reply
    await wait(talk, 20)
    assert message.words == reply


async def test_an_outage_brings_no_burst_of_stages(talk: Talk) -> None:
    message = await begin_breathing(talk)
    error = ApiError(429, "Too Many Requests: retry after 40", {"retry_after": 40})
    talk.trial.world.faults.fail("editMessageText", error)
    for _ in range(30):
        await wait(talk, 1)
    async with talk.store.transaction() as tx:
        assert await tx.outbox.waiting() == 1, "one stage waits, and no more are written"
    for _ in range(30):
        await wait(talk, 1)
    assert stage(talk, 12) in message.words, "a minute in, it is where it should be"


async def test_a_guide_whose_message_the_client_deleted_ends(talk: Talk) -> None:
    message = await begin_breathing(talk)
    await wait(talk, 5)
    del talk.phone.chat.messages[message.id]
    for _ in range(60):
        await wait(talk, 1)
    said = [each for each in talk.phone.screen if each.sender.is_bot]
    assert len(said) == 1, "not a new message for every stage"
    assert "Stopped" in said[0].words


@pytest.mark.parametrize(
    "data",
    [
        "ka:gone:sleep:2",
        "kg:gone:sleep:2",
        "kg:short-walk:energy:10",
        "ks:sleep:5",
        "ks:money:2",
        "ks",
        "kr:slow-breath:7:sleep:2",
        "kn:sleep+sleep",
        "sc:sleep+stress+energy",
    ],
)
async def test_a_stale_or_forged_tap_is_harmless(talk: Talk, data: str) -> None:
    await talk.says("/selfcare")
    words = talk.last.words
    assert await tap_data(talk, data) == talk.text("tap.stale")
    assert talk.last.words == words
    assert await history(talk) == []


async def test_a_rating_after_everything_was_forgotten_counts_from_now_on(talk: Talk) -> None:
    await talk.says("/selfcare")
    await tap_data(talk, "ks:sleep:2")
    old, found = talk.last, shown(talk)
    await tap_data(talk, "kz:1")
    await tap_data(talk, f"kr:{found.id}:0:sleep:2", old)
    (kept,) = await history(talk)
    assert (kept.action_id, kept.helped) == (found.id, False)


async def test_in_a_group_nobody_is_asked_how_they_feel(talk: Talk) -> None:
    staff = talk.trial.world.staff[0]
    await talk.says("@teate_trial_bot I can't sleep, what can I do", who=staff)
    tap = await talk.taps("10 min", who=staff)
    assert tap.answer is not None
    assert tap.answer["text"] in {talk.mind.texts("tap.private", each) for each in Language}
    async with talk.store.transaction() as tx:
        assert not await tx.care.experiences(staff.person.id)


def test_ask_says_what_the_chat_says(mind: Brain, clock: FakeClock) -> None:
    for words, need in (("I can't sleep, what can I do", Need.SLEEP), ("肩がガチガチ", Need.TENSION)):
        routed = mind.router.route(words, clock())
        assert routed.need is need
        assert mind.views.reply(routed) == mind.views.care.minutes([need], routed.language)
