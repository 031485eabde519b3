"""Methods that send and fetch files."""

from bot.trial.errors import ApiError, Json, bad_request
from bot.trial.files import Upload, document_content, photo_content
from bot.trial.params import Params
from bot.trial.registry import method
from bot.trial.sending import edit, editable, read_buttons, read_caption, read_envelope, send
from bot.trial.world import World

ATTACHED = "attach://"


def _read_file(world: World, params: Params, kind: str, reference: str | None = None) -> Json:
    """Content of a file that comes with the call, or of one that Telegram has already."""
    wanted = params.text(kind) if reference is None else reference
    upload: Upload | None
    if wanted.startswith(ATTACHED):
        upload = params.files.get(wanted.removeprefix(ATTACHED))
    else:
        upload = params.files.get(kind) if not wanted else None
    if upload is None and (not wanted or wanted.startswith(ATTACHED)):
        raise bad_request(f"there is no {kind} in the request")
    if upload is None:
        known = world.files.find(wanted)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        stored = known
    else:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > world.limits.upload:
            raise ApiError(413, "Request Entity Too Large")
        stored = world.files.add(kind, upload)
    return photo_content(stored) if kind == "photo" else document_content(stored)


def _send_file(world: World, params: Params, kind: str) -> Json:
    envelope = read_envelope(world, params)
    caption = read_caption(world, params)
    content = _read_file(world, params, kind)
    return send(
        world, envelope, content=content, caption=caption.text or None, caption_entities=caption.entities
    )


@method("sendDocument")
def send_document(world: World, params: Params) -> Json:
    return _send_file(world, params, "document")


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Json:
    return _send_file(world, params, "photo")


@method("editMessageMedia")
def edit_message_media(world: World, params: Params) -> Json:
    message = editable(world, params)
    buttons = read_buttons(world, params)
    media = params.mapping("media")
    kind = media.get("type")
    if kind not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: the trial knows photo and document")
    caption = read_caption(world, Params({**media, "caption": media.get("caption", "")}))
    reference = media.get("media")
    content = _read_file(world, params, str(kind), reference if isinstance(reference, str) else "")
    return edit(
        world,
        message,
        buttons,
        text=None,
        entities=[],
        content=content,
        caption=caption.text or None,
        caption_entities=caption.entities,
    )


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    stored = world.files.find(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.upload.data) > world.limits.download:
        raise bad_request("file is too big")
    return stored.as_json() | {"file_path": stored.path}
