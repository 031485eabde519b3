"""Somebody cannot be reached for good, or for days: a person hears of it; what the clinic must read waits."""

from datetime import timedelta

import pytest

from bot.adapters.channels.telegram import TelegramChannel
from bot.app import assemble
from bot.domain.errors import DeliveryFailed, TryNever
from bot.services.deliver import TOO_OLD
from bot.services.notice import NoticeKind
from bot.services.ports import Channel, Delivery
from bot.services.screens import Outgoing, Screen
from bot.trial.errors import ApiError, bad_request, forbidden, too_many_requests
from tests.adapters.test_answer_page import Letters
from tests.dialogues.steps import Wish, aoi, asks, books, card, cards, fill_in, hands_over, sends, told
from tests.dialogues.talk import Talk

LOGIN = TryNever("the mail server answers 535: it refuses the login of SMTP_URL", shut=True)


class Mail(Letters):
    """The clinic's mail; `fails` is what its server says to the next letters."""

    fails: DeliveryFailed | None = None

    async def send(self, delivery: Delivery, known: int | None) -> None:
        if self.fails is not None:
            raise self.fails
        await super().send(delivery, known)

    @property
    def kinds(self) -> list[NoticeKind]:
        return [each.kind for each in self.notices]


async def with_mail(talk: Talk) -> Mail:
    """The clinic is told by mail too."""
    mail, number = Mail(), talk.trial.world.group.id
    await talk.parts.dispatcher.stop()
    ways: dict[str, Channel] = {"telegram": TelegramChannel(talk.bot, number), "email": mail}
    talk.parts = await assemble(talk.mind, talk.store, talk.bot, talk.clock, ways, number)
    return mail


async def hours_pass(talk: Talk, hours: int) -> None:
    for _ in range(hours):
        talk.clock.move(timedelta(hours=1))
        await talk.settle()


async def waiting(talk: Talk) -> int:
    async with talk.store.transaction() as tx:
        return await tx.outbox.waiting()


# --- The clinic's own ways


async def test_what_the_clinic_must_read_waits_while_the_bot_is_out_of_its_group(talk: Talk) -> None:
    earlier = await books(talk, Wish(day="28", time="11:00"))
    world = talk.trial.world
    standing = world.group.members.pop(world.bot.id)
    await hands_over(talk, "May I come with my dog?")
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")
    later = await asks(talk)
    world.group.members[world.bot.id] = standing
    await hours_pass(talk, 2)
    assert told(aoi(talk), "May I come with my dog?")
    assert told(aoi(talk), f"{earlier}: the client cancels")
    assert "Cancelled" in card(talk, earlier).words
    assert "Waits for your answer" in card(talk, later).words
    assert await waiting(talk) == 0


@pytest.mark.parametrize(
    "error",
    [
        forbidden("bot was kicked from the supergroup chat"),
        bad_request("chat not found"),
        bad_request("not enough rights to send text messages to the chat"),
    ],
)
async def test_a_group_that_lets_the_bot_in_again_gets_what_waited(talk: Talk, error: ApiError) -> None:
    await fill_in(talk)
    talk.trial.world.faults.fail("sendMessage", error)
    reference = await sends(talk)
    assert not cards(talk)
    await hours_pass(talk, 1)
    assert cards(talk, reference)


async def test_a_message_that_is_refused_holds_up_no_other_and_the_clinic_hears_of_it(talk: Talk) -> None:
    mail = await with_mail(talk)
    await fill_in(talk)
    talk.trial.world.faults.fail("sendMessage", bad_request("message is too long"))
    reference = await sends(talk)
    await talk.settle()
    assert told(aoi(talk), "Nothing could be sent by telegram", reference)
    assert mail.kinds == [NoticeKind.REQUESTED, NoticeKind.TROUBLE]
    assert reference in str(mail.notices[-1].trouble)


async def test_a_mail_waits_until_the_login_is_put_right_and_the_group_is_told_at_once(talk: Talk) -> None:
    mail = await with_mail(talk)
    mail.fails = LOGIN
    reference = await asks(talk)
    await hours_pass(talk, 47)
    assert len(told(aoi(talk), "Nothing can be sent to you by email", "SMTP_URL")) == 2, "once a day"
    mail.fails = None
    await hours_pass(talk, 2)
    assert mail.notices[0].kind is NoticeKind.REQUESTED and mail.notices[0].reference == reference
    assert NoticeKind.TROUBLE not in mail.kinds


async def test_that_the_group_takes_nothing_is_told_by_mail(talk: Talk) -> None:
    mail = await with_mail(talk)
    talk.trial.world.group.members.pop(talk.trial.world.bot.id)
    await hands_over(talk, "May I come with my dog?")
    await talk.settle()
    (letter,) = mail.notices
    assert letter.kind is NoticeKind.TROUBLE and "by telegram" in str(letter.trouble)
    await hours_pass(talk, int(TOO_OLD / timedelta(hours=1)) + 1)
    assert len([each for each in mail.notices if "could be sent" in str(each.trouble)]) == 1, "it is given up"


async def test_two_ways_that_are_both_shut_do_not_tell_of_each_other_for_ever(talk: Talk) -> None:
    mail = await with_mail(talk)
    mail.fails = LOGIN
    talk.trial.world.faults.fail("sendMessage", forbidden("bot was kicked"), times=10_000)
    async with talk.store.transaction() as tx:
        for channel, address in (
            ("telegram", str(talk.trial.world.group.id)),
            ("email", mail.clinic_address),
        ):
            content = Outgoing(talk.trial.world.group.id, Screen("A card")).to_json()
            await tx.outbox.add(channel, address, content, now=talk.clock())
    for _ in range(3):
        talk.clock.move(TOO_OLD + timedelta(hours=1))
        await talk.parts.deliverer.send_due()
        await talk.parts.deliverer.idle()
    async with talk.store.transaction() as tx:
        assert await tx.outbox.waiting() == 0


# --- What tells of it


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
