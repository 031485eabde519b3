"""an answer that was edited"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was said before was passed on as it was written first.
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.alter_column("edited", existing_type=sa.Boolean(), server_default=None)
