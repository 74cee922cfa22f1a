"""How Alembic runs: on the connection it is given.

No step goes back: a database is rebuilt from the chain instead.
"""

from alembic import context
from sqlalchemy import Connection

from backend.db.tables import metadata


def run(connection: Connection) -> None:
    """All steps in the one transaction that the caller holds."""
    context.configure(connection=connection, target_metadata=metadata)
    context.run_migrations()


run(context.config.attributes["connection"])
