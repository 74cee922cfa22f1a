// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {SplitMath} from "contracts/libraries/SplitMath.sol";
import {TradeWord} from "contracts/libraries/TradeWord.sol";
import {OfferDesk} from "contracts/market/OfferDesk.sol";
import {Vault} from "contracts/market/Vault.sol";
import {BPS, DisputeRules} from "contracts/types/Rules.sol";
import {
    DefaultOutcome,
    Offer,
    Opening,
    Permit,
    Terms,
    Trade,
    Tranche,
    TrancheState,
    TrancheStatus
} from "contracts/types/Trade.sol";

/// @title Escrow
/// @dev The interface is the manual. Nothing here asks the rule book to close a trade except for the dispute rules of
/// the pinned version, which never change.
contract Escrow is OfferDesk, Vault {
    using TradeWord for uint32;
    using TradeWord for uint256;
    using TradeWord for TrancheStatus;

    IRuleBook private immutable _ruleBook;
    address private immutable _treasury;

    mapping(bytes32 tradeId => uint256) private _words;
    mapping(bytes32 tradeId => mapping(uint256 => uint256)) private _furtherWords;

    /// @dev A tranche of a known trade, and where its cell stands.
    struct Seat {
        bytes32 tradeId;
        uint256 index;
        uint256 word;
        uint256 wordIndex;
        uint256 shift;
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
        for (uint256 i; i < permits.length; ++i) {
            Permit calldata p = permits[i];
            // A permit that somebody else has already sent fails here and has done its work.
            try IERC20Permit(offer.terms.asset).permit(p.owner, address(this), p.value, p.deadline, p.v, p.r, p.s) {}
                catch {}
        }
        return _open(offer, fill, signatures);
    }

    /// @inheritdoc IEscrow
    function perform(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != _performer(trade, tranche)) revert Escrow_NotPerformer(msg.sender);
        if (seat.cell.status() != TrancheStatus.Open) _revertWrongStatus(seat);
        uint40 dueAt = trade.opening.openedAt + trade.terms.tranches[tranche].dueIn;
        if (block.timestamp > dueAt) revert Escrow_TooLate(seat.tradeId, tranche, dueAt);
        _write(seat, TradeWord.encode(TrancheStatus.Performed, 0, trade.opening.openedAt));
        emit TranchePerformed(seat.tradeId, uint8(tranche));
    }

    /// @inheritdoc IEscrow
    function accept(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != _checker(trade, tranche)) revert Escrow_NotChecker(msg.sender);
        _close(trade, seat, TrancheStatus.Accepted, BPS);
    }

    /// @inheritdoc IEscrow
    function refund(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != _performer(trade, tranche)) revert Escrow_NotPerformer(msg.sender);
        _close(trade, seat, TrancheStatus.Refunded, 0);
    }

    /// @inheritdoc IEscrow
    function dispute(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (msg.sender != _checker(trade, tranche)) revert Escrow_NotChecker(msg.sender);
        if (seat.cell.status() != TrancheStatus.Performed) _revertWrongStatus(seat);
        uint40 dueAt = seat.cell.since(trade.opening.openedAt) + trade.terms.tranches[tranche].reviewPeriod;
        if (block.timestamp > dueAt) revert Escrow_TooLate(seat.tradeId, tranche, dueAt);
        _write(seat, TradeWord.encode(TrancheStatus.Disputed, 0, trade.opening.openedAt));
        emit TrancheDisputed(seat.tradeId, uint8(tranche));
    }

    /// @inheritdoc IEscrow
    function rule(Trade calldata trade, uint256 tranche, uint256 performerBps) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        DisputeRules memory rules = _ruleBook.disputeRules(trade.opening.rulesVersion);
        if (msg.sender != rules.arbitrator) revert Escrow_NotArbitrator(msg.sender);
        if (seat.cell.status() != TrancheStatus.Disputed) _revertWrongStatus(seat);
        uint40 dueAt = seat.cell.since(trade.opening.openedAt) + rules.rulingPeriod;
        if (block.timestamp > dueAt) revert Escrow_TooLate(seat.tradeId, tranche, dueAt);
        _close(trade, seat, TrancheStatus.Ruled, performerBps);
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
        address performer = _performer(trade, tranche);
        if (msg.sender != performer) _checkSignature(performer, digest, performerSignature);
        address checker = _checker(trade, tranche);
        if (msg.sender != checker) _checkSignature(checker, digest, checkerSignature);
        _close(trade, seat, TrancheStatus.Split, performerBps);
    }

    /// @inheritdoc IEscrow
    function expire(Trade calldata trade, uint256 tranche) external nonReentrant {
        Seat memory seat = _seat(trade, tranche);
        if (seat.cell.status().isFinal()) _revertWrongStatus(seat);
        (TrancheStatus outcome, uint40 dueAt, uint16 bps) = _afterSilence(trade, seat);
        if (block.timestamp <= dueAt) revert Escrow_NotDue(seat.tradeId, tranche, dueAt);
        _close(trade, seat, outcome, bps);
    }

    /// @inheritdoc IEscrow
    function expireBatch(Trade[] calldata trades, uint256[] calldata tranches) external nonReentrant {
        if (trades.length != tranches.length) revert Escrow_LengthMismatch(trades.length, tranches.length);
        bool any;
        for (uint256 i; i < trades.length; ++i) {
            Seat memory seat = _seat(trades[i], tranches[i]);
            if (seat.cell.status().isFinal()) continue;
            (TrancheStatus outcome, uint40 dueAt, uint16 bps) = _afterSilence(trades[i], seat);
            if (block.timestamp <= dueAt) continue;
            _close(trades[i], seat, outcome, bps);
            any = true;
        }
        if (!any) revert Escrow_NothingDue();
    }

    /// @inheritdoc IEscrow
    function statusOf(Trade calldata trade, uint256 tranche) external view returns (TrancheStatus) {
        (bytes32 tradeId, uint256 word) = _find(trade);
        if (word == 0 || tranche >= trade.terms.tranches.length) return TrancheStatus.None;
        return _seatAt(tradeId, tranche).cell.status();
    }

    /// @inheritdoc IEscrow
    function tranchesOf(Trade calldata trade) external view returns (bytes32 tradeId, TrancheState[] memory states) {
        tradeId = _known(trade);
        Tranche[] calldata tranches = trade.terms.tranches;
        states = new TrancheState[](tranches.length);
        for (uint256 i; i < tranches.length; ++i) {
            states[i] = _seatAt(tradeId, i).cell.stateOf(tranches[i], trade.opening);
        }
    }

    /// @inheritdoc IEscrow
    function nextDefault(Trade calldata trade) external view returns (DefaultOutcome[] memory outcomes) {
        bytes32 tradeId = _known(trade);
        Tranche[] calldata tranches = trade.terms.tranches;
        outcomes = new DefaultOutcome[](tranches.length);
        for (uint256 i; i < tranches.length; ++i) {
            Seat memory seat = _seatAt(tradeId, i);
            if (seat.cell.status().isFinal()) continue;
            (TrancheStatus outcome, uint40 dueAt, uint16 bps) = _afterSilence(trade, seat);
            (uint256 toPerformer, uint256 toChecker, uint256 fee) =
                SplitMath.payouts(tranches[i], bps, trade.opening.feeBps);
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
        Terms calldata terms = offer.terms;
        bytes32 offerHash = OfferHash.hashOffer(offer);
        _checkListing(offer.listing, fill);
        _checkParties(terms.parties, offer.listing.createdAt, offerHash, signatures);
        _checkTranches(terms.tranches, terms.parties.length);
        tradeId = OfferHash.hashTrade(offerHash, fill);
        if (_words[tradeId] != 0) revert Escrow_FillTaken(tradeId);

        Opening memory opening;
        opening.taker = msg.sender;
        opening.openedAt = uint40(block.timestamp);
        opening.salt = bytes8(blockhash(block.number - 1));
        (opening.rulesVersion, opening.feeBps) = _ruleBook.quote(terms.asset, terms.kind);
        if (opening.feeBps > offer.listing.maxFeeBps) {
            revert Escrow_FeeTooHigh(opening.feeBps, offer.listing.maxFeeBps);
        }

        _words[tradeId] = uint256(OfferHash.fingerprint(tradeId, opening)) << 128;
        emit TradeOpened(tradeId, offerHash, msg.sender, offer, fill, opening);
        _collect(terms);
    }

    /// @dev Take every funder's money. Coin comes with the call, so only the caller can fund in it.
    function _collect(Terms calldata terms) private {
        address asset = terms.asset;
        Tranche[] calldata tranches = terms.tranches;
        uint256[] memory owed = new uint256[](terms.parties.length);
        uint256 total;
        for (uint256 i; i < tranches.length; ++i) {
            uint256 amount = tranches[i].amount;
            owed[tranches[i].funder] += amount;
            total += amount;
        }
        if (asset == address(0)) {
            if (msg.value != total) revert Escrow_WrongValue(msg.value, total);
            for (uint256 i; i < owed.length; ++i) {
                if (owed[i] == 0) continue;
                address funder = _party(terms, i, msg.sender);
                if (funder != msg.sender) revert Escrow_FunderNotCaller(funder);
            }
            return;
        }
        if (msg.value != 0) revert Escrow_WrongValue(msg.value, 0);
        uint256 before = _balance(asset);
        for (uint256 i; i < owed.length; ++i) {
            if (owed[i] != 0) _pull(asset, _party(terms, i, msg.sender), owed[i]);
        }
        uint256 received = _balance(asset) - before;
        if (received < total) revert Escrow_ReceivedLess(asset, received, total);
    }

    /// @dev The one way to a final status: state, event, then money.
    function _close(Trade calldata trade, Seat memory seat, TrancheStatus status, uint256 performerBps) private {
        if (seat.cell.status().isFinal()) _revertWrongStatus(seat);
        if (performerBps > BPS) revert Escrow_BadSplit(performerBps);
        _write(seat, TradeWord.encode(status, performerBps, trade.opening.openedAt));

        uint256 index = seat.index;
        Tranche calldata tranche = trade.terms.tranches[index];
        (uint256 toPerformer, uint256 toChecker, uint256 fee) =
            SplitMath.payouts(tranche, performerBps, trade.opening.feeBps);
        address asset = trade.terms.asset;
        _credit(asset, _treasury, fee);
        emit TrancheClosed(seat.tradeId, uint8(index), status, uint16(performerBps), toPerformer, toChecker, fee);
        _push(asset, _performer(trade, index), toPerformer);
        _push(asset, _checker(trade, index), toChecker);
    }

    function _afterSilence(Trade calldata trade, Seat memory seat)
        private
        view
        returns (TrancheStatus, uint40, uint16)
    {
        DisputeRules memory rules;
        if (seat.cell.status() == TrancheStatus.Disputed) {
            rules = _ruleBook.disputeRules(trade.opening.rulesVersion);
        }
        return seat.cell.afterSilence(trade.terms.tranches[seat.index], trade.opening.openedAt, rules);
    }

    function _seat(Trade calldata trade, uint256 tranche) private view returns (Seat memory) {
        bytes32 tradeId = _known(trade);
        if (tranche >= trade.terms.tranches.length) revert Escrow_UnknownTranche(tranche);
        return _seatAt(tradeId, tranche);
    }

    function _seatAt(bytes32 tradeId, uint256 tranche) private view returns (Seat memory seat) {
        seat.tradeId = tradeId;
        seat.index = tranche;
        (seat.wordIndex, seat.shift) = TradeWord.locate(tranche);
        seat.word = seat.wordIndex == type(uint256).max ? _words[tradeId] : _furtherWords[tradeId][seat.wordIndex];
        seat.cell = seat.word.cellAt(seat.shift);
    }

    function _write(Seat memory seat, uint32 cell) private {
        uint256 word = seat.word.withCell(seat.shift, cell);
        if (seat.wordIndex == type(uint256).max) _words[seat.tradeId] = word;
        else _furtherWords[seat.tradeId][seat.wordIndex] = word;
    }

    function _known(Trade calldata trade) private view returns (bytes32 tradeId) {
        uint256 word;
        (tradeId, word) = _find(trade);
        if (word == 0) revert Escrow_UnknownTrade(tradeId);
    }

    /// @return tradeId the id that these terms and this fill have
    /// @return word the stored word, or zero if no such trade was opened as `trade.opening` says
    function _find(Trade calldata trade) private view returns (bytes32 tradeId, uint256 word) {
        bytes32 offerHash = OfferHash.hashOffer(OfferHash.hashTerms(trade.terms), trade.listingHash);
        tradeId = OfferHash.hashTrade(offerHash, trade.fill);
        word = _words[tradeId];
        if (word >> 128 != OfferHash.fingerprint(tradeId, trade.opening)) word = 0;
    }

    function _performer(Trade calldata trade, uint256 tranche) private pure returns (address) {
        return _party(trade.terms, trade.terms.tranches[tranche].performer, trade.opening.taker);
    }

    function _checker(Trade calldata trade, uint256 tranche) private pure returns (address) {
        return _party(trade.terms, trade.terms.tranches[tranche].checker, trade.opening.taker);
    }

    function _revertWrongStatus(Seat memory seat) private pure {
        revert Escrow_WrongStatus(seat.tradeId, seat.index, seat.cell.status());
    }
}
