"""openTrade by takers of whom the offer asks something

├── labels: one is missing → MissingLabels, with those that are
├── points: fewer than asked for → TooFewPoints
├── all there: the trade opens, whether the taker is named or fills the open place
└── nothing asked for: nobody is called
"""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import FEE, OPEN
from tests.contracts.expect import reverts

POINT = 10**6


@pytest.fixture
def give(points, labels, people):
    """Sets the buyer's labels and points."""

    def set_both(mask=0, amount=0):
        sender, buyer = {"from": people["deployer"].account}, people["buyer"].address
        labels.set(buyer, mask, sender)
        points.set([buyer], amount, sender)

    return set_both


def test_the_escrow_tells_whom_it_asks(escrow, points, labels):
    assert (escrow.reputation(), escrow.labels()) == (points.address, labels.address)


@pytest.mark.parametrize(
    ("wanted", "has", "missing"),
    [
        (0b1, 0, 0b1),
        (0b101, 0b100, 0b001),
        (0b1010, 0b0101, 0b1010),
        (0xFFFF, 0x7FFF, 0x8000),
        (0b1, (1 << 256) - 2, 0b1),
    ],
)
def test_open_without_a_label(market, give, wanted, has, missing):
    give(has)
    with reverts("Escrow_MissingLabels", market.buyer, missing):
        market.open(labels=wanted)


@pytest.mark.parametrize("has", [0b101, 0b111, (1 << 256) - 1])
def test_open_with_all_labels(market, asset, give, has):
    give(has)
    assert market.status(market.open(labels=0b101, asset=asset)) == OPEN


@pytest.mark.parametrize("has", [0, 7 * POINT - 1])
def test_open_with_too_few_points(market, give, has):
    give(amount=has)
    with reverts("Escrow_TooFewPoints", market.buyer, has, 7 * POINT):
        market.open(least_points=7)


@pytest.mark.parametrize("needed", [1, 7, 2**16 - 1])
def test_open_with_as_many_points_as_needed(market, asset, give, needed):
    give(amount=needed * POINT)
    assert market.status(market.open(least_points=needed, asset=asset)) == OPEN


def test_named_takers_are_asked_too(market, give):
    offer = market.offer(parties=(market.seller, market.buyer), labels=1)
    with reverts("Escrow_MissingLabels", market.buyer, 1):
        market.open(offer=offer)
    give(1)
    assert market.status(market.open(offer=offer)) == OPEN


def test_makers_are_not_asked(market, give):
    """They have signed; the seller has neither labels nor points."""
    give(1, POINT)
    assert market.status(market.open(labels=1, least_points=1)) == OPEN


def test_what_the_taker_loses_later_changes_nothing(market, give):
    give(1, POINT)
    opened = market.open(labels=1, least_points=1)
    give()
    market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})


def test_open_where_nobody_has_labels(market, Escrow, rules, people, points):
    """A market without attestations."""
    deployer, treasury = people["deployer"].account, people["treasury"].address
    bare = deployer.deploy(Escrow, rules, treasury, points, ZERO_ADDRESS)
    offer = market.offer(labels=6)
    with reverts("Escrow_MissingLabels", market.buyer, 6):
        bare.openTrade(
            offer.pack(), 0, market.sign(offer, escrow=bare), {"from": market.buyer.account}
        )


def test_nobody_is_asked_where_nothing_is_asked_for(market, Escrow, rules, people):
    """Neither of them can answer."""
    deployer, nobody = people["deployer"].account, people["stranger"].address
    deaf = deployer.deploy(Escrow, rules, people["treasury"].address, nobody, nobody)
    offer = market.offer(max_fee_bps=FEE)
    value = market.coin_needed(offer)
    who = {"from": market.buyer.account, "value": value}
    deaf.openTrade(offer.pack(), 0, market.sign(offer, escrow=deaf), who)
    assert market.held(ZERO_ADDRESS, deaf) == value


def test_delegated_votes_are_no_points_E31(market, Escrow, Reputation, rules, people):
    """With a real Reputation: what cannot be moved cannot be borrowed."""
    deployer = people["deployer"].account
    told = deployer.get_deployment_address(deployer.nonce + 1)
    escrow = deployer.deploy(Escrow, rules, people["treasury"].address, told, ZERO_ADDRESS)
    timelock, caps = people["timelock"].address, (2**96 - 1, 2**96 - 1, 10_000)
    genesis = [[people["guest"].address], [9 * POINT]]
    reputation = deployer.deploy(Reputation, timelock, rules, caps, [escrow], *genesis)
    assert reputation.address == told
    reputation.delegate(market.buyer.address, {"from": people["guest"].account})
    offer = market.offer(least_points=5)
    signatures = market.sign(offer, escrow=escrow)
    value = market.coin_needed(offer)
    with reverts("Escrow_TooFewPoints", market.buyer, 0, 5 * POINT):
        who = {"from": market.buyer.account, "value": value}
        escrow.openTrade(offer.pack(), 0, signatures, who)
    who = {"from": people["guest"].account, "value": value}
    escrow.openTrade(offer.pack(), 0, signatures, who)
