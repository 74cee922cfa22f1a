"""Run as a process of its own, because the service's tests live without Brownie.

python -m tests.backend.make_market deploy|story URL RECORD
"""

import sys
from pathlib import Path

from scripts.deploy import deploy
from scripts.deploy.market import attach
from scripts.parameters import load
from scripts.people import Person
from scripts.story import Stage, play
from scripts.toolchain.network import connect


def main() -> None:
    """Deploys a market, or plays the story on one that was deployed."""
    what, url, record = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    parameters = load("local")
    with connect(url):
        from brownie import accounts

        if what == "deploy":
            deploy(accounts.at(Person.DEPLOYER.address), parameters, record)
        else:
            for _ in play(Stage(attach(record), parameters, url)):
                pass


if __name__ == "__main__":
    main()
