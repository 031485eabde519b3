"""Formatted text: what Telegram's HTML means, and what it refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.trial.entities import parse_html, plain, units
from bot.trial.errors import ApiError

REFUSED = [
    ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>crossed</b></i>", 'Unmatched end tag at byte offset 13, expected "</i>", found "</b>"'),
    ("closed</b>", "Unexpected end tag at byte offset 6"),
    ("<p>no such tag</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("line<br>break", 'Unsupported start tag "br" at byte offset 4'),
    ("予約<x>", 'Unsupported start tag "x" at byte offset 6'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<3", 'Unsupported start tag "3" at byte offset 0'),
    ("<b", 'Unclosed start tag "b" at byte offset 0'),
    ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
    ("<span>no class</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<b>x</b", "Unexpected end tag at byte offset 4"),
]

MEANT = [
    ("<b>b</b><strong>s</strong>", "bs", [("bold", 0, 1), ("bold", 1, 1)]),
    ("<i>i</i><em>e</em>", "ie", [("italic", 0, 1), ("italic", 1, 1)]),
    ("<u>u</u><ins>i</ins>", "ui", [("underline", 0, 1), ("underline", 1, 1)]),
    (
        "<s>s</s><strike>t</strike><del>d</del>",
        "std",
        [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
    ),
    ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ("<pre>p</pre> <code>c</code>", "p c", [("pre", 0, 1), ("code", 2, 1)]),
    ("<b>bold <i>both</i></b>", "bold both", [("bold", 0, 9), ("italic", 5, 4)]),
    ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
    ("&lt;b&gt; &amp; &quot; &#65; &#x42; &nbsp;", '<b> & " A B &nbsp;', []),
    ("<b></b>empty", "empty", []),
    ("<a href='tel:0312345678'>call</a>", "call", []),
    ("a>b & c", "a>b & c", []),
]

FOUND = [
    ("/start book", [("bot_command", 0, 6)]),
    ("ask /help@teate_bot now", [("bot_command", 4, 15)]),
    ("and/or 1/2", []),
    ("@teate_bot hi", [("mention", 0, 10)]),
    ("see https://example.org/a.", [("url", 4, 21)]),
    ("mail a@b.example", [("email", 5, 11)]),
    ("よりそい 0120-279-338 へ", [("phone_number", 5, 12)]),
    ("+81 78 123 4567", [("phone_number", 0, 15)]),
    ("2026-04-01 18:00", []),
    ("#sleep", [("hashtag", 0, 6)]),
]


def shape(entities: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(("source", "why"), REFUSED)
def test_bad_html_is_refused_with_the_place(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(("source", "text", "entities"), MEANT)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[object, ...]]) -> None:
    parsed = parse_html(source)

    assert (parsed.text, shape(parsed.entities)) == (text, entities)


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_telegram_finds_links_commands_and_numbers_itself(
    text: str, entities: list[tuple[object, ...]]
) -> None:
    assert shape(plain(text).entities) == entities


def test_links_and_code_keep_what_they_carry() -> None:
    parsed = parse_html(
        '<a href="https://a.example?x=1&amp;y=2">l</a><pre><code class="language-python">x</code></pre>'
    )

    assert parsed.entities[0]["url"] == "https://a.example?x=1&y=2"
    assert {"type": "pre", "offset": 1, "length": 1, "language": "python"} in parsed.entities


def test_white_space_around_a_text_is_dropped_and_entities_move() -> None:
    parsed = parse_html(" \n <b> bold </b> ").stripped()

    assert (parsed.text, shape(parsed.entities)) == ("bold", [("bold", 0, 4)])


@settings(deadline=None)
@given(st.text())
def test_escaped_text_always_comes_through(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert parse_html(f"<b>{escaped}</b>").text == text


@settings(deadline=None)
@given(st.text(alphabet="ab<>/&;😀 \"'=bi", max_size=30))
def test_any_text_is_parsed_or_refused_and_entities_stay_inside(text: str) -> None:
    try:
        parsed = parse_html(text)
    except ApiError:
        return
    for entity in parsed.entities:
        offset, length = entity["offset"], entity["length"]
        assert isinstance(offset, int)
        assert isinstance(length, int)
        assert 0 <= offset < offset + length <= units(parsed.text)
