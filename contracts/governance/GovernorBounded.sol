// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";
import {GovernorParameters} from "contracts/types/Governance.sol";
import {Bounds} from "contracts/types/Rules.sol";

/// @title The bounds and steps of a governor's settings
abstract contract GovernorBounded is IMarketGovernor {
    bytes32 internal constant VOTING_DELAY = "votingDelay";
    bytes32 internal constant VOTING_PERIOD = "votingPeriod";
    bytes32 internal constant PROPOSAL_THRESHOLD = "proposalThreshold";
    bytes32 internal constant LATE_QUORUM_VOTE_EXTENSION = "lateQuorumVoteExtension";

    // Each word: min (80 bits) | max (80 bits) | step (80 bits). Casts to uint80 cut them out.
    uint256 private immutable _votingDelayBounds;
    uint256 private immutable _votingPeriodBounds;
    uint256 private immutable _proposalThresholdBounds;
    uint256 private immutable _lateQuorumVoteExtensionBounds;

    constructor(GovernorParameters memory first) {
        _votingDelayBounds = _toWord(VOTING_DELAY, first.bounds.votingDelay, first.votingDelay);
        _votingPeriodBounds = _toWord(VOTING_PERIOD, first.bounds.votingPeriod, first.votingPeriod);
        _proposalThresholdBounds = _toWord(PROPOSAL_THRESHOLD, first.bounds.proposalThreshold, first.proposalThreshold);
        _lateQuorumVoteExtensionBounds =
            _toWord(LATE_QUORUM_VOTE_EXTENSION, first.bounds.lateQuorumVoteExtension, first.lateQuorumVoteExtension);
    }

    /// @inheritdoc IMarketGovernor
    function boundsOf(bytes32 field) public view returns (Bounds memory) {
        return _toBounds(_wordOf(field));
    }

    // forge-lint: disable-next-item(unsafe-typecast)
    function _checkBounds(bytes32 field, uint256 oldValue, uint256 newValue) internal view {
        uint256 word = _wordOf(field);
        (uint256 min, uint256 max, uint256 step) = (uint80(word >> 160), uint80(word >> 80), uint80(word));
        if (newValue < min || newValue > max) revert MarketGovernor_OutOfBounds(field, newValue, min, max);
        uint256 change = newValue > oldValue ? newValue - oldValue : oldValue - newValue;
        if (change > step) revert MarketGovernor_StepTooLarge(field, oldValue, newValue, step);
    }

    // forge-lint: disable-next-item(unsafe-typecast)
    function _largestExtension() internal view returns (uint256) {
        return uint80(_lateQuorumVoteExtensionBounds >> 80);
    }

    // forge-lint: disable-next-item(unsafe-typecast)
    function _longestVotingDelay() internal view returns (uint256) {
        return uint80(_votingDelayBounds >> 80);
    }

    function _wordOf(bytes32 field) private view returns (uint256) {
        if (field == VOTING_DELAY) return _votingDelayBounds;
        if (field == VOTING_PERIOD) return _votingPeriodBounds;
        if (field == PROPOSAL_THRESHOLD) return _proposalThresholdBounds;
        if (field == LATE_QUORUM_VOTE_EXTENSION) return _lateQuorumVoteExtensionBounds;
        revert MarketGovernor_BadBounds(field);
    }

    // forge-lint: disable-next-item(unsafe-typecast)
    function _toBounds(uint256 word) private pure returns (Bounds memory) {
        return Bounds({min: uint80(word >> 160), max: uint80(word >> 80), step: uint80(word), notice: 0});
    }

    function _toWord(bytes32 field, Bounds memory bounds, uint256 first) private pure returns (uint256) {
        if (
            first < bounds.min || first > bounds.max || bounds.max > type(uint80).max || bounds.step > type(uint80).max
                || bounds.notice != 0
        ) revert MarketGovernor_BadBounds(field);
        return uint256(bounds.min) << 160 | uint256(bounds.max) << 80 | bounds.step;
    }
}
