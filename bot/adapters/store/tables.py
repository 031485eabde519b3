"""The tables. Columns named `sealed_*` hold what `cipher` has sealed; the rest is no personal text."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC, in every database: SQLite has no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only where the primary key is an INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

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

notes = Table(
    "notes",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(255), nullable=False),
)

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
    Column("content", JSON, nullable=False),
    Column("sealed_personal", LargeBinary, nullable=False),
)
Index("ix_requests_due", requests.c.due_at)
Index("ix_requests_starts", requests.c.starts_at)

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
    Column("needs", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("stage", Integer, nullable=False),
)
