// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {StakeVault} from "contracts/court/StakeVault.sol";
import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {PackedTiers, TierList} from "contracts/libraries/Tiers.sol";
import {WeightTree} from "contracts/libraries/WeightTree.sol";
import {CallerStatus, PoolSetup, Tier} from "contracts/types/JurorPool.sol";

/// @title JurorPool: see IJurorPool
// Amounts are checked against 96 bits when they come in; positions have 15.
// forge-lint: disable-next-item(unsafe-typecast)
contract JurorPool is StakeVault {
    using WeightTree for WeightTree.Tree;

    /// What is known of a juror. Seating and letting go touch the first slot only.
    struct Juror {
        uint96 stake;
        uint96 locked;
        uint16 seat; // position + 1; zero: none
        uint8 multiplier; // of its tier, when last read
        bool optedOut;
        // second slot
        uint96 leaving;
        uint40 availableAt;
    }

    /// @inheritdoc IJurorPool
    uint256 public immutable stakeUnit;
    /// @inheritdoc IJurorPool
    uint256 public immutable cap;
    /// @inheritdoc IJurorPool
    address public immutable reputation;
    /// @inheritdoc IJurorPool
    address public immutable timelock;
    /// @inheritdoc IJurorPool
    uint256 public immutable start;
    /// @inheritdoc IJurorPool
    uint256 public immutable epochLength;
    /// @inheritdoc IJurorPool
    uint256 public immutable leaveDelay;

    PackedTiers private immutable _tiers;

    /// @inheritdoc IJurorPool
    mapping(address caller => CallerStatus) public statusOf;
    /// @inheritdoc IJurorPool
    mapping(address caller => uint256) public slashedBy;

    mapping(address juror => Juror) private _jurors;
    uint256 private _positionsEverUsed;
    uint16[] private _freePositions;
    WeightTree.Tree private _tree;

    modifier onlyCaller() {
        if (statusOf[msg.sender] == CallerStatus.None) revert JurorPool_NotListed(msg.sender);
        _;
    }

    constructor(PoolSetup memory setup) StakeVault(setup.asset) {
        if (setup.reputation == address(0) || setup.timelock == address(0)) revert JurorPool_ZeroAddress();
        uint256 highest;
        (_tiers, highest) = TierList.pack(setup.tiers);
        if (
            setup.stakeUnit == 0 || setup.cap == 0 || setup.epochLength == 0 || setup.leaveDelay <= setup.epochLength
                || setup.cap * highest > WeightTree.MAX_WEIGHT
        ) revert JurorPool_BadSetup();

        stakeUnit = setup.stakeUnit;
        cap = setup.cap;
        reputation = setup.reputation;
        timelock = setup.timelock;
        start = block.timestamp;
        epochLength = setup.epochLength;
        leaveDelay = setup.leaveDelay;
        for (uint256 i; i < setup.callers.length; ++i) {
            _setCaller(setup.callers[i], CallerStatus.Listed);
        }
    }

    /// @inheritdoc IJurorPool
    function stake(uint256 amount) external payable nonReentrant {
        Juror storage juror = _jurors[msg.sender];
        uint256 staked = juror.stake + amount;
        if (staked > type(uint96).max) revert JurorPool_TooMuch(amount, type(uint96).max - juror.stake);
        if (staked < juror.leaving + stakeUnit) revert JurorPool_StakeTooSmall(staked, juror.leaving + stakeUnit);
        juror.stake = uint96(staked);
        emit Staked(msg.sender, amount, staked);
        _reweigh(msg.sender, juror, true);
        _pull(amount);
    }

    /// @inheritdoc IJurorPool
    function requestLeave(uint256 amount) external {
        Juror storage juror = _jurors[msg.sender];
        if (amount > juror.stake) revert JurorPool_TooMuch(amount, juror.stake);
        uint40 availableAt = amount == 0 ? 0 : uint40(block.timestamp + leaveDelay);
        (juror.leaving, juror.availableAt) = (uint96(amount), availableAt);
        emit LeaveRequested(msg.sender, amount, availableAt);
        _reweigh(msg.sender, juror, true);
    }

    /// @inheritdoc IJurorPool
    function withdraw() external nonReentrant returns (uint256 amount) {
        Juror storage juror = _jurors[msg.sender];
        if (block.timestamp < juror.availableAt) revert JurorPool_NotAvailable(juror.availableAt);
        amount = Math.min(juror.leaving, juror.stake - juror.locked);
        if (amount == 0) revert JurorPool_NothingToWithdraw(msg.sender);
        juror.stake -= uint96(amount);
        juror.leaving -= uint96(amount);
        emit StakeWithdrawn(msg.sender, amount);
        _leavePosition(juror);
        if (!_send(msg.sender, amount)) _credit(msg.sender, amount);
    }

    /// @inheritdoc IJurorPool
    function setDrawable(bool drawable) external {
        Juror storage juror = _jurors[msg.sender];
        juror.optedOut = !drawable;
        emit DrawableSet(msg.sender, drawable);
        _reweigh(msg.sender, juror, true);
    }

    /// @inheritdoc IJurorPool
    function refresh(address account) external {
        Juror storage juror = _jurors[account];
        _reweigh(account, juror, true);
        _leavePosition(juror);
    }

    /// @inheritdoc IJurorPool
    function lock(address account, uint256 amount) external returns (bool) {
        if (statusOf[msg.sender] != CallerStatus.Listed) revert JurorPool_NotListed(msg.sender);
        Juror storage juror = _jurors[account];
        (uint256 staked, uint256 locked) = (juror.stake, juror.locked);
        if (amount > staked - locked) return false;
        juror.locked = uint96(locked + amount);
        emit StakeLocked(account, msg.sender, amount);
        return true;
    }

    /// @inheritdoc IJurorPool
    function unlock(address account, uint256 amount) external onlyCaller {
        Juror storage juror = _jurors[account];
        uint256 locked = juror.locked;
        if (amount > locked) revert JurorPool_NotLocked(account, locked, amount);
        juror.locked = uint96(locked - amount);
        emit StakeUnlocked(account, msg.sender, amount);
    }

    /// @inheritdoc IJurorPool
    function slash(address account, uint256 amount) external onlyCaller {
        Juror storage juror = _jurors[account];
        (uint256 staked, uint256 locked) = (juror.stake, juror.locked);
        if (amount > locked) revert JurorPool_NotLocked(account, locked, amount);
        (juror.stake, juror.locked) = (uint96(staked - amount), uint96(locked - amount));
        if (juror.leaving > staked - amount) juror.leaving = uint96(staked - amount);
        slashedBy[msg.sender] += amount;
        emit StakeSlashed(account, msg.sender, amount);
        _reweigh(account, juror, false);
    }

    /// @inheritdoc IJurorPool
    function award(address to, uint256 amount) external onlyCaller {
        if (to == address(0)) revert JurorPool_ZeroAddress();
        uint256 left = slashedBy[msg.sender];
        if (amount > left) revert JurorPool_NotSlashed(msg.sender, left, amount);
        slashedBy[msg.sender] = left - amount;
        emit StakeAwarded(to, msg.sender, amount);
        Juror storage juror = _jurors[to];
        uint256 staked = juror.stake;
        if (staked == 0 || staked + amount > type(uint96).max) _credit(to, amount);
        else juror.stake = uint96(staked + amount);
    }

    /// @inheritdoc IJurorPool
    function setCaller(address caller, CallerStatus status) external {
        if (msg.sender != timelock) revert JurorPool_NotTimelock(msg.sender);
        _setCaller(caller, status);
    }

    /// @inheritdoc IJurorPool
    function draw(uint256 epoch, uint256 number) external view returns (address juror, uint256 position) {
        return _tree.draw(_over(epoch), number);
    }

    /// @inheritdoc IJurorPool
    function currentEpoch() public view returns (uint256) {
        return 1 + (block.timestamp - start) / epochLength;
    }

    /// @inheritdoc IJurorPool
    function totalWeightAt(uint256 epoch) external view returns (uint256) {
        return _tree.totalAt(_over(epoch));
    }

    /// @inheritdoc IJurorPool
    function jurorAt(uint256 position, uint256 epoch) external view returns (address) {
        return _tree.holderAt(_over(epoch), position);
    }

    /// @inheritdoc IJurorPool
    function positionOf(address account) external view returns (uint256) {
        uint256 seat = _jurors[account].seat;
        if (seat == 0) revert JurorPool_NoPosition(account);
        return seat - 1;
    }

    /// @inheritdoc IJurorPool
    function stakeOf(address account)
        external
        view
        returns (uint256 staked, uint256 locked, uint256 leaving, uint40 availableAt)
    {
        Juror storage juror = _jurors[account];
        return (juror.stake, juror.locked, juror.leaving, juror.availableAt);
    }

    /// @inheritdoc IJurorPool
    function weightOf(address account) external view returns (uint256) {
        uint256 seat = _jurors[account].seat;
        return seat == 0 ? 0 : _tree.weightOf(seat - 1);
    }

    /// @inheritdoc IJurorPool
    function isDrawable(address account) external view returns (bool) {
        return !_jurors[account].optedOut;
    }

    /// @inheritdoc IJurorPool
    function tiers() external view returns (Tier[] memory) {
        return _tiers.unpack();
    }

    /// Writes a juror's weight if it is not what it should be; with `anew`, by its reputation as it is now.
    function _reweigh(address account, Juror storage juror, bool anew) private {
        if (anew) {
            uint8 found = _tiers.multiplierFor(IReputation(reputation).pointsOf(account));
            if (found != juror.multiplier) juror.multiplier = found;
        }
        uint256 weight =
            juror.optedOut ? 0 : Math.min((juror.stake - juror.leaving) / stakeUnit, cap) * juror.multiplier;
        uint256 seat = juror.seat;
        uint256 before = seat == 0 ? 0 : _tree.weightOf(seat - 1);
        // A slash never adds weight, not even what awards brought: it would need a position, and there may be none.
        if (weight == before || (weight > before && !anew)) return;

        uint256 epoch = currentEpoch();
        if (seat == 0) {
            seat = _takePosition() + 1;
            juror.seat = uint16(seat);
            _tree.setHolder(epoch, seat - 1, account);
        }
        _tree.setWeight(epoch, seat - 1, weight);
        emit WeightSet(account, seat - 1, weight, epoch);
    }

    function _takePosition() private returns (uint256 position) {
        uint256 free = _freePositions.length;
        if (free != 0) {
            position = _freePositions[free - 1];
            _freePositions.pop();
        } else {
            position = _positionsEverUsed++;
            if (position == WeightTree.POSITIONS) revert JurorPool_Full();
        }
    }

    /// Frees the position of a juror who weighs nothing and is not seated.
    function _leavePosition(Juror storage juror) private {
        uint256 seat = juror.seat;
        if (seat == 0 || juror.locked != 0 || _tree.weightOf(seat - 1) != 0) return;
        juror.seat = 0;
        _freePositions.push(uint16(seat - 1));
    }

    function _setCaller(address caller, CallerStatus status) private {
        if (caller == address(0)) revert JurorPool_ZeroAddress();
        statusOf[caller] = status;
        emit CallerSet(caller, status);
    }

    function _over(uint256 epoch) private view returns (uint256) {
        if (epoch >= currentEpoch()) revert JurorPool_EpochNotOver(epoch);
        return epoch;
    }
}
