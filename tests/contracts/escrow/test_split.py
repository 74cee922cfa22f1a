"""split

├── the deadline has passed → SignatureExpired
├── the performer has neither signed this very split nor sent it → BadSignature
├── the checker has neither signed this very split nor sent it → BadSignature
├── the share is above 10,000 → BadSplit
├── the tranche is final → WrongStatus (see test_statuses)
└── anyone, while the tranche is open, performed or disputed
    ├── the performer is paid its share, rounded down, less the fee
    └── the checker is paid the rest
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import in_status, past_due, split
from tests.contracts.escrow.market import (
    AMOUNT,
    DAY,
    DISPUTED,
    OPEN,
    PERFORMED,
    SPLIT,
    bond,
    goods,
)
from tests.contracts.escrow.test_rule import SHARES
from tests.contracts.expect import reverts

HALVES = {"performer": 487_501, "checker": 500_002, "fee": 12_500}


class Agreement:
    """A split of the first tranche that both sides signed; a test changes one thing of it."""

    def __init__(self, market, opened, share=5_000, **signed):
        self.market, self.opened = market, opened
        self.sent = {"tranche": 0, "bps": share, "deadline": market.now + DAY}
        self.signed = self.sent | {"id": opened.id} | signed
        self.signatures = [self.sign(side) for side in (market.seller, market.buyer)]

    def sign(self, person, **domain):
        told = self.signed
        return self.market.sign_split(
            told["id"], person, told["bps"], told["deadline"], told["tranche"], **domain
        )

    def send(self, sender="stranger", signatures=None):
        sent = self.sent
        return self.market.escrow.split(
            self.opened.packed,
            sent["tranche"],
            sent["bps"],
            sent["deadline"],
            *(self.signatures if signatures is None else signatures),
            {"from": self.market.people[sender].account},
        )


@pytest.mark.parametrize(("bps", "performer", "checker", "fee"), SHARES)
def test_split(market, asset, bps, performer, checker, fee):
    opened = market.open(asset=asset)
    receipt = Agreement(market, opened, bps).send()
    event = receipt.events["TrancheSplit"]
    assert HexBytes(event["tradeId"]) == opened.id
    assert (event["tranche"], event["performerBps"], event["fee"]) == (0, bps, fee)
    market.assert_closed(
        opened, receipt, SPLIT, performer=performer, checker=checker, fee=fee, asset=asset
    )


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("status", [OPEN, PERFORMED, DISPUTED])
def test_split_at_any_time(market, status, late):
    """During a dispute, and past every deadline, as long as nobody closed it."""
    opened = in_status(market, status)
    if late:
        past_due(market, opened)
    receipt = Agreement(market, opened).send()
    market.assert_closed(opened, receipt, SPLIT, **HALVES)


def test_split_a_bond_without_fee(market):
    opened = market.open(bond())
    receipt = split(market, opened, bps=2_500)
    market.assert_closed(opened, receipt, SPLIT, performer=250_000, checker=750_003, fee=0)


@pytest.mark.parametrize("sender", ["seller", "buyer"])
@pytest.mark.parametrize("own", [b"", b"\x00", bytes(65)])
def test_split_sent_by_a_side_whose_signature_does_not_count(market, sender, own):
    opened = market.open()
    agreement = Agreement(market, opened)
    agreement.signatures[("seller", "buyer").index(sender)] = own
    market.assert_closed(opened, agreement.send(sender), SPLIT, **HALVES)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("signature", [b"", bytes(65), bytes(64)])
def test_split_without_the_signature_of_a_side_E21(market, side, signature):
    agreement = Agreement(market, market.open())
    agreement.signatures[side] = signature
    with reverts("Escrow_BadSignature", (market.seller, market.buyer)[side]):
        agreement.send()


@pytest.mark.parametrize("sender", ["seller", "buyer"])
def test_split_sent_by_one_side_alone(market, sender):
    agreement = Agreement(market, market.open())
    other = {"seller": market.buyer, "buyer": market.seller}[sender]
    with reverts("Escrow_BadSignature", other):
        agreement.send(sender, [b"", b""])


def test_split_with_the_signatures_swapped_E21(market):
    agreement = Agreement(market, market.open())
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send(signatures=agreement.signatures[::-1])


@pytest.mark.parametrize("who", ["arbitrator", "timelock", "guest"])
def test_split_by_powers_that_are_no_side(market, people, who):
    agreement = Agreement(market, market.open())
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send(who, [agreement.sign(people[who])] * 2)


@pytest.mark.parametrize(
    "signed",
    [{"bps": 5_001}, {"tranche": 1}, {"deadline": 2**40 - 1}, {"id": bytes(32)}],
    ids=lambda changed: next(iter(changed)),
)
def test_split_with_the_signatures_of_another_split_E20(market, signed):
    agreement = Agreement(market, market.open(goods(), goods()), **signed)
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send()


def test_split_another_fill_of_the_same_offer_E20(market):
    offer = market.offer(fills=2)
    first, second = market.open(offer=offer, fill=0), market.open(offer=offer, fill=1)
    agreement = Agreement(market, first)
    agreement.opened = second
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send()


def test_split_twice_with_the_same_signatures_E20(market):
    opened = market.open()
    agreement = Agreement(market, opened)
    agreement.send()
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, SPLIT):
        agreement.send()


def test_split_with_signatures_for_another_chain_E20(market):
    agreement = Agreement(market, market.open())
    signatures = [agreement.sign(side, chain_id=1) for side in (market.seller, market.buyer)]
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send(signatures=signatures)


def test_split_with_signatures_for_another_escrow_E20(market, Escrow, people, rules):
    twin = people["deployer"].account.deploy(
        Escrow, rules, people["treasury"].address, people["stranger"].address, ZERO_ADDRESS
    )
    agreement = Agreement(market, market.open())
    signatures = [agreement.sign(side, escrow=twin) for side in (market.seller, market.buyer)]
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send(signatures=signatures)


def test_split_with_the_signature_of_an_offer_E20(market):
    """The seller signed the offer: another action."""
    offer = market.offer()
    agreement = Agreement(market, market.open(offer=offer))
    with reverts("Escrow_BadSignature", market.seller):
        agreement.send(signatures=[market.sign(offer)[0], agreement.signatures[1]])


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_split_around_the_deadline_of_the_signatures_E13(market, second):
    opened = market.open()
    agreement = Agreement(market, opened)
    deadline = agreement.sent["deadline"]
    market.next_at(deadline + second)
    if second <= 0:
        agreement.send()
        return
    with reverts("Escrow_SignatureExpired", deadline):
        agreement.send()


@pytest.mark.parametrize("bps", [10_001, 2**14, 2**256 - 1])
def test_split_more_than_all(market, bps):
    agreement = Agreement(market, market.open(), bps)
    with reverts("Escrow_BadSplit", bps):
        agreement.send()


def test_split_between_wallet_contracts(market, StubWallet1271, people, token):
    """Each wallet's word is asked for, the one's signature is not the other's."""
    deployer = people["deployer"].account
    performer = deployer.deploy(StubWallet1271, market.seller.address)
    checker = deployer.deploy(StubWallet1271, people["guest"].address)
    parties = (performer, checker, None)
    opened = market.open(
        goods(funder=2, performer=0, checker=1),
        parties=parties,
        signers=(market.seller, people["guest"]),
        asset=token,
    )
    agreement = Agreement(market, opened)
    with reverts("Escrow_BadSignature", checker):
        agreement.send()
    agreement.signatures[1] = agreement.sign(people["guest"])
    receipt = agreement.send()
    market.assert_closed(opened, receipt, SPLIT, asset=token, **HALVES)
    assert sum(HALVES.values()) == AMOUNT
