// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Trade} from "contracts/types/Trade.sol";

/// @title Reputation: votes that are earned by trading, and fade
/// @notice Points are earned by fees paid on trades closed without fault, half to the performer and half to the funder,
/// and fade with a half-life of 13 weeks. They cannot be transferred. Balances are kept in *units*, which do not change
/// with time: a point earned at time t is worth `index(t)` units, and the index doubles every 13 weeks. `getVotes`,
/// `getPastVotes` and `getPastTotalSupply` (ERC-5805) are in units, so that votes add up to the supply exactly;
/// `pointsOf` divides by today's index for people to read.
interface IReputation {
    /// @notice Points were earned in a trade. `points` before fading (base units, 6 decimals), `units` what was minted.
    event ReputationEarned(
        address indexed account,
        address indexed counterparty,
        bytes32 indexed tradeId,
        address escrow,
        uint8 tranche,
        uint256 points,
        uint256 units
    );
    /// @notice A trade's reputation was claimed; it cannot be claimed again.
    event TradeClaimed(address indexed escrow, bytes32 indexed tradeId);
    /// @notice A genesis member's starting allotment.
    event GenesisAllotted(address indexed account, uint256 points, uint256 units);
    /// @notice Trades of this escrow earn reputation, or no longer do.
    event EscrowListed(address indexed escrow, bool listed);

    error Reputation_NotTimelock(address caller);
    error Reputation_ZeroAddress();
    error Reputation_LengthMismatch(uint256 accounts, uint256 points);
    error Reputation_EscrowNotListed(address escrow);
    error Reputation_NotClosed(bytes32 tradeId);
    error Reputation_AlreadyClaimed(address escrow, bytes32 tradeId);
    error Reputation_BeforeStart(uint256 time, uint256 start);
    error Reputation_BadCaps();

    /// @notice Anyone: mint what closed trades of a listed escrow earned, to their parties.
    function claim(address escrow, Trade[] calldata trades) external;

    /// @notice Timelock only: let trades of an escrow earn reputation, or no longer.
    function setEscrow(address escrow, bool listed) external;

    /// @notice Faded points now (base units, 6 decimals), of the account itself, delegated or not.
    function pointsOf(address account) external view returns (uint256);

    /// @notice Units held by an account.
    function unitsOf(address account) external view returns (uint256);

    /// @notice Units of all accounts together.
    function totalUnits() external view returns (uint256);

    /// @notice Units per point at a time (unix seconds): 2^32 in the first week, growing weekly by 2^(1/13).
    function indexAt(uint256 time) external view returns (uint256);

    /// @notice Whether a trade was claimed.
    function isClaimed(address escrow, bytes32 tradeId) external view returns (bool);

    /// @notice Whether an escrow's trades earn reputation.
    function isListed(address escrow) external view returns (bool);
}
