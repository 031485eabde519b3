"""A client's data in their own hands: /privacy, consents, /mydata, /delete, in both languages."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.check_ins import CheckIn
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.domain.requests import NOBODY
from bot.handlers.callbacks import Verb, pack
from bot.services.ports import Consent
from bot.trial.errors import too_many_requests
from bot.trial.messages import Message
from tests.dialogues.steps import (
    Wish,
    aoi,
    asks,
    books,
    cancels,
    card,
    fill_in,
    group,
    hands_over,
    looks_back,
    request_of,
    sends,
    told,
    without_anything,
)
from tests.dialogues.talk import Talk, bytes_of

NOTE = "The left shoulder, after the accident"
QUESTION = "whats the capital of france"


def data_of(talk: Talk) -> dict[str, Any]:
    """The file that the client was sent last."""
    document = talk.last.content["document"]
    assert isinstance(document, dict)
    assert document["file_name"] == "my-data.json"
    stored = talk.trial.world.files.find(str(document["file_id"]))
    assert stored is not None
    held: dict[str, Any] = json.loads(stored.upload.data)
    return held


async def nothing_left_of(talk: Talk, folder: Path, person: int) -> None:
    """Neither in the rows nor in the bytes of the file and its log."""
    async with talk.store.transaction() as tx:
        assert await tx.personal_data.everything(person) == {}
    await talk.store.tidy()
    lying = bytes_of(folder)
    assert b"clients" in lying, "the file was looked into"
    for trace in (str(person).encode(), person.to_bytes(6, "big"), b"Hana", "伊藤".encode()):
        assert trace not in lying


async def hour_passes(talk: Talk) -> None:
    talk.clock.move(timedelta(hours=1))
    await talk.settle()


async def test_the_short_policy_says_what_is_kept_how_long_and_who_sees_it(either: Talk) -> None:
    await either.says("/privacy")
    either.sees("privacy.button.data", "privacy.button.consents", "privacy.button.delete")
    shown = either.last.words
    assert len(shown) < 1400, "one screen of a phone, with a flick of the thumb"
    for days in ("365", "30", "90", "180"):
        assert days in shown
    assert "/sos" in shown


@pytest.mark.parametrize("command", ["/help", "/settings"])
async def test_help_and_settings_lead_to_it(either: Talk, command: str) -> None:
    await either.says(command)
    await either.taps("button.privacy")
    either.sees("privacy.button.data")


async def test_the_welcome_is_for_adults_and_names_it(either: Talk) -> None:
    await either.says("/start")
    either.sees("/privacy", "/sos", {Language.EN: "For adults", Language.JA: "成人の方"}[either.language])


async def test_consents_start_empty_and_say_where_they_are_asked(either: Talk) -> None:
    await either.says("/privacy")
    await either.taps("privacy.button.consents")
    for kind in Consent:
        either.sees(f"privacy.consent.{kind}", f"privacy.consent.{kind}.asked")
    assert len(either.last.labels) == 1
    await either.taps("privacy.button.back")
    either.sees("privacy.button.data")


async def test_sending_a_form_gives_the_consents_that_the_client_sees(talk: Talk) -> None:
    await fill_in(talk, by_taps=True)
    await sends(talk)
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    talk.sees("Appointments", "since Fri 20 Nov, 12:00", "Take back: Appointments", "Take back: Health")


async def test_the_consent_for_booking_stays_while_a_request_is_open(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Appointments")
    talk.sees("privacy.withdraw.refused", "Take back: Appointments")
    assert (await request_of(talk, reference)).personal.name == "Hana Ito"


async def test_without_the_consent_for_booking_no_name_is_left_and_none_is_filled_in(talk: Talk) -> None:
    reference = await asks(talk)
    await cancels(talk)
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Appointments")
    talk.sees("privacy.withdrawn.booking")
    request = await request_of(talk, reference)
    assert request.personal.name == "" and request.client_id == talk.phone.person.id
    assert "Hana Ito" not in card(talk, reference).words
    await fill_in(talk, wish=Wish(name="Somebody Else"))
    talk.sees("Somebody Else")


async def test_without_the_consent_for_health_questions_their_outcome_is_gone(talk: Talk) -> None:
    reference = await asks(talk, Wish(yes=(1,)))
    assert (await request_of(talk, reference)).screening is not None
    before = card(talk, reference).words
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Health")
    talk.sees("privacy.withdrawn.health")
    assert (await request_of(talk, reference)).screening is None
    assert card(talk, reference).words != before
    assert talk.mind.texts("card.health.unasked", Language.EN) in card(talk, reference).words


async def test_without_the_consent_for_check_ins_every_one_is_deleted(talk: Talk) -> None:
    await talk.says("hello")
    me = talk.phone.person.id
    async with talk.store.transaction() as tx:
        await tx.care.give_consent(me, Consent.MOOD, talk.clock())
        await tx.care.add_check_in(me, CheckIn(talk.clock(), 2))
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Check-ins")
    talk.sees("privacy.withdrawn.mood")
    async with talk.store.transaction() as tx:
        assert not await tx.care.check_ins(me)
        assert await tx.care.consent(me, Consent.MOOD) is None


async def checked_in(talk: Talk) -> Message:
    """A check-in, and the picture of the weeks."""
    await talk.says("/mood")
    await talk.taps("mood.button.yes")
    await talk.taps("mood.face.2")
    await looks_back(talk)
    assert "photo" in talk.last.content
    return talk.last


async def without_mood(talk: Talk) -> None:
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps(talk.text("privacy.consent.mood"))


@pytest.mark.parametrize("goes", [without_mood, without_anything])
async def test_the_picture_of_the_weeks_goes_with_what_it_shows(
    either: Talk, goes: Callable[[Talk], Awaitable[None]]
) -> None:
    picture = await checked_in(either)
    await goes(either)
    assert picture.id not in either.phone.chat.messages


@pytest.mark.parametrize("goes", [without_mood, without_anything])
async def test_a_picture_too_old_to_be_deleted_is_emptied(
    either: Talk, goes: Callable[[Talk], Awaitable[None]]
) -> None:
    picture = await checked_in(either)
    before, shown = picture.words, picture.content["photo"]
    either.clock.move(timedelta(days=3))
    await goes(either)
    emptied = either.phone.chat.messages[picture.id]
    assert emptied.words == either.text("mood.taken_away") != before
    assert emptied.content["photo"] != shown and emptied.labels == []


@pytest.mark.parametrize("goes", [without_mood, without_anything])
async def test_a_picture_goes_also_where_telegram_refuses_just_then(
    talk: Talk, goes: Callable[[Talk], Awaitable[None]]
) -> None:
    picture = await checked_in(talk)
    talk.trial.world.faults.fail("deleteMessage", too_many_requests(5))
    await goes(talk)
    assert picture.id in talk.phone.chat.messages
    assert not told(talk.phone, talk.text("privacy.deleted")), "not said before it is so"
    talk.clock.move(timedelta(seconds=10))
    await talk.settle()
    assert picture.id not in talk.phone.chat.messages


@pytest.mark.parametrize(
    ("way", "method"), [("mood.button.chart", "sendPhoto"), ("mood.button.list", "sendMessage")]
)
async def test_what_shows_the_weeks_and_could_not_go_out_goes_with_the_consent(
    talk: Talk, way: str, method: str
) -> None:
    await checked_in(talk)
    if way == "mood.button.chart":
        await talk.taps("mood.button.list")
    weeks = talk.last
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    consents = talk.last
    talk.trial.world.faults.fail(method, too_many_requests(60))
    await talk.taps(way, message=weeks)
    assert weeks.id not in talk.phone.chat.messages, "the new one is on its way"
    await talk.taps(talk.text("privacy.consent.mood"), message=consents)
    talk.clock.move(timedelta(minutes=2))
    await talk.settle()
    assert talk.last is consents
    talk.sees("privacy.withdrawn.mood")


async def test_a_picture_that_was_just_being_taken_away_goes_with_the_rest(talk: Talk) -> None:
    """What waits for the chat is erased by /delete, but not what waits to take something out of it."""
    picture = await checked_in(talk)
    talk.trial.world.faults.fail("deleteMessage", too_many_requests(60))
    await looks_back(talk)
    await talk.says("/delete")
    async with talk.store.transaction() as tx:
        client = await tx.clients.get(talk.phone.person.id)
        assert client is not None
        await tx.personal_data.erase(client.id)
        assert await tx.outbox.waiting() == 1
    talk.clock.move(timedelta(minutes=2))
    await talk.settle()
    assert picture.id not in talk.phone.chat.messages
    assert not [each for each in talk.phone.screen if "photo" in each.content]


async def test_a_list_too_old_to_be_deleted_is_emptied(either: Talk) -> None:
    await checked_in(either)
    await either.taps("mood.button.list")
    listed = either.last
    either.clock.move(timedelta(days=3))
    await without_mood(either)
    assert either.phone.chat.messages[listed.id].words == either.text("mood.taken_away")


async def test_without_the_consent_for_reminders_none_comes_any_more(talk: Talk) -> None:
    await talk.says("/reminders")
    await talk.taps("reminders.button.yes")
    await talk.says("/privacy")
    await talk.taps("privacy.button.consents")
    await talk.taps("Take back: Self-care reminders")
    talk.sees("privacy.withdrawn.reminders")
    before = len(talk.phone.screen)
    talk.clock.move(timedelta(days=2))
    await talk.settle()
    assert len(talk.phone.screen) == before


async def test_my_data_is_a_summary_to_read_and_a_file_with_all_of_it(talk: Talk) -> None:
    await talk.says(QUESTION)
    reference = await books(talk)
    await talk.says("/mydata")
    file = data_of(talk)
    (booked,) = file["requests_and_appointments"]
    assert booked["content"]["personal"]["name"] == "Hana Ito"
    assert (booked["reference"], booked["state"]) == (reference, "confirmed")
    assert {each["kind"] for each in file["consents"]} == {"booking", "health"}
    (asked,) = file["questions_without_an_answer"]
    assert asked["text"] == QUESTION
    assert "Aoi" not in json.dumps(file, ensure_ascii=False), "who of the staff decided is theirs"
    summary = talk.phone.screen[-2].words
    assert "requests and appointments: 1" in summary and "Hana Ito" in summary
    assert "consents: 2" in summary


async def test_my_data_of_somebody_new_is_short(either: Talk) -> None:
    await either.says("/mydata")
    assert set(data_of(either)) <= {"about", "made_at", "you", "numbers_of_messages_from_you"}


async def test_deleting_asks_first_and_can_be_left(talk: Talk) -> None:
    reference = await asks(talk)
    await talk.says("/delete")
    talk.sees("privacy.delete.ask", "privacy.delete.ends", reference)
    await talk.taps("privacy.button.delete_no")
    talk.sees("privacy.delete.kept")
    assert (await request_of(talk, reference)).personal.name == "Hana Ito"


async def test_deleting_cancels_what_is_open_and_leaves_no_trace_of_the_person(
    talk: Talk, tmp_path: Path
) -> None:
    await talk.says(QUESTION)
    reference = await books(talk)
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    talk.sees("privacy.deleted", "privacy.deleted.ended", "privacy.deleted.rest", reference)
    request = await request_of(talk, reference)
    assert (request.state, request.client_id, request.personal.name) == (State.CANCELLED, NOBODY, "")
    assert request.screening is None and request.appointment is not None
    assert "Hana Ito" not in group(talk)
    assert any("Without a person" in each.words for each in told(aoi(talk), reference))
    assert told(aoi(talk), reference, "the client cancels"), "the clinic hears of it"
    await hour_passes(talk)
    await nothing_left_of(talk, tmp_path, talk.phone.person.id)


async def test_who_deletes_everything_and_then_blocks_the_bot_is_not_noted_again(
    talk: Talk, tmp_path: Path
) -> None:
    await books(talk)
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    talk.phone.blocks()
    await talk.settle()
    await hour_passes(talk)
    await nothing_left_of(talk, tmp_path, talk.phone.person.id)
    talk.phone.unblocks()
    await talk.settle()
    await hour_passes(talk)
    await nothing_left_of(talk, tmp_path, talk.phone.person.id)


async def test_the_clinic_hears_nothing_of_a_farewell_that_did_not_arrive(talk: Talk) -> None:
    await talk.says("/delete")
    read = group(talk)
    talk.phone.taps(talk.text("privacy.button.delete_yes"))
    talk.phone.blocks()
    await talk.settle()
    assert group(talk) == read


async def test_deleting_twice_does_no_harm(talk: Talk) -> None:
    await asks(talk)
    await talk.says("/delete")
    asked = talk.last
    await talk.taps("privacy.button.delete_yes")
    words = talk.last.words
    talk.phone.taps_data(asked, pack(Verb.DELETE_YES))
    await talk.settle()
    assert talk.last.id == asked.id and words


async def test_an_appointment_that_is_too_near_stays_until_it_is_over(talk: Talk, tmp_path: Path) -> None:
    reference = await books(talk, Wish(day="21", time="10:30"))
    talk.clock.move(timedelta(hours=4))
    await talk.says("/delete")
    talk.sees("privacy.delete.stays", reference)
    await talk.taps("privacy.button.delete_yes")
    talk.sees("privacy.deleted", "privacy.delete.stays")
    assert (await request_of(talk, reference)).personal.name == "Hana Ito"
    assert "Hana Ito" in card(talk, reference).words
    talk.clock.move(timedelta(days=1))
    await talk.settle()
    await hour_passes(talk)
    request = await request_of(talk, reference)
    assert (request.state, request.client_id, request.personal.name) == (State.DONE, NOBODY, "")
    assert "Hana Ito" not in group(talk)
    await hour_passes(talk)
    await nothing_left_of(talk, tmp_path, talk.phone.person.id)


async def test_who_writes_again_after_deleting_is_a_stranger(talk: Talk) -> None:
    await asks(talk)
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    await talk.says("/mybookings")
    talk.sees("bookings.none")
    await talk.says("/mydata")
    assert "requests_and_appointments" not in data_of(talk)


async def test_a_question_for_a_person_is_deleted_in_the_group_too(talk: Talk) -> None:
    await hands_over(talk, "I am Hana and my marriage is over")
    assert "my marriage" in group(talk)
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    assert "my marriage" not in group(talk)


async def replies_in_group(talk: Talk, message: Message) -> None:
    aoi(talk).says("Is the shoulder better?", reply_to=message)
    await talk.settle()


async def test_a_reply_to_a_card_that_lost_its_client_reaches_nobody_and_says_so(talk: Talk) -> None:
    reference = await asks(talk)
    shown = card(talk, reference)
    await without_anything(talk)
    before = len(talk.phone.screen)
    await replies_in_group(talk, shown)
    assert aoi(talk).last.words.startswith("Nothing was sent")
    assert len(talk.phone.screen) == before


async def test_a_reply_to_a_question_that_is_deleted_reaches_nobody_and_says_so(talk: Talk) -> None:
    await hands_over(talk, "is there a lift")
    question = told(aoi(talk), "is there a lift")[0]
    await without_anything(talk)
    before = len(talk.phone.screen)
    await replies_in_group(talk, question)
    assert aoi(talk).last.words.startswith("Nothing was sent")
    assert len(talk.phone.screen) == before


async def test_what_the_client_answered_below_a_card_is_deleted_too(talk: Talk) -> None:
    reference = await asks(talk)
    aoi(talk).says("Which shoulder?", card(talk, reference))
    await talk.settle()
    talk.phone.replies(NOTE)
    await talk.settle()
    assert NOTE in group(talk)
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")
    assert NOTE not in group(talk)


async def test_the_outcome_of_health_questions_goes_a_month_after_the_visit(talk: Talk) -> None:
    reference = await books(talk, Wish(yes=(1,)))
    talk.clock.move(timedelta(days=36))
    await talk.settle()
    assert (await request_of(talk, reference)).screening is not None
    talk.clock.move(timedelta(days=3))
    await talk.settle()
    request = await request_of(talk, reference)
    assert request.screening is None and request.personal.name == "Hana Ito"


async def test_a_booking_loses_its_person_a_year_after_the_visit(talk: Talk) -> None:
    reference = await books(talk)
    talk.clock.move(timedelta(days=376))
    await talk.settle()
    request = await request_of(talk, reference)
    assert (request.state, request.client_id, request.personal.name) == (State.DONE, NOBODY, "")
    assert told(aoi(talk), reference, "Without a person") and "Hana Ito" not in group(talk)
    await talk.says("/mybookings")
    talk.sees("bookings.none")


@pytest.mark.parametrize("name", ["privacy.md", "privacy.ja.md"])
def test_the_long_policy_names_every_retention_setting_with_its_default(name: str) -> None:
    text = Path("docs", name).read_text(encoding="utf-8")
    example = Path(".env.example").read_text(encoding="utf-8")
    settings = re.findall(r"^(KEEP_\w+)=(\d+)$", example, re.MULTILINE)
    assert len(settings) == 4
    for setting, days in settings:
        assert re.search(rf"`{setting}`[^\n]*\b{days}\b", text) or re.search(
            rf"\b{days}\b[^\n]*`{setting}`", text
        ), setting
    for command in ("/privacy", "/mydata", "/delete", "rekey", "backup", "restore"):
        assert command in text
