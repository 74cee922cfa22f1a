"""Who holds which role of the timelock, enumerated from its logs: none but the expected."""

from collections.abc import Iterator

from eth_utils.crypto import keccak

from scripts.check_deployment.findings import Finding
from scripts.check_deployment.logs import events
from scripts.deploy import Deployment

ADMIN = "DEFAULT_ADMIN_ROLE"
GOVERNED = ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")
NAMES = {bytes(32): ADMIN, **{keccak(text=name): name for name in GOVERNED}}


def check_roles(deployment: Deployment) -> Iterator[Finding]:
    """The timelock is its own admin; the governor alone proposes, cancels and executes."""
    timelock, governor = deployment.timelock, deployment.governor
    expected = {ADMIN: {timelock.address}, **{name: {governor.address} for name in GOVERNED}}
    holders, changes = _replay(deployment)
    for name in sorted(expected.keys() | holders.keys()):
        yield Finding(f"holders of {name}", expected.get(name, set()), holders.get(name, set()))
    yield Finding("changes of who may grant a role", 0, changes)
    scheduled = list(events(timelock, deployment.start.number, "CallScheduled"))
    yield Finding("calls scheduled in the timelock", 0, len(scheduled))
    for role, name in NAMES.items():
        held = timelock.hasRole(role, deployment.deployer)
        yield Finding(f"deployer holds {name}", False, held)


def _replay(deployment: Deployment) -> tuple[dict[str, set[str]], int]:
    """Holders by role, and how often a role was given another admin role."""
    holders: dict[str, set[str]] = {}
    changes = 0
    names = ("RoleGranted", "RoleRevoked", "RoleAdminChanged")
    for event, told in events(deployment.timelock, deployment.start.number, *names):
        name = NAMES.get(bytes(told["role"]), f"role 0x{bytes(told['role']).hex()}")
        if event == "RoleAdminChanged":
            changes += 1
        elif event == "RoleGranted":
            holders.setdefault(name, set()).add(told["account"])
        else:
            holders.setdefault(name, set()).discard(told["account"])
    return holders, changes
