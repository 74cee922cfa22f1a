// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolHandler} from "tests/invariants/handler/PoolHandler.sol";
import {Test, check} from "tests/invariants/support/Vm.sol";

/// @title Invariants of the pool of jurors: see docs/invariants.md
contract PoolInvariants is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    PoolHandler internal jurors;
    bytes4[] internal actions;
    string[] internal names;

    function setUp() public {
        jurors = new PoolHandler();
        _add(jurors.stake.selector, "stake");
        _add(jurors.requestLeave.selector, "requestLeave");
        _add(jurors.withdraw.selector, "withdraw");
        _add(jurors.setDrawable.selector, "setDrawable");
        _add(jurors.refresh.selector, "refresh");
        _add(jurors.lock.selector, "lock");
        _add(jurors.unlock.selector, "unlock");
        _add(jurors.slash.selector, "slash");
        _add(jurors.award.selector, "award");
        _add(jurors.withdrawCredit.selector, "withdrawCredit");
        _add(jurors.donate.selector, "donate");
        _add(jurors.refuse.selector, "refuse");
        _add(jurors.pass.selector, "pass");
        _add(jurors.draw.selector, "draw");
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(jurors), actions);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(jurors);
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function invariant_thePoolHoldsWhatItOwes() public view {
        jurors.checkLedgers();
    }

    function afterInvariant() public {
        jurors.end();
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function test_everyPoolActionRuns() public {
        for (uint256 round; round < 20; ++round) {
            for (uint256 i; i < actions.length; ++i) {
                uint256 seed = uint256(keccak256(abi.encode(round, i)));
                (bool ok,) = address(jurors).call(abi.encodeWithSelector(actions[i], seed));
                check(ok, names[i]);
                jurors.checkLedgers();
            }
        }
        for (uint256 i; i < names.length; ++i) {
            check(jurors.calls(names[i]) != 0, names[i]);
        }
        jurors.end();
    }

    function _add(bytes4 action, string memory name) private {
        actions.push(action);
        names.push(name);
    }
}
