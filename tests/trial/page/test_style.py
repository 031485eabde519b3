"""The page's colours can be read, in both looks; its files ask nobody else for anything."""

import re

import pytest

from bot.trial.page_api import PAGE

READ_ON = [
    (text, ground)
    for text, grounds in {
        "ink": ("page", "pane", "card", "own", "key", "raised"),
        "soft": ("page", "pane", "card", "chip"),
        "accent": ("card", "key"),
        "on-accent": ("accent",),
        "link": ("card", "own"),
        "warn": ("warn-back",),
    }.items()
    for ground in grounds
]
AA = 4.5
"""WCAG 2.2, 1.4.3: contrast of text of normal size."""


def looks() -> dict[str, dict[str, str]]:
    style = (PAGE / "style.css").read_text()
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", style)
    light, dark, system_dark = (dict(re.findall(r"--([\w-]+):\s*(#\w{6})", block)) for block in blocks[:3])
    assert dark == system_dark
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_text_stands_out(look: str, text: str, ground: str) -> None:
    colours = looks()[look]
    darker, lighter = sorted((luminance(colours[text]), luminance(colours[ground])))

    assert (lighter + 0.05) / (darker + 0.05) >= AA


@pytest.mark.parametrize("name", sorted(path.name for path in PAGE.iterdir()))
def test_the_page_fetches_nothing_from_elsewhere_and_parses_no_html(name: str) -> None:
    written = (PAGE / name).read_text()

    assert not re.search(
        r"""(?:src|href|url\(|from|import)\s*=?\s*\(?["']?https?://(?!www\.w3\.org)""", written
    )
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(| style=", written)


def test_the_page_says_everything_in_both_languages() -> None:
    words = (PAGE / "words.js").read_text()
    english, japanese = (
        set(re.findall(r"(\w+): (?:[\"`(])", part)) for part in re.split(r"\n  ja: \{", words)[:2]
    )
    used = set(re.findall(r"""\bt\("(\w+)\"""", "".join(path.read_text() for path in PAGE.glob("*.js"))))
    used |= set(re.findall(r'data-(?:t|label|aria)="(\w+)"', (PAGE / "index.html").read_text()))

    assert english - {"en"} == japanese - {"en"}
    assert used <= english
