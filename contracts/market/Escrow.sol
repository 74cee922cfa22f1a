// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {SplitMath} from "contracts/libraries/SplitMath.sol";
import {TradeWord} from "contracts/libraries/TradeWord.sol";
import {Gate} from "contracts/market/Gate.sol";
import {Opening} from "contracts/market/Opening.sol";
import {TradeBook} from "contracts/market/TradeBook.sol";
import {BPS, DisputeRules} from "contracts/types/Rules.sol";
import {Pin, Trade, Tranche, TrancheStatus} from "contracts/types/Trade.sol";

/// @title Escrow
/// @dev The interface is the manual. Here a trade's tranches are performed and closed; `Opening` opens it, `TradeBook`
/// knows where each tranche stands.
contract Escrow is Opening {
    using PinWord for Pin;
    using TradeWord for uint32;
    using TrancheWord for Tranche;

    address private immutable _treasury;

    /// @param labels_ who tells of labels; zero: nobody has any
    constructor(address ruleBook_, address treasury_, address reputation_, address labels_)
        TradeBook(ruleBook_)
        Gate(reputation_, labels_)
    {
        if (ruleBook_ == address(0) || treasury_ == address(0) || reputation_ == address(0)) {
            revert Escrow_ZeroAddress();
        }
        _treasury = treasury_;
    }

    /// @inheritdoc IEscrow
    function perform(Trade calldata trade, uint256 tranche) external {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.performer) revert Escrow_NotPerformer(msg.sender);
        if (seat.cell.status() != TrancheStatus.Open) _revertWrongStatus(seat, tranche);
        _revertIfLate(seat, tranche, seat.pin.start() + seat.tranche.dueIn());
        _write(seat, TrancheStatus.Performed, 0);
        emit TranchePerformed(seat.tradeId, tranche);
    }

    /// @inheritdoc IEscrow
    function accept(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.checker) revert Escrow_NotChecker(msg.sender);
        _close(seat, tranche, TrancheStatus.Accepted, BPS);
    }

    /// @inheritdoc IEscrow
    function refund(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.performer) revert Escrow_NotPerformer(msg.sender);
        _close(seat, tranche, TrancheStatus.Refunded, 0);
    }

    /// @inheritdoc IEscrow
    function dispute(Trade calldata trade, uint256 tranche) external {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.checker) revert Escrow_NotChecker(msg.sender);
        if (seat.cell.status() != TrancheStatus.Performed) _revertWrongStatus(seat, tranche);
        _revertIfLate(seat, tranche, _since(seat) + seat.tranche.reviewPeriod());
        _write(seat, TrancheStatus.Disputed, 0);
        emit TrancheDisputed(seat.tradeId, tranche);
    }

    /// @inheritdoc IEscrow
    function rule(Trade calldata trade, uint256 tranche, uint256 performerBps) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        _checkArbitrator(seat, tranche);
        _close(seat, tranche, TrancheStatus.Ruled, performerBps);
    }

    /// @inheritdoc IEscrow
    function decline(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        _close(seat, tranche, TrancheStatus.Defaulted, _checkArbitrator(seat, tranche).defaultPerformerBps);
    }

    /// @inheritdoc IEscrow
    function split(
        Trade calldata trade,
        uint256 tranche,
        uint256 performerBps,
        uint40 deadline,
        bytes calldata performerSignature,
        bytes calldata checkerSignature
    ) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (block.timestamp > deadline) revert Escrow_SignatureExpired(deadline);
        bytes32 digest = _splitDigest(seat.tradeId, tranche, performerBps, deadline);
        if (msg.sender != seat.performer) _checkSignature(seat.performer, digest, performerSignature);
        if (msg.sender != seat.checker) _checkSignature(seat.checker, digest, checkerSignature);
        _close(seat, tranche, TrancheStatus.Split, performerBps);
    }

    /// @inheritdoc IEscrow
    function expire(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (seat.cell.isFinal()) _revertWrongStatus(seat, tranche);
        (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _afterSilence(seat.cell, seat.tranche, seat.pin);
        if (block.timestamp <= dueAt) revert Escrow_NotDue(seat.tradeId, tranche, dueAt);
        _close(seat, tranche, outcome, bps);
    }

    /// @inheritdoc IEscrow
    function expireBatch(Trade[] calldata trades, uint256[] calldata tranches) external nonReentrant {
        if (trades.length != tranches.length) revert Escrow_LengthMismatch(trades.length, tranches.length);
        bool any = false;
        for (uint256 i; i < trades.length; ++i) {
            Seat memory seat = _seat(trades[i], tranches[i]);
            if (seat.cell.isFinal()) continue;
            (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _afterSilence(seat.cell, seat.tranche, seat.pin);
            if (block.timestamp <= dueAt) continue;
            _close(seat, tranches[i], outcome, bps);
            any = true;
        }
        if (!any) revert Escrow_NothingDue();
    }

    /// @inheritdoc IEscrow
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @dev The caller is the arbitrator of the pinned rules, and may close the tranche.
    function _checkArbitrator(Seat memory seat, uint256 tranche) private view returns (DisputeRules memory rules) {
        rules = _ruleBook.disputeRules(seat.pin.rulesVersion());
        if (msg.sender != rules.arbitrator) revert Escrow_NotArbitrator(msg.sender);
        if (seat.cell.status() != TrancheStatus.Disputed) _revertWrongStatus(seat, tranche);
        _revertIfLate(seat, tranche, _since(seat) + rules.rulingPeriod);
    }

    /// @dev The one way to a final status: state, event, then money.
    function _close(Seat memory seat, uint256 index, TrancheStatus status, uint256 performerBps) private {
        if (seat.cell.isFinal()) _revertWrongStatus(seat, index);
        if (performerBps > BPS) revert Escrow_BadSplit(performerBps);
        _write(seat, status, performerBps);
        (uint256 toPerformer, uint256 toChecker, uint256 fee) =
            SplitMath.payouts(seat.tranche, performerBps, seat.pin.feeBps());
        _credit(seat.asset, _treasury, fee);
        _announce(seat.tradeId, index, status, performerBps, fee);
        _push(seat.asset, seat.performer, toPerformer);
        _push(seat.asset, seat.checker, toChecker);
    }

    function _announce(bytes32 tradeId, uint256 tranche, TrancheStatus status, uint256 performerBps, uint256 fee)
        private
    {
        if (status == TrancheStatus.Accepted) emit TrancheAccepted(tradeId, tranche, fee);
        else if (status == TrancheStatus.Lapsed) emit TrancheLapsed(tradeId, tranche, fee);
        else if (status == TrancheStatus.Missed) emit TrancheMissed(tradeId, tranche);
        else if (status == TrancheStatus.Refunded) emit TrancheRefunded(tradeId, tranche);
        else if (status == TrancheStatus.Split) emit TrancheSplit(tradeId, tranche, performerBps, fee);
        else if (status == TrancheStatus.Ruled) emit TrancheRuled(tradeId, tranche, performerBps, fee);
        else emit TrancheDefaulted(tradeId, tranche, performerBps, fee);
    }

    function _since(Seat memory seat) private pure returns (uint256) {
        return seat.cell.since(seat.pin.start());
    }

    function _revertIfLate(Seat memory seat, uint256 index, uint256 dueAt) private view {
        if (block.timestamp > dueAt) revert Escrow_TooLate(seat.tradeId, index, dueAt);
    }

    function _revertWrongStatus(Seat memory seat, uint256 index) private pure {
        revert Escrow_WrongStatus(seat.tradeId, index, seat.cell.status());
    }
}
