"""What Telegram, the network and clients do at the worst moment; nothing is lost, nothing overtakes."""

import socket
import traceback
from contextlib import ExitStack
from datetime import timedelta

import pytest
from telegram.error import TelegramError

from bot.adapters.transport import AiohttpRequest
from bot.trial.errors import ApiError
from tests.dialogues.talk import Talk
from tests.faults.unreadable import unreadable

QUESTION = "does massage lower cortisol?"
ENTRY = "massage-stress-cortisol"


def answers(talk: Talk) -> list[str]:
    return [each.words for each in talk.phone.screen if each.sender.is_bot]


async def test_a_reply_that_could_not_go_out_goes_out_later(talk: Talk) -> None:
    talk.trial.world.faults.drop("sendMessage", times=3)
    await talk.says(QUESTION)
    assert not answers(talk)
    for _ in range(4):
        talk.clock.move(timedelta(minutes=1))
        await talk.settle()
    talk.sees_entry(ENTRY)
    assert len(answers(talk)) == 1


async def test_what_is_said_meanwhile_does_not_overtake(talk: Talk) -> None:
    talk.trial.world.faults.bad_gateway("sendMessage")
    await talk.says(QUESTION)
    await talk.says("hello")
    talk.clock.move(timedelta(minutes=2))
    await talk.settle()
    await talk.settle()
    first, second = answers(talk)
    assert "cortisol" in first and "cortisol" not in second


async def test_another_client_does_not_wait_for_one_who_cannot_be_reached(talk: Talk) -> None:
    other = talk.trial.world.add_client("Ryo", start=True)
    talk.trial.world.faults.drop("sendMessage")
    await talk.says(QUESTION)
    await talk.says(QUESTION, who=other)
    assert other.last.words


async def test_a_flood_limit_is_waited_for_as_long_as_it_says(talk: Talk) -> None:
    error = ApiError(429, "Too Many Requests: retry after 90", {"retry_after": 90})
    talk.trial.world.faults.fail("sendMessage", error)
    await talk.says(QUESTION)
    talk.clock.move(timedelta(seconds=60))
    await talk.settle()
    assert not answers(talk)
    talk.clock.move(timedelta(seconds=31))
    await talk.settle()
    talk.sees_entry(ENTRY)


async def test_an_edit_whose_answer_was_lost_is_not_doubled(talk: Talk) -> None:
    await talk.says(QUESTION)
    talk.trial.world.faults.lose_answer("editMessageText")
    await talk.taps("button.why")
    talk.clock.move(timedelta(minutes=1))
    await talk.settle()
    talk.sees("Moyer 2011")
    assert len(answers(talk)) == 1


async def test_a_message_that_its_reader_deleted_comes_again_when_it_changes(talk: Talk) -> None:
    asked = await talk.says(QUESTION)
    del talk.phone.chat.messages[talk.last.id]
    await talk.edits(asked, "where are you?")
    talk.sees_entry("clinic-location")


async def test_a_tap_whose_answer_is_too_late_still_has_its_effect(talk: Talk) -> None:
    await talk.says(QUESTION)
    error = ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    talk.trial.world.faults.fail("answerCallbackQuery", error)
    talk.phone.taps("🔎")
    await talk.settle()
    talk.sees("Moyer 2011")


async def test_a_handler_that_fails_three_times_apologises_once(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(type(talk.mind.router), "route", fail)
    await talk.says(QUESTION)
    talk.sees("Something went wrong")
    assert len(answers(talk)) == 1
    async with talk.store.transaction() as tx:
        assert await tx.inbox.waiting() == 0


async def test_an_update_that_cannot_be_read_is_apologised_for_and_holds_up_nobody(talk: Talk) -> None:
    talk.trial.world.updates.put("message", unreadable(talk.phone))
    await talk.says(QUESTION)
    assert ["Something went wrong" in each for each in answers(talk)] == [True, False]
    talk.sees_entry(ENTRY)


async def test_an_update_that_cannot_be_read_and_names_no_chat_is_put_aside(talk: Talk) -> None:
    talk.trial.world.updates.put("message", {"chat": "Hana", "text": ["I am so afraid"]})
    await talk.says(QUESTION)
    talk.sees_entry(ENTRY)
    async with talk.store.transaction() as tx:
        assert (await tx.inbox.waiting(), await tx.outbox.waiting()) == (0, 0)


async def test_the_tokens_address_is_in_no_error_nor_behind_it(talk: Talk) -> None:
    talk.trial.world.faults.drop("getMe")
    talk.trial.world.faults.hang("getChat")
    calls = (
        talk.bot.get_me(),
        talk.bot.get_chat(talk.phone.chat.id, read_timeout=0.05),
        a_call_that_nobody_takes(talk.bot.token),
    )
    for call in calls:
        with pytest.raises(TelegramError) as caught:
            await call
        assert talk.bot.token not in "".join(traceback.format_exception(caught.value))


async def a_call_that_nobody_takes(token: str) -> None:
    """The listener's queue is full, so that connecting takes too long."""
    request = AiohttpRequest(connect_timeout=0.05)
    await request.initialize()
    with ExitStack() as sockets:
        listener, *waiting = [sockets.enter_context(socket.socket()) for _ in range(5)]
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        try:
            await request.retrieve(f"http://127.0.0.1:{listener.getsockname()[1]}/bot{token}/getMe")
        finally:
            await request.shutdown()
