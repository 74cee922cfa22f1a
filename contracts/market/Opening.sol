// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {OfferDesk} from "contracts/market/OfferDesk.sol";
import {TradeBook} from "contracts/market/TradeBook.sol";
import {Vault} from "contracts/market/Vault.sol";
import {Conditions, Offer, Permit, Pin, Tranche} from "contracts/types/Trade.sol";

/// @title Opening: an offer becomes a trade, and its money comes in
abstract contract Opening is OfferDesk, Vault, TradeBook {
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
        uint256 openSeat = _checkParties(parties, conditions.createdAt(), offerHash, signatures);
        tradeId = OfferHash.hashTrade(offerHash, fill);
        if (_words[tradeId] != 0) revert Escrow_FillTaken(tradeId);

        (uint32 rulesVersion, uint16 feeBps) = _ruleBook.quote(conditions.kind(), asset);
        if (feeBps > conditions.maxFeeBps()) revert Escrow_FeeTooHigh(feeBps, conditions.maxFeeBps());
        Pin pin = PinWord.pack(
            fill,
            block.timestamp,
            rulesVersion,
            feeBps,
            bytes8(blockhash(block.number - 1)),
            openSeat,
            conditions.startsAt()
        );

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
}
