"""The server: forms of calls, webhooks, files, and that nobody but this machine's own page gets in."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.trial.server import Trial, start_trial
from bot.trial.world import TRIAL_TOKEN, World
from tests.trial.conftest import Clock, until


@pytest.fixture
async def http(trial: Trial) -> AsyncIterator[aiohttp.ClientSession]:
    trial.world.phone.starts()
    async with aiohttp.ClientSession(trial.url) as session:
        yield session


def path(method: str, token: str = TRIAL_TOKEN) -> str:
    return f"/bot{token}/{method}"


async def test_a_call_may_come_in_any_form(http: aiohttp.ClientSession, world: World) -> None:
    chat = world.phone.person.id
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    form = aiohttp.FormData({"chat_id": str(chat), "text": "multipart", "reply_markup": json.dumps(markup)})
    form.add_field("unused", b"x", filename="x.txt")
    query = {"chat_id": str(chat), "text": "address"}
    answers = [
        await http.get(path("sendMessage"), params=query),
        await http.post(path("SENDMESSAGE"), params=query),
        await http.post(path("sendMessage"), json={"chat_id": chat, "text": "json", "reply_markup": markup}),
        await http.post(
            path("sendmessage"), data={"chat_id": chat, "text": "form", "reply_markup": json.dumps(markup)}
        ),
        await http.post(path("sendMessage"), data=form),
    ]

    assert [answer.status for answer in answers] == [200] * 5
    said = [message.text for message in world.phone.screen[1:]]
    assert said == ["address", "address", "json", "form", "multipart"]
    assert [bool(message.buttons) for message in world.phone.screen[1:]] == [False, False, True, True, True]


REFUSALS = [
    (path("getMe", "1:x"), {}, 401, "Unauthorized"),
    (path("getYou"), {}, 404, "Not Found: method not found"),
    (
        path("sendMessage"),
        {"data": "{", "headers": {"Content-Type": "application/json"}},
        400,
        "Bad Request: can't parse the JSON object",
    ),
    (path("sendMessage"), {"json": [1]}, 400, "Bad Request: can't parse the JSON object: expected an Object"),
    (
        path("sendMessage"),
        {"data": "x", "headers": {"Content-Type": "text/csv"}},
        400,
        "Bad Request: unsupported content type",
    ),
]


@pytest.mark.parametrize(("address", "given", "code", "why"), REFUSALS)
async def test_calls_that_are_refused(
    http: aiohttp.ClientSession, address: str, given: dict[str, object], code: int, why: str
) -> None:
    answer = await http.post(address, **given)  # type: ignore[arg-type]

    assert answer.status == code
    assert await answer.json() == {"ok": False, "error_code": code, "description": why}


GUARDED: list[tuple[str, dict[str, str], int]] = [
    ("/", {"Host": "evil.example"}, 421),
    ("/", {"Host": "localhost:1"}, 200),
    ("/", {"Host": "[::1]:1"}, 200),
    ("/page/state", {"Host": "127.0.0.1.evil.example"}, 421),
    ("/page/state", {"Host": "10.0.0.1"}, 421),
    ("/page/state", {"Origin": "http://evil.example"}, 403),
    ("/page/state", {"Origin": "null"}, 403),
    ("/page/state", {"Sec-Fetch-Site": "cross-site"}, 403),
    ("/page/state", {"Sec-Fetch-Site": "same-origin"}, 200),
    ("/page/state", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
    ("/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    (path("getMe"), {"Host": "evil.example"}, 421),
    (path("getMe"), {"Origin": "http://evil.example"}, 403),
    ("/api.py", {}, 404),
    ("/../server.py", {}, 404),
]


@pytest.mark.parametrize(("address", "headers", "code"), GUARDED)
async def test_only_this_machines_own_page_gets_in(
    http: aiohttp.ClientSession, address: str, headers: dict[str, str], code: int
) -> None:
    assert (await http.get(address, headers=headers)).status == code


async def test_a_foreign_page_cannot_act_and_its_own_can(http: aiohttp.ClientSession, trial: Trial) -> None:
    phone = trial.world.phone
    body = {"person": phone.person.id, "chat": phone.person.id, "text": "hello"}

    foreign = await http.post("/page/send", json=body, headers={"Origin": "http://evil.example"})
    plain = await http.post("/page/send", data=json.dumps(body), headers={"Content-Type": "text/plain"})
    own = await http.post("/page/send", json=body, headers={"Origin": trial.url})
    nobody = await http.post("/page/send", json=body | {"person": 1})
    unknown = await http.post("/page/fly", json=body)

    assert [one.status for one in (foreign, plain, own, nobody, unknown)] == [403, 400, 200, 400, 404]
    assert phone.screen[-1].text == "hello"


async def test_every_answer_carries_the_strict_headers(http: aiohttp.ClientSession) -> None:
    answer = await http.get("/")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_it_listens_on_this_machine_only() -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await start_trial(host="0.0.0.0")  # noqa: S104


async def test_a_webhook_gets_every_update_once_it_answers(http: aiohttp.ClientSession, world: World) -> None:
    got: list[tuple[str, str]] = []
    answers = iter([500, 302, 200, 200])

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        got.append((update["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        return web.Response(status=next(answers))

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await http.post(path("deleteWebhook"), json={"drop_pending_updates": True})
    assert (
        await http.post(path("setWebhook"), json={"url": address, "secret_token": "s3cret"})
    ).status == 200
    world.phone.says("one")
    world.phone.says("two")
    await until(lambda: not world.updates.pending)
    await runner.cleanup()

    assert got == [("one", "s3cret")] * 3 + [("two", "s3cret")]
    info = await (await http.get(path("getWebhookInfo"))).json()
    assert info["result"]["last_error_message"].startswith("Wrong response from the webhook: 302")


async def test_a_poll_whose_caller_left_is_no_rival(http: aiohttp.ClientSession, world: World) -> None:
    world.updates.pending.clear()
    poll = asyncio.create_task(http.get(path("getUpdates"), params={"timeout": "50"}))
    await until(lambda: world.updates.waiting)
    poll.cancel()
    await until(lambda: not world.updates.waiting)

    answer = await http.get(path("getUpdates"))
    assert answer.status == 200


async def test_files_of_the_page_are_shown_or_saved_never_run(
    http: aiohttp.ClientSession, world: World
) -> None:
    from bot.trial.files import Upload

    page = world.files.add("document", Upload('x".html', "text/html", b"<script>1</script>"))
    answer = await http.get(f"/page/file/{page.file_id}")

    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x.html"'
    assert (await http.get("/page/file/unknown")).status == 404


async def test_the_page_hears_of_every_change(http: aiohttp.ClientSession, world: World) -> None:
    stream = await http.get("/page/events")
    await stream.content.readuntil(b"\n\n")
    before = (await (await http.get("/page/state")).json())["number"]
    world.phone.says("hello")
    line = await stream.content.readuntil(b"\n\n")
    stream.close()

    change = json.loads(line.removeprefix(b"data: "))
    assert change["what"] == "message"
    assert change["number"] > before
    assert change["body"]["text"] == "hello"


async def test_closing_ends_what_waits(clock: Clock) -> None:
    running = await start_trial(clock=clock)
    async with aiohttp.ClientSession(running.url) as session:
        poll = asyncio.create_task(session.get(path("getUpdates"), params={"timeout": "50"}))
        stream = await session.get("/page/events")
        await until(lambda: running.world.updates.waiting)
        async with asyncio.timeout(5):
            await running.close()
            assert (await poll).status == 502
        stream.close()


async def test_a_call_that_hangs_until_its_caller_leaves_is_never_done(
    http: aiohttp.ClientSession, world: World
) -> None:
    world.faults.hang("sendMessage")
    chat = str(world.phone.person.id)
    hanging = asyncio.create_task(http.post(path("sendMessage"), json={"chat_id": chat, "text": "never"}))
    await until(lambda: len(world.calls) == 1)
    hanging.cancel()
    await http.post(path("sendMessage"), json={"chat_id": chat, "text": "later"})
    world.faults.release()

    assert [message.text for message in world.phone.screen] == ["/start", "later"]
