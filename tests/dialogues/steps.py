"""The usual way through a booking, for tests that are about a stretch of it."""

import re
from dataclasses import dataclass
from typing import Any, Final

from icalendar import Calendar

from bot.domain.answering import Health, Value
from bot.domain.form import Form, Step, next_step
from bot.domain.lifecycle import State
from bot.domain.requests import Request
from bot.services.fill_form import FillForm
from bot.services.ports import Consent
from bot.trial.acting import Actor
from bot.trial.messages import Message
from tests.dialogues.talk import Talk

REFERENCE: Final = re.compile(r"TM-[2-9A-Z]{4}")
HEALTH: Final = 8
"""Questions for a massage."""


@dataclass(frozen=True)
class Wish:
    """What the client taps and types, in the order of the form."""

    treatment: str = "60"
    day: str = "27"
    time: str = "18:00"
    name: str = "Hana Ito"
    yes: tuple[int, ...] = ()
    """The numbers of the health questions that are answered with yes, from 1."""


A_WISH: Final = Wish()


async def fill_in(
    talk: Talk,
    until: Step | None = None,
    wish: Wish = A_WISH,
    who: Actor | None = None,
    *,
    by_taps: bool = False,
) -> None:
    """From /book on, up to the question of `until`; without it, up to the summary.

    The taps about the client are a dozen, so where they are not the matter their answers are written where
    the taps would have written them, and /book shows the form as it then is.
    """
    await talk.says("/book", who)
    late = until in (None, Step.NOTE, Step.CONSENT, Step.HEALTH)
    if by_taps or not late:
        await go_on(talk, until, wish, who)
        return
    await go_on(talk, Step.SECOND_DAY, wish, who)
    if await step_of(talk, who) is not Step.SUMMARY:
        await _write(talk, until, wish, who)
        await talk.says("/book", who)


async def go_on(talk: Talk, until: Step | None = None, wish: Wish = A_WISH, who: Actor | None = None) -> None:
    """From wherever the form is."""
    for _ in range(30):
        asked = await step_of(talk, who)
        if asked in (until, Step.SUMMARY):
            return
        await _answer(talk, asked, wish, who)
    raise AssertionError("the form does not end")


async def step_of(talk: Talk, who: Actor | None = None) -> Step:
    """What the client's form asks now."""
    return next_step(await form_of(talk, who))


async def form_of(talk: Talk, who: Actor | None = None) -> Form:
    async with talk.store.transaction() as tx:
        form = await tx.forms.get((who or talk.phone).person.id)
    assert form is not None, "there is no form"
    return form


async def _answer(talk: Talk, asked: Step, wish: Wish, who: Actor | None) -> None:
    match asked:
        case Step.TREATMENT:
            await talk.taps(wish.treatment, who)
        case Step.DAY:
            await talk.taps(wish.day, who)
        case Step.TIME:
            await talk.taps(wish.time, who)
        case Step.SECOND_DAY | Step.PHONE | Step.NOTE:
            await talk.taps(f"booking.button.skip.{asked}", who)
        case Step.NAME:
            await talk.says(wish.name, who)
        case Step.CONSENT:
            await talk.taps("booking.button.ask_me", who)
        case Step.HEALTH:
            for number in range(1, HEALTH + 1):
                await talk.taps("booking.button.yes" if number in wish.yes else "booking.button.no", who)
        case _:
            raise AssertionError(f"{asked} is for the test to answer")


async def sends(talk: Talk, who: Actor | None = None) -> str:
    """The last tap; the reference that the client reads."""
    tap = await talk.taps("booking.button.send", who)
    found = REFERENCE.search(tap.message.words)
    assert found, f"no reference in {tap.message.words}"
    return found[0]


async def asks(talk: Talk, wish: Wish = A_WISH, who: Actor | None = None) -> str:
    """A whole form, filled in and sent."""
    await fill_in(talk, None, wish, who)
    return await sends(talk, who)


async def _write(talk: Talk, until: Step | None, wish: Wish, who: Actor | None) -> None:
    """Answers about the client, without the taps."""
    fill_form, now = FillForm(talk.mind.loaded.clinic, talk.mind.loaded.screening), talk.clock()
    async with talk.store.transaction() as tx:
        client = await tx.clients.get((who or talk.phone).person.id)
        assert client is not None
        filling = await fill_form.present(tx, client, now)
        while filling is not None and (asked := next_step(filling.form)) not in (until, Step.SUMMARY):
            if asked is Step.CONSENT:
                await tx.care.give_consent(client.id, Consent.HEALTH, now)
            filling = await fill_form.answer(tx, client, asked, _value(filling.form, asked, wish), now)
            assert filling is not None and filling.refused is None


def _value(form: Form, asked: Step, wish: Wish) -> Value:
    """The answer that a tap or a word would have given."""
    match asked:
        case Step.SECOND_DAY | Step.PHONE | Step.NOTE:
            return None
        case Step.NAME:
            return wish.name
        case Step.CONSENT:
            return True
        case Step.HEALTH if form.question is not None:
            return Health(form.question, yes=len(form.health) + 1 in wish.yes)
        case _:
            raise AssertionError(f"{asked} is for the test to answer")


async def books(talk: Talk, wish: Wish = A_WISH, who: Actor | None = None) -> str:
    """Filled in, sent, and confirmed by the clinic."""
    reference = await asks(talk, wish, who)
    await talk.taps("✅", aoi(talk), card(talk, reference))
    return reference


async def hands_over(talk: Talk, question: str) -> None:
    """A question that Teate cannot answer is left for a person."""
    await talk.says("whats the capital of france")
    await talk.taps("button.person")
    talk.sees("person.ask")
    talk.phone.replies(question)
    await talk.settle()


def aoi(talk: Talk) -> Actor:
    """One of the clinic's people, in the group."""
    return talk.trial.world.staff[0]


def ken(talk: Talk) -> Actor:
    return talk.trial.world.staff[1]


async def is_asked(talk: Talk) -> None:
    """The clinic asks something about a request that the client has just made."""
    await asks(talk)
    aoi(talk).says("Which shoulder?", reply_to=card(talk))
    await talk.settle()


def cards(talk: Talk, reference: str = "") -> list[Message]:
    """The messages of the group that can be acted on or tell how a request stands."""
    headed = re.compile(rf"^.+ · {reference or 'TM-'}")
    return [each for each in aoi(talk).screen if each.sender.is_bot and headed.match(each.words)]


def card(talk: Talk, reference: str = "") -> Message:
    """The newest card."""
    found = cards(talk, reference)
    assert found, f"no card {reference}; the group reads\n{aoi(talk).described()}"
    return found[-1]


async def request_of(talk: Talk, reference: str) -> Request:
    async with talk.store.transaction() as tx:
        (request,) = [each for each in await tx.requests.in_states(State) if each.reference == reference]
    return request


def told(who: Actor, *parts: str) -> list[Message]:
    """The bot's messages that hold every part."""
    return [
        each
        for each in who.screen
        if each.sender.is_bot and all(part in "\n".join([each.words, *each.labels]) for part in parts)
    ]


def group(talk: Talk) -> str:
    """Everything that can be read in the clinic's group now."""
    return "\n".join(each.words for each in aoi(talk).screen)


async def chooses(talk: Talk, day: str, time: str) -> None:
    """Another time, in the form that asks for nothing else."""
    await talk.taps(day)
    await talk.taps(time)
    await talk.taps("booking.button.skip.second_day")
    talk.sees("booking.ask.summary.change")
    await talk.taps("booking.button.send_change")


async def cancels(talk: Talk) -> None:
    await talk.says("/cancel")
    await talk.says("/mybookings")
    await talk.taps("bookings.button.cancel")
    await talk.taps("bookings.button.cancel_yes")


async def without_anything(talk: Talk) -> None:
    await talk.says("/delete")
    await talk.taps("privacy.button.delete_yes")


def calendar_files(talk: Talk, who: Actor | None = None) -> list[tuple[Any, Any]]:
    """The files that the client was sent, oldest first: the calendar and its event.

    A property is one of thirty types, so no type is promised here.
    """
    files: list[tuple[Any, Any]] = []
    for message in (who or talk.phone).screen:
        document = message.content.get("document")
        if isinstance(document, dict):
            stored = talk.trial.world.files.find(str(document["file_id"]))
            assert stored is not None and stored.upload.name.endswith(".ics")
            calendar = Calendar.from_ical(stored.upload.data)
            assert isinstance(calendar, Calendar) and not calendar.errors
            (event,) = calendar.events
            files.append((calendar, event))
    return files


async def looks_back(talk: Talk) -> None:
    """The client looks at their weeks."""
    await talk.says("/mood")
    await talk.taps("mood.button.mood")
