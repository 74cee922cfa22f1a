"""The people of local chains, whom scripts and tests act as: see `backend/people.py`."""

from backend.people import JURORS, PHRASE, Person, is_public, public_account

__all__ = ["JURORS", "PHRASE", "Person", "is_public", "public_account"]
