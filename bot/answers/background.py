"""What people say to a chat window that is no question to any base: small talk, other trades, other needs."""

from functools import cache
from importlib.resources import files

from bot.answers.normalise import normalise
from bot.domain.language import Language


@cache
def background(language: Language) -> tuple[str, ...]:
    """Generic out-of-scope utterances, normalised, without repetitions."""
    text = files("bot.answers").joinpath(f"background_{language}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict.fromkeys(filter(None, map(normalise, lines))))
