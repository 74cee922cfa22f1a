"""J12: what a bribed minority and a bribed majority cost, by the contracts' own figures

├── a minority cannot move the ruling beyond the others' votes, and each of it pays
├── a majority of the first panel
│   ├── nobody appeals → the ruling is the briber's
│   └── overturned → the bribed pay the honest, the briber's side the other side
├── a majority of the last panel → holds, and takes all that the briber has in hand
└── the numbers of docs/court.md are those of the profile `live`
"""

from dataclasses import asdict
from decimal import Decimal

import pytest

from scripts.parameters.jury import LIVE
from scripts.toolchain import ROOT
from tests.contracts.court.world import CHECKER, FEE, JURY, PERFORMER, SLASH
from tests.contracts.expect import reverts
from tests.model.bribery import Bribery
from tests.model.jury_rules import JuryRules

PRICE = Bribery(JURY)
ETHER = 10**18


def ends(room, dispute, jurors, round_):
    """What each juror of this round won or lost: coin, and stake."""
    before = [(room.credit(one), room.stake(one)[0]) for one in jurors]
    dispute.settle(round_)
    after = [(room.credit(one), room.stake(one)[0]) for one in jurors]
    return [(new[0] - old[0], new[1] - old[1]) for old, new in zip(before, after, strict=True)]


def test_the_model_and_the_contract_agree_on_a_juror_J12():
    assert PRICE.slash == SLASH
    assert PRICE.panel(0) * JURY.juror_fee == FEE
    assert [PRICE.majority(each) for each in range(3)] == [2, 4, 8]


@pytest.mark.parametrize("bribed", [0, 2_000, 3_500, 10_000])
def test_a_bribed_minority_buys_nothing_J12(room, bribed):
    """Whatever the one votes, the ruling is between the two others'."""
    dispute = room.dispute()
    dispute.to_decision(bribed, 3_000, 3_200)
    assert 3_000 <= dispute.case["performerBps"] <= 3_200


def test_each_of_a_bribed_minority_pays_J12(room):
    dispute = room.dispute()
    dispute.to_decision(10_000, 0, 0)
    one, *others = ends(room, dispute, dispute.seated(), 0)
    assert one == (0, -PRICE.slash)
    assert others == [(FEE // 2, PRICE.slash // 2)] * 2
    assert dispute.case["performerBps"] == 0


def test_a_bribed_majority_that_nobody_appeals_J12(room):
    """It is coherent with itself: nobody but the honest one pays, so that appeals have to."""
    dispute = room.dispute()
    dispute.to_decision(10_000, 10_000, 0)
    assert dispute.case["performerBps"] == 10_000
    *bribed, honest = ends(room, dispute, dispute.seated(), 0)
    assert bribed == [(FEE // 2, PRICE.slash // 2)] * 2
    assert honest == (0, -PRICE.slash)


def test_a_bribed_majority_that_an_appeal_overturns_J12(room):
    """The price: what both jurors lose and would have earned, and what was raised to defend it."""
    dispute = room.dispute()
    dispute.to_ruling(10_000, 10_000, 0)
    jurors = dispute.seated()
    raised = dispute.needed()
    assert raised == PRICE.deposit(1)
    dispute.appeal(CHECKER)
    dispute.to_ruling(*[0] * 7)
    dispute.past()
    assert dispute.case["performerBps"] == 0
    before = room.credit(dispute.checker)
    dispute.claim(0, CHECKER, dispute.checker)
    assert room.credit(dispute.checker) - before == 2 * raised - 7 * JURY.juror_fee
    with reverts("Court_NothingToClaim", dispute.performer.address):
        dispute.claim(0, PERFORMER, dispute.performer)
    *bribed, honest = ends(room, dispute, jurors, 0)
    assert bribed == [(0, -PRICE.slash)] * 2
    assert honest == (FEE, 2 * PRICE.slash)
    lost = raised - sum(coin + stake - JURY.juror_fee for coin, stake in bribed)
    assert lost == PRICE.overturned()


def test_a_bribed_majority_of_the_larger_panel_holds_J12(room):
    """Four of seven; the honest of both panels pay. To hold, the briber had it all in hand."""
    dispute = room.dispute()
    dispute.to_ruling(0, 0, 0)
    first = dispute.seated()
    dispute.appeal(PERFORMER)
    dispute.to_ruling(*[10_000] * PRICE.majority(1), 0, 0, 0)
    second = dispute.seated()
    dispute.past()
    assert dispute.case["performerBps"] == 10_000
    later = ends(room, dispute, second, 1)
    assert later[:4] == [(7 * JURY.juror_fee // 4, 3 * PRICE.slash // 4)] * 4
    assert later[4:] == [(0, -PRICE.slash)] * 3
    assert ends(room, dispute, first, 0) == [(0, -PRICE.slash)] * 3


def test_one_fewer_than_a_majority_of_the_larger_panel_fails_J12(room):
    dispute = room.dispute()
    dispute.to_ruling(0, 0, 0)
    dispute.appeal(PERFORMER)
    dispute.to_ruling(*[10_000] * (PRICE.majority(1) - 1), *[0] * 4)
    dispute.past()
    assert dispute.case["performerBps"] == 0
    bribed = ends(room, dispute, dispute.seated(), 1)[:3]
    assert bribed == [(0, -PRICE.slash)] * 3


def test_the_documented_prices_are_those_of_the_live_profile_J12():
    rules = JuryRules(**asdict(LIVE))
    price = Bribery(rules)
    text = (ROOT / "docs" / "court.md").read_text()
    section = text[text.index("## What it costs to bend") : text.index("## Limits")]
    for figure in (
        price.slash,
        price.at_risk,
        price.jurors(0),
        price.deposit(1),
        price.overturned(),
        price.jurors(rules.max_appeals),
        price.deposit(1) + price.deposit(2),
        price.in_hand(),
    ):
        assert f"{Decimal(figure) / ETHER:.3f}" in section
