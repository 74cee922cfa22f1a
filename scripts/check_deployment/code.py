"""What stands at the addresses is what this repository builds, and fits the chain."""

from collections.abc import Iterator

from scripts.check_deployment.findings import Finding
from scripts.deploy import Deployment
from scripts.deploy.site import is_code_of

LARGEST = 24_576  # bytes (EIP-170)


def check_code(deployment: Deployment) -> Iterator[Finding]:
    """Code, but for immutables, and its size."""
    from brownie import web3

    for contract in deployment.contracts.values():
        name = contract._name
        code = web3.eth.get_code(contract.address)
        same = is_code_of(contract._build["deployedBytecode"], code.hex().removeprefix("0x"))
        yield Finding(f"{name} has the code of this build", True, same)
        yield Finding(f"{name} has at most {LARGEST} bytes", True, len(code) <= LARGEST)
