"""What the Bot API refuses beside messages: taps, menus, files, webhooks, floods."""

import pytest

from bot.trial.calling import answer
from bot.trial.files import Upload
from bot.trial.params import Params
from bot.trial.people import ChatKind
from bot.trial.world import FIRST_CLIENT_ID as CLIENT
from bot.trial.world import World
from tests.trial.conftest import Clock, Said, data, inline, refused

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@pytest.fixture(autouse=True)
def started(world: World) -> None:
    world.phone.starts()


async def test_a_tap_is_answered_once_and_soon(call: Said, world: World, clock: Clock) -> None:
    await call("sendMessage", chat_id=CLIENT, text="x", reply_markup=inline(data("x")))
    tap = world.phone.taps("Yes")

    assert await refused(call, "answerCallbackQuery", callback_query_id="1") == TOO_OLD
    assert (
        await refused(call, "answerCallbackQuery", callback_query_id=tap.id, text="x" * 201)
        == "MESSAGE_TOO_LONG"
    )
    assert (await call("answerCallbackQuery", callback_query_id=tap.id))["ok"]
    assert await refused(call, "answerCallbackQuery", callback_query_id=tap.id) == TOO_OLD
    late = world.phone.taps("Yes")
    clock.passes(seconds=16)
    assert await refused(call, "answerCallbackQuery", callback_query_id=late.id) == TOO_OLD


COMMANDS: list[tuple[dict[str, object], str]] = [
    ({}, "can't parse commands: expected an Array"),
    ({"commands": [{"command": "Book", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "予約", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "book", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ({"commands": [{"command": "book", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ({"commands": [{"command": "a", "description": "x"}] * 2}, "BOT_COMMAND_DUPLICATED"),
    ({"commands": [{"command": f"a{n}", "description": "x"} for n in range(101)]}, "BOT_COMMANDS_TOO_MUCH"),
    ({"commands": [], "language_code": "english"}, "LANG_CODE_INVALID"),
    ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: unsupported type specified"),
    ({"commands": [], "scope": {"type": "chat", "chat_id": 42}}, "chat not found"),
]


@pytest.mark.parametrize(("values", "why"), COMMANDS)
async def test_menus_that_are_refused(call: Said, values: dict[str, object], why: str) -> None:
    assert await refused(call, "setMyCommands", **values) == why


async def test_descriptions_have_a_length(call: Said) -> None:
    for method, name, most in (
        ("setMyName", "name", 64),
        ("setMyShortDescription", "short_description", 120),
        ("setMyDescription", "description", 512),
    ):
        assert (await call(method, **{name: "x" * most}))["ok"]
        assert "is too long" in await refused(call, method, **{name: "x" * (most + 1)})


async def test_files_that_are_refused(call: Said, world: World) -> None:
    empty = {"document": Upload("x.txt", "text/plain", b"")}
    broken = {"photo": Upload("x.png", "image/png", b"no picture")}
    world.limits.upload = 10
    large = {"document": Upload("x.txt", "text/plain", b"x" * 11)}
    table: list[tuple[str, dict[str, Upload], dict[str, object], str]] = [
        ("sendDocument", {}, {}, "there is no document in the request"),
        ("sendDocument", {}, {"document": "attach://x"}, "there is no document in the request"),
        ("sendDocument", {}, {"document": "unknown-id"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", empty, {}, "file must be non-empty"),
        ("sendPhoto", broken, {}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", broken, {"caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {}, {"file_id": "x"}, "invalid file_id"),
    ]
    for method, files, values, why in table:
        assert await refused(call, method, files=files, chat_id=CLIENT, **values) == why, method
    said = await call("sendDocument", files=large, chat_id=CLIENT)
    assert said["error_code"] == 413


WEBHOOKS: list[tuple[dict[str, object], str]] = [
    ({"url": "http://bot.example/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        {"url": "https://bot.example/x", "secret_token": "no spaces"},
        "secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("values", "why"), WEBHOOKS)
async def test_webhooks_that_are_refused(call: Said, values: dict[str, object], why: str) -> None:
    assert await refused(call, "setWebhook", **values) == why


async def test_polling_and_a_webhook_exclude_each_other(call: Said, world: World) -> None:
    world.updates.webhook = None
    await call("setWebhook", url="https://bot.example/x", secret_token="s")

    assert "webhook is active" in await refused(call, "getUpdates", 409)
    assert (await call("getWebhookInfo"))["result"]["url"] == "https://bot.example/x"
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


async def test_only_the_updates_that_were_asked_for_come(call: Said, world: World) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    world.phone.says("not wanted")
    await call("sendMessage", chat_id=CLIENT, text="x", reply_markup=inline(data("x")))
    world.phone.taps("Yes")

    kinds = [list(update)[1] for update in (await call("getUpdates", offset=-1))["result"]]
    assert kinds == ["callback_query"]


async def test_the_flood_limits_can_be_switched_on(call: Said, world: World, clock: Clock) -> None:
    world.limits.flood = True
    group = world.group.id

    assert (await call("sendMessage", chat_id=CLIENT, text="x"))["ok"]
    said = await call("sendMessage", chat_id=CLIENT, text="y")
    assert said == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.passes(seconds=1)
    assert (await call("sendMessage", chat_id=CLIENT, text="y"))["ok"]
    for _ in range(20):
        assert (await call("sendMessage", chat_id=group, text="x"))["ok"]
        clock.passes(seconds=1)
    assert (await call("sendMessage", chat_id=group, text="x"))["parameters"] == {"retry_after": 40}


async def test_a_moved_group_names_its_new_id(call: Said) -> None:
    world = World(group_kind=ChatKind.GROUP)
    old = world.group
    new = world.migrate(old)

    given = await answer(world, world.token, "sendMessage", Params({"chat_id": old.id, "text": "x"}))
    assert given.status == 400
    assert f'"migrate_to_chat_id": {new.id}' in given.body
    assert "group chat was upgraded to a supergroup chat" in given.body
