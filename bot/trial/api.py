"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.web_request import FileField

from bot.trial.calling import Answer, Broken, answer, check_token, refusal
from bot.trial.errors import ApiError, Json, bad_request
from bot.trial.files import StoredFile, Upload
from bot.trial.params import Params
from bot.trial.world import World

WORLD = web.AppKey("world", World)


def add_api(app: web.Application) -> None:
    app.router.add_route("GET", "/bot{token:[^/]+}/{method}", call)
    app.router.add_route("POST", "/bot{token:[^/]+}/{method}", call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", download)


async def call(request: web.Request) -> web.StreamResponse:
    """One call: its answer, its refusal, or the fault that a test has scripted for it."""
    world = request.app[WORLD]
    token, name = request.match_info["token"], request.match_info["method"]
    try:
        check_token(world, token)  # Before anything of the body is read.
        return _written(await answer(world, token, name, await read_params(request)))
    except ApiError as error:
        return _written(refusal(error))
    except Broken:
        if request.transport is not None:
            request.transport.close()
        return web.Response()


async def download(request: web.Request) -> web.StreamResponse:
    """A file's bytes, by the path that getFile gave."""
    world = request.app[WORLD]
    try:
        check_token(world, request.match_info["token"])
        stored = _stored(world, request.match_info["path"])
    except ApiError as error:
        return _written(refusal(error))
    return web.Response(body=stored.upload.data, content_type="application/octet-stream")


def _written(given: Answer) -> web.Response:
    return web.Response(status=given.status, text=given.body, content_type=given.content_type)


def _stored(world: World, path: str) -> StoredFile:
    if (stored := world.files.at_path(path)) is None:
        raise ApiError(404, "Not Found")
    return stored


async def read_params(request: web.Request) -> Params:
    """The parameters, from the address and from a body of any of the three kinds."""
    values: dict[str, object] = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return Params(values)
    kind = request.content_type
    if kind == "application/json":
        return Params(values | await _read_json(request))
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise bad_request("unsupported content type")
    try:
        form = await request.post()
    except ValueError as error:
        raise bad_request("can't parse the form") from error
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    return Params(values | _texts(form), _uploads(form))


async def _read_json(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise bad_request("can't parse the JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("can't parse the JSON object: expected an Object")
    return body


def _texts(form: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in form.items() if isinstance(value, str)}


def _uploads(form: Mapping[str, object]) -> dict[str, Upload]:
    return {
        key: Upload(value.filename, value.content_type, value.file.read())
        for key, value in form.items()
        if isinstance(value, FileField)
    }
