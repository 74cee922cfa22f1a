"""A market to develop with: chain, contracts, story, indexer, API and pages, until Ctrl-C.

Every start is a new chain, and the database begins empty. The people of the story and their keys
are printed: they are public, for local chains only.
"""

import argparse
import sys
import time
from contextlib import ExitStack

from rich.console import Console
from rich.table import Table

from backend.api.built import FOLDER
from scripts.deploy import DeployError
from scripts.local.ending import ended_by_signals
from scripts.local.inbox import post_offer
from scripts.local.market import CheckFailed, chain, open_market
from scripts.local.place import API_PORT, CHAIN_PORT, Place
from scripts.local.program import ProgramError
from scripts.local.service import ApiError, Service, serve
from scripts.local.stall import post_all
from scripts.local.terminal import new_console, progress
from scripts.local.words import bring_words
from scripts.people import Person
from scripts.story import SEEDS, STORY, Stage, StoryError, play
from scripts.toolchain.network import Anvil, NodeError
from scripts.ways import WAYS, Refused

DEPLOYMENT_STEPS = 10
BUILT = FOLDER / "index.html"
ON_SALE = ("chair", "logo")  # offers of the seeds that can still be taken
ERRORS = (ApiError, CheckFailed, DeployError, NodeError, ProgramError, Refused, StoryError)


def main() -> None:
    """Runs until it is told to end."""
    parser = argparse.ArgumentParser(prog="python -m scripts.dev", description=__doc__)
    parser.add_argument("--chain-port", type=port, default=CHAIN_PORT, help="default %(default)s")
    parser.add_argument("--port", type=port, default=API_PORT, help="of the API: %(default)s")
    parser.add_argument("--empty", action="store_true", help="deploy only; no trades, no votes")
    arguments = parser.parse_args()
    console = new_console()
    try:
        with ended_by_signals():
            place = Place.usual(arguments.chain_port, arguments.port)
            try:
                run(console, place, empty=arguments.empty)
            except KeyboardInterrupt:
                place.leave()
                raise
    except KeyboardInterrupt:
        console.print("\nEnded.")
    except ERRORS as error:
        console.print(f"Ended: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def port(text: str) -> int:
    """A port as it is typed. ValueError for what cannot be one."""
    number = int(text)
    if not 1 <= number <= 65_535:
        raise ValueError
    return number


def run(console: Console, place: Place, *, empty: bool) -> None:
    """Starts everything, says where it is, and stays up."""
    steps = () if empty else STORY + SEEDS
    with ExitStack() as stack:
        with progress(console, DEPLOYMENT_STEPS + len(steps) + 2 + len(WAYS)) as advance:
            node = stack.enter_context(chain(place))
            stage, _ = open_market(place, advance)
            for step, _ in play(stage, steps):
                advance(step.title)
            service = stack.enter_context(serve(place))
            advance("the indexer catches up")
            service.wait_for_head()
            advance("offers are posted")
            bring_words(stage, service)
            for name in ON_SALE if stage.offers else ():
                post_offer(stage, service, stage.offers[name])
            if not empty:
                post_all(stage, service, advance)
        tell(console, place, stage)
        stay_up(node, service)


def tell(console: Console, place: Place, stage: Stage) -> None:
    """Where everything is, and who has which key."""
    people = Table(title="People (public keys: local chains only)", title_justify="left")
    for column in ("name", "address", "private key"):
        people.add_column(column, no_wrap=True)
    for person in Person:
        people.add_row(person.title, person.address, "0x" + person.account.key.hex())
    console.print(people)
    contracts = Table(title="Contracts", title_justify="left")
    contracts.add_column("name")
    contracts.add_column("address", no_wrap=True)
    for contract in (*stage.deployment.contracts.values(), *stage.deployment.tokens.values()):
        contracts.add_row(contract._name, contract.address)
    console.print(contracts)
    for name, where in {
        "market": place.api_url if BUILT.exists() else "not built: run `make web`",
        "API": f"{place.api_url}/api/v1",
        "about it": f"{place.api_url}/docs",
        "chain": f"{place.rpc_url}  (id {stage.deployment.chain_id})",
        "database": str(place.database),
        "logs": str(place.logs),
        "look": place.command("status"),
    }.items():
        console.print(f"{name:10}{where}", markup=False, soft_wrap=True)
    console.print("Ctrl-C ends all.")


def stay_up(node: Anvil, service: Service) -> None:
    """Until a signal; ProgramError if something ends by itself."""
    while True:
        service.check()
        if node.process.poll() is not None:
            raise NodeError(f"the chain ended with code {node.process.returncode}")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
