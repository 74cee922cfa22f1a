"""One small function for each event: event in, rows out. Nothing here asks the chain."""

from backend.projections.project import project

__all__ = ["project"]
