"""Nobody earns more than a share of all units; what goes beyond is held (D10, D11)."""

from itertools import permutations

import pytest

from tests.contracts.expect import ZERO, event, next_at, outcome, plain, reverts
from tests.contracts.reputation.conftest import INDEX, POINT, WEEK, Tranche
from tests.model import reputation as model

WIDE = 10_000 * POINT
SHARE = 2_500
GENESIS = {"alice": 60 * POINT, "bob": 40 * POINT}
TRADERS = (*GENESIS, "carol", "dave", "erin", "stranger")


@pytest.fixture
def reputation(deploy):
    """A quarter of all units at most; the caps of the epoch are out of the way."""
    return deploy(caps=(WIDE, WIDE, SHARE), genesis=GENESIS)


@pytest.fixture
def start(reputation):
    return int(reputation.start())


@pytest.fixture
def trade(market, start):
    """A trade that earns each side so many points."""
    return lambda performer, funder, points, late=0: market.trade(
        Tranche(performer, funder, start + late, fee=2 * points)
    )


@pytest.fixture
def release(reputation, people):
    return lambda name: reputation.release(getattr(people, name), {"from": people.stranger})


@pytest.fixture
def books(reputation, people):
    """What is minted to somebody, and what is held, in units."""

    def read(name):
        account = getattr(people, name)
        return int(reputation.unitsOf(account)), int(reputation.heldOf(account))

    return read


def test_share_of_a_newcomer_ends_at_the_limit_D10(reputation, people, trade, claim, books):
    receipt = claim(trade("dave", "alice", 50 * POINT))
    minted, held = books("dave")
    total = int(reputation.totalUnits())
    # (0 + x) / (100 + x) <= 1/4, and one unit more would be too much
    assert minted == 100 * POINT * INDEX // 3
    assert minted * 4 <= total < (minted + 1) * 4
    assert minted + held == 50 * POINT * INDEX
    assert reputation.getVotes(people.dave) == minted
    assert plain(dict(receipt.events["ReputationMinted"][0])) == {
        "account": people.dave.address,
        "units": minted,
        "held": held,
    }


def test_share_up_to_the_limit_holds_nothing(trade, claim, books):
    claim(trade("dave", "alice", 33 * POINT))
    assert books("dave") == (33 * POINT * INDEX, 0)


def test_share_of_a_genesis_member_above_the_limit_earns_nothing_yet(trade, claim, books):
    claim(trade("alice", "dave", POINT))
    assert books("alice") == (60 * POINT * INDEX, POINT * INDEX)


def test_share_of_a_genesis_member_grows_once_it_is_below(
    reputation, trade, claim, books, release, start
):
    """Alice was allotted 60 points of 100: at 240 she is down to a quarter."""
    claim(trade("alice", "bob", 3 * POINT))
    next_at(start + 52 * WEEK)
    others = ("dave", "erin", "carol", "stranger")
    claim(*(trade(*pair, 100 * POINT, late=52 * WEEK) for pair in (others[:2], others[2:])))
    while reputation.totalUnits() < 250 * POINT * INDEX:
        assert books("alice") == (60 * POINT * INDEX, 3 * POINT * INDEX)
        for name in others:
            release(name)
    release("alice")
    minted = books("alice")[0]
    assert 60 * POINT * INDEX < minted <= reputation.totalUnits() // 4


def test_release_mints_as_the_total_grows(reputation, people, trade, claim, books, release):
    claim(trade("dave", "alice", 50 * POINT))
    before = books("dave")
    claim(trade("erin", "bob", 20 * POINT))
    receipt = release("dave")
    minted, held = books("dave")
    assert minted * 4 <= int(reputation.totalUnits()) < (minted + 1) * 4
    assert sum(before) == minted + held
    assert receipt.return_value == minted - before[0] > 0
    assert event(receipt, "ReputationMinted") == {
        "account": people.dave.address,
        "units": minted - before[0],
        "held": held,
    }


def test_release_refuses_where_nothing_is_held(people, release):
    with reverts("Reputation_NothingToRelease", people.dave):
        release("dave")


def test_release_refuses_where_there_is_no_room(people, trade, claim, release):
    claim(trade("dave", "alice", 50 * POINT))
    for name in ("dave", "alice"):
        with reverts("Reputation_NothingToRelease", getattr(people, name)):
            release(name)


def test_claim_mints_what_is_held_as_well(trade, claim, books):
    claim(trade("dave", "alice", 50 * POINT))
    claim(trade("erin", "bob", 20 * POINT))
    minted, held = books("dave")
    claim(trade("dave", "carol", POINT))
    assert sum(books("dave")) == minted + held + POINT * INDEX
    assert books("dave")[0] > minted + POINT * INDEX


def test_held_units_fade_like_all_others_D11(trade, claim, books, release, start):
    """D11: waiting wins nothing, a held point is worth what it was when it was earned."""
    claim(trade("dave", "alice", 50 * POINT))
    minted, held = books("dave")
    next_at(start + 13 * WEEK)
    claim(*(trade(name, "erin", 60 * POINT, late=13 * WEEK) for name in ("carol", "stranger")))
    while books("dave")[1]:
        release("dave")
    assert books("dave") == (minted + held, 0)


def test_share_of_everything_is_no_limit(deploy, people, market, escrow):
    reputation = deploy(caps=(WIDE, WIDE, 10_000), genesis={"alice": 1})
    start = int(reputation.start())
    trade = market.trade(Tranche("dave", "erin", start, fee=2 * WIDE))
    reputation.claim(escrow, [trade], {"from": people.stranger})
    assert reputation.unitsOf(people.dave) == WIDE * INDEX
    assert reputation.heldOf(people.dave) == 0


def settle(release, books):
    """Releases until nothing moves any more; what is minted and held then, by name."""
    before = None
    while (after := {name: books(name) for name in TRADERS}) != before:
        before = after
        for name in TRADERS:
            outcome(release, name)
    return after


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5], ids=str)
def test_share_does_not_depend_on_the_order_of_claims_D11(
    trade, claim, books, release, people, market, start, order
):
    """D11: once all is claimed and released, all orders end alike, but for rounding."""
    allotted = {market.address(name): points for name, points in GENESIS.items()}
    twin = model.Reputation(start, ZERO, model.Caps(WIDE, WIDE, SHARE), ["escrow"], allotted)
    wanted = [
        ("dave", "erin", 60 * POINT),
        ("carol", "alice", 30 * POINT),
        ("dave", "bob", 10 * POINT),
        ("erin", "stranger", 20 * POINT),
    ]
    trades = [trade(*each) for each in wanted]
    for made, (performer, funder, points) in zip(trades, wanted, strict=True):
        twin.claim(
            start, "escrow", market.twin(made, Tranche(performer, funder, start, 2 * points))
        )

    def twin_books(name):
        account = market.address(name)
        return twin.units[account], twin.held_of(account)

    expected = settle(lambda name: twin.release(market.address(name)), twin_books)
    for place in order:
        claim(trades[place])
    found = settle(release, books)
    for name in TRADERS:
        assert sum(found[name]) == sum(expected[name])
        assert abs(found[name][0] - expected[name][0]) <= 10
