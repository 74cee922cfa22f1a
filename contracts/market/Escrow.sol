// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {SplitMath} from "contracts/libraries/SplitMath.sol";
import {TradeWord} from "contracts/libraries/TradeWord.sol";
import {OfferDesk} from "contracts/market/OfferDesk.sol";
import {Vault} from "contracts/market/Vault.sol";
import {BPS, DisputeRules} from "contracts/types/Rules.sol";
import {
    Conditions,
    DefaultOutcome,
    Offer,
    Permit,
    Pin,
    Trade,
    Tranche,
    TrancheState,
    TrancheStatus
} from "contracts/types/Trade.sol";

/// @title Escrow
/// @dev The interface is the manual. To close a trade, nothing here asks the rule book but for the dispute rules of the
/// pinned version, which never change.
contract Escrow is OfferDesk, Vault {
    using ConditionsWord for Conditions;
    using PinWord for Pin;
    using TradeWord for uint32;
    using TradeWord for uint256;
    using TrancheWord for Tranche;

    IRuleBook private immutable _ruleBook;
    address private immutable _treasury;

    mapping(bytes32 tradeId => uint256) private _words;
    mapping(bytes32 tradeId => mapping(uint256 => uint256)) private _furtherWords;

    /// @dev A tranche of a known trade: who and what, and the stored word and cell it stands in.
    struct Seat {
        bytes32 tradeId;
        uint256 index;
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

    constructor(address ruleBook_, address treasury_) {
        if (ruleBook_ == address(0) || treasury_ == address(0)) revert Escrow_ZeroAddress();
        _ruleBook = IRuleBook(ruleBook_);
        _treasury = treasury_;
    }

    /// @inheritdoc IEscrow
    function openTrade(Offer calldata offer, uint32 fill, bytes[] calldata signatures)
        external
        payable
        nonReentrant
        returns (bytes32)
    {
        return _open(offer, fill, signatures);
    }

    /// @inheritdoc IEscrow
    function openTradeWithPermits(
        Offer calldata offer,
        uint32 fill,
        bytes[] calldata signatures,
        Permit[] calldata permits
    ) external payable nonReentrant returns (bytes32) {
        // A call to no code could not be caught; what is no token is refused below.
        uint256 count = offer.asset.code.length == 0 ? 0 : permits.length;
        for (uint256 i; i < count; ++i) {
            Permit calldata p = permits[i];
            // A permit that somebody else has already sent fails here and has done its work.
            try IERC20Permit(offer.asset).permit(p.owner, address(this), p.value, p.deadline, p.v, p.r, p.s) {} catch {}
        }
        return _open(offer, fill, signatures);
    }

    /// @inheritdoc IEscrow
    function perform(Trade calldata trade, uint256 tranche) external {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.performer) revert Escrow_NotPerformer(msg.sender);
        if (seat.cell.status() != TrancheStatus.Open) _revertWrongStatus(seat);
        _revertIfLate(seat, seat.pin.openedAt() + seat.tranche.dueIn());
        _write(seat, TrancheStatus.Performed, 0);
        emit TranchePerformed(seat.tradeId, tranche);
    }

    /// @inheritdoc IEscrow
    function accept(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.checker) revert Escrow_NotChecker(msg.sender);
        _close(seat, TrancheStatus.Accepted, BPS);
    }

    /// @inheritdoc IEscrow
    function refund(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.performer) revert Escrow_NotPerformer(msg.sender);
        _close(seat, TrancheStatus.Refunded, 0);
    }

    /// @inheritdoc IEscrow
    function dispute(Trade calldata trade, uint256 tranche) external {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != seat.checker) revert Escrow_NotChecker(msg.sender);
        if (seat.cell.status() != TrancheStatus.Performed) _revertWrongStatus(seat);
        _revertIfLate(seat, _since(seat) + seat.tranche.reviewPeriod());
        _write(seat, TrancheStatus.Disputed, 0);
        emit TrancheDisputed(seat.tradeId, tranche);
    }

    /// @inheritdoc IEscrow
    function rule(Trade calldata trade, uint256 tranche, uint256 performerBps) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        _checkArbitrator(seat);
        _close(seat, TrancheStatus.Ruled, performerBps);
    }

    /// @inheritdoc IEscrow
    function decline(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        _close(seat, TrancheStatus.Defaulted, _checkArbitrator(seat).defaultPerformerBps);
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
        _close(seat, TrancheStatus.Split, performerBps);
    }

    /// @inheritdoc IEscrow
    function expire(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (seat.cell.isFinal()) _revertWrongStatus(seat);
        (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _afterSilence(seat.cell, seat.tranche, seat.pin);
        if (block.timestamp <= dueAt) revert Escrow_NotDue(seat.tradeId, tranche, dueAt);
        _close(seat, outcome, bps);
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
            _close(seat, outcome, bps);
            any = true;
        }
        if (!any) revert Escrow_NothingDue();
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
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @inheritdoc IEscrow
    function ruleBook() external view returns (address) {
        return address(_ruleBook);
    }

    function _open(Offer calldata offer, uint32 fill, bytes[] calldata signatures) private returns (bytes32 tradeId) {
        address asset = offer.asset;
        address[] calldata parties = offer.parties;
        Conditions conditions = offer.conditions;
        Tranche[] calldata tranches = offer.tranches;
        bytes32 offerHash = OfferHash.hashOffer(asset, parties, tranches, offer.contentHash, conditions);
        _checkConditions(conditions, fill);
        uint256 openSeat = _checkParties(parties, conditions.createdAt(), offerHash, signatures);
        tradeId = OfferHash.hashTrade(offerHash, fill);
        if (_words[tradeId] != 0) revert Escrow_FillTaken(tradeId);

        (uint32 rulesVersion, uint16 feeBps) = _ruleBook.quote(conditions.kind(), asset);
        if (feeBps > conditions.maxFeeBps()) revert Escrow_FeeTooHigh(feeBps, conditions.maxFeeBps());
        Pin pin =
            PinWord.pack(fill, block.timestamp, rulesVersion, feeBps, bytes8(blockhash(block.number - 1)), openSeat);

        address taker = openSeat == PinWord.NO_SEAT ? address(0) : msg.sender;
        _words[tradeId] = OfferHash.fingerprint(tradeId, taker, pin) << 128;
        emit TradeOpened(tradeId, msg.sender, offer, pin);
        _collect(asset, parties, tranches);
    }

    /// @dev Check every tranche and take every funder's money. Coin comes with the call, so only the caller can fund in
    /// it. Reached from the two payable functions only.
    // slither-disable-next-line msg-value-in-nonpayable,cyclomatic-complexity
    function _collect(address asset, address[] calldata parties, Tranche[] calldata tranches) private {
        uint256 count = tranches.length;
        if (count == 0 || count > MAX_TRANCHES) revert Escrow_TrancheCount(count);
        bool coin = asset == address(0);
        uint256[] memory owed = new uint256[](coin ? 0 : parties.length);
        uint256 total;
        for (uint256 i; i < count; ++i) {
            Tranche t = tranches[i];
            _checkTranche(t, i, parties.length);
            uint256 amount = t.amount();
            // No overflow: at most 20 amounts of 128 bits.
            unchecked {
                total += amount;
                if (!coin) owed[t.funder()] += amount;
            }
            if (coin) _checkFunder(parties[t.funder()]);
        }
        if (coin) {
            if (msg.value != total) revert Escrow_WrongValue(msg.value, total);
            return;
        }
        if (msg.value != 0) revert Escrow_WrongValue(msg.value, 0);
        uint256 before = _balance(asset);
        for (uint256 i; i < owed.length; ++i) {
            if (owed[i] == 0) continue;
            _pull(asset, parties[i] == address(0) ? msg.sender : parties[i], owed[i]);
        }
        uint256 held = _balance(asset);
        uint256 received = held > before ? held - before : 0;
        if (received < total) revert Escrow_ReceivedLess(asset, received, total);
    }

    function _checkFunder(address funder) private view {
        if (funder != msg.sender && funder != address(0)) revert Escrow_FunderNotCaller(funder);
    }

    /// @dev The caller is the arbitrator of the pinned rules, and may close the tranche.
    function _checkArbitrator(Seat memory seat) private view returns (DisputeRules memory rules) {
        rules = _ruleBook.disputeRules(seat.pin.rulesVersion());
        if (msg.sender != rules.arbitrator) revert Escrow_NotArbitrator(msg.sender);
        if (seat.cell.status() != TrancheStatus.Disputed) _revertWrongStatus(seat);
        _revertIfLate(seat, _since(seat) + rules.rulingPeriod);
    }

    /// @dev The one way to a final status: state, event, then money.
    function _close(Seat memory seat, TrancheStatus status, uint256 performerBps) private {
        if (seat.cell.isFinal()) _revertWrongStatus(seat);
        if (performerBps > BPS) revert Escrow_BadSplit(performerBps);
        _write(seat, status, performerBps);
        (uint256 toPerformer, uint256 toChecker, uint256 fee) =
            SplitMath.payouts(seat.tranche, performerBps, seat.pin.feeBps());
        _credit(seat.asset, _treasury, fee);
        _announce(seat.tradeId, seat.index, status, performerBps, fee);
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

    function _write(Seat memory seat, TrancheStatus status, uint256 performerBps) private {
        uint32 cell = TradeWord.encode(status, performerBps, seat.pin.openedAt());
        uint256 word = seat.word.withCell(seat.shift, cell);
        if (seat.further == 0) _words[seat.tradeId] = word;
        else _furtherWords[seat.tradeId][seat.further] = word;
    }

    function _seat(Trade calldata trade, uint256 index) private view returns (Seat memory seat) {
        address[] calldata parties = trade.parties;
        Tranche[] calldata tranches = trade.tranches;
        seat.asset = trade.asset;
        (bytes32 tradeId, uint256 word) = _find(trade, seat.asset, parties, tranches);
        if (word == 0) revert Escrow_UnknownTrade(tradeId);
        seat.tradeId = tradeId;
        seat.word = word;
        if (index >= tranches.length) revert Escrow_UnknownTranche(index);
        seat.index = index;
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
        private
        view
        returns (TrancheStatus, uint256, uint256)
    {
        DisputeRules memory rules;
        if (cell.status() == TrancheStatus.Disputed) rules = _ruleBook.disputeRules(pin.rulesVersion());
        return cell.afterSilence(tranche, pin.openedAt(), rules);
    }

    function _since(Seat memory seat) private pure returns (uint256) {
        return seat.cell.since(seat.pin.openedAt());
    }

    function _revertIfLate(Seat memory seat, uint256 dueAt) private view {
        if (block.timestamp > dueAt) revert Escrow_TooLate(seat.tradeId, seat.index, dueAt);
    }

    function _revertWrongStatus(Seat memory seat) private pure {
        revert Escrow_WrongStatus(seat.tradeId, seat.index, seat.cell.status());
    }
}
