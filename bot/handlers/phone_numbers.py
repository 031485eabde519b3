"""A telephone number as a client writes it, or as Telegram sends it."""

from typing import Final

import phonenumbers

COUNTRY: Final = "JP"
"""Numbers without a country code are read as Japanese."""


def e164(text: str, *, known: bool) -> str | None:
    """The number in international form, also out of a sentence, or None. +81 stands before Japanese ones.

    Of a number that Telegram itself knows only the length is checked: tables of numbers are never up to date.
    """
    holds = phonenumbers.is_possible_number if known else phonenumbers.is_valid_number
    # Telegram's contacts come without the plus.
    for written in [f"+{text.lstrip('+')}"] if known else [text.strip(), f"+{text.strip()}"]:
        try:
            number = phonenumbers.parse(written, COUNTRY)
        except phonenumbers.NumberParseException:
            continue
        if holds(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, COUNTRY)), None)
    return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164) if found else None
