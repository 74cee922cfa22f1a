// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CallerStatus, Tier} from "contracts/types/JurorPool.sol";

/// @title Jurors and their stakes
/// @notice Members stake to be drawn. A juror's weight is the units of its stake that it has not asked back, at most
/// `cap`, times the multiplier of its tier of reputation. Weights are remembered by epoch: a draw is made from the
/// weights as they were at the end of an epoch, so that nothing done afterwards matters, and a stake counts from the
/// epoch after the one in which it came. All amounts are base units of `asset`; times are unix seconds.
///
/// Money: what this contract holds covers all stakes, what listed contracts slashed and have not awarded yet, and the
/// credits. A locked stake cannot leave; a stake can be locked until it is withdrawn, even while it is leaving.
///
/// A juror keeps its position in the tree while it weighs or is locked; later the position may become another's. To
/// know whom a draw hit, ask with the epoch of that draw: `jurorAt(position, epoch)` is the same for ever.
interface IJurorPool {
    /// @notice A juror added to its stake, which is `stake` now.
    event Staked(address indexed juror, uint256 amount, uint256 stake);
    /// @notice A juror asks for this much back in all; zero: for nothing any more.
    event LeaveRequested(address indexed juror, uint256 amount, uint40 availableAt);
    /// @notice Stake was paid back, or became a credit: then `Credited` follows.
    event StakeWithdrawn(address indexed juror, uint256 amount);
    /// @notice A juror opted out of being drawn, or back into it.
    event DrawableSet(address indexed juror, bool drawable);
    /// @notice From the end of `epoch` on, this position is this juror's, with this weight.
    event WeightSet(address indexed juror, uint256 position, uint256 weight, uint256 epoch);
    /// @notice A listed contract seated a juror.
    event StakeLocked(address indexed juror, address indexed by, uint256 amount);
    /// @notice A listed contract let a juror's stake go.
    event StakeUnlocked(address indexed juror, address indexed by, uint256 amount);
    /// @notice A listed contract took locked stake away.
    event StakeSlashed(address indexed juror, address indexed by, uint256 amount);
    /// @notice Slashed stake was added to a juror's stake, or became a credit: then `Credited` follows.
    event StakeAwarded(address indexed juror, address indexed by, uint256 amount);
    /// @notice An account is owed this much more.
    event Credited(address indexed account, uint256 amount);
    /// @notice A credit was paid out.
    event CreditWithdrawn(address indexed account, address to, uint256 amount);
    /// @notice What a contract may do with stakes.
    event CallerSet(address indexed caller, CallerStatus status);

    /// @notice Deployment: an address is missing.
    error JurorPool_ZeroAddress();
    /// @notice Deployment: unit, cap, epoch or delay is zero, the delay is not longer than an epoch, or the cap with the
    /// highest multiplier is above 65,535.
    error JurorPool_BadSetup();
    /// @notice Deployment: one to four tiers, ascending by points, with multipliers from 1 to 4 that do not fall.
    error JurorPool_BadTiers();
    /// @notice The caller is not the timelock.
    error JurorPool_NotTimelock(address caller);
    /// @notice The caller is not listed, or may not seat anybody any more.
    error JurorPool_NotListed(address caller);
    /// @notice The coin sent is not the amount, or coin was sent where the asset is a token.
    error JurorPool_WrongValue(uint256 sent, uint256 needed);
    /// @notice The token took a part for itself.
    error JurorPool_ReceivedLess(uint256 received, uint256 needed);
    /// @notice With this the stake that stays would be less than one unit.
    error JurorPool_StakeTooSmall(uint256 stake, uint256 needed);
    /// @notice More than the stake, or than 96 bits.
    error JurorPool_TooMuch(uint256 amount, uint256 most);
    /// @notice Every position is taken; refresh jurors who no longer weigh anything.
    error JurorPool_Full();
    /// @notice The stake asked back is not available yet.
    error JurorPool_NotAvailable(uint40 availableAt);
    /// @notice Nothing was asked back, or all of it is locked.
    error JurorPool_NothingToWithdraw(address juror);
    /// @notice This juror has less than that locked.
    error JurorPool_NotLocked(address juror, uint256 locked, uint256 amount);
    /// @notice The caller has slashed less than that without awarding it.
    error JurorPool_NotSlashed(address caller, uint256 left, uint256 amount);
    /// @notice Weights of this epoch may still change.
    error JurorPool_EpochNotOver(uint256 epoch);
    /// @notice This account holds no position.
    error JurorPool_NoPosition(address juror);
    /// @notice Nothing is owed to this account.
    error JurorPool_NoCredit(address account);
    /// @notice A credit can be sent elsewhere by its owner only.
    error JurorPool_NotOwner(address account);
    /// @notice The receiver or the token refused the payment.
    error JurorPool_PayoutFailed(address to);

    /// @notice Add to the caller's stake: `amount` of coin with the call, or of the token, which must be allowed before.
    function stake(uint256 amount) external payable;

    /// @notice Ask for `amount` of the stake back, in place of what was asked before: it weighs nothing from the next
    /// epoch on, and can be withdrawn after `leaveDelay`, as far as it is not locked then. Each request starts the
    /// delay anew; zero means to stay.
    function requestLeave(uint256 amount) external;

    /// @notice Take out what was asked back and is not locked. If the caller cannot be paid, it becomes a credit.
    function withdraw() external returns (uint256 amount);

    /// @notice Opt out of being drawn from the next epoch on, or back in. Seats already taken stay.
    function setDrawable(bool drawable) external;

    /// @notice Anyone: bring a juror's weight up to date with its reputation and stake, and free its position if it
    /// weighs nothing and is not locked.
    function refresh(address juror) external;

    /// @notice Listed contracts: seat a juror. They are trusted to let go or slash no more than they locked themselves.
    /// @return false, and nothing done, if the juror has less than `amount` that is not locked already
    function lock(address juror, uint256 amount) external returns (bool);

    /// @notice Listed and closing contracts: let locked stake go.
    function unlock(address juror, uint256 amount) external;

    /// @notice Listed and closing contracts: take locked stake away, for the caller to share out by `award`. The weight
    /// falls from the next epoch on.
    function slash(address juror, uint256 amount) external;

    /// @notice Listed and closing contracts: share out what the caller slashed, never more. It is added to the stake of
    /// who has any (and weighs from the next `refresh` on); anybody else gets a credit.
    function award(address to, uint256 amount) external;

    /// @notice Anyone: pay an account its credit; only the account itself can have it sent elsewhere.
    function withdrawCredit(address account, address to) external returns (uint256 amount);

    /// @notice Timelock only: list a contract, let it close what it began, or cut it off.
    function setCaller(address caller, CallerStatus status) external;

    /// @notice The juror whom `number` falls on (modulo the total weight; jurors in the order of their positions), by
    /// the weights at the end of an epoch that is over. The same answer for ever.
    /// @return juror zero if nobody had any weight
    function draw(uint256 epoch, uint256 number) external view returns (address juror, uint256 position);

    /// @notice Epochs count from 1; at the end of epoch 0 nobody had any weight.
    function currentEpoch() external view returns (uint256);

    /// @notice All weights together at the end of an epoch that is over.
    function totalWeightAt(uint256 epoch) external view returns (uint256);

    /// @notice Who held a position (0 to 32,767) at the end of an epoch that is over; zero if nobody had yet.
    function jurorAt(uint256 position, uint256 epoch) external view returns (address);

    /// @notice A juror's position now; reverts if it has none.
    function positionOf(address juror) external view returns (uint256);

    /// @notice `leaving` is what was asked back of the stake, `locked` what cannot leave.
    function stakeOf(address juror)
        external
        view
        returns (uint256 stake, uint256 locked, uint256 leaving, uint40 availableAt);

    /// @notice A juror's weight now: what it will have been at the end of the present epoch if nothing changes.
    function weightOf(address juror) external view returns (uint256);

    /// @notice Whether a juror wants to be drawn.
    function isDrawable(address juror) external view returns (bool);

    /// @notice What a contract slashed and has not awarded yet.
    function slashedBy(address caller) external view returns (uint256);

    /// @notice What an account can withdraw.
    function creditOf(address account) external view returns (uint256);

    /// @notice What a contract may do with stakes.
    function statusOf(address caller) external view returns (CallerStatus);

    /// @notice What is staked; zero: the chain's own coin.
    function asset() external view returns (address);

    /// @notice Base units of the asset that make one unit of weight.
    function stakeUnit() external view returns (uint256);

    /// @notice Units of a juror's stake that count, at most.
    function cap() external view returns (uint256);

    /// @notice The tiers of reputation, from the lowest.
    function tiers() external view returns (Tier[] memory);

    /// @notice Where reputation is read.
    function reputation() external view returns (address);

    /// @notice Who lists callers.
    function timelock() external view returns (address);

    /// @notice When epoch 1 began.
    function start() external view returns (uint256);

    /// @notice Seconds.
    function epochLength() external view returns (uint256);

    /// @notice Seconds from a request to leave until the stake can be withdrawn.
    function leaveDelay() external view returns (uint256);
}
