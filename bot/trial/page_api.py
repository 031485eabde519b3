"""What the page asks of the server: its files, the state, the stream of changes, and acts of people."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from aiohttp.web_request import FileField

from bot.trial.acting import Actor, NotPossible
from bot.trial.api import WORLD
from bot.trial.errors import ApiError, Json
from bot.trial.files import Upload
from bot.trial.guard import HEADERS
from bot.trial.journal import Change
from bot.trial.messages import Message
from bot.trial.page_state import page_state
from bot.trial.queries import InlineQuery

PAGE = Path(__file__).parent / "page"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURES = ("image/png", "image/jpeg", "image/webp")
STREAMS = web.AppKey("streams", set[asyncio.Queue[Change | None]])
HEARTBEAT_SECONDS = 15
NAMES = ("Hana", "Ren", "Emma", "Sora", "Noah", "Yui", "Mia", "Haru")


def add_page(app: web.Application) -> None:
    app[STREAMS] = set()
    app.router.add_get("/", show)
    app.router.add_get("/{name:[a-z_]+\\.(?:css|js|svg)}", show)
    app.router.add_get("/page/state", state)
    app.router.add_get("/page/events", events)
    app.router.add_get("/page/file/{file_id}", file)
    app.router.add_post("/page/upload", upload)
    app.router.add_post("/page/{act}", act)


async def show(request: web.Request) -> web.StreamResponse:
    path = PAGE / request.match_info.get("name", "index.html")
    if not path.is_file():
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type=KINDS[path.suffix], charset="utf-8")


async def state(request: web.Request) -> web.StreamResponse:
    return web.json_response(page_state(request.app[WORLD]))


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: every change from now on. The page reads the state when the stream opens."""
    stream = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    queue: asyncio.Queue[Change | None] = asyncio.Queue()
    stop = request.app[WORLD].journal.listen(queue.put_nowait)
    request.app[STREAMS].add(queue)
    try:
        await stream.write(b"retry: 1000\n\n")
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    change = await queue.get()
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if change is None:
                return stream
            data = {"number": change.number, "what": change.what, "chat": change.chat_id, "body": change.body}
            await stream.write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
    except ConnectionResetError:
        return stream
    finally:
        stop()
        request.app[STREAMS].discard(queue)


async def file(request: web.Request) -> web.StreamResponse:
    """A file of a message: pictures are shown, everything else is saved."""
    stored = request.app[WORLD].files.find(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound
    picture = stored.upload.mime in PICTURES
    response = web.Response(
        body=stored.upload.data,
        content_type=stored.upload.mime if picture else "application/octet-stream",
    )
    disposition = "inline" if picture else "attachment"
    safe = stored.upload.name.replace('"', "").replace("\r", "").replace("\n", "")
    response.headers["Content-Disposition"] = f'{disposition}; filename="{safe}"'
    return response


async def upload(request: web.Request) -> web.StreamResponse:
    """A picture or a document that the person picked."""
    form = await request.post()
    picked = form.get("file")
    if not isinstance(picked, FileField):
        return _refused("no file")
    given = Upload(picked.filename, picked.content_type, picked.file.read())
    body: Json = {"person": form.get("person"), "chat": form.get("chat")}
    try:
        actor = _actor(request, body)
        message = actor.sends_photo(given) if given.mime in PICTURES else actor.sends_document(given)
    except (KeyError, ValueError, TypeError, NotPossible, ApiError) as error:
        return _refused(str(error))
    return web.json_response({"ok": True, "message_id": message.id})


async def act(request: web.Request) -> web.StreamResponse:
    """One act of one person, by name; the body names the person, the chat and what the act needs."""
    does = ACTS.get(request.match_info["act"])
    if does is None:
        raise web.HTTPNotFound
    if request.content_type != "application/json":
        return _refused("JSON expected")
    try:
        body = await request.json()
        result = does(_actor(request, body), body)
        if isinstance(result, InlineQuery):
            result = {"results": await _results(_actor(request, body), result)}
    except (KeyError, ValueError, TypeError, AssertionError, ApiError) as error:
        return _refused(str(error))
    return web.json_response({"ok": True} | (result if isinstance(result, dict) else {}))


async def _results(actor: Actor, query: InlineQuery) -> list[Json]:
    found = await actor.inline_results(query, within=5)
    return [
        {
            "query": query.id,
            "number": number,
            "title": one["title"],
            "description": one.get("description", ""),
        }
        for number, one in enumerate(found)
    ]


def _refused(why: str) -> web.Response:
    return web.json_response({"ok": False, "why": why}, status=400)


def _actor(request: web.Request, body: Json) -> Actor:
    return request.app[WORLD].actor(int(str(body["person"])), int(str(body["chat"])))


def _message(actor: Actor, body: Json, name: str = "message_id") -> Message:
    return actor.chat.messages[int(str(body[name]))]


def _say(actor: Actor, body: Json) -> object:
    reply = _message(actor, body, "reply_to") if body.get("reply_to") else None
    return actor.says(str(body["text"]), reply)


def _tap(actor: Actor, body: Json) -> object:
    return {"id": actor.taps_data(_message(actor, body), str(body["data"])).id}


def _attach(actor: Actor, body: Json) -> object:
    sends: dict[str, Callable[[], Message]] = {
        "photo": actor.sends_photo,
        "voice": actor.sends_voice,
        "sticker": actor.sends_sticker,
        "location": actor.sends_location,
        "document": actor.sends_document,
        "contact": actor.shares_contact,
    }
    return sends[str(body["kind"])]()


def _new_client(actor: Actor, body: Json) -> object:
    world = actor.world
    name = NAMES[sum(chat.private for chat in world.chats.values()) % len(NAMES)]
    code = body.get("language")
    client = world.add_client(name, language_code=str(code) if code else None)
    return {"chat": client.chat.id}


def _choose(actor: Actor, body: Json) -> object:
    return actor.chooses(actor.world.inline_queries[str(body["query"])], int(str(body["number"])))


ACTS: dict[str, Callable[[Actor, Json], object]] = {
    "send": _say,
    "tap": _tap,
    "press": lambda actor, body: actor.presses(str(body["label"])),
    "edit": lambda actor, body: actor.edits(_message(actor, body), str(body["text"])),
    "attach": _attach,
    "language": lambda actor, body: actor.speaks(str(body["language"]) or None),
    "block": lambda actor, body: actor.blocks(),  # noqa: ARG005
    "unblock": lambda actor, body: actor.unblocks(),  # noqa: ARG005
    "client": _new_client,
    "inline": lambda actor, body: actor.asks_inline(str(body["query"])),
    "choose": _choose,
}
