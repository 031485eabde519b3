"""A signed webhook: what happens is posted as JSON to a program of the clinic's own.

The receiver reckons `HMAC-SHA256(secret, X-Teate-Timestamp + "." + body)`, compares it with
`X-Teate-Signature` in constant time, refuses what is older than some minutes, and takes each
`X-Teate-Delivery` once: a delivery whose answer was lost comes again under the same name.
"""

import hashlib
import hmac
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from yarl import URL

from bot.adapters.channels.given import Given, is_this_machine
from bot.domain.errors import DeliveryFailed, Misconfigured, TryLater, TryNever, TrySoon
from bot.services.notice import mark
from bot.services.ports import Clock, Delivery

NAME = "webhook"
TIMEOUT: Final = aiohttp.ClientTimeout(total=20)
"""Well below the lease of a delivery."""

LONGEST_PAUSE: Final = timedelta(hours=1)
"""A receiver that asks for more is tried all the same."""

SHORTEST_SECRET: Final = 16

NOBODY_THERE: Final = frozenset({401, 403, 404, 405, 410})
"""It is not what was sent that is refused: somebody has to put the address or the secret right."""


class WebhookChannel:
    """`url` without the secret. Nothing of the answer is read but its status."""

    name = NAME

    def __init__(self, url: URL, secret: str, clock: Clock, timeout: aiohttp.ClientTimeout = TIMEOUT) -> None:
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._timeout = timeout

    @property
    def clinic_address(self) -> str:
        """The host alone: a path may hold another secret, and addresses lie open in the database."""
        return self._url.host or ""

    async def send(self, delivery: Delivery, known: int | None) -> None:  # noqa: ARG002 - nothing to edit
        body = delivery.content.encode()
        timestamp = str(int(self._clock().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Teate",
            "X-Teate-Delivery": mark(delivery),
            "X-Teate-Timestamp": timestamp,
            "X-Teate-Signature": signature(self._secret, timestamp, body),
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout, trust_env=True) as session,
                # A redirect is not followed: it would carry personal data to who knows where.
                session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                status, after = answer.status, answer.headers.get("Retry-After")
        # From None: aiohttp's errors hold the address.
        except TimeoutError:
            raise TryLater("the webhook does not answer in time") from None
        except aiohttp.InvalidURL:
            raise TryNever("the webhook's address is none", shut=True) from None
        except aiohttp.ClientError:
            raise TryLater("the webhook cannot be reached") from None
        if not 200 <= status < 300:
            raise self._sorted(status, after)

    def _sorted(self, status: int, after: str | None) -> DeliveryFailed:
        told = f"the webhook answers {status}"
        if status == 429:
            pause = self._pause(after)
            return TryLater(told) if pause is None else TrySoon(told, pause)
        if status == 408 or status >= 500:
            return TryLater(told)
        return TryNever(told, shut=status < 400 or status in NOBODY_THERE)

    def _pause(self, after: str | None) -> timedelta | None:
        """Retry-After: seconds, or a date (RFC 9110, 10.2.3)."""
        if not after:
            return None
        if after.strip().isdecimal():
            return min(timedelta(seconds=min(int(after), 10**6)), LONGEST_PAUSE)
        with suppress(ValueError):
            until: datetime = parsedate_to_datetime(after)
            if until.tzinfo is not None:
                return min(max(until - self._clock(), timedelta()), LONGEST_PAUSE)
        return None


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """What X-Teate-Signature holds."""
    return f"sha256={hmac.new(secret, f'{timestamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def build(given: Given) -> WebhookChannel | None:
    """From CLINIC_WEBHOOK_URL, https://secret@host/path."""
    written = given.setting("CLINIC_WEBHOOK_URL")
    if written is None:
        return None
    url, secret = read_url(written)
    return WebhookChannel(url, secret, given.clock)


def read_url(written: str) -> tuple[URL, str]:
    """The address without its secret, and the secret.

    Raises:
        Misconfigured: with a line that does not repeat what was written.
    """
    try:
        url = URL(written)
    except ValueError:
        raise _mistake("is no address; write it as https://secret@host/path") from None
    if not url.host or url.scheme not in ("https", "http"):
        raise _mistake("is no address; write it as https://secret@host/path")
    if url.scheme == "http" and not is_this_machine(url.host):
        raise _mistake("carries personal data, so it must begin with https://")
    if not url.user or url.password:
        raise _mistake("has no secret; write it before the host: https://secret@host/path")
    if len(url.user) < SHORTEST_SECRET:
        raise _mistake(f"has a secret that can be guessed; take {SHORTEST_SECRET} characters or more")
    return url.with_user(None), url.user


def _mistake(what: str) -> Misconfigured:
    return Misconfigured([f"CLINIC_WEBHOOK_URL: {what}"])
