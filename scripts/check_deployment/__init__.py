"""Holds a fresh deployment against its parameters: code, wiring, roles and every value.

    python -m scripts.check_deployment --help

It is about the first day: what members vote on later is meant to differ from the profile.
"""

from scripts.check_deployment.code import check_code
from scripts.check_deployment.findings import Finding, fails
from scripts.check_deployment.roles import check_roles
from scripts.check_deployment.values import check_values
from scripts.check_deployment.wiring import check_wiring
from scripts.deploy import Deployment
from scripts.parameters import Parameters

__all__ = ["Finding", "check", "fails"]


def check(deployment: Deployment, parameters: Parameters) -> list[Finding]:
    """Everything that was looked at, good or bad, in the order of its importance."""
    return [
        *check_code(deployment),
        *check_roles(deployment),
        *check_wiring(deployment),
        *check_values(deployment, parameters),
    ]
