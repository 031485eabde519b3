"""After somebody wrote of danger: a short word is an answer to it, and their form waits."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from bot.app import Brain
from bot.domain.concern import STAYS
from bot.domain.form import Step
from bot.domain.language import Language
from tests.clock import FakeClock
from tests.dialogues.steps import fill_in, form_of, step_of
from tests.dialogues.talk import Talk, talking

CRISIS = {Language.EN: "i want to die", Language.JA: "死にたい"}
OF_A_FRIEND = {Language.EN: "my friend wants to kill herself", Language.JA: "友達が死にたいと言っています"}
VIOLENCE = {Language.EN: "my husband hits me", Language.JA: "夫に殴られます"}
NO = {Language.EN: "no", Language.JA: "いいえ、家にいます"}
PLEASE = {Language.EN: "yes, please", Language.JA: "お願いします"}
UNCLEAR = {Language.EN: "my sister", Language.JA: "安全ではありません"}
THANKS = {Language.EN: "okay thanks", Language.JA: "ありがとう"}
JOKING = {Language.EN: "haha im ok, it was a joke", Language.JA: "大丈夫、冗談です"}
QUESTION = {
    Language.EN: "does massage lower cortisol?",
    Language.JA: "マッサージでコルチゾールは下がりますか",
}


async def test_no_after_wanting_to_die_brings_the_ambulance_and_people_who_listen(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    await either.says(NO[either.language])
    either.sees("safety.unsafe.self", "119", "0120-279-338", "button.for-a-friend", "button.sos")


async def test_who_writes_in_another_language_is_answered_in_it(talk: Talk) -> None:
    await talk.says(CRISIS[Language.JA])
    await talk.says(PLEASE[Language.JA])
    talk.language = Language.JA
    talk.sees("safety.please.self", "button.for-a-friend", "button.sos")


async def test_no_after_violence_brings_the_police(either: Talk) -> None:
    await either.says(VIOLENCE[either.language])
    await either.says(NO[either.language])
    either.sees("safety.unsafe.violence", "110", "0120-279-889", "button.sos")
    assert not [each for each in either.last.labels if "💌" in each]


async def test_please_brings_the_words_for_a_friend_and_opens_no_booking(either: Talk) -> None:
    messages = either.mind.loaded.safety_texts.messages
    await either.says(CRISIS[either.language])
    await either.says(PLEASE[either.language])
    either.sees("safety.please.self", messages["for-a-friend"][either.language], "button.for-a-friend")
    await either.says(OF_A_FRIEND[either.language])
    await either.says(PLEASE[either.language])
    either.sees(messages["for-someone-else"][either.language], "button.for-someone-else")
    async with either.store.transaction() as tx:
        assert await tx.forms.get(either.phone.person.id) is None


async def test_who_is_not_understood_is_taken_for_not_safe_and_nothing_of_it_is_kept(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    await either.says(UNCLEAR[either.language])
    either.sees("safety.unsafe.self")
    async with either.store.transaction() as tx:
        assert not await tx.questions.unanswered(9)


async def test_thanks_and_a_joke_leave_the_help_where_it_is(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    await either.says(THANKS[either.language])
    either.sees("safety.calm", "button.sos")
    await either.says(JOKING[either.language])
    either.sees(either.mind.loaded.safety_texts.messages["still-here"][either.language], "button.sos")


async def test_a_plain_question_is_answered_as_ever_and_the_alarm_stays_in_mind(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    await either.says(QUESTION[either.language])
    assert "119" not in either.last.words
    await either.says(NO[either.language])
    either.sees("safety.unsafe.self")


async def test_after_an_hour_no_is_just_no(either: Talk) -> None:
    await either.says(CRISIS[either.language])
    either.clock.move(STAYS - timedelta(minutes=1))
    await either.says(NO[either.language])
    either.sees("safety.unsafe.self")
    either.clock.move(STAYS)
    await either.says(NO[either.language])
    either.sees("small_talk.no")


async def test_without_an_alarm_please_is_no_cry_for_help(either: Talk) -> None:
    await either.says(NO[either.language])
    either.sees("small_talk.no")


async def test_a_new_process_still_knows_what_was_asked(
    mind: Brain, tmp_path: Path, clock: FakeClock
) -> None:
    async with talking(mind, tmp_path, clock) as before:
        await before.says("i want to die")
        world, store = before.trial.world, before.store
        before.forget_updates()
        async with talking(mind, tmp_path, clock, world=world, store=store) as after:
            await after.says("no")
            after.sees("safety.unsafe.self")


async def test_the_database_does_not_tell_for_whom_there_was_an_alarm(talk: Talk, tmp_path: Path) -> None:
    """Everybody's row is alike, and soon gone."""

    def rows() -> list[tuple[int, int]]:
        with sqlite3.connect(tmp_path / "talk.db") as database:
            return database.execute("SELECT client_id, length(sealed_concern) FROM threads").fetchall()

    await talk.says("hello")
    (calm,) = rows()
    await talk.says("i want to die")
    assert rows() == [calm]
    talk.clock.move(STAYS + timedelta(seconds=1))
    await talk.parts.ticker.purge()
    assert rows() == []


async def test_the_form_waits_takes_no_name_and_comes_back_when_it_is_wanted(either: Talk) -> None:
    await fill_in(either, Step.NAME)
    form = either.last
    await either.says(CRISIS[either.language])
    assert either.text("booking.aside") in form.words
    await either.says(PLEASE[either.language])
    either.sees("safety.please.self")
    await either.says(QUESTION[either.language])
    assert either.text("booking.ask.name") not in either.last.words
    assert not (await form_of(either)).personal.name

    await either.taps("booking.button.go_on", message=form)
    await either.says("Hana Ito")
    assert (await form_of(either)).personal.name == "Hana Ito"


async def test_book_brings_the_waiting_form_back(either: Talk) -> None:
    await fill_in(either, Step.NAME)
    await either.says(CRISIS[either.language])
    await either.says("/book")
    either.sees("booking.ask.name")
    await either.says("Hana Ito")
    assert await step_of(either) is Step.PHONE
