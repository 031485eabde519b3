"""Alembic's entry: the connection comes from `migrate.py`, as does the cipher for steps that need one."""

from typing import Literal

from alembic import context

from bot.adapters.store.tables import Moment, metadata


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration names plain types: it must not change when the program's own types do."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
