"""Deploys a market and hands it to its members; a run that broke is gone on with.

The deployer's key comes from the environment variable COMMONHOLD_DEPLOYER_KEY (or the network's
own), or from a keystore. On a local development chain a public test key is used. Every step is
recorded in deployments/<chain id>.json (var/deployments/ for development chains). At the end every
role, address and parameter is checked.
"""

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from scripts.check_deployment import check, fails
from scripts.deploy import DeployError, deploy
from scripts.deploy.keys import find_key
from scripts.deploy.options import Target, add_target, target
from scripts.deploy.start import is_development
from scripts.parameters import ParameterError
from scripts.toolchain.network import NodeError


def main() -> None:
    """Deploys; exits with 1 and a message if that cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m scripts.deploy", description=__doc__)
    add_target(parser)
    parser.add_argument("--keystore", type=Path, help="an encrypted key of the deployer")
    parser.add_argument("--fresh", action="store_true", help="put an old record aside, begin anew")
    parser.add_argument("--yes", action="store_true", help="do not ask before a live network")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    try:
        with target(arguments) as found:
            run(console, found, arguments)
    except (DeployError, NodeError, ParameterError) as error:
        console.print(f"Not deployed: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    except OSError as error:
        console.print(
            f"Not deployed: no answer from the node ({error})",
            style="red",
            markup=False,
            soft_wrap=True,
        )
        sys.exit(1)
    except KeyboardInterrupt:
        console.print("Stopped. Run it again to go on.")
        sys.exit(130)


def run(console: Console, found: Target, arguments: argparse.Namespace) -> None:
    """Deploys to a connected chain and checks what stands there."""
    from brownie import accounts, network
    from brownie.exceptions import TransactionError, VirtualMachineError
    from web3.exceptions import Web3Exception

    refused = (TransactionError, ValueError, VirtualMachineError, Web3Exception)
    key = find_key(found.network.key_env, arguments.keystore)
    account = accounts.add(key.key.hex())
    console.print(
        f"Network {found.network.name}, chain {found.chain_id}, profile "
        f"{found.parameters.profile}, deployer {account.address}",
        markup=False,
    )
    if not is_development():
        network.priority_fee("auto")
        if not arguments.yes and not sys.stdin.isatty():
            raise DeployError("this is a live network: give --yes")
        if not arguments.yes and input("Deploy to this live network? [y/N] ").lower() != "y":
            raise DeployError("as you wish")
    if arguments.fresh and found.record.exists():
        old = found.record.with_suffix(f".{int(time.time())}.old")
        found.record.rename(old)
        console.print(f"The old record is {old}", markup=False, soft_wrap=True)
    try:
        deployment = deploy(
            account,
            found.parameters,
            found.record,
            lambda what: console.print(what, markup=False, soft_wrap=True),
        )
    except refused as error:
        reason = f"the node or a contract refused a transaction: {error}"
        raise DeployError(f"{reason}. What was done is on record; run it again to go on") from None
    findings = check(deployment, found.parameters)
    broken = fails(findings)
    for finding in broken:
        console.print(str(finding), style="red", markup=False, soft_wrap=True)
    if broken:
        raise DeployError(f"{len(broken)} of {len(findings)} checks failed: do not use this market")
    console.print(
        f"{len(findings)} checks hold. The addresses are in {found.record}",
        markup=False,
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
