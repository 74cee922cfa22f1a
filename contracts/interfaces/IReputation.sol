// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Caps} from "contracts/types/Caps.sol";
import {Trade} from "contracts/types/Trade.sol";

/// @title Reputation: votes that are earned by trading, and fade
/// @notice Points are earned by fees paid on trades closed without fault, half to the performer and half to the funder,
/// and fade with a half-life of 13 weeks. They cannot be transferred. Balances are kept in *units*, which do not change
/// with time: a point earned at time t is worth `indexAt(t)` units, and the index doubles every 13 weeks. `getVotes`,
/// `getPastVotes` and `getPastTotalSupply` (ERC-5805) are in units, so that votes add up to the supply exactly;
/// `pointsOf` divides by today's index for people to read. An account with no delegate becomes its own when it is first
/// minted to; to delegate to nobody is to delegate to oneself.
///
/// What a tranche earns: its fee times the rate of the asset when the trade was opened, half to each side, if it was
/// accepted, lapsed or was split by agreement. A tranche that was ruled on or defaulted earns nothing, nor does one
/// closed before `start`. Points fade from the moment the tranche was closed, not from the claim.
///
/// What a ruling takes: below 5,000 basis points the performer was at fault, above them the checker, by as many parts of
/// 5,000; at 5,000 nobody. The side at fault forfeits that part of what both sides would have earned had the whole amount
/// been paid with its fee, each at most `perCounterparty`, rounded up. It is taken, at the claim of the trade, from what
/// is held for the account, then from what it was minted; what it does not have it *owes*: what it earns later goes there
/// first, and what is owed fades too. Whoever is right loses nothing.
///
/// Three caps. What an account earns from tranches closed within one epoch (four weeks from `start`), with one
/// counterparty and in all, is limited in units, at the index of the epoch's first week; what goes beyond is lost. And
/// nobody is minted more than brings it to `shareBps` of all units (of those allotted, were there ever fewer); what goes
/// beyond is *held*: it fades like the rest, carries no votes, and is minted as soon as the growing total makes room
/// (`release`, by anyone, or the next claim). A genesis allotment may lie above that share; its owner's earnings are held
/// until it does no more.
///
/// The invariant: what an account has and is held for, less what it owes, is
/// `allotted + sum over epochs of min(perAccount, sum over counterparties of min(perCounterparty, earned)) - forfeited`,
/// in units, whoever claims, when, and in which order; so nobody keeps points by claiming a ruling first, or gains by
/// claiming it last. When everything claimed is released and nothing was forfeited, what is minted does not depend on the
/// order either (but for the rounding of the share). Nobody is minted more than the share allows at that moment; when
/// others forfeit theirs afterwards, the share of what one has grows.
/// @dev Units overflow 208 bits when all points together reach 2^208 / index: with 1e15 base units (a billion points)
/// that is after 31 years. From then on claims revert; existing votes count on, and members vote in a successor before.
interface IReputation {
    /// @notice Points were earned in a tranche. `points` is before caps and fading (base units, 6 decimals); `units`
    /// after the caps of the epoch, minted or held: `ReputationMinted` tells.
    event ReputationEarned(
        address indexed account,
        address indexed counterparty,
        bytes32 indexed tradeId,
        address escrow,
        uint256 tranche,
        uint256 points,
        uint256 units
    );
    /// @notice A ruling found a side at fault in a tranche. `points` is before caps and fading (base units, 6 decimals,
    /// rounded up); `units` after the caps, taken or owed: `ReputationBurned` tells, or `ReputationMinted` if what the
    /// account earned in the claim and was held for covers it.
    event ReputationForfeited(
        address indexed account,
        address indexed counterparty,
        bytes32 indexed tradeId,
        address escrow,
        uint256 tranche,
        uint256 points,
        uint256 units
    );
    /// @notice Units were minted to an account, once for all it earned in a claim, less what it forfeited and owed; `held`
    /// units wait for the total to grow. It owes nothing.
    event ReputationMinted(address indexed account, uint256 units, uint256 held);
    /// @notice Units were taken from an account, once for all it forfeited in a claim and owed, less what it earned there
    /// and was held for; it owes `owed` units now. Nothing is held for it.
    event ReputationBurned(address indexed account, uint256 units, uint256 owed);
    /// @notice A trade's reputation was claimed; it cannot be claimed again.
    event TradeClaimed(address indexed escrow, bytes32 indexed tradeId);
    /// @notice A genesis member's starting allotment; `ReputationMinted` does not tell of it.
    event GenesisAllotted(address indexed account, uint256 points, uint256 units);
    /// @notice Trades of this escrow earn reputation, or no longer do.
    event EscrowListed(address indexed escrow, bool listed);

    /// @notice The caller is not the timelock.
    error Reputation_NotTimelock(address caller);
    /// @notice An address is missing.
    error Reputation_ZeroAddress();
    /// @notice Deployment: each genesis account needs its points.
    error Reputation_LengthMismatch(uint256 accounts, uint256 points);
    /// @notice Deployment: without any points to begin with, nobody could ever earn within the share.
    error Reputation_NoGenesis();
    /// @notice Deployment: a cap is zero, `perCounterparty` is above `perAccount`, or `shareBps` above 10,000.
    error Reputation_BadCaps();
    /// @notice Trades of this escrow earn no reputation.
    error Reputation_EscrowNotListed(address escrow);
    /// @notice A tranche of this trade is not final yet, or the trade, which is over, has not started yet.
    error Reputation_NotClosed(bytes32 tradeId);
    /// @notice What every trade of the claim earned was claimed before; `tradeId` is the last one's.
    error Reputation_AlreadyClaimed(address escrow, bytes32 tradeId);
    /// @notice Nothing is held for this account, or there is no room for it.
    error Reputation_NothingToRelease(address account);
    /// @notice There is no index for a time before the deployment (unix seconds).
    error Reputation_BeforeStart(uint256 time, uint256 start);

    /// @notice Anyone: mint what closed trades of a listed escrow earned, to their parties, and take what rulings in them
    /// cost the side at fault. Every tranche of a trade must be final. Trades claimed before are passed over, so that
    /// nobody stops a claim by being faster with a part of it. Trades not claimed when their escrow is taken off the list
    /// earn and cost nothing while it is off.
    function claim(address escrow, Trade[] calldata trades) external;

    /// @notice Anyone: mint what is held for an account, as far as its share has room.
    /// @return units minted
    function release(address account) external returns (uint256 units);

    /// @notice Timelock only: let trades of an escrow earn reputation, or no longer.
    function setEscrow(address escrow, bool listed) external;

    /// @notice Faded points now (base units, 6 decimals), of the account itself, delegated or not, rounded down. Does not
    /// include what is held.
    function pointsOf(address account) external view returns (uint256);

    /// @notice Units minted to an account.
    function unitsOf(address account) external view returns (uint256);

    /// @notice Units earned by an account that its share has had no room for.
    function heldOf(address account) external view returns (uint256);

    /// @notice Units forfeited by an account that it did not have; what it earns goes there first.
    function owedOf(address account) external view returns (uint256);

    /// @notice Units of all accounts together.
    function totalUnits() external view returns (uint256);

    /// @notice Units per point at a time (unix seconds): 2^32 in the first week, growing weekly by 2^(1/13). Reverts for
    /// a time before `start`.
    function indexAt(uint256 time) external view returns (uint256);

    /// @notice Whether a trade was claimed.
    function isClaimed(address escrow, bytes32 tradeId) external view returns (bool);

    /// @notice Whether an escrow's trades earn reputation.
    function isListed(address escrow) external view returns (bool);

    /// @notice When this contract was deployed (unix seconds): the start of the first week and the first epoch.
    function start() external view returns (uint256);

    /// @notice How much can be earned.
    function caps() external view returns (Caps memory);

    /// @notice The only account that may list escrows.
    function timelock() external view returns (address);

    /// @notice The rule book that tells an asset's rate.
    function ruleBook() external view returns (address);
}
