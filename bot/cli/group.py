"""The group that the commands belong to, and how every one of them ends."""

# Imports stand in the commands: `--help` must not wait for what only one of them needs.
# ruff: noqa: PLC0415

import sys
from typing import TYPE_CHECKING

import click

from bot import app
from bot.domain.errors import Misconfigured, StoreUnavailable

if TYPE_CHECKING:
    from bot.settings import Settings

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
    except Misconfigured as error:
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


def tell(line: str) -> None:
    """Progress, on the terminal's error side: what a command prints can be piped."""
    click.echo(f"· {line}", err=True)


def read_settings(*, token_needed: bool = False) -> "Settings":
    """Raises Misconfigured with a line for every setting that is missing or malformed."""
    from bot import settings

    try:
        return settings.read_settings(token_needed=token_needed)
    except settings.SettingsInvalid as error:
        raise Misconfigured(error.lines) from error


def read_mind(settings: "Settings") -> "app.Brain":
    """The knowledge base, read and fitted; says so, because it takes a moment."""
    tell("reading the knowledge base")
    return app.brain(settings.knowledge_dir, tell)
