"""Requests and forms as JSON and back: the frozen dataclasses of the domain, through pydantic."""

from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter

from bot.domain.form import Form
from bot.domain.requests import Act, Personal, Proposal, Request
from bot.domain.slots import Slot
from bot.domain.waiting_list import Offer, Place

_FORM: Final = TypeAdapter(Form)
_REQUEST: Final = TypeAdapter(Request)
_OFFER: Final = TypeAdapter(Offer)
_MOMENTS: Final = TypeAdapter(frozenset[datetime])

__all__ = ["Act", "Personal", "Proposal", "Slot"]  # named by the annotations that pydantic reads


def form_to_text(form: Form) -> str:
    return _FORM.dump_json(form).decode()


def form_from_text(text: str) -> Form | None:
    """None for a form that an older version wrote and this one cannot read: it is begun again."""
    try:
        return _FORM.validate_json(text)
    except ValueError:
        return None


def request_to_text(request: Request) -> str:
    return _REQUEST.dump_json(request).decode()


def request_from_text(text: str) -> Request:
    return _REQUEST.validate_json(text)


def place_to_content(place: Place) -> dict[str, Any]:
    return {
        "offer": _OFFER.dump_python(place.offer, mode="json") if place.offer else None,
        "passed": _MOMENTS.dump_python(place.passed, mode="json"),
    }


def offer_from(content: dict[str, Any]) -> Offer | None:
    return _OFFER.validate_python(content["offer"]) if content["offer"] else None


def passed_from(content: dict[str, Any]) -> frozenset[datetime]:
    return _MOMENTS.validate_python(content["passed"])
