"""What can be read as YAML and yet is not what its writer meant: told at its place, with the mend."""

import re

import yaml

GLUED_KEY = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]*(:\S|\s*：)")
TEXT = re.compile(r"[^\x00-\x7f]|\S \S")
QUOTES = "“”„"
BRACKETS = {"｛": "{", "［": "["}
SPACES = " \u3000\u00a0\u200b\ufeff"


def odd_key(node: yaml.ScalarNode, value: yaml.Node) -> str | None:
    """What is wrong with a key, if anything is."""
    key = str(node.value)
    if key != key.strip(SPACES):
        return (
            f"an invisible or a full-width space stands at the key `{key.strip(SPACES)}`; write plain spaces"
        )
    if node.style or not isinstance(value, yaml.ScalarNode) or value.value:
        return None
    glued = GLUED_KEY.match(key)
    return _colon(glued) if glued else None


def odd_text(node: yaml.ScalarNode, lines: list[str], *, in_brackets: bool) -> str | None:
    """What is wrong with a text that stands without quotes, if anything is."""
    text = str(node.value)
    if node.style:
        return None
    if node.tag.startswith("!") and not text:
        return "a text that starts with `!` must stand in double quotes"
    glued = GLUED_KEY.match(text)
    if glued and glued[1].endswith("："):
        return _colon(glued)
    first = text[:1]
    if first and first in QUOTES:
        return f'the curly quote `{first}` would be shown as it is; write the straight one, `"`, at both ends'
    if first in BRACKETS:
        return (
            f"this is the full-width bracket `{first}`; write `{BRACKETS[first]}`, or double quotes around it"
        )
    if text[-1:] == '"' and text.count('"') == 1:
        return 'the opening quote of this text is missing; write " before it'
    if in_brackets and re.search("[、，]", text):
        return "these are one text, as `、` parts nothing; write `,` and a space, or double quotes around it"
    rest = lines[node.end_mark.line][node.end_mark.column :] if node.end_mark.line < len(lines) else ""
    if re.match(" #", rest) and (not text or TEXT.search(text)):
        return (
            "what follows `#` is left out as a note; put the text in double quotes, or a note two spaces off"
        )
    return None


def _colon(glued: re.Match[str]) -> str:
    if glued[1].endswith("："):
        return "the colon `：` here is the full-width one; write `:` and a space"
    return "a space is missing after the colon"
