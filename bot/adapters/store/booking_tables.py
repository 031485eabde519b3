"""The tables of booking."""

from typing import Final

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

from bot.adapters.store.columns import Moment, RowId, metadata
from bot.domain.lifecycle import LIVE, State

requests = Table(
    "requests",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reference", String(16), nullable=False, unique=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("treatment_id", String(40)),
    Column("state", String(24), nullable=False),
    Column("version", Integer, nullable=False),
    Column("starts_at", Moment),
    Column("due_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("nudged_at", Moment),
    Column("sealed_content", LargeBinary, nullable=False),
)
Index("ix_requests_due", requests.c.due_at)
Index("ix_requests_starts", requests.c.starts_at)

LIVE_STATES: Final = [each.value for each in State if each in LIVE]
"""As `requests.state` has them, in one order, so that a statement is compiled once."""

# One row for each five minutes of a therapist that something occupies. The primary key is what makes a
# double booking impossible, whoever writes.
cells = Table(
    "cells",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(32), nullable=False, index=True),
)

forms = Table(
    "forms",
    metadata,
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed_form", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("treatment_id", String(40), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Column("offer_until", Moment),
)

reminders = Table(
    "reminders",
    metadata,
    Column("request_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hours_before", Integer, primary_key=True, autoincrement=False),
    Column("due_at", Moment, nullable=False, index=True),
)

# What was said about a request between the group and the client.
remarks = Table(
    "remarks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("request_id", BigInteger, nullable=False, index=True),
    Column("by_clinic", Boolean, nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("edited", Boolean, nullable=False, default=False),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("client_id", BigInteger, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("answered_at", Moment),
)
