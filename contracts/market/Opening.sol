// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {OpeningLog} from "contracts/libraries/OpeningLog.sol";
import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Budgets} from "contracts/market/Budgets.sol";
import {Gate} from "contracts/market/Gate.sol";
import {Conditions, Offer, Permit, Pin, Tranche} from "contracts/types/Trade.sol";

/// @title Opening: an offer becomes a trade, and its money comes in
abstract contract Opening is Budgets, Gate {
    using ConditionsWord for Conditions;
    using TrancheWord for Tranche;

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

    function _open(Offer calldata offer, uint32 fill, bytes[] calldata signatures) private returns (bytes32 tradeId) {
        address asset = offer.asset;
        address[] calldata parties = offer.parties;
        Conditions conditions = offer.conditions;
        Tranche[] calldata tranches = offer.tranches;
        bytes32 offerHash = OfferHash.hashOffer(asset, parties, tranches, offer.contentHash, conditions);
        _checkConditions(conditions, fill);
        uint256 startsIn = 0;
        uint256 sponsor = 0;
        if (!conditions.isPlain()) (startsIn, sponsor) = _checkExtras(conditions, parties);
        uint256 openSeat = _checkParties(parties, conditions.createdAt(), offerHash, signatures);
        tradeId = OfferHash.hashTrade(offerHash, fill);
        if (_words[tradeId] != 0) revert Escrow_FillTaken(tradeId);

        (uint32 rulesVersion, uint16 feeBps) = _ruleBook.quote(conditions.kind(), asset);
        if (feeBps > conditions.maxFeeBps()) revert Escrow_FeeTooHigh(feeBps, conditions.maxFeeBps());
        Pin pin = PinWord.pack(
            fill, block.timestamp, rulesVersion, feeBps, bytes8(blockhash(block.number - 1)), openSeat, startsIn
        );

        address taker = openSeat == PinWord.NO_SEAT ? address(0) : msg.sender;
        _words[tradeId] = OfferHash.fingerprint(tradeId, taker, pin) << 128;
        OpeningLog.opened(tradeId, asset, parties, tranches, offer.contentHash, conditions, pin);
        if (sponsor == 0) _collect(asset, parties, tranches);
        else _collectSponsored(asset, parties, tranches, offerHash, sponsor - 1);
    }

    function _checkExtras(Conditions conditions, address[] calldata parties)
        private
        view
        returns (uint256 startsIn, uint256 sponsor)
    {
        startsIn = _checkStart(conditions);
        sponsor = conditions.sponsor();
        if (sponsor != 0) _sponsor(parties, sponsor);
        _checkTaker(conditions);
    }

    /// @dev Check every tranche and take every funder's money. Coin comes with the call, so only the caller can fund in
    /// it. Reached from the two payable functions only.
    // slither-disable-next-line msg-value-in-nonpayable
    function _collect(address asset, address[] calldata parties, Tranche[] calldata tranches) private {
        if (asset != address(0)) {
            _pullAll(asset, parties, _owed(tranches, parties.length));
            return;
        }
        uint256 count = _count(tranches);
        uint256 total;
        for (uint256 i; i < count; ++i) {
            Tranche t = tranches[i];
            _checkTranche(t, i, parties.length);
            _checkFunder(parties[t.funder()]);
            // No overflow: at most 20 amounts of 128 bits.
            unchecked {
                total += t.amount();
            }
        }
        if (msg.value != total) revert Escrow_WrongValue(msg.value, total);
    }

    /// @dev The same, where one party's part comes out of the offer's budget.
    // slither-disable-next-line msg-value-in-nonpayable
    function _collectSponsored(
        address asset,
        address[] calldata parties,
        Tranche[] calldata tranches,
        bytes32 offerHash,
        uint256 sponsor
    ) private {
        uint256[] memory owed = _owed(tranches, parties.length);
        _draw(offerHash, owed[sponsor]);
        owed[sponsor] = 0;
        if (asset != address(0)) {
            _pullAll(asset, parties, owed);
            return;
        }
        uint256 total;
        for (uint256 i; i < owed.length; ++i) {
            if (owed[i] == 0) continue;
            _checkFunder(parties[i]);
            total += owed[i];
        }
        if (msg.value != total) revert Escrow_WrongValue(msg.value, total);
    }

    function _count(Tranche[] calldata tranches) private pure returns (uint256 count) {
        count = tranches.length;
        if (count == 0 || count > MAX_TRANCHES) revert Escrow_TrancheCount(count);
    }

    /// @dev Check every tranche.
    /// @return owed what each party puts in
    function _owed(Tranche[] calldata tranches, uint256 parties) private pure returns (uint256[] memory owed) {
        uint256 count = _count(tranches);
        owed = new uint256[](parties);
        for (uint256 i; i < count; ++i) {
            Tranche t = tranches[i];
            _checkTranche(t, i, parties);
            // No overflow: at most 20 amounts of 128 bits.
            unchecked {
                owed[t.funder()] += t.amount();
            }
        }
    }

    // slither-disable-next-line msg-value-in-nonpayable
    function _pullAll(address asset, address[] calldata parties, uint256[] memory owed) private {
        if (msg.value != 0) revert Escrow_WrongValue(msg.value, 0);
        uint256 before = _balance(asset);
        uint256 total;
        for (uint256 i; i < owed.length; ++i) {
            uint256 amount = owed[i];
            if (amount == 0) continue;
            unchecked {
                total += amount;
            }
            _pull(asset, parties[i] == address(0) ? msg.sender : parties[i], amount);
        }
        _checkReceived(asset, before, total);
    }

    function _checkFunder(address funder) private view {
        if (funder != msg.sender && funder != address(0)) revert Escrow_FunderNotCaller(funder);
    }
}
