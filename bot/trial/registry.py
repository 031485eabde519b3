"""The methods of the Bot API by name. Names are matched in any case, as Telegram matches them."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.trial.params import Params
from bot.trial.world import World

Method: TypeAlias = Callable[[World, Params], object | Awaitable[object]]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Registers what a method does: it returns `result`, or raises `ApiError`."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register
