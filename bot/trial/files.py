"""Files that were sent, and where the bot fetches them."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.trial.errors import Json, bad_request

FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers", "document": "documents"}
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "audio/ogg": "oga"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    upload: Upload

    def as_json(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.data),
        }


class FileStore:
    """Keeps files by id; ids are opaque to the bot, as with Telegram."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        number = len(self._files) + 1
        digest = hashlib.sha256(f"{number}:{upload.name}".encode()).hexdigest()
        _, dot, ending = upload.name.rpartition(".")
        suffix = ending if dot and ending.isalnum() else SUFFIXES.get(upload.mime, "bin")
        stored = StoredFile(
            f"BQACAgIAAxkB{digest[:44]}",
            f"AgAD{digest[44:56]}",
            f"{FOLDERS[kind]}/file_{number}.{suffix}",
            upload,
        )
        self._files[stored.file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._files.values() if stored.path == path), None)


def document_content(stored: StoredFile) -> Json:
    upload = stored.upload
    return {"document": {"file_name": upload.name, "mime_type": upload.mime} | stored.as_json()}


def photo_content(stored: StoredFile) -> Json:
    """Raises a 400 for what is no picture, as Telegram does."""
    try:
        with Image.open(BytesIO(stored.upload.data)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [{"width": width, "height": height} | stored.as_json()]}


def voice_content(stored: StoredFile, seconds: int) -> Json:
    return {"voice": {"duration": seconds, "mime_type": stored.upload.mime} | stored.as_json()}


def sticker_content(stored: StoredFile, emoji: str) -> Json:
    shape: Json = {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": shape | {"emoji": emoji} | stored.as_json()}
