// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {Conditions, Offer, Tranche} from "contracts/types/Trade.sol";

/// @title Signed offers: who signed them, whether they still hold, and whether their terms make sense
abstract contract OfferDesk is IEscrow, EIP712 {
    using ConditionsWord for Conditions;
    using TrancheWord for Tranche;

    uint256 private constant MAX_PARTIES = 4;
    uint256 internal constant MAX_TRANCHES = 20;
    /// @dev The longest `dueIn` and `reviewPeriod`, and the furthest start: two years. Keeps every time of a trade within a
    /// cell's 28 bits.
    uint256 private constant MAX_PERIOD = 730 days;

    mapping(bytes32 offerHash => bool) private _cancelled;
    mapping(address party => uint40) private _cancelledUntil;

    constructor() EIP712("Commonhold Escrow", "1") {}

    /// @inheritdoc IEscrow
    function cancelOffer(Offer calldata offer) external {
        address[] calldata parties = offer.parties;
        bool named = false;
        for (uint256 i; i < parties.length; ++i) {
            if (parties[i] == msg.sender) named = true;
        }
        if (!named) revert Escrow_NotAParty(msg.sender);
        bytes32 offerHash = OfferHash.hashOffer(offer);
        if (_cancelled[offerHash]) revert Escrow_OfferIsCancelled(offerHash, address(0));
        _cancelled[offerHash] = true;
        emit OfferCancelled(offerHash, msg.sender);
    }

    /// @inheritdoc IEscrow
    function cancelAllOffers() external {
        uint40 until = uint40(block.timestamp);
        _cancelledUntil[msg.sender] = until;
        emit OffersCancelled(msg.sender, until);
    }

    /// @inheritdoc IEscrow
    function isCancelled(bytes32 offerHash) external view returns (bool) {
        return _cancelled[offerHash];
    }

    /// @inheritdoc IEscrow
    function cancelledUntil(address party) external view returns (uint40) {
        return _cancelledUntil[party];
    }

    /// @inheritdoc IEscrow
    function hashOffer(Offer calldata offer) external pure returns (bytes32) {
        return OfferHash.hashOffer(offer);
    }

    /// @inheritdoc IEscrow
    function hashListing(bytes32 contentHash, Conditions conditions) external pure returns (bytes32) {
        return OfferHash.hashListing(contentHash, conditions);
    }

    /// @inheritdoc IEscrow
    function tradeIdOf(bytes32 offerHash, uint32 fill) external pure returns (bytes32) {
        return OfferHash.hashTrade(offerHash, fill);
    }

    function _checkConditions(Conditions c, uint32 fill) internal view {
        if (fill >= c.fills()) revert Escrow_BadFill(fill, c.fills());
        if (block.timestamp > c.expiresAt()) revert Escrow_OfferExpired(c.expiresAt());
        if (block.timestamp < c.createdAt()) revert Escrow_OfferNotYetValid(c.createdAt());
    }

    /// @return startsIn the seconds until the trade starts
    function _checkStart(Conditions c) internal view returns (uint256 startsIn) {
        uint256 startsAt = c.startsAt();
        if (startsAt == 0) return 0;
        if (startsAt < block.timestamp || startsAt > block.timestamp + MAX_PERIOD) {
            // forge-lint: disable-next-line(unsafe-typecast)
            revert Escrow_BadStart(uint40(startsAt)); // it came out of 40 bits
        }
        return startsAt - block.timestamp;
    }

    /// @return whether nobody but perhaps `party` itself can take the offer any more
    function _isOver(Conditions c, bytes32 offerHash, address party) internal view returns (bool) {
        return block.timestamp > c.expiresAt() || (c.startsAt() != 0 && block.timestamp > c.startsAt())
            || _cancelled[offerHash] || c.createdAt() <= _cancelledUntil[party];
    }

    /// @dev The caller takes the open place, or is one of the named parties; every other party has signed and has not
    /// cancelled.
    /// @return openSeat the index of the open place, or NO_SEAT
    function _checkParties(address[] calldata parties, uint40 createdAt, bytes32 offerHash, bytes[] calldata signatures)
        internal
        view
        returns (uint256 openSeat)
    {
        uint256 count = parties.length;
        openSeat = PinWord.NO_SEAT;
        if (count < 2 || count > MAX_PARTIES) revert Escrow_PartyCount(count);
        if (signatures.length != count - 1) revert Escrow_SignatureCount(signatures.length, count - 1);
        if (_cancelled[offerHash]) revert Escrow_OfferIsCancelled(offerHash, address(0));
        bytes32 digest = _hashTypedDataV4(offerHash);
        uint256 signed = 0;
        bool seated = false;
        for (uint256 i; i < count; ++i) {
            address party = parties[i];
            for (uint256 j = i + 1; j < count; ++j) {
                if (parties[j] == party) revert Escrow_BadParties();
            }
            if (party == address(0) || party == msg.sender) {
                if (seated) revert Escrow_BadParties();
                seated = true;
                if (party == address(0)) openSeat = i;
                continue;
            }
            if (signed == count - 1) break;
            if (createdAt <= _cancelledUntil[party]) revert Escrow_OfferIsCancelled(offerHash, party);
            _checkSignature(party, digest, signatures[signed++]);
        }
        if (!seated) revert Escrow_NotAParty(msg.sender);
    }

    function _checkTranche(Tranche t, uint256 index, uint256 parties) internal pure {
        uint256 performer = t.performer();
        uint256 checker = t.checker();
        if (t.funder() >= parties || performer >= parties || checker >= parties || performer == checker || !t.isClean())
        {
            revert Escrow_BadRole(index);
        }
        if (t.amount() == 0) revert Escrow_ZeroAmount(index);
        if (t.dueIn() == 0 || t.dueIn() > MAX_PERIOD || t.reviewPeriod() > MAX_PERIOD) {
            revert Escrow_BadPeriod(index);
        }
    }

    /// @dev A key's signature first, so that a plain account costs no look at its code; then ERC-1271.
    function _checkSignature(address signer, bytes32 digest, bytes calldata signature) internal view {
        if (signature.length == 65) {
            // What else it returns is the detail of an error that is not told.
            // slither-disable-next-line unused-return
            (address recovered, ECDSA.RecoverError err,) = ECDSA.tryRecoverCalldata(digest, signature);
            if (err == ECDSA.RecoverError.NoError && recovered == signer) return;
        }
        if (signer.code.length == 0 || !SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature)) {
            revert Escrow_BadSignature(signer);
        }
    }

    function _splitDigest(bytes32 tradeId, uint256 tranche, uint256 performerBps, uint40 deadline)
        internal
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(OfferHash.hashSplit(tradeId, tranche, performerBps, deadline));
    }
}
