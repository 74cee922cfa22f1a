// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Trade, TrancheStatus} from "contracts/types/Trade.sol";
import {Refusals} from "tests/invariants/handler/Refusals.sol";
import {check, checkEqual, vm} from "tests/invariants/support/Vm.sol";

/// @title The market under attack, and how every run of it ends
contract MarketHandler is Refusals {
    /// For each asset, what the Escrow has covers open tranches, budgets and credits; the rest was donated, to the unit.
    function checkSolvency() public view {
        for (uint256 a; a < assets.length; ++a) {
            uint256 owed = held[assets[a]] + budgeted[assets[a]];
            for (uint256 i; i < watched.length; ++i) {
                owed += escrow.creditOf(watched[i], assets[a]);
            }
            uint256 has = _balance(address(escrow), assets[a]);
            check(has >= owed, "more is owed than there is");
            checkEqual(has - owed, donated[assets[a]], "what is not owed was not donated");
        }
    }

    /// Paused, and at this very moment, every open tranche can be closed by either of its sides.
    function checkExits() external {
        _now();
        if (!_isPaused()) {
            _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.pauseOpening, (14 days)));
        }
        uint256 id = vm.snapshotState();
        _endBySides(TrancheStatus.Accepted);
        check(vm.revertToState(id), "no way back");
        _endBySides(TrancheStatus.Refunded);
        check(vm.revertToState(id), "no way back");
    }

    /// By silence alone: nobody acts but a stranger who triggers what follows. Then all is withdrawn, and nothing is left.
    function end() external {
        _now();
        uint256 rounds;
        while (refs.length != 0) {
            Ref memory ref = refs[refs.length - 1];
            (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _silence(ref);
            if (time <= dueAt) _wait(dueAt + 1 - time);
            bytes memory data = abi.encodeCall(escrow.expire, (trades[ref.trade], ref.tranche));
            _close(ref, KEEPER, data, outcome, bps);
            check(++rounds < 10_000, "no end");
        }
        _endBudgets();
        _empty();
        for (uint256 i; i < trades.length; ++i) {
            _checkTrade(i);
        }
        _checkVotes();
        _checkFormula();
        // When nobody has traded for two years, and nearly all votes have faded.
        _wait(104 weeks);
        _checkQuorumAt(time - 1);
    }

    function _endBySides(TrancheStatus status) private {
        while (refs.length != 0) {
            Ref memory ref = refs[refs.length - 1];
            Trade memory trade = trades[ref.trade];
            (address performer, address checker) = _parties(ref);
            if (status == TrancheStatus.Accepted) {
                _close(ref, checker, abi.encodeCall(escrow.accept, (trade, ref.tranche)), status, 10_000);
            } else {
                _close(ref, performer, abi.encodeCall(escrow.refund, (trade, ref.tranche)), status, 0);
            }
        }
        _endBudgets();
        _empty();
    }

    /// Denied and refusing accounts too take their credits: to another place.
    function _empty() private {
        for (uint256 a; a < assets.length; ++a) {
            for (uint256 i; i < watched.length; ++i) {
                if (escrow.creditOf(watched[i], assets[a]) != 0) _withdraw(watched[i], assets[a], SAFE_PLACE);
            }
            checkEqual(_balance(address(escrow), assets[a]), donated[assets[a]], "something is left");
        }
    }
}
