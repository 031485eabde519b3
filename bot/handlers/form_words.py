"""Words typed at a step of the form that mean one of its buttons: they do what the button does."""

import re
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.answers.normalise import fold
from bot.domain.form import FormRefusal, Step, next_step
from bot.domain.language import Language
from bot.handlers import form_taps
from bot.handlers.booking import show_in
from bot.handlers.callbacks import Tap, Verb, parse
from bot.handlers.context import Context
from bot.handlers.views.codes import SKIP, read_step
from bot.services.fill_form import Filling
from bot.services.ports import Texts


class Meaning(StrEnum):
    """What such words say: the key under which the catalogues list them, between bars."""

    YES = "booking.words.yes"
    AGREE = "booking.words.agree"
    """Yes to an offer; to "have you a fever?" it says nothing clear."""
    NO = "booking.words.no"
    SKIP = "booking.words.skip"
    BACK = "booking.words.back"
    CANCEL = "booking.words.cancel"
    SEND = "booking.words.send"
    TAKE = "booking.words.take"
    """Yes to a time that the clinic offers."""
    REFUSE = "booking.words.refuse"
    """No to one, or the wish for another."""
    ASIDE = "booking.words.aside"
    """Courtesy around the others: "please", やっぱり."""


_NO_NAME: Final = (Meaning.YES, Meaning.AGREE, Meaning.NO, Meaning.SKIP, Meaning.SEND)


async def taken(text: str, filling: Filling, context: Context) -> bool:
    """Whether the text meant a button of the form's present step; then that is done, further down."""
    work, desk = context.work, context.desk
    screen = desk.views.form.form(filling.form, filling.desk, work.language)
    for button in (each for row in screen.buttons for each in row):
        tap = parse(button.data or "")
        act = form_taps.ACTIONS.get(tap.verb)
        if act and (_is_label(text, button.text) or says(text, _meant_by(tap), desk.texts)):
            await work.understood(text)
            await act(tap, context, None)
            return True
    if next_step(filling.form) is Step.NAME and says(text, _NO_NAME, desk.texts):
        await work.understood(text)
        await show_in(context, replace(filling, refused=FormRefusal.NO_NAME))
        return True
    return False


def says(text: str, meanings: tuple[str, ...], texts: Texts) -> bool:
    """Whether the text is made of such words alone, in whichever language, and of courtesies around them."""
    words, aside = _any(meanings, texts), _any((Meaning.ASIDE,), texts)
    whole = rf"(?:{aside} ?)*{words}(?: ?(?:{words}|{aside}))*"
    return re.fullmatch(whole, _read(text)) is not None


def holds(text: str, meanings: tuple[str, ...], texts: Texts) -> bool:
    """Whether one of such words is in the text."""
    return re.search(_any(meanings, texts), _read(text)) is not None


def _any(meanings: tuple[str, ...], texts: Texts) -> str:
    """A pattern of all the words of these meanings; of none, one that nothing fits."""
    return _pattern(tuple(texts(each, language) for each in meanings for language in Language))


@lru_cache(maxsize=64)
def _pattern(listed: tuple[str, ...]) -> str:
    """Of lists of words between bars. Every message is asked for several, so they are read once."""
    ways = [_read(word) for words in listed for word in words.split("|")]
    # Japanese words follow one another with a space or without, English ones with one: "Noyes" is a name.
    apart = [
        rf"(?<![a-z]){re.escape(each)}(?![a-z])" if each.isascii() else each.replace(" ", " ?")
        for each in ways
    ]
    return rf"(?:{'|'.join(apart)})" if apart else r"(?!)"


def _read(text: str) -> str:
    """Folded, without punctuation. Endings stay: 問題ありません and 問題があります are two answers."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _is_label(text: str, label: str) -> bool:
    """A day of the calendar is left out: which month is open nobody wrote down."""
    read = _read(label)
    return read == _read(text) and bool(read) and not read.isdecimal()


def _meant_by(tap: Tap) -> tuple[Meaning, ...]:
    match tap.verb:
        case Verb.FORM_BACK:
            return (Meaning.BACK,)
        case Verb.FORM_CANCEL:
            return (Meaning.CANCEL,)
        case Verb.FORM_SEND:
            return (Meaning.SEND, Meaning.YES, Meaning.AGREE)
        case Verb.FORM_ANSWER if tap.argument(1) == SKIP:
            return (Meaning.SKIP, Meaning.NO)
        case Verb.FORM_ANSWER:
            yes = tap.arguments[-1] == "1"
            match read_step(tap.argument(0)):
                case Step.HEALTH:
                    return (Meaning.YES,) if yes else (Meaning.NO,)
                case Step.CONSENT:
                    return (Meaning.YES, Meaning.AGREE) if yes else (Meaning.NO, Meaning.SKIP)
    return ()
