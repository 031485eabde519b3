"""Methods by which the bot gets updates, and answers what cannot wait."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.trial.entities import units
from bot.trial.errors import Json, bad_request
from bot.trial.journal import Happening
from bot.trial.params import Params
from bot.trial.registry import method
from bot.trial.sending import read_buttons, read_text
from bot.trial.updates import Webhook
from bot.trial.world import World

KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _allowed(params: Params) -> list[str] | None:
    given = params.sequence("allowed_updates")
    if given is None:
        return None
    return [str(kind) for kind in given if kind in KINDS]


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    limit = params.whole("limit")
    timeout = params.whole("timeout") or 0
    return await world.updates.fetch(
        params.whole("offset") or 0,
        100 if limit is None or not 1 <= limit <= 100 else limit,
        min(max(timeout, 0), 50),
        _allowed(params),
    )


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    if not url:
        world.updates.webhook = None
        return True
    parts = urlsplit(url)
    # Plain HTTP is taken for this machine only, as a Bot API server of one's own does.
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    allowed = _allowed(params)
    if allowed is not None:
        world.updates.allowed = frozenset(allowed)
    world.updates.webhook = Webhook(url, secret, params.whole("max_connections") or 40)
    world.updates.arrived.set()
    return True


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    world.updates.webhook = None
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:  # noqa: ARG001
    hook = world.updates.webhook
    body: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if hook is not None:
        body["max_connections"] = hook.max_connections
        if hook.last_error is not None and hook.last_error_at is not None:
            body |= {
                "last_error_message": hook.last_error,
                "last_error_date": int(hook.last_error_at.timestamp()),
            }
    if world.updates.allowed:
        body["allowed_updates"] = sorted(world.updates.allowed)
    return body


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    tap = world.taps.get(params.text("callback_query_id"))
    late = tap is not None and world.clock() - tap.at > world.limits.query_lifetime
    if tap is None or late or tap.answer is not None:
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if units(text) > world.limits.callback_answer:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": params.text("url")}
    body = {"id": tap.id, "message_id": tap.message.id, "person": tap.person.id} | tap.answer
    world.journal.note(Happening.ANSWERED, tap.message.chat.id, body)
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Params) -> bool:
    query = world.inline_queries.get(params.text("inline_query_id"))
    if query is None or query.results is not None or world.clock() - query.at > world.limits.query_lifetime:
        raise bad_request(TOO_OLD)
    given = params.sequence("results")
    if given is None:
        raise bad_request("can't parse inline query results: expected an Array")
    if len(given) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    results = [_inline_result(world, one) for one in given]
    if len({str(one["id"]) for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.results = results
    world.journal.note(Happening.ANSWERED, None, {"id": query.id, "person": query.person.id})
    return True


def _inline_result(world: World, raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    number = raw.get("id")
    if not isinstance(number, str) or not 1 <= len(number.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if raw.get("type") != "article":
        raise bad_request("can't parse inline query result: the trial knows articles only")
    content = raw.get("input_message_content")
    if not isinstance(raw.get("title"), str) or not isinstance(content, dict):
        raise bad_request("can't parse inline query result: title and input_message_content are required")
    read_buttons(world, Params(raw))
    said = Params({**content, "text": content.get("message_text")})
    return raw | {"formatted": read_text(world, said)}


@method("logOut")
def log_out(world: World, params: Params) -> bool:  # noqa: ARG001
    return True


@method("close")
def close(world: World, params: Params) -> bool:  # noqa: ARG001
    return True
