"""withdraw

├── the receiver is nobody → ZeroAddress
├── the caller is not the owner, and the receiver is not the owner either → NotOwner
├── nothing is owed → NoCredit
├── the receiver or the token refuses → PayoutFailed, and the credit stays
└── the whole credit in this asset is paid, and no other
"""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept
from tests.contracts.escrow.market import AMOUNT, FREE, goods
from tests.contracts.expect import reverts

TAKE, REFUSE, BURN_GAS, LONG_REFUSAL = range(4)
PAY = AMOUNT - 25_000


@pytest.fixture
def payee(StubPayee, people):
    """A contract of the seller's that sells, and refuses to be paid."""
    made = people["deployer"].account.deploy(StubPayee, people["seller"].address)
    made.setMood(REFUSE, {"from": people["seller"].account})
    return made


@pytest.fixture
def owed(market, payee):
    """The seller's contract is owed for one sale in coin."""
    receipt = market.escrow.accept(
        market.open(parties=(payee, None)).packed, 0, {"from": market.buyer.account}
    )
    assert receipt.events["Credited"]["amount"] == PAY
    assert market.credit(payee, ZERO_ADDRESS) == PAY
    return payee


def by_owner(market, owed, to, asset=ZERO_ADDRESS):
    data = market.escrow.withdraw.encode_input(owed, asset, to)
    return owed.execute(market.escrow, 0, data, {"from": market.seller.account})


def test_withdraw_by_its_owner_to_another_address(market, owed, people):
    receipt = by_owner(market, owed, people["guest"].address)
    event = receipt.events["Withdrawn"]
    told = event["account"], event["asset"], event["to"], event["amount"]
    assert told == (owed, ZERO_ADDRESS, people["guest"].address, PAY)
    assert market.gained(receipt, ZERO_ADDRESS, people["guest"]) == PAY
    assert market.credit(owed, ZERO_ADDRESS) == 0


def test_withdraw_by_its_owner_to_itself(market, owed):
    owed.setMood(TAKE, {"from": market.seller.account})
    receipt = by_owner(market, owed, owed)
    assert market.gained(receipt, ZERO_ADDRESS, owed) == PAY


def test_withdraw_by_another_to_the_owner(market, owed, people):
    owed.setMood(TAKE, {"from": market.seller.account})
    receipt = market.escrow.withdraw(owed, ZERO_ADDRESS, owed, {"from": people["stranger"].account})
    assert market.gained(receipt, ZERO_ADDRESS, owed) == PAY
    assert market.gained(receipt, ZERO_ADDRESS, people["stranger"]) == 0


@pytest.mark.parametrize("who", ["stranger", "seller", "timelock", "treasury", "deployer"])
def test_withdraw_by_another_to_another(market, owed, people, who):
    """Not even the owner's owner."""
    for to in (people[who].address, people["guest"].address):
        with reverts("Escrow_NotOwner", owed):
            market.escrow.withdraw(owed, ZERO_ADDRESS, to, {"from": people[who].account})


def test_withdraw_to_nobody_E8(market, owed):
    with reverts("Escrow_ZeroAddress"):
        by_owner(market, owed, ZERO_ADDRESS)


def test_withdraw_for_nobody_E8(market, people):
    with reverts("Escrow_ZeroAddress"):
        market.escrow.withdraw(
            ZERO_ADDRESS, ZERO_ADDRESS, ZERO_ADDRESS, {"from": people["guest"].account}
        )


def test_withdraw_nothing(market, people):
    guest = people["guest"]
    with reverts("Escrow_NoCredit", guest, ZERO_ADDRESS):
        market.escrow.withdraw(guest.address, ZERO_ADDRESS, guest.address, {"from": guest.account})


def test_withdraw_twice_E12(market, owed, people):
    by_owner(market, owed, people["guest"].address)
    with reverts("Escrow_NoCredit", owed, ZERO_ADDRESS):
        by_owner(market, owed, people["guest"].address)


def test_withdraw_another_asset(market, owed, token):
    with reverts("Escrow_NoCredit", owed, token):
        by_owner(market, owed, market.seller.address, token)


@pytest.mark.parametrize("mood", [REFUSE, BURN_GAS, LONG_REFUSAL])
def test_withdraw_to_one_who_refuses_E3(market, owed, people, mood):
    owed.setMood(mood, {"from": market.seller.account})
    with reverts("Escrow_PayoutFailed", owed, ZERO_ADDRESS):
        market.escrow.withdraw(
            owed, ZERO_ADDRESS, owed, {"from": people["stranger"].account, "gas_limit": 500_000}
        )
    assert market.credit(owed, ZERO_ADDRESS) == PAY
    by_owner(market, owed, people["guest"].address)


def test_withdraw_to_the_escrow_itself(market, owed):
    """It takes no coin but for trades."""
    with reverts("Escrow_PayoutFailed", market.escrow, ZERO_ADDRESS):
        by_owner(market, owed, market.escrow)


def test_withdraw_tokens_once_they_may_be_sent_again_E3(market, odd, people):
    seller = market.seller
    opened = market.open(asset=odd)
    odd.setDenied(seller.address, True, {"from": seller.account})
    accept(market, opened)
    assert market.credit(seller, odd) == PAY
    sender = {"from": seller.account}
    with reverts("Escrow_PayoutFailed", seller, odd):
        market.escrow.withdraw(seller.address, odd, seller.address, sender)
    receipt = market.escrow.withdraw(seller.address, odd, people["guest"].address, sender)
    assert market.gained(receipt, odd, people["guest"]) == PAY


def test_withdraw_the_treasurys_fees(market, people, token):
    """Credited, never pushed: whoever it is cannot stop a trade. Anyone may have them paid."""
    treasury = people["treasury"]
    for asset in (ZERO_ADDRESS, token):
        accept(market, market.open(asset=asset))
        accept(market, market.open(goods(40_000), asset=asset))
        sender = {"from": people["stranger"].account}
        receipt = market.escrow.withdraw(treasury.address, asset, treasury.address, sender)
        assert market.gained(receipt, asset, treasury) == 25_000 + 1_000
        assert market.credit(treasury, asset) == 0


def test_withdraw_the_sum_of_several_credits(market, payee, people):
    for amount in (100, 200, 300):
        opened = market.open(goods(amount), parties=(payee, None), kind=FREE)
        market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    receipt = by_owner(market, payee, people["guest"].address)
    assert market.gained(receipt, ZERO_ADDRESS, people["guest"]) == 600
