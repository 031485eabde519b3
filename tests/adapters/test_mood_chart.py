"""The picture of /mood: right heights, no column without a check-in, nothing that needs colour."""

from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.adapters.mood_chart import BOTTOM, COLUMN, HEIGHT, LEFT, RIGHT, WIDTH, draw, height
from bot.domain.check_ins import FACES, CheckIn, weeks
from tests.domain.samples import NOW, TOKYO


def picture(faces: dict[int, int], count: int) -> Image.Image:
    """Faces by days ago."""
    check_ins = [CheckIn(NOW - timedelta(days=days), face) for days, face in faces.items()]
    return Image.open(BytesIO(draw(weeks(check_ins, NOW, TOKYO, count)))).convert("RGB")


def painted(image: Image.Image, x: float) -> int:
    """Pixels of column colour straight above `x`."""
    wanted = tuple(int(COLUMN[at : at + 2], 16) for at in (1, 3, 5))
    return sum(image.getpixel((int(x), y)) == wanted for y in range(HEIGHT - BOTTOM))


def middle(number: int, of: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) / of * (number + 0.5)


@pytest.mark.parametrize("count", [1, 2, 4, 5, 12, 13])
def test_it_is_a_png_that_fits_a_phone(count: int) -> None:
    content = draw(weeks([CheckIn(NOW, 3)], NOW, TOKYO, count))

    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1000, 600))
    assert len(content) < 100_000


def test_nothing_to_show_is_no_error() -> None:
    assert painted(picture({}, 4), middle(0, 28)) == 0


@pytest.mark.parametrize("face", FACES)
def test_a_column_is_as_high_as_its_face(face: int) -> None:
    image = picture({0: face}, 1)

    assert painted(image, middle(4, 7)) == pytest.approx(height(0) - height(face), abs=8)  # a Friday
    assert painted(image, middle(3, 7)) == 0


def test_every_face_has_a_height_of_its_own() -> None:
    heights = [height(each) for each in FACES]

    assert heights == sorted(heights, reverse=True)
    assert min(a - b for a, b in pairwise(heights)) >= 60


def test_over_many_weeks_a_column_is_a_week() -> None:
    image = picture({0: 4, 1: 2}, 12)

    assert painted(image, middle(11, 12)) == pytest.approx(height(0) - height(3), abs=8)
    assert painted(image, middle(10, 12)) == 0


def test_it_reads_the_same_without_colours() -> None:
    grey = picture({0: 2}, 1).convert("L")

    column, paper = grey.getpixel((int(middle(4, 7)), HEIGHT - BOTTOM - 50)), grey.getpixel((WIDTH - 5, 5))
    assert isinstance(column, int)
    assert isinstance(paper, int)
    assert paper - column > 100
