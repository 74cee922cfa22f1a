"""Run as a process of its own, because the service's tests live without Brownie.

python -m tests.backend.make_market deploy|deploy-token|story URL RECORD
"""

import sys
from dataclasses import replace
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

        if what == "deploy-token":  # where jurors stake a token, not the chain's coin
            pool = replace(parameters.juror_pool, asset="TUSD", stake_unit=10**6)
            parameters = replace(parameters, juror_pool=pool)
        if what.startswith("deploy"):
            deploy(accounts.at(Person.DEPLOYER.address), parameters, record)
        else:
            for _ in play(Stage(attach(record), parameters, url)):
                pass


if __name__ == "__main__":
    main()
