"""Formatted text: Telegram's own HTML, parsed as strictly as Telegram does, and what it finds by itself.

Offsets and lengths of entities count UTF-16 units, as the Bot API's do.
"""

import re
from dataclasses import dataclass, field

from bot.trial.errors import Json, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"[a-zA-Z0-9-]*")
ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot))(?:;|(?![a-zA-Z0-9]))")
LINK = re.compile(r"^(?:https?|tg|ton)://\S+$|^(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
FOUND = re.compile(
    r"(?<![\w.+-])(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})"
    r"|(?P<url>https?://[^\s<>()「」、。]+[^\s<>()「」、。.,!?:;])"
    r"|(?<![\w/<])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w+-])(?P<phone_number>\+\d(?:[\s-]?\d){7,13}|0\d{1,3}-\d{2,4}-\d{3,4}|#\d{4})(?![\w-])"
)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: list[Json]

    def stripped(self) -> "Formatted":
        """Without the white space around it, which Telegram drops."""
        kept = self.text.strip()
        lost = units(self.text[: len(self.text) - len(self.text.lstrip())])
        end = units(kept)
        moved: list[Json] = []
        for entity in self.entities:
            start = max(0, _whole(entity["offset"]) - lost)
            stop = min(end, _whole(entity["offset"]) - lost + _whole(entity["length"]))
            if stop > start:
                moved.append(entity | {"offset": start, "length": stop - start})
        return Formatted(kept, moved)


def plain(text: str) -> Formatted:
    """Text without markup, with the links, commands and numbers that Telegram finds in it."""
    return Formatted(text, with_found(text, []))


def parse_html(source: str) -> Formatted:
    """Text with Telegram's HTML tags; raises a 400 that names what is wrong and where."""
    parser = _Parser(source)
    parser.run()
    entities = sorted(parser.entities, key=lambda one: (_whole(one["offset"]), -_whole(one["length"])))
    text = "".join(parser.text)
    return Formatted(text, with_found(text, entities))


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Adds what Telegram detects by itself, outside code and links."""
    taken = [
        (_whole(one["offset"]), _whole(one["offset"]) + _whole(one["length"]))
        for one in entities
        if one["type"] in ("code", "pre", "text_link")
    ]
    found = list(entities)
    for match in FOUND.finditer(text):
        start = units(text[: match.start()])
        length = units(match.group())
        if not any(start < to and begin < start + length for begin, to in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return sorted(found, key=lambda one: (_whole(one["offset"]), -_whole(one["length"])))


def cannot_parse(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    start: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def run(self) -> None:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                if self.source.startswith("</", self.at):
                    self._end()
                else:
                    self._start()
            elif character == "&" and (match := REFERENCE.match(self.source, self.at)):
                self._say(_referred(match))
                self.at = match.end()
            else:
                self._say(character)
                self.at += 1
        if self.open:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _say(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def _offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _start(self) -> None:
        begin = self.at
        match = TAG_NAME.match(self.source, begin + 1)
        assert match is not None
        name = match.group().lower()
        if name not in TAGS:
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {self._offset(begin)}')
        at = match.end()
        attributes: dict[str, str] = {}
        while pair := ATTRIBUTE.match(self.source, at):
            value = next((part for part in pair.groups()[1:] if part is not None), "")
            attributes[pair.group(1).lower()] = REFERENCE.sub(_referred, value)
            at = pair.end()
        rest = re.compile(r"\s*>").match(self.source, at)
        if rest is None:
            raise cannot_parse(f'Unclosed start tag "{name}" at byte offset {self._offset(begin)}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(begin)}'
            )
        self.open.append(_Open(name, attributes, self.length))
        self.at = rest.end()

    def _end(self) -> None:
        begin = self.at
        close = self.source.find(">", begin)
        if not self.open or close < 0:
            raise cannot_parse(f"Unexpected end tag at byte offset {self._offset(begin)}")
        name = self.source[begin + 2 : close].strip().lower()
        tag = self.open.pop()
        if name and name != tag.name:
            raise cannot_parse(
                f"Unmatched end tag at byte offset {self._offset(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self.at = close + 1
        if self.length > tag.start:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: Json = {"type": TAGS[tag.name], "offset": tag.start, "length": self.length - tag.start}
        if tag.name == "a":
            address = tag.attributes.get("href") or "".join(self.text)[-(self.length - tag.start) :]
            # Telegram drops a link that leads nowhere (tel:, mailto:, relative ones) without a word.
            if not LINK.match(address):
                return
            entity["url"] = address if "://" in address else f"http://{address}"
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and self.open and self.open[-1].name == "pre":
            language = tag.attributes.get("class", "")
            if language.startswith("language-"):
                entity = entity | {"type": "pre", "language": language.removeprefix("language-")}
        self.entities.append(entity)


def _referred(match: re.Match[str]) -> str:
    sixteen, ten, name = match.groups()
    if name:
        return NAMED[name]
    number = int(sixteen, 16) if sixteen else int(ten)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else match.group()


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
