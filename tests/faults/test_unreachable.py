"""Somebody cannot be reached for good, or for days: a person hears of it."""

from datetime import timedelta

from bot.services.deliver import TOO_OLD
from bot.trial.errors import too_many_requests
from tests.dialogues.steps import aoi, told
from tests.dialogues.talk import Talk


async def test_that_something_was_given_up_is_told_even_where_the_group_takes_nothing_just_then(
    talk: Talk,
) -> None:
    async with talk.store.transaction() as tx:
        await tx.outbox.add("email", "hello@example.com", "{}", key="TM-7K3F", now=talk.clock())
    talk.clock.move(TOO_OLD)
    await talk.settle()
    talk.clock.move(timedelta(hours=1))
    talk.trial.world.faults.fail("sendMessage", too_many_requests(5))
    await talk.settle()
    talk.clock.move(timedelta(minutes=1))
    await talk.settle()
    assert told(aoi(talk), "Nothing could be sent by email", "TM-7K3F")
