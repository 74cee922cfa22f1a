// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {ILabels} from "contracts/interfaces/ILabels.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {ConditionsWord} from "contracts/libraries/Packed.sol";
import {Conditions} from "contracts/types/Trade.sol";

/// @title Who may take an offer that asks for labels or reputation
/// @dev Asked at the opening, of who calls it, and never again. Only offers that ask pay for the answer.
abstract contract Gate is IEscrow {
    using ConditionsWord for Conditions;

    /// @dev A whole point in base units.
    uint256 private constant POINT = 1e6;

    IReputation private immutable _reputation;
    ILabels private immutable _labels;

    constructor(address reputation_, address labels_) {
        (_reputation, _labels) = (IReputation(reputation_), ILabels(labels_));
    }

    /// @inheritdoc IEscrow
    function reputation() external view returns (address) {
        return address(_reputation);
    }

    /// @inheritdoc IEscrow
    function labels() external view returns (address) {
        return address(_labels);
    }

    function _checkTaker(Conditions c) internal view {
        uint256 missing = c.labels();
        if (missing != 0 && address(_labels) != address(0)) missing &= ~_labels.labelsOf(msg.sender);
        if (missing != 0) revert Escrow_MissingLabels(msg.sender, missing);
        uint256 needed = c.leastPoints() * POINT;
        if (needed == 0) return;
        uint256 points = _reputation.pointsOf(msg.sender);
        if (points < needed) revert Escrow_TooFewPoints(msg.sender, points, needed);
    }
}
