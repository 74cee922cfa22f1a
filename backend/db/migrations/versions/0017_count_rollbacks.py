"""Count rollbacks"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None were counted before; who watches is told anew all the same, by the hash."""
    op.add_column(
        "progress",
        sa.Column("rollbacks", sa.BigInteger(), nullable=False, server_default="0"),
    )
