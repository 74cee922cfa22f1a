"""Rules of the machine: what the pool refuses, while cases go on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.court.world import UNIT
from tests.contracts.court_machine.casework import numbers
from tests.contracts.court_machine.endings import Endings
from tests.model import juror_pool_errors as errors

LISTED = 2


class Refusals(Endings):
    """Nothing changes by any of these: the checks after each step see to it."""

    @rule(which=numbers, amount=st.integers(1, 10**19))
    def refuse(self, which: int, amount: int) -> None:
        (self.misstate_stake if which % 2 else self.overreach)(which // 2, amount)

    def misstate_stake(self, which: int, amount: int) -> None:
        """More back than there is, less than a unit, coin that was not sent, too early, nothing."""
        name = self.world.jurors[which % len(self.world.jurors)]
        pool, juror = self.world.pool, self.model.pool.juror(name)
        needed = juror.leaving + UNIT
        match which // 16 % 4:
            case 0:
                wrong = juror.stake + amount
                refusal = errors.JurorPool_TooMuch(wrong, juror.stake)
                self.refused(name, pool.requestLeave(wrong), refusal)
            case 1:
                refusal = errors.JurorPool_WrongValue(amount, needed + amount)
                self.refused(name, pool.stake(needed + amount), refusal, amount)
            case 2:
                who, stake, least = self.world.stranger, amount % UNIT, UNIT
                if juror.stake < needed - 1:
                    stake, least = juror.stake + 1, needed
                    who, amount = name, 1
                refusal = errors.JurorPool_StakeTooSmall(stake, least)
                sent = 1 if who == name else stake
                self.refused(who, pool.stake(sent), refusal, sent)
            case _:
                self.withdraw_too_much(name)

    def withdraw_too_much(self, name: str) -> None:
        """Too early, if anybody asked for something; else where there is nothing."""
        jurors, after = self.model.pool.jurors, self.now + 1
        waiting = [one for one, juror in jurors.items() if after < juror.available_at]
        call = self.world.pool.withdraw()
        if waiting:
            at = jurors[waiting[0]].available_at
            self.refused(waiting[0], call, errors.JurorPool_NotAvailable(at))
        elif not self.free_of(name):
            self.refused(name, call, errors.JurorPool_NothingToWithdraw(name))

    def overreach(self, which: int, amount: int) -> None:
        """Whoever is not listed, not the timelock, not the owner, or wants what is not there."""
        who, pool = self.world.stranger, self.world.pool
        name = self.world.jurors[which % len(self.world.jurors)]
        stranger = errors.JurorPool_NotListed(who)
        credit = self.model.pool.credits.get(name, 0)
        unowned = errors.JurorPool_NotOwner(name)
        tries: list[tuple[Any, Exception]] = [
            (pool.lock(name, amount), stranger),
            (pool.unlock(name, amount), stranger),
            (pool.slash(name, amount), stranger),
            (pool.award(who, amount), stranger),
            (pool.setCaller(who, LISTED), errors.JurorPool_NotTimelock(who)),
            (pool.withdrawCredit(name, who), unowned),
            (pool.withdrawCredit(name, ZERO_ADDRESS), errors.JurorPool_ZeroAddress()),
        ]
        if not credit:
            tries.append((pool.withdrawCredit(name, name), errors.JurorPool_NoCredit(name)))
        call, refusal = tries[which // 16 % len(tries)]
        self.refused(who, call, refusal)

    def refused(self, who: str, call: Any, refusal: Exception, value: int = 0) -> None:
        def model() -> None:
            raise refusal

        self.both("pool", who, call, model, value)
