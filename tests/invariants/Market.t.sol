// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketHandler} from "tests/invariants/handler/MarketHandler.sol";
import {Test, check} from "tests/invariants/support/Vm.sol";

/// @title Invariants of the whole market: see docs/invariants.md
contract MarketInvariants is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    // solhint-disable-next-line func-name-mixedcase
    event log_named_uint(string key, uint256 value);

    MarketHandler internal market;
    bytes4[] internal actions;
    string[] internal names;

    function setUp() public {
        market = new MarketHandler();
        _add(market.open.selector, "open");
        _add(market.openAgain.selector, "openAgain");
        _add(market.cancelOffer.selector, "cancelOffer");
        _add(market.cancelAllOffers.selector, "cancelAllOffers");
        _add(market.lockBudget.selector, "lockBudget");
        _add(market.openSponsored.selector, "openSponsored");
        _add(market.unlockBudget.selector, "unlockBudget");
        _add(market.perform.selector, "perform");
        _add(market.accept.selector, "accept");
        _add(market.refund.selector, "refund");
        _add(market.dispute.selector, "dispute");
        _add(market.rule.selector, "rule");
        _add(market.decline.selector, "decline");
        _add(market.split.selector, "split");
        _add(market.expire.selector, "expire");
        _add(market.expireBatch.selector, "expireBatch");
        _add(market.withdraw.selector, "withdraw");
        _add(market.setFeeRules.selector, "setFeeRules");
        _add(market.setDisputeRules.selector, "setDisputeRules");
        _add(market.setJuryRules.selector, "setJuryRules");
        _add(market.setAssetRule.selector, "setAssetRule");
        _add(market.pauseOpening.selector, "pauseOpening");
        _add(market.resumeOpening.selector, "resumeOpening");
        _add(market.pass.selector, "pass");
        _add(market.donate.selector, "donate");
        _add(market.change.selector, "change");
        _add(market.claim.selector, "claim");
        _add(market.release.selector, "release");
        _add(market.delegate.selector, "delegate");
        _add(market.govern.selector, "govern");
        _add(market.refuseStrangers.selector, "refuseStrangers");
        _add(market.refuseSecondEnd.selector, "refuseSecondEnd");
        _add(market.refuseOtherTerms.selector, "refuseOtherTerms");
        _add(market.refuseLateness.selector, "refuseLateness");
        _add(market.refuseOpening.selector, "refuseOpening");
        _add(market.refuseRules.selector, "refuseRules");
        _add(market.refuseWithdrawals.selector, "refuseWithdrawals");
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(market), actions);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(market);
    }

    /// The rest is checked by each action, where it can go wrong: see `Ghosts`, `Membership`.
    // forge-lint: disable-next-line(mixed-case-function)
    function invariant_everythingOwedIsThere() public view {
        market.checkSolvency();
    }

    function afterInvariant() public {
        market.checkExits();
        market.end();
        market.checkSolvency();
    }

    /// Every action has an effect whenever it is called: also first, also alone.
    // forge-lint: disable-next-line(mixed-case-function)
    function test_everyActionRuns() public {
        for (uint256 round; round < 8; ++round) {
            for (uint256 i; i < actions.length; ++i) {
                uint256 seed = uint256(keccak256(abi.encode(round, i)));
                (bool ok,) = address(market).call(abi.encodeWithSelector(actions[i], seed));
                check(ok, names[i]);
                market.checkSolvency();
            }
        }
        for (uint256 i; i < names.length; ++i) {
            check(market.calls(names[i]) == 8, names[i]);
            emit log_named_uint(names[i], market.calls(names[i]));
        }
        market.checkExits();
        market.end();
        market.checkSolvency();
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_everyActionRunsFirst(uint256 seed, uint256 which) public {
        (bool ok,) = address(market).call(abi.encodeWithSelector(actions[which % actions.length], seed));
        check(ok, names[which % actions.length]);
        market.end();
    }

    function _add(bytes4 action, string memory name) private {
        actions.push(action);
        names.push(name);
    }
}
