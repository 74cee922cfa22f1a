"""What members pay."""

from dataclasses import astuple, replace
from typing import Any

from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from backend.terms.offer import ZERO_ADDRESS, Trade
from tests.gas.chain import GENESIS
from tests.gas.market import CHAIN_ID, DAY, HOUR, Market
from tests.model.quick_jury import QUICK_JURY

FOR = 1
DESCRIPTION = "Lower the fee of goods to one percent; the reasons are in discussion 0412"
KEPT = 20  # claims of one trade each, before the votes are weighed


def measure_membership(market: Market) -> None:
    """Claims of reputation, and the way of a proposal."""
    _claims(market)
    _proposal(market)


def _claims(market: Market) -> None:
    market.do("accept", first := market.sell("bob"), "bob")
    _claim(market, [first], "claim, 1 trade: both sides' first")
    market.do("accept", second := market.sell("bob"), "bob")
    _claim(market, [second], "claim, 1 trade")
    offer = market.offer((market.chain.address("alice"), ZERO_ADDRESS), fills=200)
    many = [market.open(offer, ["alice"], "bob", fill) for fill in range(1, 11)]
    for trade in many:
        market.do("accept", trade, "bob")
    _claim(market, many, "claim, 10 trades of one pair")
    _claim(market, [_ruled(market)], "claim, 1 trade: ruled, the buyer at fault")
    for _ in range(KEPT):
        market.do("accept", trade := market.sell("erin"), "erin")
        _claim(market, [trade], None)


def _ruled(market: Market) -> Trade:
    """Wholly for the seller; the buyer has points to lose."""
    market.do("perform", trade := market.sell("bob"), "alice")
    market.do("dispute", trade, "bob")
    arbitrator = market.chain.impersonate(market.timelock.address)
    market.chain.send(arbitrator, market.escrow.functions.rule(trade.pack(), 0, 10_000))
    return trade


def _claim(market: Market, trades: list[Trade], line: str | None) -> None:
    packed = [trade.pack() for trade in trades]
    call = market.reputation.functions.claim(market.escrow.address, packed)
    market.chain.send("frank", call, line=line)


def _proposal(market: Market) -> None:
    chain, governor = market.chain, market.governor
    fees = ((100, *(150,) * 9),)
    action = market.rule_book.functions.setFeeRules(fees)._encode_transaction_data()
    calls: tuple[Any, ...] = ([market.rule_book.address], [0], [bytes.fromhex(action[2:])])
    by_hash = (*calls, keccak(text=DESCRIPTION))
    number = governor.functions.getProposalId(*by_hash).call()

    chain.send("grace", governor.functions.propose(*calls, DESCRIPTION), line="propose")
    longer = DESCRIPTION.ljust(74 + 32, ".")
    line = "propose: 32 characters more"
    chain.send("grace", governor.functions.propose(*calls, longer), line=line)
    suffix = f"#proposer={chain.address('grace').lower()}"
    line = "propose: nobody else may, 126 characters"
    chain.send("grace", governor.functions.propose(*calls, DESCRIPTION + suffix), line=line)
    chain.wait(2 * HOUR)
    chain.send("grace", governor.functions.castVote(number, FOR), line="castVote: first")
    chain.send("heidi", governor.functions.castVote(number, FOR), line="castVote")
    signature = _ballot(market, number, "ivan")
    call = governor.functions.castVoteBySig(number, FOR, chain.address("ivan"), signature)
    chain.send("frank", call, line="castVoteBySig")
    line = f"castVote: a trader with {KEPT} claims behind"
    chain.send("erin", governor.functions.castVote(number, FOR), line=line)
    call = governor.functions.castVoteWithReason(number, FOR, "Competitors take less")
    chain.send("alice", call, line="castVoteWithReason")
    chain.wait(4 * DAY)
    chain.send("judy", governor.functions.castVote(number, FOR), line="castVote: late")
    chain.wait(3 * DAY)
    chain.send("frank", governor.functions.queue(*by_hash), line="queue")
    chain.wait(3 * DAY)
    call = governor.functions.execute(*by_hash)
    chain.send("frank", call, line="execute: RuleBook.setFeeRules")

    chain.wait(4 * DAY)
    market.sell("bob", line="open, coin: under the second version of the rules")
    until = chain.impersonate(market.timelock.address)
    fees = ((90, *(150,) * 9),)
    chain.send(until, market.rule_book.functions.setFeeRules(fees))
    market.sell("bob", line="open, coin: while a third version waits")
    jury = replace(QUICK_JURY, jurors=5, seat_stake=QUICK_JURY.seat_stake + 1)
    call = market.rule_book.functions.setJuryRules(astuple(jury))
    chain.send(until, call, line="RuleBook.setJuryRules, of the timelock")
    assert chain.now < GENESIS + 199 * DAY


def _ballot(market: Market, number: int, voter: str) -> bytes:
    account = market.chain.address(voter)
    message = encode_typed_data(
        {
            "name": "MarketGovernor",
            "version": "1",
            "chainId": CHAIN_ID,
            "verifyingContract": market.governor.address,
        },
        {
            "Ballot": [
                {"name": "proposalId", "type": "uint256"},
                {"name": "support", "type": "uint8"},
                {"name": "voter", "type": "address"},
                {"name": "nonce", "type": "uint256"},
            ]
        },
        {
            "proposalId": number,
            "support": FOR,
            "voter": account,
            # OpenZeppelin's keyed nonce: the key is the lower half of the proposal's number.
            "nonce": market.governor.functions.nonces(account, number % 2**192).call(),
        },
    )
    return market.chain.sign(voter, message)
