// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IReputation} from "contracts/interfaces/IReputation.sol";
import {Trade, TrancheState} from "contracts/types/Trade.sol";

/// @title An escrow that says of its trades what it was told to; a trade's id is its `listingHash`
contract StubEscrow {
    error StubEscrow_UnknownTrade(bytes32 tradeId);

    mapping(bytes32 tradeId => TrancheState[]) private _states;
    IReputation private _calledBack;

    function set(bytes32 tradeId, TrancheState[] calldata states) external {
        delete _states[tradeId];
        for (uint256 i; i < states.length; ++i) {
            _states[tradeId].push(states[i]);
        }
    }

    /// @notice From now on, claim each trade anew from within `tranchesOf`.
    function callBack(IReputation reputation) external {
        _calledBack = reputation;
    }

    function tranchesOf(Trade calldata trade) external returns (bytes32, TrancheState[] memory) {
        if (address(_calledBack) != address(0)) {
            Trade[] memory again = new Trade[](1);
            again[0] = trade;
            _calledBack.claim(address(this), again);
        }
        TrancheState[] memory states = _states[trade.listingHash];
        if (states.length == 0) revert StubEscrow_UnknownTrade(trade.listingHash);
        return (trade.listingHash, states);
    }
}
