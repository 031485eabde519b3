"""requests are sealed whole"""

import json

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

requests = sa.table(
    "requests",
    sa.column("id", sa.BigInteger()),
    sa.column("content", sa.JSON()),
    sa.column("sealed_personal", sa.LargeBinary()),
    sa.column("sealed_content", sa.LargeBinary()),
)


def upgrade() -> None:
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_content", sa.LargeBinary(), nullable=True))

    _seal()

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.alter_column("sealed_content", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column("sealed_personal")
        batch_op.drop_column("content")


def _seal() -> None:
    """What follows from health questions and who of the staff decided lay open until now."""
    connection, attributes = op.get_bind(), context.config.attributes
    held = connection.execute(sa.select(requests.c.id, requests.c.content, requests.c.sealed_personal)).all()
    for number, content, personal in held:
        cipher = attributes["cipher"]  # a database without requests is migrated without a key, too
        whole = {**content, "personal": json.loads(cipher.open(personal))}
        sealed = cipher.seal(json.dumps(whole, ensure_ascii=False))
        connection.execute(sa.update(requests).where(requests.c.id == number).values(sealed_content=sealed))
