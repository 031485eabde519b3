"""The tables. Columns named `sealed_*` hold what `cipher` has sealed; the rest is no personal text."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.adapters.store.booking_tables import cells as cells
from bot.adapters.store.booking_tables import forms as forms
from bot.adapters.store.booking_tables import handovers as handovers
from bot.adapters.store.booking_tables import places as places
from bot.adapters.store.booking_tables import remarks as remarks
from bot.adapters.store.booking_tables import reminders as reminders
from bot.adapters.store.booking_tables import requests as requests
from bot.adapters.store.columns import Moment as Moment
from bot.adapters.store.columns import RowId
from bot.adapters.store.columns import metadata as metadata

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("sealed_content", LargeBinary),
    Column("failures", Integer, nullable=False, default=0),
    Column("done_at", Moment),
)
Index(
    "ix_inbox_waiting",
    inbox.c.chat_id,
    inbox.c.update_id,
    sqlite_where=inbox.c.done_at.is_(None),
    postgresql_where=inbox.c.done_at.is_(None),
)

clients = Table(
    "clients",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8)),
    Column("suggested", String(8), nullable=False),
    Column("since", Moment, nullable=False),
    Column("gone", Boolean, nullable=False, default=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("route", String(16), nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", String(64), primary_key=True),
    Column("helped", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("total", Integer, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("address", String(255), nullable=False),
    Column("key", String(64)),
    Column("sealed_content", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sent_at", Moment),
    Column("given_up", String(255)),
)
Index(
    "ix_deliveries_due",
    deliveries.c.due_at,
    sqlite_where=deliveries.c.due_at.is_not(None),
    postgresql_where=deliveries.c.due_at.is_not(None),
)
Index("ix_deliveries_address", deliveries.c.channel, deliveries.c.address, deliveries.c.id)

shown = Table(
    "shown",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(64), primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)

# One row for whoever wrote lately, alarm or not; the hourly purge takes it.
threads = Table(
    "threads",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed_concern", LargeBinary, nullable=False),
    Column("sealed_subject", LargeBinary),
    Column("at", Moment, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(255), nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("at", Moment, nullable=False),
)

experiences = Table(
    "experiences",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("action_id", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("helped", Boolean),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("sealed_content", LargeBinary, nullable=False),
)

care_reminders = Table(
    "care_reminders",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content", JSON, nullable=False),
    Column("next_at", Moment, index=True),
)

# Guided actions that run in a chat now; a restart ends them.
guides = Table(
    "guides",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("action_id", String(40), nullable=False),
    Column("sealed_needs", LargeBinary, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("stage", Integer, nullable=False),
)
