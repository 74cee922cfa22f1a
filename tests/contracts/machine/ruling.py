"""Rules of the machine: what members vote, what they earn, and what the world does."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.machine.base import Base
from tests.contracts.machine.drafts import fees, jumps, jury_steps, numbers, rarely, shares
from tests.model import reputation, rulebook
from tests.model.escrow import OpenedTrade
from tests.model.tranche import payouts

DAY = 86_400
GOVERNED: dict[str, dict[str, Any]] = {
    "set_fee_rules": {"changes": fees, "wrong": rarely},
    "set_dispute_rules": {"period": numbers, "share": shares, "who": numbers, "wrong": rarely},
    "set_jury_rules": {"which": numbers, "step": jury_steps, "wrong": rarely},
    "set_asset_rule": {"which": numbers, "percent": numbers, "wrong": rarely},
    "pause_opening": {"hours": numbers, "who": numbers},
    "resume_opening": {"wrong": rarely},
    "set_escrow": {"listed": rarely, "wrong": rarely},
}


class Ruling(Base):
    """The timelock acts for the members."""

    @rule(drawn=st.integers(0, 65_535))
    def a_minute_passes(self, drawn: int) -> None:
        """Hypothesis begins with histories that are all zero after some step. They teach
        nothing: it is told so here, in the rule that zero draws, and goes on to random ones."""
        if drawn == 0:
            reject()
        self.wait(60)

    @rule(jump=jumps)
    def later(self, jump: int) -> None:
        self.wait(jump)

    def wait(self, jump: int) -> None:
        self.world.now += jump
        self.world.ask("evm_mine", hex(self.world.now))

    @rule(what=st.sampled_from(sorted(GOVERNED)), data=st.data())
    def govern(self, what: str, data: st.DataObject) -> None:
        """One rule for all that is governed: trading is drawn more often."""
        drawn = {name: data.draw(strategy) for name, strategy in GOVERNED[what].items()}
        getattr(self, what)(**drawn)

    def set_fee_rules(self, changes: list[int], wrong: bool) -> None:
        newest = self.models.rule_book.versions[-1].fees
        drawn = tuple(max(old + change, 0) for old, change in zip(newest, changes, strict=True))
        new = drawn if wrong else tuple(min(fee, 1_000) for fee in drawn)
        caller = self.caller(wrong)
        call = self.world.rule_book.setFeeRules((new,))
        book = self.models.rule_book
        self.both("set fees", caller, call, lambda: book.set_fee_rules(self.world.now, caller, new))

    def set_dispute_rules(self, period: int, share: int, who: int, wrong: bool) -> None:
        old = self.models.rule_book.versions[-1].disputes
        arbitrator = self.world.people[("arbitrator", "successor")[who % 2]].address
        length = max(old.ruling_period + (period - 5_000) * 200, 3_600)
        distance = (share - old.default_performer_bps) // (1 if wrong else 2)
        rules = rulebook.DisputeRules(arbitrator, length, old.default_performer_bps + distance)
        caller = self.caller(wrong)
        values = (arbitrator, length, rules.default_performer_bps)
        call = self.world.rule_book.setDisputeRules(values)
        book = self.models.rule_book
        self.both(
            "set disputes",
            caller,
            call,
            lambda: book.set_dispute_rules(self.world.now, caller, rules),
        )

    def set_jury_rules(self, which: int, step: int, wrong: bool) -> None:
        """One field, by up to a quarter of itself or by its smallest step."""
        old = self.models.rule_book.versions[-1].jury
        name = fields(old)[which % len(fields(old))].name
        value = getattr(old, name)
        small = {"jurors": 2, "max_appeals": 1}
        change = small[name] * (step % 2 * 2 - 1) if name in small else value * step // 100
        new = replace(old, **{name: max(value + change, 0)})
        caller = self.caller(wrong)
        call = self.world.rule_book.setJuryRules(astuple(new))
        book = self.models.rule_book
        self.both(
            "set jury", caller, call, lambda: book.set_jury_rules(self.world.now, caller, new)
        )

    def set_asset_rule(self, which: int, percent: int, wrong: bool) -> None:
        asset = self.world.assets[which % 3]
        old = self.models.rule_book.history[asset][-1][1]
        rate = old.rate * (50 + percent % (110 if wrong else 101)) // 100
        new = rulebook.AssetRule(which % 4 != 0, rate)
        caller = self.caller(wrong)
        call = self.world.rule_book.setAssetRule(asset, (new.allowed, new.rate))
        book = self.models.rule_book
        self.both(
            "set asset",
            caller,
            call,
            lambda: book.set_asset_rule(self.world.now, caller, asset, new),
        )

    def pause_opening(self, hours: int, who: int) -> None:
        caller = self.world.people[("timelock", "guardian", "keeper")[who % 3]].address
        duration = hours % 130 * 600
        call = self.world.rule_book.pauseOpening(duration)
        book = self.models.rule_book
        self.both(
            "pause", caller, call, lambda: book.pause_opening(self.world.now, caller, duration)
        )

    def resume_opening(self, wrong: bool) -> None:
        caller = self.caller(wrong)
        call = self.world.rule_book.resumeOpening()
        book = self.models.rule_book
        self.both("resume", caller, call, lambda: book.resume_opening(self.world.now, caller))

    @precondition(lambda self: self.trades)
    @rule(which=numbers, wrong=rarely)
    def claim(self, which: int, wrong: bool) -> None:
        trades = list(self.models.escrow.trades.values())
        ripe = [
            found
            for found in trades
            if all(state.status.is_final for state in found.states) and found.id not in self.claimed
        ]
        pool = trades if wrong or not ripe else ripe
        before = [found for found in trades if found.id in self.claimed]
        # What was claimed before is passed over.
        self.claim_all([*before[: which % 3], pool[which % len(pool)]])
        held = [account for account, units in self.models.reputation.beyond.items() if units > 0]
        self.release((held or self.world.traders)[which % len(held or self.world.traders)])

    def release(self, account: str) -> None:
        call = self.world.reputation.release(account)
        points = self.models.reputation
        self.both("release", self.keeper, call, lambda: points.release(account))

    def set_escrow(self, listed: bool, wrong: bool) -> None:
        """Off the list and back on it at once, mostly."""
        escrow, points = self.world.escrow.address, self.models.reputation
        is_listed = escrow in points.listed
        caller = self.caller(wrong)
        call = self.world.reputation.setEscrow(escrow, not is_listed or listed)
        self.both(
            "set escrow",
            caller,
            call,
            lambda: points.set_escrow(caller, escrow, not is_listed or listed),
        )

    @rule(who=numbers, coin=rarely, refuses=rarely)
    def refuse_payment(self, who: int, coin: bool, refuses: bool) -> None:
        """A wallet that refuses coin, an account that a token denies; or one that does no more."""
        if coin or who % 3 == 0:
            self.refuse(self.world.payee.address, ZERO_ADDRESS, refuses or who % 2 == 0)
        else:
            account = self.world.traders[who % 5]
            self.refuse(account, self.world.odd.address, refuses or who % 2 == 0)

    def caller(self, wrong: bool) -> str:
        return self.world.people["guardian" if wrong else "timelock"].address

    def claim_all(self, batch: list[OpenedTrade]) -> None:
        closed = [self.closed(found) for found in batch]
        escrow, points = self.world.escrow.address, self.models.reputation
        call = self.world.reputation.claim(escrow, [found.trade.pack() for found in batch])
        before = len(points.claimed)
        self.both("claim", self.keeper, call, lambda: points.claim(self.world.now, escrow, *closed))
        if len(self.models.reputation.claimed) > before:
            self.claimed.update(found.id for found in batch)

    def closed(self, found: OpenedTrade) -> reputation.ClosedTrade:
        """The trade as the reputation sees it."""
        pin, asset = found.trade.pin, found.trade.terms.asset
        tranches = []
        for index, state in enumerate(found.states):
            sums = payouts(found.tranche(index), state.performer_bps, pin.fee_bps)
            fee = sums.fee if state.status.is_final else 0
            tranches.append(
                reputation.ClosedTranche(
                    performer=found.role(index, "performer"),
                    funder=found.role(index, "funder"),
                    checker=found.role(index, "checker"),
                    status=state.status,
                    since=state.since,
                    fee=fee,
                    performer_bps=state.performer_bps,
                    whole_fee=found.tranche(index).amount * pin.fee_bps // 10_000,
                )
            )
        rate = self.models.rule_book.asset_rule_at(asset, pin.opened_at).rate
        return reputation.ClosedTrade("0x" + found.id.hex(), rate, tuple(tranches))
