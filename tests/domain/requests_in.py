"""A request in each of its states."""

from bot.domain.lifecycle import Move
from bot.domain.moves import move
from bot.domain.requests import Request
from tests.domain.samples import ANN, CLINIC, FRIDAY_16, NOW, THURSDAY_15, TUESDAY_10, YUKI, wish


def confirmed() -> Request:
    return move(wish(), Move.CONFIRM, YUKI, NOW, CLINIC, times=(TUESDAY_10,))


def proposed() -> Request:
    return move(wish(), Move.PROPOSE, YUKI, NOW, CLINIC, times=(FRIDAY_16,))


def countered() -> Request:
    return move(proposed(), Move.COUNTER, ANN, NOW, CLINIC, times=(THURSDAY_15,))


def change_requested() -> Request:
    return move(confirmed(), Move.ASK_CHANGE, ANN, NOW, CLINIC, times=(THURSDAY_15, FRIDAY_16))


def change_proposed() -> Request:
    return move(confirmed(), Move.PROPOSE, YUKI, NOW, CLINIC, times=(FRIDAY_16,))
