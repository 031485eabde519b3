"""the needs of a guide are sealed"""

import sqlalchemy as sa
from alembic import context, op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

guides = sa.table(
    "guides",
    sa.column("client_id", sa.BigInteger()),
    sa.column("needs", sa.String()),
    sa.column("sealed_needs", sa.LargeBinary()),
)


def upgrade() -> None:
    with op.batch_alter_table("guides", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_needs", sa.LargeBinary(), nullable=True))

    _seal()

    with op.batch_alter_table("guides", schema=None) as batch_op:
        batch_op.alter_column("sealed_needs", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column("needs")


def _seal() -> None:
    """What somebody sought care for lay open as long as their guide ran."""
    connection, attributes = op.get_bind(), context.config.attributes
    for client, needs in connection.execute(sa.select(guides.c.client_id, guides.c.needs)).all():
        cipher = attributes["cipher"]  # a database without guides is migrated without a key, too
        sealed = sa.update(guides).where(guides.c.client_id == client).values(sealed_needs=cipher.seal(needs))
        connection.execute(sealed)
