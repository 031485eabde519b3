"""One call of the Bot API, without HTTP: for the server, and for tests where speed counts."""

import hmac
import inspect
import json
from dataclasses import dataclass

from bot.trial import (
    methods_chats,
    methods_copies,
    methods_files,
    methods_messages,
    methods_profile,
    methods_updates,
)
from bot.trial.errors import ApiError
from bot.trial.faults import Fault, Kind
from bot.trial.params import Params
from bot.trial.queries import Call
from bot.trial.registry import METHODS, Method
from bot.trial.world import World

MODULES = (
    methods_chats,
    methods_copies,
    methods_files,
    methods_messages,
    methods_profile,
    methods_updates,
)
"""Importing them fills the registry."""
GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    content_type: str = "application/json"


class Broken(ConnectionError):
    """The connection breaks before the answer: the call may have been done or not."""


async def answer(world: World, token: str, name: str, params: Params) -> Answer:
    """What the method answers, or its refusal. Raises `Broken` for a scripted loss of the connection."""
    fault: Fault | None = None
    try:
        check_token(world, token)
        function = _function(name)
        world.calls.append(Call(name, params))
        fault = world.faults.next(name)
        if fault is not None and (early := await _before(fault)) is not None:
            return early
        result = function(world, params)
        if inspect.isawaitable(result):
            result = await result
    except ApiError as error:
        return refusal(error)
    if fault is not None and fault.kind is Kind.LOST:
        raise Broken
    return Answer(200, json.dumps({"ok": True, "result": result}, ensure_ascii=False))


def refusal(error: ApiError) -> Answer:
    return Answer(error.code, json.dumps(error.as_json(), ensure_ascii=False))


def check_token(world: World, token: str) -> None:
    if not hmac.compare_digest(token.encode(), world.token.encode()):
        raise ApiError(401, "Unauthorized")


def _function(name: str) -> Method:
    try:
        return METHODS[name.lower()]
    except KeyError:
        raise ApiError(404, "Not Found: method not found") from None


async def _before(fault: Fault) -> Answer | None:
    """What a fault does before the call; None if the call goes on."""
    match fault.kind:
        case Kind.ERROR if fault.error is not None:
            raise fault.error
        case Kind.GATEWAY:
            return Answer(502, GATEWAY_PAGE, "text/html")
        case Kind.DROPPED:
            raise Broken
        case Kind.HANGS:
            await fault.released.wait()
    return None
