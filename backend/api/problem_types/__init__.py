"""Every problem the service can answer with; `docs/errors.md` lists them, a test holds the two.

A type's URI never changes. Its name is what a client switches on, its title and detail are for
people. 422 is for input that could not be read at all; what was read and refused is 400 if it can
never become right, 409 if it may at another time.
"""

# ruff: noqa: F403
from backend.api.problem_types.chain import *
from backend.api.problem_types.content import *
from backend.api.problem_types.kind import ALL
from backend.api.problem_types.kind import PREFIX as PREFIX
from backend.api.problem_types.kind import ProblemType as ProblemType
from backend.api.problem_types.messages import *
from backend.api.problem_types.offers import *
from backend.api.problem_types.proposals import *
from backend.api.problem_types.requests import *

PROBLEM_TYPES: tuple[ProblemType, ...] = tuple(ALL.values())
