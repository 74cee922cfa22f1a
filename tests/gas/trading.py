"""What traders pay."""

from dataclasses import replace

from backend.terms.offer import ZERO_ADDRESS, Trade
from backend.terms.typed_data import id_of, signable_split
from tests.gas.chain import GENESIS
from tests.gas.market import CHAIN_ID, DAY, DUE_IN, PRICE, REVIEW, Market

MUCH = 10**30
UNLIMITED = 2**256 - 1


def measure_trading(market: Market) -> None:
    """Every action of the Escrow; what is first of its kind on the market, as a line of its own."""
    _fund(market)
    _coin(market)
    _endings(market)
    _tokens(market)
    _many_tranches(market)
    _expiry(market)
    _offers(market)
    _sponsored(market)


def _fund(market: Market) -> None:
    chain, token = market.chain, market.token
    for name in ("bob", "carol", "dave", "erin"):
        chain.send("deployer", token.functions.mint(chain.address(name), MUCH))
    for name, allowance in (("bob", MUCH), ("dave", UNLIMITED)):
        chain.send(name, token.functions.approve(market.escrow.address, allowance))


def _coin(market: Market) -> None:
    first = market.sell("bob")
    market.sell("bob")  # stays open: a market is never empty
    market.do("accept", first, "bob", line="accept, coin: first fee ever")

    trade = market.sell("bob", line="open, coin")
    market.do("accept", trade, "bob", line="accept, coin")
    trade = market.sell("bob")
    market.do("perform", trade, "alice", line="perform")
    market.do("accept", trade, "bob", line="accept, coin: performed")

    chain = market.chain
    offer = market.offer((chain.address("alice"), ZERO_ADDRESS), fills=200)
    for fill, line in enumerate(("first", "second", "third")):
        market.open(offer, ["alice"], "bob", fill, line=f"open, coin: {line} fill of an offer")
    named = market.offer((chain.address("alice"), chain.address("bob")))
    market.open(named, ["alice"], "bob", line="open, coin: both parties named")

    wallet = chain.deploy("StubWallet1271", chain.address("alice"))
    offer = market.offer((wallet.address, ZERO_ADDRESS))
    trade = market.open(offer, ["alice"], "bob", line="open, coin: a contract wallet's offer")
    market.do("accept", trade, "bob", line="accept, coin: paid to a contract wallet")


def _endings(market: Market) -> None:
    chain, escrow = market.chain, market.escrow
    market.do("refund", market.sell("bob"), "alice", line="refund, coin")

    trade = market.sell("bob")
    market.do("perform", trade, "alice")
    market.do("dispute", trade, "bob", line="dispute")
    arbitrator = chain.impersonate(market.timelock.address)
    chain.send(arbitrator, escrow.functions.rule(trade.pack(), 0, 6000), line="rule, coin")

    for line, sender, signers in (
        ("split, coin: by one side", "bob", ("alice",)),
        ("split, coin: relayed", "carol", ("alice", "bob")),
    ):
        _split(market, market.sell("bob"), sender, signers, line)


def _split(market: Market, trade: Trade, sender: str, signers: tuple[str, ...], line: str) -> None:
    deadline = GENESIS + 300 * DAY
    message = signable_split(CHAIN_ID, market.escrow.address, id_of(trade), 0, 7000, deadline)
    signatures = [
        market.chain.sign(name, message) if name in signers else b"" for name in ("alice", "bob")
    ]
    call = market.escrow.functions.split(trade.pack(), 0, 7000, deadline, *signatures)
    market.chain.send(sender, call, line=line)


def _tokens(market: Market) -> None:
    chain, token = market.chain, market.token
    asset = token.address
    first = market.sell("bob", asset=asset, line="open, token: first ever")
    market.sell("bob", asset=asset)  # stays open
    market.do("accept", first, "bob", line="accept, token: first fee, and first of the seller")

    trade = market.sell("bob", asset=asset, line="open, token")
    market.do("accept", trade, "bob", line="accept, token")
    market.sell("dave", asset=asset, line="open, token: unlimited allowance")
    refunded = market.sell("bob", asset=asset)
    market.do("refund", refunded, "alice", line="refund, token")

    for line in ("first permit of the buyer", "permit"):
        chain.settle_hash()
        offer = market.offer((chain.address("alice"), ZERO_ADDRESS), asset=asset)
        permit = market.permit("carol", PRICE)
        market.open(offer, ["alice"], "carol", permit=permit, line=f"open, token: {line}")

    offer = market.offer((chain.address("heidi"), ZERO_ADDRESS), asset=asset)
    trade = market.open(offer, ["heidi"], "bob")
    market.do("accept", trade, "bob", line="accept, token: first of the seller")

    # The buyer's offer, taken by the seller: the money comes from the maker's allowance.
    parties = (ZERO_ADDRESS, chain.address("bob"))
    offer = market.offer(parties, asset=asset)
    market.open(offer, ["bob"], "alice", line="open, token: the buyer's offer")

    escrow, treasury = market.escrow, market.timelock.address
    call = escrow.functions.withdraw(treasury, asset, treasury)
    chain.send("erin", call, line="withdraw, token")
    call = escrow.functions.withdraw(treasury, ZERO_ADDRESS, treasury)
    chain.send("erin", call, line="withdraw, coin")
    # As before: the treasury is owed something.
    for paid in (ZERO_ADDRESS, asset):
        market.do("accept", market.sell("bob", asset=paid), "bob")


def _many_tranches(market: Market) -> None:
    market.sell("bob", tranches=4, line="open, coin: 4 tranches")
    ten = market.sell("bob", tranches=10, line="open, coin: 10 tranches")
    market.do("accept", ten, "bob", 0, line="accept, coin: tranche 0 of 10")
    market.do("accept", ten, "bob", 9, line="accept, coin: tranche 9 of 10")
    twenty = market.sell("bob", tranches=20, line="open, coin: 20 tranches")
    for index, note in ((0, ""), (4, ": first of a further word"), (5, ""), (19, "")):
        market.do("accept", twenty, "bob", index, line=f"accept, coin: tranche {index} of 20{note}")
    asset = market.token.address
    market.sell("bob", tranches=10, asset=asset, line="open, token: 10 tranches")


def _expiry(market: Market) -> None:
    chain = market.chain
    parties = (chain.address("alice"), ZERO_ADDRESS)
    batch = market.offer(parties, fills=200)
    trades = [market.open(batch, ["alice"], "bob", fill) for fill in range(1, 11)]
    lapsing, missing = market.sell("bob"), market.sell("bob")
    for trade in (*trades, lapsing):
        market.do("perform", trade, "alice")
    chain.wait(max(REVIEW, DUE_IN) + DAY)
    market.do("expire", lapsing, "erin", line="expire, coin: silence after performance")
    market.do("expire", missing, "erin", line="expire, coin: not performed")
    call = market.escrow.functions.expireBatch([trade.pack() for trade in trades], [0] * 10)
    chain.send("erin", call, line="expireBatch, coin: 10 trades")


def _offers(market: Market) -> None:
    chain, escrow = market.chain, market.escrow
    offer = market.offer((chain.address("mallory"), ZERO_ADDRESS))
    chain.send("mallory", escrow.functions.cancelOffer(offer.pack()), line="cancelOffer")
    chain.send("mallory", escrow.functions.cancelAllOffers(), line="cancelAllOffers: first")
    chain.send("mallory", escrow.functions.cancelAllOffers(), line="cancelAllOffers")
    later = replace(offer, listing=replace(offer.listing, created_at=chain.now + 1))
    line = "open, coin: the maker has cancelled others"
    market.open(later, ["mallory"], "bob", line=line)


def _sponsored(market: Market) -> None:
    """Fills that a buyer pays out of a budget; a taker of whom something is asked."""
    chain, escrow = market.chain, market.escrow
    parties = (ZERO_ADDRESS, chain.address("bob"))
    for name, asset in (("coin", ZERO_ADDRESS), ("token", market.token.address)):
        plain = market.offer(parties, asset=asset, fills=200)
        offer = replace(plain, listing=replace(plain.listing, sponsor=2))
        value = 10 * PRICE if name == "coin" else 0
        lock = escrow.functions.lockBudget(offer.pack(), 10)
        chain.send("bob", lock, value, line=f"lockBudget, {name}: first of an offer")
        chain.send("bob", lock, value, line=f"lockBudget, {name}: more")
        for fill in (1, 2):
            line = f"open, {name}: a fill out of a budget" if fill == 2 else None
            market.open(offer, ["bob"], "alice", fill, line=line)
        chain.send("bob", escrow.functions.cancelOffer(offer.pack()))
        unlock = escrow.functions.unlockBudget(offer.pack())
        chain.send("erin", unlock, line=f"unlockBudget, {name}")
    plain = market.offer((chain.address("alice"), ZERO_ADDRESS))
    asking = replace(plain, listing=replace(plain.listing, least_points=1))
    market.open(asking, ["alice"], "grace", line="open, coin: points are asked of the taker")
