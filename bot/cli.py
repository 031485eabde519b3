"""The commands. Each explains itself with --help; what a person must mend ends with exit code 2."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from bot import app
from bot.adapters.knowledge_yaml.loader import load
from bot.adapters.knowledge_yaml.schema_files import write_schemas
from bot.adapters.labelled import read_labelled
from bot.adapters.setup_walk import SetupWalk
from bot.adapters.texts import Catalogues
from bot.answers.evaluation import FIGURES, Labelled, Report, evaluate, rival, slots_of
from bot.answers.model import Route
from bot.answers.normalise import language_of
from bot.answers.route import Routed
from bot.domain.errors import Misconfigured, StoreUnavailable
from bot.domain.language import Language
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsInvalid, read_settings
from bot.trial.server import start_trial

MUST_MEND = 2
"""Exit code for settings, files and keys that a person must change."""


INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def main() -> None:
    """The entry point of `python -m bot` and `teate`."""
    try:
        commands(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(MUST_MEND)
    except (Misconfigured, SettingsInvalid) as error:
        for line in error.lines:
            click.echo(line, err=True)
        sys.exit(MUST_MEND)
    except StoreUnavailable as error:
        click.echo(f"DATABASE_URL: {error}", err=True)
        sys.exit(MUST_MEND)
    except BrokenPipeError:
        sys.exit(0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def commands() -> None:
    """Teate: a small clinic's assistant on Telegram."""


def _tell(line: str) -> None:
    """Progress, on the terminal's error side: what a command prints can be piped."""
    click.echo(f"· {line}", err=True)


def _mind(settings: Settings) -> app.Brain:
    """The knowledge base, read and fitted; says so, because it takes a moment."""
    _tell("reading the knowledge base")
    return app.brain(settings.knowledge_dir)


def _until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM or Ctrl-C asks to stop; what is under way is finished."""

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, stop.set)
        await work(stop)

    asyncio.run(run())


@commands.command()
def run() -> None:
    """Run the bot: by long polling, or with UPDATES=webhook behind a web server."""
    settings = read_settings(token_needed=True)
    set_up_logs(settings.log_level)
    _until_stopped(lambda stop: app.run(settings, stop, _tell))


@commands.command()
@click.option("--port", default=8077, show_default=True, help="Of the page; 0 takes a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page.")
def trial(port: int, *, browser: bool) -> None:
    """Try the bot on this machine: no token, no Telegram, nothing leaves it."""
    settings = read_settings()
    set_up_logs("ERROR")
    _until_stopped(lambda stop: _trial(settings, port, stop, browser=browser))


async def _trial(settings: Settings, port: int, stop: asyncio.Event, *, browser: bool) -> None:
    mind = _mind(settings)
    try:
        server = await start_trial(port=port)
    except OSError:
        _tell(f"port {port} is taken; using another")
        server = await start_trial(port=0)
    try:
        with app.trial_settings(settings, server.world.token, server.api_url, server.world.group.id) as tried:
            bot = asyncio.create_task(app.run(tried, stop, lambda _: None, mind=mind))
            click.echo(f"Teate's trial: {server.url}")
            click.echo("Stop with Ctrl-C; nothing of it is kept.")
            if browser:
                click.launch(server.url)
            await bot
    finally:
        await server.close()


@commands.command()
@click.option("--schemas", is_flag=True, help="Write the JSON schemas for editors to docs/schemas/ and stop.")
def check(*, schemas: bool) -> None:
    """Check the knowledge base and the texts; every problem as file:line:column, exit code 2 if any."""
    if schemas:
        for path in write_schemas(Path("docs/schemas")):
            click.echo(path)
        return
    settings = read_settings()
    _tell("reading the knowledge base")
    texts = Catalogues()
    lines = texts.problems()
    loaded = None
    try:
        loaded = load(settings.knowledge_dir, texts)
    except Misconfigured as error:
        lines += error.lines
    if lines or loaded is None:
        raise Misconfigured(lines)
    for warning in loaded.warnings:
        click.echo(f"warning: {warning}", err=True)
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
    settings = read_settings()
    moment = _now(now)
    fallback = Language(lang) if lang else Language.EN
    mind = _mind(settings)
    for text in _questions(question):
        routed = mind.router.route(text, moment, language_of(text) or fallback)
        reply = mind.views.reply(routed).plain
        if as_json:
            click.echo(json.dumps(_answer(routed, reply), ensure_ascii=False))
        else:
            click.echo(f"[{routed.route}] {reply}\n")


def _questions(question: tuple[str, ...]) -> Iterator[str]:
    if question and question != ("-",):
        yield " ".join(question)
        return
    if sys.stdin.isatty():
        _tell("write a message a line; end with Ctrl-D")
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _answer(routed: Routed, reply: str) -> dict[str, object]:
    entry = routed.entry if routed.route is Route.ANSWER else None
    return {
        "text": routed.text,
        "lang": routed.language,
        "route": routed.route,
        "safety": routed.finding.safety if routed.finding else None,
        "entry": entry.id if entry else None,
        "claims": list(entry.claims) if entry else [],
        "score": round(routed.score, 1),
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
    mind = _mind(read_settings())
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


def _rivals(messages: list[Labelled], mind: app.Brain) -> Report:
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


def _table(report: Report, plain: Report) -> str:
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


class _Terminal:
    """click, as the walk through the settings sees it."""

    def say(self, line: str) -> None:
        click.echo(f"\n{line}")

    def ask(self, question: str, default: str, *, hidden: bool) -> str:
        shown = bool(default) and not hidden
        answer: str = click.prompt(question, default=default, hide_input=hidden, show_default=shown)
        return answer

    def confirm(self, question: str) -> bool:
        return click.confirm(question, default=True)


@commands.command()
def setup() -> None:
    """Walk through the settings: token, the clinic's group, e-mail. Writes .env at the end."""
    language = Language.JA if os.environ.get("LANG", "").startswith("ja") else Language.EN
    walk = SetupWalk(Path(".env"), os.environ, _Terminal(), Catalogues(), language)
    asyncio.run(walk.run())


@commands.command()
def migrate() -> None:
    """Bring the database up to date (also done by every start)."""
    settings = read_settings()

    async def work() -> None:
        store = app.database(settings)
        try:
            await store.prepare(_tell)
        finally:
            await store.close()

    asyncio.run(work())
    click.echo("The database is up to date.")


@commands.command()
def rekey() -> None:
    """Seal all personal data with a new key; a second run goes on where a first was interrupted."""
    settings = read_settings()
    changed = asyncio.run(app.rekey(settings, _tell))
    click.echo(f"{changed} values sealed with the new key. The old one opens nothing any more.")
    if settings.data_key is not None:
        click.echo("Now leave only the new key in DATA_KEY, and restart the bot.")
    click.echo("Older backups still need the old key: keep it as long as you keep them, apart from them.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE, also while the bot runs. The key is not in it."""
    size, key = app.back_up(read_settings(), file)
    click.echo(f"{file}: {size:,} bytes, readable by you alone.")
    click.echo(f"The key is not in it: without {key} nobody can read it. Keep a copy of that, apart from it.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Put a database that is there aside first.")
def restore(file: Path, *, force: bool) -> None:
    """Put the backup FILE in the place of the database; the bot must be stopped."""
    aside = app.restore(read_settings(), file, force=force)
    if aside is not None:
        click.echo(f"The database that was there lies at {aside} now; delete it when all is well.")
    click.echo("Restored. Whoever had their data deleted since then is in it again: see docs/privacy.md.")


@commands.command()
def status() -> None:
    """What waits, what was asked this week, what helped; whether Telegram answers."""
    settings = read_settings()
    started = time.monotonic()
    for line in asyncio.run(app.status(settings)):
        click.echo(line)
    if time.monotonic() - started > 1:
        _tell("done")


@commands.command()
@click.option("--most", default=50, show_default=True, help="How many.")
def gaps(most: int) -> None:
    """The newest questions that had no answer, personal details masked: what to write next."""
    settings = read_settings()
    for line in asyncio.run(app.gaps(settings, most)):
        click.echo(line)
