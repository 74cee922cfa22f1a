"""What can be wrong with a database.

DatabaseError
 +-- DatabaseBusy       another program holds it; trying again may help
 +-- DatabaseReadOnly   it cannot be written
 +-- DatabaseUnusable   not a database, or of a newer version of this program

Every message says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class DatabaseError(Exception):
    """The database cannot be used as asked."""


class DatabaseBusy(DatabaseError):
    """Another program holds the database."""


class DatabaseReadOnly(DatabaseError):
    """The database, or the folder it is in, cannot be written."""


class DatabaseUnusable(DatabaseError):
    """The file is no database, or one of a newer version."""


_KINDS: tuple[tuple[str, type[DatabaseError], str], ...] = (
    ("locked", DatabaseBusy, "Another program holds the database {name}; end it, or wait."),
    ("busy", DatabaseBusy, "Another program holds the database {name}; end it, or wait."),
    ("readonly", DatabaseReadOnly, "The database {name} is read-only; make it writable."),
    (
        "unable to open",
        DatabaseReadOnly,
        "The database {name} cannot be opened; check that its folder exists and can be written.",
    ),
    (
        "not a database",
        DatabaseUnusable,
        "{name} is not a database; move it away, or name another with --database.",
    ),
    (
        "malformed",
        DatabaseUnusable,
        "The database {name} is damaged; move it away and run `commonhold index --rebuild`.",
    ),
)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns the driver's complaints into the errors above."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).lower()
        for part, kind, message in _KINDS:
            if part in reason:
                raise kind(message.format(name=name)) from error
        raise
