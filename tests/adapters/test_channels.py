"""What every channel keeps to, and what is each one's own."""

import hashlib
import hmac
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from telegram import Bot

from bot.adapters.channels import REGISTRY, channels_of, clinic_addresses
from bot.adapters.channels.email import read_server
from bot.adapters.channels.given import Given
from bot.adapters.channels.webhook import read_url
from bot.adapters.texts import Catalogues
from bot.domain.errors import DeliveryFailed, Misconfigured, TryLater, TryNever, TrySoon
from bot.domain.language import Language
from bot.domain.lifecycle import Actor, Move, Reason, State
from bot.domain.requests import Act, By
from bot.domain.screening import Outcome
from bot.domain.slots import Slot
from bot.services.notice import Notice, NoticeKind, kind_of, mark, notice_of
from tests.adapters.channel_rigs import (
    NOTICE,
    REFERENCE,
    RIGS,
    EmailRig,
    MailBox,
    Rig,
    WebhookRig,
    delivery_to,
    email,
    email_channel,
    mail_server,
    webhook,
)
from tests.clock import FakeClock
from tests.domain.samples import CLINIC, NOW, TUESDAY_10, TUESDAY_11, YUKI, wish

SECRET = "a-secret-of-16-and-more"


@pytest.fixture(params=[name for name, _ in REGISTRY])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Each channel before its other side; one without a rig fails here."""
    async with cast("AbstractAsyncContextManager[Rig]", RIGS[request.param]()) as made:
        yield made


@pytest.fixture
async def mail() -> AsyncIterator[EmailRig]:
    async with email() as made:
        yield made


@pytest.fixture
async def hook() -> AsyncIterator[WebhookRig]:
    async with webhook() as made:
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
    told += " ".join(each.getMessage() for each in ours if "trial" not in each.name)
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


# E-mail


async def test_a_mail_goes_from_the_clinic_to_the_clinic(mail: EmailRig) -> None:
    await mail.channel.send(delivery_to(mail), None)
    (sent,) = mail.box.mails
    assert (sent["From"], sent["To"]) == ("Teate <clinic@example.com>", "clinic@example.com")
    assert sent["Subject"] == f"[{REFERENCE}] New request: Massage, 60 min"
    assert sent["Date"].datetime == datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    assert sent["Auto-Submitted"] == "auto-generated"
    assert mail.box.logins == ["mail-password"]


async def test_a_mail_says_all_that_the_staff_need_in_both_forms(mail: EmailRig) -> None:
    notice = replace(NOTICE, screening=Outcome.THERAPIST_CALLS)
    await mail.channel.send(delivery_to(mail, notice.to_json()), None)
    for kind in ("plain", "html"):
        body = mail.box.mails[0].get_body((kind,))
        assert body is not None
        for part in ("Ann", "+819012345678", "My left shoulder", "Tue 24 Nov, 10:00", "the therapist calls"):
            assert part in str(body.get_content())


async def test_a_japanese_clinic_gets_japanese_mail(mail: EmailRig) -> None:
    server = mail.server.sockets[0].getsockname()[1]
    await email_channel(server, language=Language.JA).send(delivery_to(mail), None)
    (sent,) = mail.box.mails
    assert sent["Subject"] == f"【{REFERENCE}】新しいご予約の希望：Massage, 60 min"
    assert "11月24日(火) 10:00" in mail.arrivals()[0].text


@pytest.mark.parametrize(("method", "kind"), [("PUBLISH", "confirmed"), ("CANCEL", "cancelled")])
async def test_the_calendar_file_goes_with_the_mail(mail: EmailRig, method: str, kind: str) -> None:
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nSUMMARY:手当て\r\nEND:VCALENDAR\r\n"
    notice = replace(NOTICE, kind=NoticeKind(kind), calendar=calendar)
    await mail.channel.send(delivery_to(mail, notice.to_json()), None)
    (attached,) = mail.box.mails[0].iter_attachments()
    assert isinstance(attached, EmailMessage)
    assert attached.get_content_type() == "text/calendar"
    assert (attached.get_param("method"), attached.get_filename()) == (method, f"{REFERENCE}.ics")
    assert attached.get_payload(decode=True) == calendar.encode()


async def test_nothing_that_a_client_wrote_becomes_a_header_a_tag_or_a_line_of_ours(mail: EmailRig) -> None:
    nasty = "Ann\r\nBcc: all@example.com\r\n\r\n<script>x</script>\nName: Eve"
    notice = replace(NOTICE, name=nasty, note=nasty, treatment=nasty, phone=nasty)
    await mail.channel.send(delivery_to(mail, notice.to_json()), None)
    (sent,) = mail.box.mails
    assert sent["Bcc"] is None
    html, plain = sent.get_body(("html",)), sent.get_body(("plain",))
    assert html is not None and "<script>" not in str(html.get_content())
    assert plain is not None and "\nName: Eve" not in str(plain.get_content())


async def test_a_very_long_name_and_emoji_arrive_whole(mail: EmailRig) -> None:
    name = "手当て🙂" * 125
    await mail.channel.send(delivery_to(mail, replace(NOTICE, name=name).to_json()), None)
    assert name in mail.arrivals()[0].text


@pytest.mark.parametrize(
    ("answer", "sort"),
    [
        ("421 4.3.2 closing", TrySoon),
        ("450 4.2.1 mailbox busy", TryLater),
        ("452 4.2.2 mailbox full", TryLater),
        ("550 5.1.1 no such user", TryNever),
        ("552 5.2.2 too large", TryNever),
    ],
)
async def test_the_mail_servers_answer_is_sorted(
    mail: EmailRig, answer: str, sort: type[DeliveryFailed]
) -> None:
    mail.box.answers.append(answer)
    with pytest.raises(sort, match=answer[:3]):
        await mail.channel.send(delivery_to(mail), None)


async def test_a_refused_login_is_for_a_person_to_mend(mail: EmailRig) -> None:
    mail.box.auth_answer = AuthResult(success=False, handled=False)
    with pytest.raises(TryNever, match="SMTP_URL"):
        await mail.channel.send(delivery_to(mail), None)


async def test_the_password_never_goes_to_another_machine_in_clear() -> None:
    box = MailBox()
    async with mail_server(box) as (_, port):
        channel = email_channel(port, host="0.0.0.0")  # noqa: S104 - this machine, by a name that is not known for it
        with pytest.raises(TryNever, match="encryption"):
            await channel.send(delivery_to(EmailRig(box, None, channel)), None)  # type: ignore[arg-type]
    assert not box.logins and not box.mails


async def test_a_server_that_cannot_prove_who_it_is_gets_no_password(tmp_path: Path) -> None:
    box = MailBox()
    async with mail_server(box, tls_context=_self_signed(tmp_path)) as (server, port):
        channel = email_channel(port)
        with pytest.raises(TryLater):
            await channel.send(delivery_to(EmailRig(box, server, channel)), None)
    assert not box.logins and not box.mails


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "both.pem")
    return context


# Webhook


async def test_a_receiver_can_check_who_sent_it_and_when(hook: WebhookRig) -> None:
    await hook.channel.send(delivery_to(hook), None)
    ((headers, body),) = hook.posts
    signed = f"{headers['X-Teate-Timestamp']}.".encode() + body
    own = hmac.new(b"0123456789abcdef-webhook", signed, hashlib.sha256).hexdigest()
    assert headers["X-Teate-Signature"] == f"sha256={own}"
    assert headers["X-Teate-Timestamp"] == str(int(hook.clock().timestamp()))
    assert headers["X-Teate-Delivery"] == mark(delivery_to(hook))
    assert Notice.from_json(body.decode()) == NOTICE


async def test_the_secret_itself_is_never_sent(hook: WebhookRig) -> None:
    await hook.channel.send(delivery_to(hook), None)
    assert "0123456789abcdef-webhook" not in str(hook.posts) and "Authorization" not in hook.posts[0][0]


async def test_a_repetition_is_signed_afresh(hook: WebhookRig) -> None:
    await hook.channel.send(delivery_to(hook), None)
    hook.clock.move(timedelta(hours=1))
    await hook.channel.send(delivery_to(hook), None)
    (first, body), (second, again) = hook.posts
    assert first["X-Teate-Signature"] != second["X-Teate-Signature"] and body == again


async def test_a_redirect_is_not_followed(hook: WebhookRig) -> None:
    hook.answers(307, Location="/elsewhere")
    with pytest.raises(TryNever, match="307"):
        await hook.channel.send(delivery_to(hook), None)
    assert [headers[":path"] for headers, _ in hook.posts] == ["/hooks/of-its-own"]


@pytest.mark.parametrize(
    ("status", "headers", "sort", "after"),
    [
        (429, {"Retry_After": "90"}, TrySoon, timedelta(seconds=90)),
        (429, {"Retry_After": "Fri, 20 Nov 2026 03:02:00 GMT"}, TrySoon, timedelta(minutes=2)),
        (429, {"Retry_After": "Fri, 20 Nov 2020 03:02:00 GMT"}, TrySoon, timedelta()),
        (429, {"Retry_After": "99999999999999999999"}, TrySoon, timedelta(hours=1)),
        (429, {"Retry_After": "soon"}, TryLater, None),
        (429, {}, TryLater, None),
        (408, {}, TryLater, None),
        (500, {}, TryLater, None),
        (502, {}, TryLater, None),
        (503, {"Retry_After": "1"}, TryLater, None),
        (400, {}, TryNever, None),
        (401, {}, TryNever, None),
        (404, {}, TryNever, None),
        (410, {}, TryNever, None),
        (304, {}, TryNever, None),
    ],
)
async def test_the_webhooks_answer_is_sorted(
    hook: WebhookRig,
    status: int,
    headers: dict[str, str],
    sort: type[DeliveryFailed],
    after: timedelta | None,
) -> None:
    hook.answers(status, **headers)
    with pytest.raises(sort, match=str(status)) as caught:
        await hook.channel.send(delivery_to(hook), None)
    assert getattr(caught.value, "after", None) == after


# Notices


def test_a_notice_survives_the_outbox() -> None:
    whole = Notice(
        kind=NoticeKind.CANCELLED,
        reference=REFERENCE,
        version=4,
        state=State.CANCELLED,
        language=Language.JA,
        treatment="手当て",
        times=("2026-11-24T10:00:00+09:00",),
        appointment=("2026-11-24T10:00:00+09:00", "2026-11-24T11:00:00+09:00"),
        screening=Outcome.FINE,
        reason=Reason.CLOSED,
        by=Actor.STAFF,
        name='"Ann"\n<b>',
        phone="078",
        note="n",
        goal="g",
        activity_now="a",
        suits="s",
        remark="r",
        calendar="BEGIN:VCALENDAR\r\n",
    )
    assert Notice.from_json(whole.to_json()) == whole
    assert Notice.from_json(NOTICE.to_json()) == NOTICE


def test_a_notice_shows_no_personal_data_in_its_repr() -> None:
    assert not any(each in repr(NOTICE) for each in ("Ann", "+8190", "shoulder"))


def test_a_notice_of_a_request_has_its_times_in_the_clinics_zone() -> None:
    confirmed = replace(
        wish(),
        state=State.CONFIRMED,
        version=1,
        appointment=Slot(TUESDAY_10.astimezone(UTC), TUESDAY_11.astimezone(UTC), 0),
        last=Act(Move.CONFIRM, YUKI, NOW),
    )
    notice = notice_of(confirmed, NoticeKind.CONFIRMED, CLINIC, Language.EN, calendar=b"BEGIN")
    assert notice.appointment == ("2026-11-24T10:00:00+09:00", "2026-11-24T11:00:00+09:00")
    assert (notice.times, notice.by, notice.calendar) == ((), Actor.STAFF, "BEGIN")
    asked = notice_of(wish(), NoticeKind.REQUESTED, CLINIC, Language.EN)
    assert asked.times == ("2026-11-24T10:00:00+09:00", "2026-11-26T15:00:00+09:00")
    assert (asked.treatment, asked.name, asked.appointment) == ("massage-60", "Ann", None)


@pytest.mark.parametrize(
    ("move", "state", "kind"),
    [
        (None, State.WAITING, "requested"),
        (Move.CONFIRM, State.CONFIRMED, "confirmed"),
        (Move.ACCEPT, State.CONFIRMED, "confirmed"),
        (Move.PROPOSE, State.PROPOSED_BY_CLINIC, "proposed_by_clinic"),
        (Move.COUNTER, State.PROPOSED_BY_CLIENT, "proposed_by_client"),
        (Move.DECLINE, State.DECLINED, "declined"),
        (Move.DECLINE, State.CONFIRMED, "kept"),
        (Move.KEEP, State.CONFIRMED, "kept"),
        (Move.EXPIRE, State.EXPIRED, "expired"),
        (Move.EXPIRE, State.CONFIRMED, "kept"),
        (Move.ASK_CHANGE, State.CHANGE_REQUESTED, "change_requested"),
        (Move.WITHDRAW, State.WITHDRAWN, "withdrawn"),
        (Move.CANCEL, State.CANCELLED, "cancelled"),
        (Move.COMPLETE, State.DONE, None),
    ],
)
def test_what_happened_is_read_off_the_last_decision(
    move: Move | None, state: State, kind: str | None
) -> None:
    last = Act(move, By(Actor.CLOCK), NOW) if move else None
    assert kind_of(replace(wish(), state=state, last=last)) == kind


def test_there_is_a_text_for_all_that_a_mail_may_say() -> None:
    texts = Catalogues()
    keys = [f"notice.kind.{each}" for each in NoticeKind]
    keys += [f"notice.screening.{each}" for each in Outcome] + [f"notice.reason.{each}" for each in Reason]
    keys += [f"notice.language.{each}" for each in Language]
    assert all(texts(key, language) for key in keys for language in Language)
