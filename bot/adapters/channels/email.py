"""E-mail to the clinic by its own mail server."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.adapters.channels.given import Given, is_this_machine
from bot.adapters.channels.letter import Letters
from bot.domain.errors import DeliveryFailed, Misconfigured, TryLater, TryNever, TrySoon
from bot.domain.language import Language, Localised
from bot.services.ports import Delivery, Texts

NAME = "email"
PORTS: Final = {"smtp": 587, "smtps": 465}
TIMEOUT: Final = 40.0
"""Seconds for all of it: well below the lease of a delivery."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """What SMTP_URL says."""

    host: str
    port: int
    tls: bool
    """From the first byte; else STARTTLS where the server offers it."""
    user: str | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)


class EmailChannel:
    """From the clinic's address to the clinic's address, in the clinic's language."""

    name = NAME

    def __init__(
        self,
        server: MailServer,
        address: str,
        texts: Texts,
        clinic_name: Localised,
        language: Language,
        seconds: float = TIMEOUT,
    ) -> None:
        self._server = server
        self._address = address
        self._letters = Letters(texts, clinic_name, language, address)
        self._seconds = seconds

    @property
    def clinic_address(self) -> str:
        return self._address

    async def send(self, delivery: Delivery, known: int | None) -> None:  # noqa: ARG002 - nothing to edit
        message = self._letters.letter(delivery)
        try:
            async with asyncio.timeout(self._seconds):
                await self._post(message, delivery.address)
        # From None: the server's words may hold addresses.
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _sorted(max(each.code for each in error.recipients)) from None
        except aiosmtplib.SMTPDataError as error:
            # The server lets us in: it is this mail that it does not take.
            raise _sorted(error.code, shut=False) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _sorted(error.code) from None
        except aiosmtplib.SMTPNotSupported:
            raise TryNever("the mail server cannot take the address or the login", shut=True) from None
        except (aiosmtplib.SMTPException, OSError):  # TimeoutError is an OSError
            raise TryLater("the mail server cannot be reached") from None

    async def _post(self, message: EmailMessage, to: str) -> None:
        server = self._server
        # None: STARTTLS where it is offered; the certificate is checked.
        starting = False if server.tls else None
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=starting,
            timeout=self._seconds,
        )
        try:
            await client.connect()
            if server.user is not None:
                if not (_sealed(client) or is_this_machine(server.host)):
                    told = "the mail server offers no encryption, so the password is not sent"
                    raise TryNever(told, shut=True)
                await client.login(server.user, server.password)
            await client.send_message(message, sender=self._address, recipients=[to])
            with suppress(aiosmtplib.SMTPException, OSError):  # it has been accepted: what follows is manners
                await client.quit()
        finally:
            client.close()


def _sealed(client: aiosmtplib.SMTP) -> bool:
    return client.transport is not None and client.transport.get_extra_info("sslcontext") is not None


def _sorted(code: int, *, shut: bool = True) -> DeliveryFailed:
    """By the server's code (RFC 5321, 4.2.1): 4xx passes, 5xx stays."""
    told = f"the mail server answers {code}"
    if code == 421:  # it closes this connection, and no more
        return TrySoon(told)
    if code in (530, 534, 535):
        return TryNever(f"{told}: it refuses the login of SMTP_URL", shut=True)
    return TryNever(told, shut=shut) if 500 <= code < 600 else TryLater(told)


def build(given: Given) -> EmailChannel | None:
    """From SMTP_URL and CLINIC_EMAIL."""
    url, address = given.setting("SMTP_URL"), given.setting("CLINIC_EMAIL")
    if url is None and address is None:
        return None
    if url is None or address is None:
        one, other = ("SMTP_URL", "CLINIC_EMAIL") if address is None else ("CLINIC_EMAIL", "SMTP_URL")
        raise Misconfigured([f"{other}: is missing, and {one} is of no use without it"])
    server = read_server(url)
    return EmailChannel(server, read_address(address), given.texts, given.clinic_name, given.language)


def read_server(url: str) -> MailServer:
    """Raises Misconfigured, with a line that does not repeat the password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise Misconfigured(
            [
                "SMTP_URL: is no address; write it as smtp://user:password@host:587 or smtps://…:465, "
                "and in user and password %40 for @, %2F for /, %3A for :, %23 for #"
            ]
        )
    return MailServer(
        parts.hostname,
        port or PORTS[parts.scheme],
        parts.scheme == "smtps",
        unquote(parts.username) if parts.username else None,
        unquote(parts.password or ""),
    )


def read_address(written: str) -> str:
    """One e-mail address. Raises Misconfigured."""
    try:
        address = Address(addr_spec=written.strip())
    except (ValueError, IndexError):
        address = Address()
    if not address.username or ("." not in address.domain and address.domain != "localhost"):
        raise Misconfigured(
            [f"CLINIC_EMAIL: `{written}` is no e-mail address; write one like hello@example.com"]
        )
    return address.addr_spec
