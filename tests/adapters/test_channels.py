"""What every channel keeps to, and which of them are set up."""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import cast

import pytest
from telegram import Bot

from bot.adapters.channels import REGISTRY, channels_of, clinic_addresses
from bot.adapters.channels.email import read_server
from bot.adapters.channels.given import Given
from bot.adapters.channels.webhook import read_url
from bot.adapters.store.database import Database
from bot.adapters.texts import Catalogues
from bot.domain.errors import DeliveryFailed, Misconfigured, TryLater, TryNever, TrySoon
from bot.domain.language import Language
from bot.services.deliver import Deliverer
from tests.adapters.channel_rigs import (
    REFERENCE,
    RIGS,
    EmailRig,
    Rig,
    delivery_to,
    email,
)
from tests.clock import FakeClock
from tests.domain.samples import CLINIC

SECRET = "a-secret-of-16-and-more"


@pytest.fixture
async def mail() -> AsyncIterator[EmailRig]:
    async with email() as made:
        yield made


@pytest.fixture(params=[name for name, _ in REGISTRY])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Each channel before its other side; one without a rig fails here."""
    async with cast("AbstractAsyncContextManager[Rig]", RIGS[request.param]()) as made:
        yield made


# Every channel


async def test_what_is_sent_arrives_and_carries_the_reference(rig: Rig) -> None:
    await rig.channel.send(delivery_to(rig), None)
    (arrived,) = rig.arrivals()
    assert REFERENCE in arrived.text and "Massage, 60 min" in arrived.text


async def test_the_same_delivery_twice_is_known_for_a_repetition(rig: Rig) -> None:
    await rig.channel.send(delivery_to(rig), None)
    await rig.channel.send(delivery_to(rig), None)
    first, second = rig.arrivals()
    assert first.mark == second.mark and first.text == second.text


async def test_a_refusal_for_now_is_tried_again(rig: Rig) -> None:
    rig.refuses_for_now()
    with pytest.raises((TrySoon, TryLater)):
        await rig.channel.send(delivery_to(rig), None)
    assert not rig.arrivals() or rig.channel.name == "webhook"
    await rig.channel.send(delivery_to(rig), None)
    assert rig.arrivals()


async def test_a_refusal_for_good_is_not_tried_again(rig: Rig) -> None:
    rig.refuses_for_good()
    with pytest.raises(TryNever):
        await rig.channel.send(delivery_to(rig), None)


async def test_silence_is_given_up_and_tried_again(rig: Rig) -> None:
    rig.is_silent()
    with pytest.raises((TrySoon, TryLater)):
        await rig.channel.send(delivery_to(rig), None)


async def test_nobody_there_is_tried_again(rig: Rig) -> None:
    await rig.is_away()
    with pytest.raises((TrySoon, TryLater)):
        await rig.channel.send(delivery_to(rig), None)


@pytest.mark.parametrize("fault", ["none", "refuses_for_now", "refuses_for_good", "is_silent"])
async def test_no_secret_is_in_an_error_or_a_log_line(
    rig: Rig, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = ""
    if fault != "none":
        getattr(rig, fault)()
    try:
        await rig.channel.send(delivery_to(rig), None)
    except DeliveryFailed as error:
        shown = None if error.__suppress_context__ else error.__context__
        told = f"{error!r} {error.__cause__!r} {shown!r}"
    ours = [each for each in caplog.records if each.name != "mail.log"]  # that is the mail server's own
    told += " ".join(each.getMessage() for each in ours)
    for secret in (*rig.secrets, "Ann", "+819012345678", "My left shoulder", "clinic@example.com"):
        assert secret not in told


async def test_the_clinic_is_reached_at_the_channels_address(rig: Rig) -> None:
    assert rig.channel.clinic_address == rig.address
    assert not any(secret in rig.address for secret in rig.secrets)


# The registry


def given(**settings: str) -> Given:
    bot = Bot("123456789:AAE-abcdefghijklmnopqrstuvwxyz012345")
    return Given(settings, bot, Catalogues(), FakeClock(), CLINIC.name, Language.EN)


def test_any_number_of_channels_at_once() -> None:
    channels = channels_of(
        given(
            CLINIC_CHAT_ID="-1001",
            SMTP_URL="smtp://u:p@mail.example.com",
            CLINIC_EMAIL="clinic@example.com",
            CLINIC_WEBHOOK_URL=f"https://{SECRET}@crm.example.com/teate",
        )
    )
    assert clinic_addresses(channels) == (
        ("telegram", "-1001"),
        ("email", "clinic@example.com"),
        ("webhook", "crm.example.com"),
    )


def test_without_a_way_to_the_clinic_it_is_said_how_to_set_one() -> None:
    channels = channels_of(given())
    assert list(channels) == ["telegram"], "clients are answered all the same"
    with pytest.raises(Misconfigured, match="setup") as caught:
        clinic_addresses(channels)
    assert {"CLINIC_CHAT_ID", "SMTP_URL", "CLINIC_WEBHOOK_URL"} <= {
        name.strip(" :") for line in caught.value.lines for name in line.replace(":", " ").split()
    }


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SMTP_URL": "smtp://mail.example.com"}, "CLINIC_EMAIL: is missing"),
        ({"CLINIC_EMAIL": "a@example.com"}, "SMTP_URL: is missing"),
        ({"SMTP_URL": "mail.example.com", "CLINIC_EMAIL": "a@example.com"}, "SMTP_URL: is no address"),
        ({"SMTP_URL": "smtp://u:hunter2/x@h", "CLINIC_EMAIL": "a@example.com"}, "SMTP_URL: is no address"),
        ({"SMTP_URL": "smtp://h", "CLINIC_EMAIL": "a@b.c\nBcc: x@y.z"}, "CLINIC_EMAIL: "),
        ({"SMTP_URL": "smtp://h", "CLINIC_EMAIL": "nobody"}, "CLINIC_EMAIL: "),
        ({"CLINIC_WEBHOOK_URL": "https://crm.example.com/x"}, "has no secret"),
        ({"CLINIC_WEBHOOK_URL": "https://hunter2@crm.example.com/x"}, "can be guessed"),
        ({"CLINIC_WEBHOOK_URL": f"http://{SECRET}@crm.example.com/x"}, "begin with https"),
        ({"CLINIC_WEBHOOK_URL": f"ftp://{SECRET}@crm.example.com/x"}, "is no address"),
        ({"CLINIC_WEBHOOK_URL": f"https://{SECRET}@[crm"}, "is no address"),
    ],
)
def test_what_cannot_work_is_one_clear_line_without_the_secret(settings: dict[str, str], told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        channels_of(given(**settings))
    (line,) = caught.value.lines
    assert told in line
    assert "hunter2" not in line and SECRET not in line


def test_mistakes_of_all_channels_are_told_at_once() -> None:
    with pytest.raises(Misconfigured) as caught:
        channels_of(given(SMTP_URL="x", CLINIC_EMAIL="a@b.c", CLINIC_WEBHOOK_URL="y"))
    assert len(caught.value.lines) == 2


def test_user_and_password_of_the_mail_server_may_hold_anything_when_escaped() -> None:
    server = read_server("smtps://clinic%40example.com:p%2F%23%20w@mail.example.com")
    assert (server.host, server.port, server.tls) == ("mail.example.com", 465, True)
    assert (server.user, server.password) == ("clinic@example.com", "p/# w")
    assert "p/#" not in repr(server)


def test_the_webhooks_secret_is_taken_out_of_its_address() -> None:
    url, secret = read_url(f"https://{SECRET}@crm.example.com:8443/teate?x=1")
    assert (str(url), secret) == ("https://crm.example.com:8443/teate?x=1", SECRET)


# A channel that is taken out of the settings


async def test_what_waits_for_a_channel_that_is_gone_waits_until_it_is_back(
    store: Database, clock: FakeClock, mail: EmailRig
) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add("email", mail.address, mail.content, now=clock())
    for channels in ({}, {"email": mail.channel}):
        deliverer = Deliverer(store, channels, clock)
        await deliverer.send_due()
        await deliverer.idle()
        clock.move(timedelta(minutes=2))
    (arrived,) = mail.arrivals()
    assert REFERENCE in arrived.text
