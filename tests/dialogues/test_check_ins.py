"""Check-ins: consent first, one tap, the weeks as picture and list, and a person where days stay hard."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.care import Need
from bot.domain.check_ins import CheckIn
from bot.services.ports import Consent
from bot.trial.errors import ApiError
from bot.trial.messages import Message
from tests.dialogues.steps import looks_back
from tests.dialogues.talk import Talk, bytes_of
from tests.dialogues.test_care import tap_data

DAY = timedelta(days=1)


async def kept(talk: Talk) -> list[CheckIn]:
    async with talk.store.transaction() as tx:
        return list(await tx.care.check_ins(talk.phone.person.id))


async def agree(talk: Talk) -> Message:
    """The five faces, after the consent."""
    await talk.says("/mood")
    await talk.taps("mood.button.yes")
    return talk.last


async def check_in(talk: Talk, face: int) -> Message:
    await tap_data(talk, "i")
    asked = talk.last
    await talk.taps(f"mood.face.{face}")
    return asked


def said_by_bot(talk: Talk) -> list[Message]:
    return [each for each in talk.phone.screen if each.sender.is_bot]


async def test_nothing_is_kept_before_the_client_agrees(either: Talk) -> None:
    await either.says("/mood")
    asked = either.sees("mood.consent", "mood.button.yes")
    assert "90" in asked.words
    await tap_data(either, "i:4")
    either.sees("mood.button.yes")
    await either.taps("mood.button.no")
    either.sees("mood.consent.refused")
    assert await kept(either) == []
    async with either.store.transaction() as tx:
        assert await tx.care.consent(either.phone.person.id, Consent.MOOD) is None


async def test_one_tap_is_a_check_in_and_the_need_may_follow(either: Talk) -> None:
    asked = await agree(either)
    either.sees("mood.ask", *(f"mood.face.{face}" for face in range(1, 6)))
    await either.taps("mood.face.4")
    either.sees("mood.noted", "care.need.sleep", "mood.button.skip")
    assert [(each.face, each.need) for each in await kept(either)] == [(4, None)]
    await either.taps("care.need.sleep")
    either.sees("mood.thanks")
    assert either.last.id == asked.id
    assert [(each.face, each.need) for each in await kept(either)] == [(4, Need.SLEEP)]
    await either.taps("mood.button.care")
    either.sees("care.ask_minutes")


@pytest.mark.parametrize("then", ["care.need.low-mood", "mood.button.skip"])
async def test_one_very_low_check_in_says_that_people_are_there(either: Talk, then: str) -> None:
    await agree(either)
    await either.taps("mood.face.1")
    either.sees("mood.noted.low", "button.sos")
    await either.taps(then)
    either.sees("mood.thanks.very_low", "button.person", "button.sos", "mood.button.care")
    await either.taps("button.sos")
    either.sees("sos.text")


async def test_every_check_in_of_a_day_is_one_tap(either: Talk) -> None:
    await agree(either)
    await either.taps("mood.face.4")
    await either.says("/mood")
    either.sees("mood.ask", "mood.button.mood")
    await either.taps("mood.face.2")
    assert [each.face for each in await kept(either)] == [4, 2]


async def test_the_need_need_not_be_said(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.2")
    talk.sees("I'm sorry it is hard")
    await talk.taps("mood.button.skip")
    talk.sees("mood.thanks")
    assert [(each.face, each.need) for each in await kept(talk)] == [(2, None)]


async def test_a_second_tap_on_the_same_message_changes_the_check_in(talk: Talk) -> None:
    asked = await agree(talk)
    for face in (2, 2, 5):
        talk.phone.taps_data(asked, f"i:{face}")
    await talk.settle()
    assert [each.face for each in await kept(talk)] == [5]
    talk.clock.move(DAY)
    await check_in(talk, 1)
    assert [each.face for each in await kept(talk)] == [5, 1], "another message is another check-in"


async def test_the_weeks_come_as_a_picture_with_the_numbers_below(either: Talk) -> None:
    await agree(either)
    await either.taps("mood.face.4")
    await looks_back(either)
    picture = either.sees("mood.title", "mood.button.list", "mood.button.stop")
    assert "photo" in picture.content
    assert (
        "4.0" in picture.words and either.mind.texts.day(date(2026, 11, 16), either.language) in picture.words
    )


async def test_picture_and_list_take_each_others_place(either: Talk) -> None:
    await agree(either)
    await either.taps("mood.face.4")
    await looks_back(either)
    before = len(either.phone.screen)
    picture = either.last
    await either.taps("mood.button.list")
    listed = either.sees("4 " + either.text("mood.face.4"))
    assert listed.text is not None and picture.id not in either.phone.chat.messages
    await tap_data(either, "im:list:12")
    assert either.last.id == listed.id, "a text is edited in place"
    await either.taps("mood.button.chart")
    assert "photo" in either.last.content and listed.id not in either.phone.chat.messages
    assert len(either.phone.screen) == before


async def test_another_look_takes_the_older_picture_away(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.4")
    await looks_back(talk)
    old = talk.last
    await looks_back(talk)
    assert old.id not in talk.phone.chat.messages and "photo" in talk.last.content


async def test_a_picture_too_old_to_be_deleted_loses_its_buttons(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.4")
    await looks_back(talk)
    old = talk.last
    talk.clock.move(3 * DAY)
    await looks_back(talk)
    assert old.labels == [] and "photo" in talk.last.content and talk.last.id != old.id


async def test_a_picture_that_the_client_deleted_is_no_trouble(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.4")
    await looks_back(talk)
    del talk.phone.chat.messages[talk.last.id]
    await looks_back(talk)
    assert "photo" in talk.last.content


async def test_a_picture_that_could_not_go_out_goes_out_later(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.4")
    talk.trial.world.faults.fail("sendPhoto", ApiError(502, "Bad Gateway"))
    await looks_back(talk)
    talk.clock.move(timedelta(minutes=2))
    await talk.settle()
    assert "photo" in talk.last.content


async def test_where_the_chosen_weeks_are_empty_more_are_shown(talk: Talk) -> None:
    await agree(talk)
    await talk.taps("mood.face.4")
    talk.clock.move(35 * DAY)
    await looks_back(talk)
    assert "4.0" in talk.last.words


async def test_before_the_first_check_in_the_weeks_say_so(talk: Talk) -> None:
    await agree(talk)
    assert talk.text("mood.button.mood") not in talk.last.labels
    await tap_data(talk, "im:chart:4")
    talk.sees("mood.empty")
    await talk.taps("care.button.check_in")
    talk.sees("mood.ask")


async def test_stopping_asks_once_and_deletes_everything(either: Talk) -> None:
    await agree(either)
    await either.taps("mood.face.4")
    await looks_back(either)
    picture = either.last
    await either.taps("mood.button.stop")
    either.sees("mood.withdraw.ask")
    assert picture.id not in either.phone.chat.messages
    await either.taps("mood.button.withdraw_no")
    assert "photo" in either.last.content and len(await kept(either)) == 1
    await either.taps("mood.button.stop")
    await either.taps("mood.button.withdraw_yes")
    either.sees("mood.consent.withdrawn")
    assert await kept(either) == []
    assert not [each for each in said_by_bot(either) if "photo" in each.content]
    await either.says("/mood")
    either.sees("mood.button.yes")


async def low_days(talk: Talk, faces: tuple[int, ...]) -> None:
    for number, face in enumerate(faces):
        if number:
            talk.clock.move(DAY)
        await check_in(talk, face)


async def test_three_low_days_offer_a_person_gently(either: Talk) -> None:
    await agree(either)
    await low_days(either, (2, 1))
    assert either.text("mood.offer") not in either.last.words
    either.clock.move(DAY)
    await check_in(either, 2)
    either.sees("mood.offer", "button.person", "button.sos")
    offer = either.last
    assert not any(word in offer.words.lower() for word in ("depress", "disorder", "うつ病", "症"))
    await either.taps("mood.button.not_now")
    either.sees("mood.offer.later")
    assert either.last.id == offer.id


async def test_a_person_is_offered_at_most_once_a_week(talk: Talk) -> None:
    await agree(talk)
    offers = []
    for day in range(11):
        await check_in(talk, 1)
        if talk.text("mood.offer") in talk.last.words:
            offers.append(day)
        talk.clock.move(DAY)
    assert offers == [2, 9]


async def test_the_offer_leads_to_a_person_and_to_the_support_list(talk: Talk) -> None:
    await agree(talk)
    await low_days(talk, (1, 1, 1))
    offer = talk.last
    await tap_data(talk, "sos", offer)
    talk.sees("119")
    await tap_data(talk, "p", offer)
    talk.sees("person.ask")


@pytest.mark.parametrize("faces", [(1, 3, 1), (5, 4, 5), (1, 1)])
async def test_a_better_day_or_too_few_offer_nothing(talk: Talk, faces: tuple[int, ...]) -> None:
    await agree(talk)
    await low_days(talk, faces)
    assert not [each for each in said_by_bot(talk) if talk.text("mood.offer") in each.words]


@pytest.mark.parametrize(
    "data", ["i:0", "i:6", "i:x", "in:99:sleep", "in:1:money", "in:x:sleep", "im:pie:4", "im:chart:3", "ic:9"]
)
async def test_a_stale_or_forged_tap_is_harmless(talk: Talk, data: str) -> None:
    await agree(talk)
    words = talk.last.words
    assert await tap_data(talk, data) == talk.text("tap.stale")
    assert talk.last.words == words and await kept(talk) == []


async def test_an_old_message_does_not_touch_a_check_in_that_came_after_deleting(talk: Talk) -> None:
    old = await agree(talk)
    await talk.taps("mood.face.4")
    await tap_data(talk, "ic:sure", old)
    talk.clock.move(DAY)
    await agree(talk)
    await talk.taps("mood.face.1")
    (new,) = await kept(talk)
    assert await tap_data(talk, "in:1:sleep", old) == talk.text("tap.stale")
    assert await kept(talk) == [new], "even where the database gives the old number again"
    await tap_data(talk, "i:5", old)
    assert [each.face for each in await kept(talk)] == [1, 5]
    await tap_data(talk, "in:2:sleep", old)
    assert [each.need for each in await kept(talk)] == [None, Need.SLEEP]


async def test_after_withdrawing_a_tap_on_an_old_message_asks_for_consent(talk: Talk) -> None:
    old = await agree(talk)
    await talk.taps("mood.face.4")
    await tap_data(talk, "ic:sure", old)
    await tap_data(talk, "i:4", old)
    talk.sees("mood.button.yes")
    await tap_data(talk, "im:chart:4", old)
    talk.sees("mood.button.yes")
    assert await kept(talk) == []


async def test_how_somebody_feels_is_not_readable_in_the_database(talk: Talk, tmp_path: Path) -> None:
    await agree(talk)
    await talk.taps("mood.face.1")
    await talk.taps("care.need.isolation")
    await talk.says("/mood")
    held = bytes_of(tmp_path)
    assert b"check_in" in held and b"isolation" not in held and b'"face"' not in held
