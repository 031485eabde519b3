"""Commands about the knowledge base: check it, ask it, measure it."""

# Imports stand in the commands: `--help` must not wait for what only one of them needs.
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import app
from bot.cli.group import commands, read_mind, read_settings, tell
from bot.domain.errors import Misconfigured
from bot.domain.language import Language

if TYPE_CHECKING:
    from bot.answers.evaluation import Labelled, Report
    from bot.answers.routed import Routed
    from bot.services.screens import Screen


@commands.command()
@click.option("--schemas", is_flag=True, help="Write the JSON schemas for editors to docs/schemas/ and stop.")
def check(*, schemas: bool) -> None:
    """Check the knowledge base and the texts; every problem as file:line:column, exit code 2 if any."""
    from bot.adapters.knowledge_yaml.loader import load
    from bot.adapters.knowledge_yaml.schema_files import write_schemas
    from bot.adapters.texts import Catalogues
    from bot.settings import CANNOT_ANSWER

    if schemas:
        for path in write_schemas(Path("docs/schemas")):
            click.echo(path)
        return
    settings = read_settings()
    tell("reading the knowledge base")
    texts = Catalogues()
    lines = texts.problems()
    loaded = None
    try:
        loaded = load(settings.knowledge_dir, texts, today=datetime.now(UTC).date())
    except Misconfigured as error:
        lines += error.lines
    if lines or loaded is None:
        raise Misconfigured(lines)
    for warning in loaded.warnings:
        click.echo(f"warning: {warning}", err=True)
    if (settings.clinic_email or settings.clinic_webhook_url) and not settings.can_answer:
        click.echo(f"warning: {CANNOT_ANSWER}", err=True)
    entries = loaded.knowledge.entries.values()
    variants = {each: sum(len(entry.variants[each]) for entry in entries) for each in Language}
    told = ", ".join(f"{number} variants in {each.value}" for each, number in variants.items())
    click.echo(f"{len(entries)} entries, {told}: no problems, {len(loaded.warnings)} warnings")


def _now(value: str | None) -> datetime:
    if value is None:
        return datetime.now(UTC)
    try:
        now = datetime.fromisoformat(value)
    except ValueError as error:
        raise Misconfigured([f"--now: `{value}` is no time; write it like 2026-11-20T12:00+09:00"]) from error
    if now.tzinfo is None:
        raise Misconfigured([f"--now: `{value}` lacks its zone; write it like 2026-11-20T12:00+09:00"])
    return now


@commands.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--lang", type=click.Choice([each.value for each in Language]), help="Where no word tells.")
@click.option("--now", help="Pretend it is this time: 2026-11-20T12:00+09:00.")
def ask(question: tuple[str, ...], lang: str | None, now: str | None, *, as_json: bool) -> None:
    """Ask as a client would; `-` reads one message a line, each as a fresh chat."""
    from bot.answers.normalise import language_of

    settings = read_settings()
    moment = _now(now)
    fallback = Language(lang) if lang else Language.EN
    mind = read_mind(settings)
    for text in _questions(question):
        routed = mind.router.route(text, moment, language_of(text) or fallback)
        reply = mind.views.reply(routed)
        if as_json:
            click.echo(json.dumps(_answer(routed, reply.plain), ensure_ascii=False))
        else:
            told = [f"[{routed.route}] {reply.plain}", *(f"- {each}" for each in _choices(reply))]
            click.echo("\n".join(told) + "\n")


def _choices(reply: "Screen") -> list[str]:
    """What a client could tap instead: the titles of entries."""
    from bot.handlers.callbacks import Verb, parse

    buttons = [each for row in reply.buttons for each in row]
    return [
        each.text for each in buttons if each.data and parse(each.data).verb in (Verb.ENTRY, Verb.ENTRY_BELOW)
    ]


def _questions(question: tuple[str, ...]) -> Iterator[str]:
    if question and question != ("-",):
        yield " ".join(question)
        return
    if sys.stdin.isatty():
        tell("write a message a line; end with Ctrl-D")
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _answer(routed: "Routed", reply: str) -> dict[str, object]:
    from bot.answers.evaluation import slots_of

    entry = routed.answered
    return {
        "text": routed.text,
        "lang": routed.language,
        "route": routed.route,
        "safety": routed.finding.safety if routed.finding else None,
        "entry": entry.id if entry else None,
        "claims": list(entry.claims) if entry else [],
        "score": round(routed.score, 1),
        "sure": entry is not None and not routed.beside,
        "alternatives": [
            {"entry": each.entry, "claims": list(each.claims), "score": each.score}
            for each in routed.alternatives
        ],
        "need": routed.need,
        "intent": routed.intent,
        "slots": slots_of(routed) or None,
        "reply": reply,
    }


@commands.command(name="evaluate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--now", help="The time that days in words count from: 2026-11-20T12:00+09:00.")
@click.option("--misses", is_flag=True, help="List every message that went wrong.")
def evaluate_(files: tuple[Path, ...], now: str | None, *, misses: bool) -> None:
    """Measure labelled messages (YAML, or CSV with question,label) beside plain extractOne/WRatio."""
    from bot.adapters.labelled import read_labelled
    from bot.answers.evaluation import evaluate

    mind = read_mind(read_settings())
    for path in files:
        messages = read_labelled(path, mind.loaded.knowledge)
        with _progress(len(messages), path.name) as tick:
            report = evaluate(messages, mind.router, _now(now), tick)
            plain = _rivals(messages, mind)
        click.echo(f"\n{path} ({len(messages)} messages)\n{_table(report, plain)}")
        if misses:
            for name, figure in report.items():
                for miss in figure.misses:
                    click.echo(f"  {name}: {miss}")


def _rivals(messages: "list[Labelled]", mind: "app.Brain") -> "Report":
    from bot.answers.evaluation import rival
    from bot.answers.normalise import language_of

    total: Report = {}
    for language in Language:
        own = [each for each in messages if (language_of(each.text) or Language.EN) is language]
        for name, figure in rival(own, mind.loaded.knowledge, language).items():
            if name in total:
                total[name].held += figure.held
                total[name].asked += figure.asked
            else:
                total[name] = figure
    return total


def _table(report: "Report", plain: "Report") -> str:
    from bot.answers.evaluation import FIGURES

    lines = [f"{'':24}{'Teate':>14}{'WRatio':>10}"]
    for name, figure in report.items():
        if figure.asked:
            other = f"{plain[name].share:.1%}" if name in plain else ""
            counted = f"{figure.share:.1%} of {figure.asked}"
            lines.append(f"{name:24}{counted:>14}{other:>10}  {FIGURES[name]}")
    return "\n".join(lines)


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda _: bar.update(1)
