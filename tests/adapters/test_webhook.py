"""Webhook: the signature, and how answers are sorted."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.errors import DeliveryFailed, TryLater, TryNever, TrySoon
from bot.services.notice import Notice, mark
from tests.adapters.channel_rigs import (
    NOTICE,
    WebhookRig,
    delivery_to,
    webhook,
)


@pytest.fixture
async def hook() -> AsyncIterator[WebhookRig]:
    async with webhook() as made:
        yield made


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
        (413, {}, TryNever, None),
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
    if isinstance(caught.value, TryNever):
        assert caught.value.shut is (status not in (400, 413)), "the address or the secret, not what was sent"
