"""What stays in the chat after /delete still has its buttons: they do no harm, and bring nobody back."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.handlers.callbacks import Verb, pack, parse
from bot.handlers.taps import BEGINS, OF_BEFORE
from bot.trial.messages import Message
from tests.dialogues.steps import Wish, aoi, asks, books, card, fill_in, hands_over, without_anything
from tests.dialogues.talk import Talk, bytes_of

OF_ANYBODY = {"numbers_of_messages_from_you", "numbers_of_messages_to_you", "messages_that_can_be_edited"}
"""Numbers that Telegram needs, gone within the hour."""


async def uses_everything(talk: Talk) -> list[tuple[Message, str]]:
    """A chat full of messages, and each of their buttons."""
    await talk.says("does massage lower cortisol?")
    await hands_over(talk, "is there a lift")
    await talk.says("/reminders")
    await talk.taps("reminders.button.yes")
    await talk.says("/mood")
    await talk.taps("mood.button.yes")
    await talk.taps("mood.face.2")
    await talk.says("/selfcare")
    await asks(talk)
    await talk.taps("Another time", aoi(talk), card(talk))
    await talk.taps("28", aoi(talk))
    await talk.taps("11:00", aoi(talk))
    await books(talk, Wish(day="30", time="11:00"))
    for command in ("/mybookings", "/language", "/privacy", "/topics", "/sos", "/help", "/settings"):
        await talk.says(command)
    await fill_in(talk)
    return [
        (message, str(key["callback_data"]))
        for message in talk.phone.screen
        for key in message.keys
        if "callback_data" in key
    ]


async def kept_of(talk: Talk) -> set[str]:
    async with talk.store.transaction() as tx:
        return set(await tx.personal_data.everything(talk.phone.person.id))


async def taps_old(talk: Talk, message: Message, data: str) -> str:
    """The answer to a tap on what was there before."""
    tap = talk.phone.taps_data(message, data)
    await talk.settle()
    assert tap.answer is not None, f"the tap on {data} was never answered"
    return str(tap.answer["text"])


async def test_no_button_of_before_brings_the_person_back(talk: Talk, tmp_path: Path) -> None:
    buttons = await uses_everything(talk)
    await without_anything(talk)
    tapped = set()
    for message, data in buttons:
        verb = parse(data).verb
        if verb not in BEGINS:
            tapped.add(verb)
            await taps_old(talk, message, data)
            assert await kept_of(talk) <= OF_ANYBODY, f"{verb.name} left something"
    assert {Verb.WHY, Verb.HELPED, Verb.MINE_CHANGE, Verb.MINE_ACCEPT, Verb.FORM_SEND} <= tapped
    talk.clock.move(timedelta(hours=1))
    await talk.settle()
    await talk.store.tidy()
    assert await kept_of(talk) == set()
    assert str(talk.phone.person.id).encode() not in bytes_of(tmp_path)


@pytest.mark.parametrize("label", ["bookings.button.change", "bookings.button.cancel", "button.helped"])
async def test_a_button_about_what_is_deleted_says_where_to_start_again(either: Talk, label: str) -> None:
    await either.says(
        {"en": "does massage lower cortisol?", "ja": "マッサージでコルチゾールは下がりますか"}[
            either.language
        ]
    )
    await books(either)
    text = either.text(label)
    old = next(each for each in either.phone.screen if text in each.labels)
    shown, data = old.words, str(next(each["callback_data"] for each in old.keys if each["text"] == text))
    await without_anything(either)
    assert await taps_old(either, old, data) == either.text("tap.stale")
    assert old.words == shown


@pytest.mark.parametrize("verb", sorted(OF_BEFORE))
async def test_nothing_is_said_anew_of_what_is_deleted(talk: Talk, verb: Verb) -> None:
    arguments = {
        Verb.HELPED: ("hours", 1),
        Verb.CARE_RATE: (next(iter(talk.mind.loaded.actions)).id, 1, "stress", 2),
        Verb.WAIT_JOIN: ("massage-60", "20261127"),
        Verb.FORM_INSTEAD: ("plan",),
    }[verb]
    await talk.says("hello")
    old = talk.last
    await without_anything(talk)
    assert await taps_old(talk, old, pack(verb, *arguments)) == talk.text("tap.stale")
    assert await kept_of(talk) <= OF_ANYBODY


async def test_who_taps_on_book_begins_as_somebody_new(talk: Talk) -> None:
    await books(talk)
    await talk.says("/help")
    await talk.says("/mybookings")
    old = talk.last
    await without_anything(talk)
    await talk.taps("button.book", message=old)
    talk.sees("booking.ask.treatment")
    assert {"you", "form_under_way"} <= await kept_of(talk)


async def test_a_yes_to_a_consent_begins_anew_and_a_no_does_not(talk: Talk) -> None:
    await talk.says("/mood")
    asked = talk.last
    await without_anything(talk)
    await taps_old(talk, asked, pack(Verb.CHECK_IN_CONSENT, 0))
    assert await kept_of(talk) <= OF_ANYBODY
    await taps_old(talk, asked, pack(Verb.CHECK_IN_CONSENT, 1))
    assert {"you", "consents"} <= await kept_of(talk)


async def test_deleting_says_that_what_was_written_in_the_chat_stays(either: Talk) -> None:
    stays = {"en": "until you delete it yourself", "ja": "ご自身で削除されるまで"}[either.language]
    await either.says("/delete")
    either.sees("privacy.delete.ask", stays)
    await either.taps("privacy.button.delete_yes")
    either.sees("privacy.deleted", stays)
