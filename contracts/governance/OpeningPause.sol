// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {RulesHead, RulesHeads} from "contracts/types/RulesHead.sol";

/// @title Who may write the rules, and who may stop the opening of trades
/// @dev Part of the RuleBook: it holds the head word, in which the pause is kept.
abstract contract OpeningPause is IRuleBook {
    using RulesHeads for RulesHead;

    // Ceilings above whatever a deployment says.
    uint256 private constant PAUSE_CEILING = 30 days;
    uint256 private constant GUARDIAN_CEILING = 730 days;

    /// @inheritdoc IRuleBook
    address public immutable timelock;
    /// @inheritdoc IRuleBook
    address public immutable guardian;
    /// @inheritdoc IRuleBook
    uint40 public immutable guardianUntil;
    /// @inheritdoc IRuleBook
    uint40 public immutable maxPause;

    RulesHead internal _head;

    modifier onlyTimelock() {
        if (msg.sender != timelock) revert RuleBook_NotTimelock(msg.sender);
        _;
    }

    constructor(address timelock_, address guardian_, uint40 guardianUntil_, uint40 maxPause_) {
        if (timelock_ == address(0)) revert RuleBook_ZeroAddress();
        if (maxPause_ == 0 || maxPause_ > PAUSE_CEILING) revert RuleBook_BadBounds("maxPause");
        if (guardianUntil_ > block.timestamp + GUARDIAN_CEILING) {
            revert RuleBook_BadBounds("guardianUntil");
        }
        timelock = timelock_;
        guardian = guardian_;
        guardianUntil = guardianUntil_;
        maxPause = maxPause_;
    }

    /// @inheritdoc IRuleBook
    function pauseOpening(uint40 duration) external {
        RulesHead head = _head;
        if (msg.sender != timelock) _checkGuardian(head.pausedUntil());
        if (duration > maxPause) revert RuleBook_PauseTooLong(duration, maxPause);
        uint40 until = uint40(block.timestamp) + duration;
        if (until <= head.pausedUntil()) revert RuleBook_NothingChanged();

        _head = head.withPausedUntil(until);
        emit OpeningPaused(msg.sender, until);
    }

    /// @inheritdoc IRuleBook
    function resumeOpening() external onlyTimelock {
        RulesHead head = _head;
        if (head.pausedUntil() < block.timestamp) revert RuleBook_NotPaused();

        _head = head.withPausedUntil(uint40(block.timestamp) - 1);
        emit OpeningResumed(msg.sender);
    }

    /// @inheritdoc IRuleBook
    function pausedUntil() external view returns (uint40) {
        return _head.pausedUntil();
    }

    function _checkGuardian(uint40 lastPausedUntil) private view {
        if (msg.sender != guardian || block.timestamp > guardianUntil) {
            revert RuleBook_NotGuardian(msg.sender);
        }
        uint40 waitUntil = lastPausedUntil + maxPause;
        if (block.timestamp <= waitUntil) revert RuleBook_GuardianMustWait(waitUntil);
    }
}
