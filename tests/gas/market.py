"""The market whose gas is measured: every contract as it is deployed, and trades on it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak
from web3.contract import Contract

from backend.terms.acceptability import funding
from backend.terms.offer import (
    NO_SEAT,
    ZERO_ADDRESS,
    Listing,
    Offer,
    Pin,
    Terms,
    Trade,
    Tranche,
)
from backend.terms.typed_data import hash_listing, signable_offer
from tests.gas.chain import GENESIS, Chain
from tests.model.quick_jury import QUICK_JURY, wide_bounds

HOUR, DAY = 3600, 86_400
POINT = 10**6
COIN = 10**18
CHAIN_ID = 31_337
GOODS = 1
PRICE = 123_456_789_012_345_678  # base units: no zero bytes where a real price has none
DUE_IN, REVIEW = 7 * DAY, 3 * DAY
MEMBERS = ("grace", "heidi", "ivan", "judy")


@dataclass
class Market:
    """The deployed contracts, and what opening and naming trades takes."""

    chain: Chain
    rule_book: Contract
    reputation: Contract
    types: Contract
    timelock: Contract
    governor: Contract
    escrow: Contract
    token: Contract
    offers: int = 0

    def offer(
        self,
        parties: Sequence[str],
        *,
        asset: str = ZERO_ADDRESS,
        tranches: int = 1,
        fills: int = 1,
        price: int = PRICE,
    ) -> Offer:
        """The second party buys from the first in equal tranches, due a week apart."""
        self.offers += 1
        pieces = tuple(
            Tranche(1, 0, 1, price // tranches, DUE_IN * (i + 1), REVIEW) for i in range(tranches)
        )
        listing = Listing(
            content_hash=without_zeros(f"Offer {self.offers}"),
            kind=GOODS,
            max_fee_bps=300,
            created_at=GENESIS,
            expires_at=GENESIS + 200 * DAY,
            fills=fills,
            salt=int.from_bytes(without_zeros(f"Salt {self.offers}")[:5], "big"),
        )
        return Offer(Terms(asset, tuple(parties), pieces), listing)

    def signature(self, offer: Offer, signer: str) -> bytes:
        return self.chain.sign(signer, signable_offer(CHAIN_ID, self.escrow.address, offer))

    def open(
        self,
        offer: Offer,
        signers: Sequence[str],
        taker: str,
        fill: int = 0,
        permit: tuple[Any, ...] | None = None,
        line: str | None = None,
    ) -> Trade:
        """Opens a trade as `taker`, in whose place an open party is."""
        self.chain.settle_hash()
        signatures = [self.signature(offer, signer) for signer in signers]
        arguments: list[Any] = [offer.pack(), fill, signatures]
        functions = self.escrow.functions
        if permit is None:
            call = functions.openTrade(*arguments)
        else:
            call = functions.openTradeWithPermits(*arguments, [permit])
        coin = offer.terms.asset == ZERO_ADDRESS
        value = sum(funding(offer)) if coin else 0
        receipt = self.chain.send(taker, call, value, line)
        (log,) = (log for log in receipt["logs"] if log["address"] == self.escrow.address)
        pin = Pin.unpack(self.escrow.events.TradeOpened().process_log(log)["args"]["pin"])
        if pin.open_seat == NO_SEAT:
            return Trade(offer.terms, hash_listing(offer.listing), pin)
        return Trade.opened(offer, hash_listing(offer.listing), self.chain.address(taker), pin)

    def sell(self, buyer: str, *, line: str | None = None, **terms: Any) -> Trade:
        """Alice's signed offer to anyone, taken by `buyer`."""
        offer = self.offer((self.chain.address("alice"), ZERO_ADDRESS), **terms)
        return self.open(offer, ["alice"], buyer, line=line)

    def permit(self, owner: str, value: int) -> tuple[Any, ...]:
        """An ERC-2612 permit for the Escrow, of the owner's next nonce."""
        account, deadline = self.chain.address(owner), GENESIS + 200 * DAY
        signed = self.chain.keys[owner].sign_message(
            encode_typed_data(
                {
                    "name": "Stub Dollar",
                    "version": "1",
                    "chainId": CHAIN_ID,
                    "verifyingContract": self.token.address,
                },
                {
                    "Permit": [
                        {"name": "owner", "type": "address"},
                        {"name": "spender", "type": "address"},
                        {"name": "value", "type": "uint256"},
                        {"name": "nonce", "type": "uint256"},
                        {"name": "deadline", "type": "uint256"},
                    ]
                },
                {
                    "owner": account,
                    "spender": self.escrow.address,
                    "value": value,
                    "nonce": self.token.functions.nonces(account).call(),
                    "deadline": deadline,
                },
            )
        )
        r, s = (number.to_bytes(32, "big") for number in (signed.r, signed.s))
        return (account, value, deadline, signed.v, r, s)

    def do(
        self, action: str, trade: Trade, who: str, tranche: int = 0, line: str | None = None
    ) -> None:
        """perform, accept, refund, dispute or expire."""
        call = self.escrow.get_function_by_name(action)(trade.pack(), tranche)
        self.chain.send(who, call, line=line)


def deploy_market(chain: Chain) -> Market:
    """Deploys all contracts as a market has them; the deployer keeps no role."""
    deployer = chain.address("deployer")
    timelock = chain.deploy(
        "MarketTimelock",
        2 * DAY,
        [],
        [],
        deployer,
        (DAY, 14 * DAY, 2 * DAY, 0),
        line="deploy: MarketTimelock",
    )
    rule_book = chain.deploy("RuleBook", _rules(timelock.address), line="deploy: RuleBook")
    escrow = chain.deploy(
        "Escrow",
        rule_book.address,
        timelock.address,
        chain.next_address(after=1),
        ZERO_ADDRESS,
        line="deploy: Escrow",
    )
    reputation = chain.deploy(
        "Reputation",
        timelock.address,
        rule_book.address,
        (1000 * POINT, 5000 * POINT, 1000),
        [escrow.address],
        [chain.address(name) for name in MEMBERS],
        [10_000 * POINT] * len(MEMBERS),
        line="deploy: Reputation",
    )
    types = chain.deploy(
        "ProposalTypes",
        _types(timelock.address, rule_book.address, escrow.address),
        line="deploy: ProposalTypes",
    )
    governor = chain.deploy(
        "MarketGovernor",
        reputation.address,
        timelock.address,
        types.address,
        _governor_parameters(chain.address("frank")),
        line="deploy: MarketGovernor",
    )
    for role in ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"):
        granted = timelock.functions[role]().call()
        chain.send("deployer", timelock.functions.grantRole(granted, governor.address))
    admin = timelock.functions.DEFAULT_ADMIN_ROLE().call()
    chain.send("deployer", timelock.functions.renounceRole(admin, deployer))
    token = chain.deploy("StubToken", "Stub Dollar", "SUSD", 18)
    _allow_token(chain, rule_book, timelock.address, token.address)
    return Market(chain, rule_book, reputation, types, timelock, governor, escrow, token)


def _rules(timelock: str) -> tuple[Any, ...]:
    notice = 3 * DAY
    return (
        timelock,
        ZERO_ADDRESS,
        0,
        14 * DAY,
        (0, 1000, 50, notice),
        (DAY, 60 * DAY, 14 * DAY, notice),
        (0, 10_000, 5000, notice),
        (2, 10**24, 5000, notice),
        wide_bounds(notice),
        ((150,) * 10,),
        (timelock, 14 * DAY, 5000),
        astuple(QUICK_JURY),
        [ZERO_ADDRESS],
        [(True, 1000 * POINT)],
    )


def _types(timelock: str, rule_book: str, escrow: str) -> tuple[Any, ...]:
    notice = 8 * DAY
    return (
        timelock,
        rule_book,
        escrow,
        (400, 4000, 500, notice),
        (5000, 8000, 500, notice),
        (DAY, 30 * DAY, 7 * DAY, notice),
        (
            (2000, 5000, 2 * DAY),
            (2000, 5500, 3 * DAY),
            (2500, 6000, 5 * DAY),
            (2500, 6000, 5 * DAY),
            (3000, 6600, 7 * DAY),
        ),
    )


def _governor_parameters(guardian: str) -> tuple[Any, ...]:
    return (
        HOUR,
        5 * DAY,
        100 * POINT,
        2 * DAY,
        200 * POINT,
        7 * DAY,
        guardian,
        GENESIS + 180 * DAY,
        (
            (HOUR, 7 * DAY, DAY, 0),
            (DAY, 14 * DAY, 2 * DAY, 0),
            (10 * POINT, 1000 * POINT, 50 * POINT, 0),
            (HOUR, 4 * DAY, DAY, 0),
        ),
    )


def _allow_token(chain: Chain, rule_book: Contract, timelock: str, token: str) -> None:
    chain.give(timelock, 10)
    call = rule_book.functions.setAssetRule(token, (True, 1000 * POINT))
    chain.send(chain.impersonate(timelock), call)
    chain.wait(4 * DAY)


def without_zeros(text: str) -> bytes:
    """32 bytes that look random, none of them zero, as most have none."""
    return keccak(text=text).replace(b"\0", b"\1")
