"""A history by hand, in which every action of the rule machine succeeds at least once."""

from __future__ import annotations

from dataclasses import replace

from tests.contracts.machine.drafts import OfferDraft, TrancheDraft
from tests.contracts.machine.test_machine import MUST_RUN, MarketMachine
from tests.contracts.machine.trading import ACTIONS
from tests.contracts.machine.world import World

DAY = 86_400
ACCEPT = list(ACTIONS).index("accept")
TRANCHE = TrancheDraft(
    funder=1, performer=0, checker=0, amount=10**20, due_in=5 * DAY, review_period=DAY
)
DRAFT = OfferDraft(
    asset=1,
    order=(0, 3, 1, 2, 4),
    count=2,
    seat=1,
    is_named=False,
    tranches=(TRANCHE,),
    kind=1,
    max_fee_bps=1_000,
    lasts=5 * DAY,
    starts=None,
    fills=3,
    sponsor=None,
    labels=0,
    least_points=0,
    mistake=None,
)


def test_every_action_is_reachable(world: World) -> None:
    MarketMachine.world = world
    world.ran.clear()
    machine = MarketMachine()
    # The first trade earns a genesis member more than its share has room for; the other side's
    # points make room for some of it.
    machine.open(DRAFT)
    machine.act(action=ACCEPT, seat=1, wrong=False, who=0)
    machine.claim(which=0, wrong=False)
    machine.everything_is_as_the_models_say()
    machine.open(replace(DRAFT, tranches=(TRANCHE,) * 8))
    machine.open_again(which=0, fill=1, taker=0)
    for action in range(len(ACTIONS)):
        machine.act(action=action, seat=1, wrong=False, who=0)
    machine.rule_on(seat=1, share=7_000, wrong=False)
    machine.rule_on(seat=3, share=7_003, wrong=False)
    machine.split(seat=1, share=1, who=0, wrong=False, late=False)
    machine.everything_is_as_the_models_say()
    machine.set_fee_rules(changes=[1] * 10, wrong=False)
    machine.set_dispute_rules(period=5_001, share=5_000, who=1, wrong=False)
    machine.set_jury_rules(which=2, step=25, wrong=False)
    machine.set_asset_rule(which=1, percent=20, wrong=False)
    machine.expire(seat=1, patient=False)  # a second early
    machine.expire(seat=2, patient=False)
    machine.expire_batch(seats=(1, 9, 17), missing=False)
    machine.withdraw(which=0, elsewhere=2, wrong=False)
    machine.pause_opening(hours=129, who=0)
    machine.resume_opening(wrong=False)
    machine.open(DRAFT)
    machine.open(replace(DRAFT, sponsor=0, labels=6, tranches=(replace(TRANCHE, funder=0),)))
    machine.lock_budget(which=0, fills=2, wrong=False, cheap=False)
    machine.open_again(which=-1, fill=0, taker=0)  # without the labels
    for who in range(5):
        machine.set_labels(who=who, mask=7)
    machine.open_again(which=-1, fill=0, taker=0)
    machine.everything_is_as_the_models_say()
    machine.unlock_budget(which=1, patient=True)  # a second early
    machine.unlock_budget(which=0, patient=True)
    machine.cancel_offer(which=1, who=0)
    machine.cancel_all_offers(who=0, really=True)
    machine.set_escrow(listed=False, wrong=False)
    machine.set_escrow(listed=True, wrong=False)
    machine.everything_is_as_the_models_say()
    machine.teardown()
    missing = [
        name
        for name in (*MUST_RUN, "release", "open refused: Escrow_MissingLabels")
        if not world.ran[name]
    ]
    assert not missing, f"never done: {missing}; done: {world.ran}"
