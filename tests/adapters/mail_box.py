"""A mail server whose answers a test scripts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class MailBox:
    """A mail server's side of things."""

    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """To the recipient; scripted."""
    verdicts: list[str] = field(default_factory=list)
    """On the letter itself; scripted."""
    silent: asyncio.Event | None = None
    auth_answer: AuthResult | None = None

    async def handle_RCPT(  # noqa: N802 - its name in the library
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.silent:
            await self.silent.wait()
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.verdicts:
            return self.verdicts.pop(0)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append(data.password.decode())
        return self.auth_answer or AuthResult(success=True)


@asynccontextmanager
async def mail_server(box: MailBox, **options: Any) -> AsyncIterator[tuple[asyncio.Server, int]]:
    def connected() -> SMTP:
        return SMTP(box, authenticator=box.authenticate, auth_require_tls=False, hostname="here", **options)

    server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0)
    yield server, server.sockets[0].getsockname()[1]
    if box.silent:
        box.silent.set()
    server.close()
