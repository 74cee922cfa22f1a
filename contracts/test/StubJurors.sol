// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";

/// @title An account that stakes coin when it is made, and does nothing more
contract StubJuror {
    constructor(IJurorPool pool) payable {
        pool.stake{value: msg.value}(msg.value);
    }
}

/// @title Many things at once with a pool of jurors, where one transaction each would take long
contract StubJurors {
    /// @dev How many of `lockAll` could not be seated.
    uint256 public refused;

    /// @notice Makes jurors who stake these amounts of coin.
    function fill(IJurorPool pool, uint256[] calldata amounts) external payable {
        for (uint256 i; i < amounts.length; ++i) {
            new StubJuror{value: amounts[i]}(pool);
        }
    }

    function refreshAll(IJurorPool pool, address[] calldata jurors) external {
        for (uint256 i; i < jurors.length; ++i) {
            pool.refresh(jurors[i]);
        }
    }

    /// @notice Draws by one number after another, and seats whom they fall on.
    function lockAll(IJurorPool pool, uint256 epoch, uint256[] calldata numbers, uint256 amount) external {
        for (uint256 i; i < numbers.length; ++i) {
            (address juror,) = pool.draw(epoch, numbers[i]);
            if (!pool.lock(juror, amount)) ++refused;
        }
    }

    function drawAll(IJurorPool pool, uint256 epoch, uint256[] calldata numbers)
        external
        view
        returns (address[] memory jurors)
    {
        jurors = new address[](numbers.length);
        for (uint256 i; i < numbers.length; ++i) {
            (jurors[i],) = pool.draw(epoch, numbers[i]);
        }
    }
}
