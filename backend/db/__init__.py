"""Engine, tables and migrations.

engine = open_engine(settings.database)
migrate(engine)
with reading(engine) as connection:
    connection.execute(select(tables.trades))
"""

from backend.db.engine import open_engine, reading, writing
from backend.db.errors import DatabaseBusy, DatabaseError, DatabaseReadOnly, DatabaseUnusable
from backend.db.migrate import migrate

__all__ = [
    "DatabaseBusy",
    "DatabaseError",
    "DatabaseReadOnly",
    "DatabaseUnusable",
    "migrate",
    "open_engine",
    "reading",
    "writing",
]
