"""Let offers answer others"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No text could say before that it answers an offer."""
    op.add_column("offers", sa.Column("answers", sa.String(length=66)))
    op.create_index(op.f("ix_offers_answers"), "offers", ["answers"])
