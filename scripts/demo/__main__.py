"""Plays a market from deployment to a jury of five, and compares service with chain.

Starts a chain of its own, deploys and checks the contracts, plays the story, starts the indexer and
the API, plays one trade of each template to a happy and one to an unhappy end over the API, and
holds what the API says against the contracts. Ends all it started. The exit code is 0
only if every comparison held.
"""

import argparse
import sys
import time
from contextlib import ExitStack

from rich.console import Console

from scripts.check_deployment import Finding, fails
from scripts.demo.answers import compare
from scripts.demo.disputes import compare_disputes, recomputed
from scripts.demo.offers import post_and_compare
from scripts.demo.opinions import compare_opinions
from scripts.demo.ways import STEPS, compare_ways, play_ways, ways_table
from scripts.demo.words import LOST, compare_words
from scripts.deploy import DeployError
from scripts.local.ending import ended_by_signals
from scripts.local.market import CheckFailed, chain, open_market
from scripts.local.place import Place
from scripts.local.program import ProgramError
from scripts.local.service import ApiError, Service, serve
from scripts.local.terminal import findings_table, new_console, progress, story_table
from scripts.local.words import bring_words
from scripts.parameters import ParameterError
from scripts.story import STORY, Step, StoryError, Told, play
from scripts.toolchain.network import NodeError, PortInUse
from scripts.ways import Refused

DEPLOYMENT_STEPS = 10
ERRORS = (
    ApiError,
    CheckFailed,
    DeployError,
    NodeError,
    ParameterError,
    ProgramError,
    Refused,
    StoryError,
)


def main() -> None:
    """Runs the demo; exits with 1 if anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m scripts.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="stay up afterwards, until Ctrl-C")
    keep = parser.parse_args().keep
    console = new_console()
    try:
        with ended_by_signals():
            held = run(console, keep)
    except KeyboardInterrupt:
        console.print("Ended.")
        sys.exit(130)
    except ERRORS as error:
        console.print(f"The demo failed: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    sys.exit(0 if held else 1)


def run(console: Console, keep: bool) -> bool:
    """Plays, compares, prints; whether everything held."""
    place = find_place()
    with ExitStack() as stack:
        with progress(console, DEPLOYMENT_STEPS + len(STORY) + STEPS + 2) as advance:
            stack.enter_context(chain(place))
            stage, checked = open_market(place, advance)
            told: list[tuple[Step, Told]] = []
            for step, one in play(stage):
                told.append((step, one))
                advance(step.title)
            service = stack.enter_context(serve(place))
            advance("the indexer catches up")
            service.wait_for_head()
            bring_words(stage, service, LOST)
            season = play_ways(stage, service, advance)
            block = service.wait_for_head()
            advance("the answers are compared")
            findings = [*compare(stage, service, season.trades), *compare_ways(season)]
            findings += compare_disputes(stage, service)
            findings += compare_opinions(stage, service)
            findings += compare_words(stage, service)
            findings += post_and_compare(stage, service)
            findings += [*recomputed(stage), audit(service)]
        console.print(f"Deployed and checked: {checked} values, roles and addresses are right.\n")
        console.print(story_table(told))
        console.print(ways_table(stage, season))
        console.print(findings_table(f"The API, at block {block}", findings))
        broken = fails(findings)
        if broken:
            console.print(f"{len(broken)} of {len(findings)} comparisons differ.", style="bold red")
        else:
            console.print(f"All {len(findings)} comparisons hold.", style="bold green")
        tell_how_to_go_on(console, place, keep)
        if keep:
            stay_up(console, service)
    if not broken:
        place.leave()
    return not broken


def find_place() -> Place:
    """The usual one if it is free, else one beside it."""
    try:
        return Place.usual()
    except PortInUse:
        return Place.aside()


def audit(service: Service) -> Finding:
    """`commonhold audit` compares every row of the database."""
    code, output = service.run("audit")
    what = "commonhold audit" if code == 0 else f"commonhold audit: {output[-1_000:].strip()}"
    return Finding(what, "exit code 0", f"exit code {code}")


def tell_how_to_go_on(console: Console, place: Place, keep: bool) -> None:
    """Where things are, and what to type next."""
    if not keep:
        console.print(
            "\nTo look around: `make demo KEEP=1` stays up with its API and its pages at /docs; "
            "`make dev` is a market to develop with.",
            markup=False,
        )
        return
    console.print(
        f"\nAPI {place.api_url}/api/v1   its pages {place.api_url}/docs",
        markup=False,
        soft_wrap=True,
    )
    console.print(
        f"Chain {place.rpc_url}   database {place.database}", markup=False, soft_wrap=True
    )
    console.print(f"In another terminal: {place.command('audit')}", markup=False, soft_wrap=True)
    console.print("Ctrl-C ends all.")


def stay_up(console: Console, service: Service) -> None:
    """Until Ctrl-C, or one of the two ends by itself."""
    try:
        while True:
            service.check()
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("Ended.")


if __name__ == "__main__":
    main()
