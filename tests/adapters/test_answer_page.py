"""A clinic without a group answers by a link: over real HTTP, from the client's wish to the confirmation."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.adapters.channels.telegram import TelegramChannel
from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.telegram_bot import TelegramBot
from bot.app import Brain, assemble
from bot.domain.errors import Forged
from bot.domain.language import Language
from bot.domain.lifecycle import State
from bot.services.answer_by_link import LIVES, AnswerLinks
from bot.services.notice import Notice, NoticeKind
from bot.services.ports import Channel, Delivery
from bot.trial.errors import forbidden
from bot.trial.server import start_trial
from bot.web import web_app
from tests.clock import FakeClock
from tests.dialogues.steps import asks, request_of
from tests.dialogues.talk import Talk

LINKS = AnswerLinks("https://clinic.example/teate/", b"only-the-bot-knows-this")


class Letters:
    """A channel that keeps what the clinic is told."""

    name = "email"
    clinic_address = "clinic@example.com"

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    async def send(self, delivery: Delivery, known: int | None) -> None:
        self.notices.append(Notice.from_json(delivery.content))


class Clinic:
    """A talk whose clinic has mail and no group, and the page's address on this machine."""

    def __init__(self, talk: Talk, letters: Letters, address: str) -> None:
        self.talk = talk
        self.letters = letters
        self._address = address

    def page(self, notice: Notice) -> str:
        assert notice.answer is not None
        return notice.answer.replace("https://clinic.example/teate", self._address)

    async def opens(self, url: str, method: str = "GET") -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.request(method, url) as answer:
            return answer.status, unescape(await answer.text())

    async def sends(self, url: str, **form: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
            status, body = answer.status, unescape(await answer.text())
        await self.talk.settle()
        return status, body


@pytest.fixture
async def clinic(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Clinic]:
    async with opened(mind, tmp_path, clock) as made:
        yield made


@pytest.fixture
async def japanese_clinic(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Clinic]:
    """Its people read Japanese; the client still writes in English."""
    clinic = replace(mind.loaded.clinic, languages=(Language.JA, Language.EN))
    async with opened(replace(mind, loaded=replace(mind.loaded, clinic=clinic)), tmp_path, clock) as made:
        yield made


@asynccontextmanager
async def opened(mind: Brain, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Clinic]:
    trial = await start_trial(clock=clock)
    store = Database(f"sqlite:///{tmp_path}/talk.db", Cipher(Cipher.new_key()))
    await store.prepare()
    bot = TelegramBot(trial.world.token, trial.api_url)
    await bot.initialize()
    letters = Letters()
    ways: dict[str, Channel] = {"telegram": TelegramChannel(bot), "email": letters}
    parts = await assemble(mind, store, bot, clock, ways, None, links=LINKS)
    runner = web.AppRunner(web_app(store, clock, pages=parts.pages), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        talk = Talk(trial, mind, clock, store, parts, bot)
        yield Clinic(talk, letters, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()
        await parts.intake.idle()
        await parts.dispatcher.stop()
        await bot.shutdown()
        await store.close()
        await trial.close()


def chosen(body: str) -> dict[str, str]:
    """What the confirming button of a page sends."""
    version = re.search(r'name="version" value="(\d+)"', body)
    start = re.search(r'name="start" value="([^"]+)"', body)
    assert version and start, body
    return {"version": version[1], "start": start[1]}


async def test_the_letter_leads_to_a_page_that_confirms(clinic: Clinic) -> None:
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    status, body = await clinic.opens(page)
    assert status == 200 and reference in body and "Fri 27 Nov, 18:00" in body
    status, body = await clinic.sends(page, **chosen(body))
    assert status == 200 and "Done" in body and "Confirmed" in body
    assert any("Your appointment is confirmed" in each.words for each in clinic.talk.phone.screen)
    assert (await request_of(clinic.talk, reference)).state is State.CONFIRMED
    assert clinic.letters.notices[-1].state is State.CONFIRMED and clinic.letters.notices[-1].answer is None


async def test_the_page_speaks_the_clinics_language(japanese_clinic: Clinic) -> None:
    clinic = japanese_clinic
    await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    _, body = await clinic.opens(page)
    assert "11月27日" in body and "で確定する" in body and "お断りする" in body
    _, body = await clinic.sends(page, **chosen(body))
    assert "完了しました" in body


async def test_it_declines_with_a_reason_and_not_without(clinic: Clinic) -> None:
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    assert (await clinic.sends(page, version="0", reason=""))[0] == 400
    assert (await request_of(clinic.talk, reference)).state is State.WAITING
    assert (await clinic.sends(page, version="0", reason="full"))[0] == 200
    assert (await request_of(clinic.talk, reference)).state is State.DECLINED
    clinic.talk.sees("bookings.declined")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_scanner_that_follows_the_link_changes_nothing(clinic: Clinic, method: str) -> None:
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    before = await request_of(clinic.talk, reference)
    for _ in range(3):
        assert (await clinic.opens(page, method))[0] == 200
    assert await request_of(clinic.talk, reference) == before


async def test_the_page_shows_nobody_who_it_is_about(clinic: Clinic) -> None:
    await asks(clinic.talk)
    _, body = await clinic.opens(clinic.page(clinic.letters.notices[-1]))
    assert "Hana" not in body and "Ito" not in body


async def test_said_twice_it_happens_once(clinic: Clinic) -> None:
    await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    form = chosen((await clinic.opens(page))[1])
    await clinic.sends(page, **form)
    told = len(clinic.talk.phone.screen)
    status, body = await clinic.sends(page, **form)
    assert status == 200 and "done already" in body
    assert len(clinic.talk.phone.screen) == told


async def test_the_first_to_act_wins(clinic: Clinic) -> None:
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    form = chosen((await clinic.opens(page))[1])
    await clinic.sends(page, version="0", reason="closed")
    status, body = await clinic.sends(page, **form)
    assert status == 409 and "moved on" in body
    assert (await request_of(clinic.talk, reference)).state is State.DECLINED


async def test_a_time_that_nobody_asked_for_is_not_confirmed(clinic: Clinic) -> None:
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    for start in ("2026-11-28T11:00:00+09:00", "0001-01-01T00:00:00+14:00", "soon"):
        assert (await clinic.sends(page, version="0", start=start))[0] in (400, 409)
    assert (await request_of(clinic.talk, reference)).state is State.WAITING


async def test_a_link_runs_out_and_cannot_be_made_up(clinic: Clinic) -> None:
    await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    other = re.sub(r"/answer/\d+\.", "/answer/999.", page)
    for url in (other, page[:-1], page + "A", page.rsplit(".", 1)[0], page.rsplit("/", 1)[0] + "/x.y.ü"):
        assert (await clinic.opens(url))[0] == 404
        assert (await clinic.sends(url, version="0", reason="full"))[0] == 404
    clinic.talk.clock.move(LIVES + timedelta(seconds=1))
    assert (await clinic.opens(page))[0] == 404


async def test_another_secret_signs_other_links(clinic: Clinic) -> None:
    reference = await asks(clinic.talk)
    request = await request_of(clinic.talk, reference)
    other = AnswerLinks(LINKS.public_url, b"somebody-else").link(request, clinic.talk.clock())
    assert other is not None
    with pytest.raises(Forged):
        LINKS.request_id(other.rpartition("/")[2], clinic.talk.clock())


@pytest.mark.parametrize("known", [True, False])
async def test_that_the_client_has_blocked_the_chat_comes_by_letter(clinic: Clinic, known: bool) -> None:
    """Also where only the message that did not arrive shows it."""
    reference = await asks(clinic.talk)
    page = clinic.page(clinic.letters.notices[-1])
    form = chosen((await clinic.opens(page))[1])
    if known:
        clinic.talk.phone.blocks()
        await clinic.talk.settle()
    else:
        blocked = forbidden("bot was blocked by the user")
        clinic.talk.trial.world.faults.fail("sendMessage", blocked)
    await clinic.sends(page, **form)
    (letter,) = [each for each in clinic.letters.notices if each.kind is NoticeKind.UNREACHABLE]
    assert (letter.reference, letter.name) == (reference, "Hana Ito")
