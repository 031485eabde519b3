"""The picture of /mood, drawn to be read on a phone and without telling colours apart.

Height says how somebody was, the number stands on every column, and faces at the side are drawn shapes. The
font that comes with Pillow knows no Japanese, so that the picture holds numbers and dates alone; all words
stand in the message below it.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.domain.check_ins import FACES, Week

WIDTH, HEIGHT = 1000, 600
LEFT, RIGHT, TOP, BOTTOM = 110, 20, 50, 80
"""Margins around the columns, in pixels."""

DAILY_UP_TO = 4
"""Weeks; above it a column is a week."""

PAPER = "white"
INK = "#1b1b1b"
COLUMN = "#3b6ea5"
EDGE = "#1d3a5c"
GRID = "#d0d0d0"
WEEK_EDGE = "#8a8a8a"


def draw(weeks: Sequence[Week]) -> bytes:
    """A PNG of 1000 by 600 pixels: a column a day, or a week where there are more than four.

    A day without a check-in leaves a gap.
    """
    daily = len(weeks) <= DAILY_UP_TO
    values = [day.mean for week in weeks for day in week.days] if daily else [week.mean for week in weeks]
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    _scale(canvas)
    _dates(canvas, weeks, daily)
    for number, value in enumerate(values):
        _column(canvas, LEFT + step * (number + 0.5), step, value)
    output = BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()


@cache
def draw_nothing() -> bytes:
    """The same without a single check-in."""
    return draw(())


def height(value: float) -> float:
    """Where a value lies, in pixels from above; 1 stands a step above the ground, so that it shows."""
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / FACES[-1]


def _scale(canvas: ImageDraw.ImageDraw) -> None:
    for face in FACES:
        y = height(face)
        canvas.line((LEFT, y, WIDTH - RIGHT, y), GRID, 2)
        canvas.text((24, y), str(face), INK, _font(36), anchor="mm")
        _face(canvas, 74, y, face)
    canvas.line((LEFT, height(0), WIDTH - RIGHT, height(0)), INK, 3)


def _face(canvas: ImageDraw.ImageDraw, x: float, y: float, face: int) -> None:
    """A circle, two eyes, and a mouth that bends from -2 to +2."""
    size = 25
    canvas.ellipse((x - size, y - size, x + size, y + size), PAPER, INK, 3)
    for side in (-9, 9):
        canvas.ellipse((x + side - 3, y - 10, x + side + 3, y - 4), INK)
    bend = face - 3
    if bend == 0:
        canvas.line((x - 11, y + 10, x + 11, y + 10), INK, 3)
        return
    deep = 5 * abs(bend)
    middle = y + 10 - (deep / 2 if bend > 0 else -deep / 2)
    start, end = (0, 180) if bend > 0 else (180, 360)
    canvas.arc((x - 12, middle - deep, x + 12, middle + deep), start, end, INK, 3)


def _dates(canvas: ImageDraw.ImageDraw, weeks: Sequence[Week], daily: bool) -> None:
    """Each week's Monday: where its days begin, or below its column, then every other one."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(weeks))
    for number, week in enumerate(weeks):
        x, told = LEFT + step * number, f"{week.start.month}/{week.start.day}"
        if daily:
            if number:
                canvas.line((x, TOP, x, height(0) + 12), WEEK_EDGE, 2)
            canvas.text((x + 6, height(0) + 40), told, INK, _font(34), anchor="lm")
        elif (len(weeks) - 1 - number) % 2 == 0:
            canvas.text((x + step / 2, height(0) + 40), told, INK, _font(34), anchor="mm")


def _column(canvas: ImageDraw.ImageDraw, x: float, step: float, value: float | None) -> None:
    if value is None:
        return
    half = min(step * 0.36, 40)
    canvas.rectangle((x - half, height(value), x + half, height(0) - 2), COLUMN, EDGE, 2)
    told = f"{value:.0f}" if value == round(value) else f"{value:.1f}"
    size = 36 if len(told) == 1 or step > 60 else 22
    # The paper around the digits keeps the lines of the scale out of them.
    canvas.text(
        (x, height(value) - 6), told, INK, _font(size), anchor="mb", stroke_width=4, stroke_fill=PAPER
    )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
