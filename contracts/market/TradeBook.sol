// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {SplitMath} from "contracts/libraries/SplitMath.sol";
import {TradeWord} from "contracts/libraries/TradeWord.sol";
import {DisputeRules} from "contracts/types/Rules.sol";
import {DefaultOutcome, Pin, Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

/// @title The stored words of trades: where each tranche stands, and what follows from silence
/// @dev Of a known trade, nothing here asks the rule book but for the dispute rules of the pinned version, which never
/// change.
abstract contract TradeBook is IEscrow {
    using PinWord for Pin;
    using TradeWord for uint32;
    using TradeWord for uint256;
    using TrancheWord for Tranche;

    IRuleBook internal immutable _ruleBook;

    mapping(bytes32 tradeId => uint256) internal _words;
    mapping(bytes32 tradeId => mapping(uint256 => uint256)) private _furtherWords;

    /// @dev A tranche of a known trade: who and what, and the stored word and cell it stands in.
    struct Seat {
        bytes32 tradeId;
        Tranche tranche;
        Pin pin;
        address asset;
        address performer;
        address checker;
        uint256 further;
        uint256 shift;
        uint256 word;
        uint32 cell;
    }

    constructor(address ruleBook_) {
        _ruleBook = IRuleBook(ruleBook_);
    }

    /// @inheritdoc IEscrow
    function statusOf(Trade calldata trade, uint256 tranche) external view returns (TrancheStatus) {
        (bytes32 tradeId, uint256 word) = _find(trade, trade.asset, trade.parties, trade.tranches);
        if (word == 0 || tranche >= trade.tranches.length) return TrancheStatus.None;
        return _cell(tradeId, tranche).status();
    }

    /// @inheritdoc IEscrow
    function tranchesOf(Trade calldata trade) external view returns (bytes32 tradeId, TrancheState[] memory states) {
        tradeId = _known(trade);
        states = new TrancheState[](trade.tranches.length);
        for (uint256 i; i < states.length; ++i) {
            states[i] = _cell(tradeId, i).stateOf(trade.tranches[i], trade.pin);
        }
    }

    /// @inheritdoc IEscrow
    function nextDefault(Trade calldata trade) external view returns (DefaultOutcome[] memory outcomes) {
        bytes32 tradeId = _known(trade);
        outcomes = new DefaultOutcome[](trade.tranches.length);
        for (uint256 i; i < outcomes.length; ++i) {
            uint32 cell = _cell(tradeId, i);
            if (cell.isFinal()) continue;
            Tranche t = trade.tranches[i];
            (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _afterSilence(cell, t, trade.pin);
            (uint256 toPerformer, uint256 toChecker, uint256 fee) = SplitMath.payouts(t, bps, trade.pin.feeBps());
            outcomes[i] = DefaultOutcome(outcome, dueAt, toPerformer, toChecker, fee);
        }
    }

    /// @inheritdoc IEscrow
    function wordOf(bytes32 tradeId) external view returns (uint256) {
        return _words[tradeId];
    }

    /// @inheritdoc IEscrow
    function ruleBook() external view returns (address) {
        return address(_ruleBook);
    }

    function _write(Seat memory seat, TrancheStatus status, uint256 performerBps) internal {
        uint32 cell = TradeWord.encode(status, performerBps, seat.pin.start());
        uint256 word = seat.word.withCell(seat.shift, cell);
        if (seat.further == 0) _words[seat.tradeId] = word;
        else _furtherWords[seat.tradeId][seat.further] = word;
    }

    function _seat(Trade calldata trade, uint256 index) internal view returns (Seat memory seat) {
        address[] calldata parties = trade.parties;
        Tranche[] calldata tranches = trade.tranches;
        seat.asset = trade.asset;
        (bytes32 tradeId, uint256 word) = _find(trade, seat.asset, parties, tranches);
        if (word == 0) revert Escrow_UnknownTrade(tradeId);
        seat.tradeId = tradeId;
        seat.word = word;
        if (index >= tranches.length) revert Escrow_UnknownTranche(index);
        Tranche t = tranches[index];
        seat.tranche = t;
        seat.pin = trade.pin;
        seat.performer = parties[t.performer()];
        seat.checker = parties[t.checker()];
        (seat.further, seat.shift) = TradeWord.locate(index);
        if (seat.further != 0) seat.word = _furtherWords[seat.tradeId][seat.further];
        seat.cell = seat.word.cellAt(seat.shift);
    }

    function _cell(bytes32 tradeId, uint256 index) private view returns (uint32) {
        (uint256 further, uint256 shift) = TradeWord.locate(index);
        return (further == 0 ? _words[tradeId] : _furtherWords[tradeId][further]).cellAt(shift);
    }

    function _known(Trade calldata trade) private view returns (bytes32 tradeId) {
        uint256 word;
        (tradeId, word) = _find(trade, trade.asset, trade.parties, trade.tranches);
        if (word == 0) revert Escrow_UnknownTrade(tradeId);
    }

    /// @return tradeId the id that these terms and this fill have
    /// @return word the first stored word, or zero if no such trade was opened by these parties with this pin
    function _find(Trade calldata trade, address asset, address[] calldata parties, Tranche[] calldata tranches)
        private
        view
        returns (bytes32 tradeId, uint256 word)
    {
        Pin pin = trade.pin;
        tradeId = OfferHash.hashTrade(asset, parties, tranches, trade.listingHash, pin);
        word = _words[tradeId];
        uint256 openSeat = pin.openSeat();
        address taker = openSeat < parties.length ? parties[openSeat] : address(0);
        if (word >> 128 != OfferHash.fingerprint(tradeId, taker, pin)) word = 0;
    }

    function _afterSilence(uint32 cell, Tranche tranche, Pin pin)
        internal
        view
        returns (TrancheStatus, uint256, uint256)
    {
        DisputeRules memory rules;
        if (cell.status() == TrancheStatus.Disputed) rules = _ruleBook.disputeRules(pin.rulesVersion());
        return cell.afterSilence(tranche, pin.start(), rules);
    }
}
