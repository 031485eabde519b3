"""E-mail: what a mail looks like, how a server's answers are sorted, and who gets the password."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.domain.errors import DeliveryFailed, TryLater, TryNever, TrySoon
from bot.domain.language import Language
from bot.domain.screening import Outcome
from bot.services.notice import NoticeKind, trouble_of
from tests.adapters.channel_rigs import (
    NOTICE,
    REFERENCE,
    EmailRig,
    delivery_to,
    email,
    email_channel,
)
from tests.adapters.mail_box import MailBox, mail_server


@pytest.fixture
async def mail() -> AsyncIterator[EmailRig]:
    async with email() as made:
        yield made


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


async def test_a_mail_carries_the_link_by_which_it_is_answered(mail: EmailRig) -> None:
    notice = replace(NOTICE, answer="https://clinic.example/answer/1.2.x")
    await mail.channel.send(delivery_to(mail, notice.to_json()), None)
    for kind in ("plain", "html"):
        body = mail.box.mails[0].get_body((kind,))
        assert body is not None
        assert "Confirm or decline" in str(body.get_content())
        assert "https://clinic.example/answer/1.2.x" in str(body.get_content())


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
    with pytest.raises(TryNever, match="SMTP_URL") as caught:
        await mail.channel.send(delivery_to(mail), None)
    assert caught.value.shut


@pytest.mark.parametrize("where", ["mailbox", "letter"])
async def test_a_mailbox_that_takes_nothing_is_no_letter_that_is_too_large(
    mail: EmailRig, where: str
) -> None:
    (mail.box.answers if where == "mailbox" else mail.box.verdicts).append("552 5.2.2 too large")
    with pytest.raises(TryNever) as caught:
        await mail.channel.send(delivery_to(mail), None)
    assert caught.value.shut is (where == "mailbox")


async def test_a_mail_about_no_request_says_what_is_wrong_and_nothing_else(mail: EmailRig) -> None:
    told = trouble_of("Nothing can be sent by telegram", Language.EN)
    await mail.channel.send(delivery_to(mail, told.to_json()), None)
    (sent,) = mail.box.mails
    assert sent["Subject"] == "Something does not arrive" and sent["References"] is None
    assert "What happened: Nothing can be sent by telegram" in mail.arrivals()[0].text
    assert "Health questions" not in mail.arrivals()[0].text


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
