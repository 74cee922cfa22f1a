"""The world of the rule machine, deployed once: real contracts, two tokens, a moody payee."""

from dataclasses import astuple
from typing import Any

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import FEES, Person, person
from tests.contracts.machine.calls import Face
from tests.contracts.machine.world import Models, World
from tests.model import reputation, rulebook
from tests.model.escrow import Escrow
from tests.model.jury_rules import FIELDS
from tests.model.limits import Bounds
from tests.model.quick_jury import QUICK_JURY, wide_bounds

DAY = 86_400
POINT = 10**6
NAMES = (
    "deployer",
    "alice",
    "bob",
    "carol",
    "dave",
    "timelock",
    "guardian",
    "arbitrator",
    "successor",
    "keeper",
)
PURSE = 10**40
BOUNDS = {
    "feeBps": (0, 1_000, 500, DAY),
    "rulingPeriod": (3_600, 30 * DAY, 10 * DAY, 2 * DAY),
    "defaultPerformerBps": (0, 10_000, 5_000, DAY),
    "rate": (10**6, 10**24, 5_000, DAY),
}
RATE = 10**9
RULING_PERIOD, DEFAULT_BPS = 5 * DAY, 3_000
MAX_PAUSE = 5 * DAY
GUARDED = 200 * DAY
CAPS = (100 * POINT, 250 * POINT, 3_400)
GENESIS = {"alice": 1_000 * POINT, "bob": 1_000 * POINT, "carol": 1_000 * POINT}


@pytest.fixture(scope="module")
def people(accounts) -> dict[str, Person]:
    return {name: person(accounts, index, name) for index, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def world(deployed, people, web3) -> World:
    """Brownie deploys; from then on calls go to the node without detours."""
    made = deployed
    faces = {name: Face(contract.address, contract.abi) for name, contract in made.items()}
    start, ruled_at = int(made["reputation"].start()), int(made["rule_book"].tx.timestamp)
    return World(
        port=int(str(web3.provider.endpoint_uri).rsplit(":", 1)[1]),
        **faces,
        people=people,
        pristine=_models(made, people, start, ruled_at),
        start=int(web3.eth.get_block("latest")["timestamp"]),
    )


@pytest.fixture(scope="module")
def deployed(
    Escrow, RuleBook, Reputation, StubToken, StubOddToken, StubPayee, StubLabels, people, web3
) -> dict[str, Any]:
    deployer = people["deployer"].account
    token = deployer.deploy(StubToken, "Stub Dollar", "STUB", 6)
    odd = deployer.deploy(StubOddToken)
    timelock = people["timelock"].address
    now = int(web3.eth.get_block("latest")["timestamp"])
    setup = (
        timelock,
        people["guardian"].address,
        now + GUARDED,
        MAX_PAUSE,
        *BOUNDS.values(),
        wide_bounds(DAY),
        (FEES,),
        (people["arbitrator"].address, RULING_PERIOD, DEFAULT_BPS),
        astuple(QUICK_JURY),
        [ZERO_ADDRESS, token.address, odd.address],
        [(True, RATE)] * 3,
    )
    rules = deployer.deploy(RuleBook, setup)
    labels = deployer.deploy(StubLabels)
    points_address = deployer.get_deployment_address(deployer.nonce + 1)
    escrow = deployer.deploy(Escrow, rules, timelock, points_address, labels)
    members = [people[name].address for name in GENESIS]
    caps = CAPS
    points = deployer.deploy(
        Reputation, timelock, rules, caps, [escrow.address], members, list(GENESIS.values())
    )
    payee = deployer.deploy(StubPayee, people["carol"].address)
    _hand_out(web3, people, (token, odd), escrow, payee)
    return {
        "escrow": escrow,
        "rule_book": rules,
        "reputation": points,
        "token": token,
        "odd": odd,
        "payee": payee,
        "labels": labels,
    }


def _hand_out(web3: Any, people: dict[str, Person], tokens: Any, escrow: Any, payee: Any) -> None:
    """Coin, tokens and allowances for everybody, sent past Brownie, which counts nonces itself."""
    web3.provider.make_request("anvil_impersonateAccount", [payee.address])
    for account in (payee.address, *(someone.address for someone in people.values())):
        web3.provider.make_request("anvil_setBalance", [account, hex(PURSE)])
        for token in tokens:
            functions = web3.eth.contract(address=token.address, abi=token.abi).functions
            for call in (functions.mint(account, PURSE), functions.approve(escrow.address, PURSE)):
                sent = call.transact({"from": account})
                assert web3.eth.wait_for_transaction_receipt(sent, 30, 0.002)["status"] == 1


def _models(made: dict[str, Any], people: dict[str, Person], start: int, ruled_at: int) -> Models:
    timelock = people["timelock"].address
    assets = (ZERO_ADDRESS, made["token"].address, made["odd"].address)
    jury_bounds = dict(zip(FIELDS, wide_bounds(DAY), strict=True))
    book = rulebook.RuleBook(
        now=ruled_at,
        timelock=timelock,
        guardian=people["guardian"].address,
        guardian_until=int(made["rule_book"].guardianUntil()),
        max_pause=MAX_PAUSE,
        bounds={name: Bounds(*limits) for name, limits in (BOUNDS | jury_bounds).items()},
        first_fees=FEES,
        first_disputes=rulebook.DisputeRules(
            people["arbitrator"].address, RULING_PERIOD, DEFAULT_BPS
        ),
        first_jury=QUICK_JURY,
        first_assets={asset: rulebook.AssetRule(True, RATE) for asset in assets},
    )
    points = reputation.Reputation(
        start=start,
        timelock=timelock,
        caps=reputation.Caps(*CAPS),
        escrows=[made["escrow"].address],
        genesis={people[name].address: points for name, points in GENESIS.items()},
    )

    def points_of(account: str, at: int) -> int:
        """A plain function, so that a copy of the escrow's model asks the same reputation."""
        return points.points_of(account, at)

    return Models(book, Escrow(book, timelock, points_of), points)
