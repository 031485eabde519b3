"""Small files to try with: a picture, a voice message, a sticker, a document."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from bot.trial.files import Upload

WARM, PALE, DARK = (222, 150, 110), (250, 240, 228), (90, 60, 50)


@cache
def sample(kind: str) -> Upload:
    """A file of a kind: `photo`, `voice`, `sticker` or `document`."""
    if kind == "photo":
        return Upload("photo.png", "image/png", _drawn((480, 320), "PNG"))
    if kind == "sticker":
        return Upload("sticker.webp", "image/webp", _drawn((512, 512), "WEBP"))
    if kind == "voice":
        # An empty Ogg page: enough for a bot, which answers that it reads text only.
        return Upload("voice.oga", "audio/ogg", b"OggS\x00\x02" + bytes(22))
    return Upload("note.txt", "text/plain", b"A note from the phone.\n")


def _drawn(size: tuple[int, int], form: str) -> bytes:
    image = Image.new("RGB", size, PALE)
    draw = ImageDraw.Draw(image)
    width, height = size
    radius = min(size) // 4
    middle = (width // 2, height // 2)
    draw.ellipse([middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius], fill=WARM)
    draw.arc(
        [middle[0] - radius // 2, middle[1] - radius // 4, middle[0] + radius // 2, middle[1] + radius // 2],
        20,
        160,
        DARK,
        6,
    )
    for side in (-1, 1):
        x = middle[0] + side * radius // 3
        draw.ellipse([x - 6, middle[1] - radius // 3, x + 6, middle[1] - radius // 3 + 12], fill=DARK)
    buffer = BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()
