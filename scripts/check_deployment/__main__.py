"""Checks a deployment against its parameters: code, wiring, roles, every value.

Lists what does not hold and exits with 1 if anything does not. It is about the first day: what
members voted on since is meant to differ.
"""

import argparse
import sys

from rich.console import Console

from scripts.check_deployment import check, fails
from scripts.deploy import DeployError, attach
from scripts.deploy.options import add_target, target
from scripts.parameters import ParameterError
from scripts.toolchain.network import NodeError


def main() -> None:
    """Checks; exits with 1 if anything does not hold, or nothing is there."""
    parser = argparse.ArgumentParser(prog="python -m scripts.check_deployment", description=__doc__)
    add_target(parser)
    parser.add_argument("--verbose", action="store_true", help="list what holds, too")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    try:
        with target(arguments) as found:
            findings = check(attach(found.record), found.parameters)
    except (DeployError, NodeError, ParameterError, OSError) as error:
        console.print(f"Not checked: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    broken = fails(findings)
    for finding in findings if arguments.verbose else broken:
        style = "green" if finding.holds else "red"
        console.print(str(finding), style=style, markup=False, soft_wrap=True)
    console.print(f"{len(findings) - len(broken)} of {len(findings)} checks hold.")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
