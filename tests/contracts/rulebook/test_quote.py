"""The price of opening a trade: the version in force, the fee of the kind, and little gas."""

from collections import Counter

import pytest

from tests.contracts.expect import DAY, ZERO, plain, reverts, until
from tests.contracts.rulebook.conftest import (
    FEES,
    NOTICE,
    RATE_NOTICE,
    RATES,
    TOKEN,
    UNKNOWN,
    with_fee,
)

GAS = {ZERO: 2_900, TOKEN: 5_100}  # of the call itself, everything cold
ASSETS = pytest.mark.parametrize("asset", [ZERO, TOKEN], ids=["coin", "token"])


@pytest.fixture
def trace(book, web3):
    """What a call costs, and how often it reads storage."""

    def run(data):
        call = {"to": book.address, "data": data}
        answer = web3.provider.make_request("debug_traceCall", [call, "latest", {}])
        steps = answer["result"]["structLogs"]
        reads = Counter(step["op"] for step in steps)["SLOAD"]
        return sum(step["gasCost"] for step in steps), reads

    return run


@ASSETS
def test_quote_tells_version_and_fee_of_every_kind(book, asset):
    for kind, fee in enumerate(FEES, start=1):
        assert plain(book.quote(kind, asset)) == (1, fee)


@pytest.mark.parametrize("kind", [0, 11, 2**256 - 1])
def test_quote_refuses_an_unknown_kind(book, kind):
    with reverts("RuleBook_UnknownKind", kind):
        book.quote(kind, ZERO)


def test_quote_refuses_an_asset_never_listed(book):
    with reverts("RuleBook_AssetNotAllowed", UNKNOWN.lower()):
        book.quote(1, UNKNOWN)


@pytest.mark.parametrize(("fee", "kind"), [(10, 1), (500, 10)])
def test_quote_tells_the_smallest_and_largest_fee(RuleBook, people, setup, fee, kind):
    book = people.deployer.deploy(RuleBook, setup(fees=with_fee(kind, fee)))
    assert plain(book.quote(kind, ZERO)) == (1, fee)
    assert plain(book.quote(11 - kind, ZERO)) == (1, FEES[10 - kind])


def test_quote_tells_the_ceiling_of_a_fee(RuleBook, people, setup):
    most = ((1_000,) * 10,)
    made = setup(fees=most, feeBps_bounds=(0, 1_000, 1_000, DAY))
    book = people.deployer.deploy(RuleBook, made)
    assert [plain(book.quote(kind, TOKEN)) for kind in range(1, 11)] == [(1, 1_000)] * 10


@ASSETS
def test_quote_keeps_the_fee_until_the_new_one_is_in_force(book, people, asset):
    start = book.setFeeRules(with_fee(2, 99), {"from": people.timelock}).timestamp
    until(start + NOTICE["feeBps"] - 1)
    assert plain(book.quote(2, asset)) == (1, 110)
    until(start + NOTICE["feeBps"])
    assert plain(book.quote(2, asset)) == (2, 99)


def test_quote_tells_of_the_pause_first(book, people):
    end = book.pauseOpening(DAY, {"from": people.timelock}).timestamp + DAY
    with reverts("RuleBook_OpeningIsPaused", end):
        book.quote(0, UNKNOWN)


@ASSETS
def test_quote_is_cheap(book, trace, asset):
    gas, reads = trace(book.quote.encode_input(1, asset))
    assert gas <= GAS[asset]
    assert reads == (1 if asset == ZERO else 2)


def test_quote_in_the_coin_reads_one_word_while_its_rule_changes(book, people, trace):
    book.setAssetRule(ZERO, (True, RATES[ZERO][1] + 1), {"from": people.timelock})
    assert trace(book.quote.encode_input(1, ZERO))[1] == 1
    until(book.tx.timestamp + RATE_NOTICE + DAY)
    assert trace(book.quote.encode_input(1, ZERO))[1] == 1


def test_quote_with_four_pending_versions_reads_five_words_more(book, people, trace):
    for fee in (101, 102, 103, 104):
        book.setFeeRules(with_fee(1, fee), {"from": people.timelock})
    assert trace(book.quote.encode_input(1, ZERO))[1] == 6
