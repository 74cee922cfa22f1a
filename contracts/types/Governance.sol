// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bounds} from "contracts/types/Rules.sol";

/// The limits of every number of the governor that members can change. They take effect when a proposal is executed,
/// so that each `notice` is zero: the notice is the timelock's delay.
struct GovernorBounds {
    Bounds votingDelay;
    Bounds votingPeriod;
    Bounds proposalThreshold;
    Bounds lateQuorumVoteExtension;
}

/// What a governor is deployed with. Times are in seconds, thresholds in points (6 decimals). The first four can be
/// changed by a vote, within `bounds`; the rest is fixed. Quorum, approval and delay are those of the proposal's types.
struct GovernorParameters {
    uint48 votingDelay;
    uint32 votingPeriod;
    uint96 proposalThreshold;
    uint48 lateQuorumVoteExtension;
    uint96 quorumFloor;
    uint40 grace;
    address guardian;
    uint40 guardianUntil;
    GovernorBounds bounds;
}
