// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ConditionsWord, PinWord} from "contracts/libraries/Packed.sol";
import {Conditions, Offer, Pin, Tranche} from "contracts/types/Trade.sol";

/// @title EIP-712 hashes of what is signed, and the hashes that name a trade
library OfferHash {
    using ConditionsWord for Conditions;
    using PinWord for Pin;

    bytes32 private constant LISTING_TYPEHASH = keccak256(
        "Listing(bytes32 contentHash,uint8 kind,uint16 maxFeeBps,uint40 createdAt,uint40 expiresAt,uint40 startsAt,uint32 fills,uint40 salt,uint8 sponsor,uint16 labels,uint16 leastPoints)"
    );
    bytes32 private constant TRANCHE_TYPEHASH = keccak256(
        "Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32 reviewPeriod)"
    );
    bytes32 private constant TERMS_TYPEHASH = keccak256(
        "Terms(address asset,address[] parties,Tranche[] tranches)Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32 reviewPeriod)"
    );
    bytes32 private constant OFFER_TYPEHASH = keccak256(
        "Offer(Terms terms,Listing listing)Listing(bytes32 contentHash,uint8 kind,uint16 maxFeeBps,uint40 createdAt,uint40 expiresAt,uint40 startsAt,uint32 fills,uint40 salt,uint8 sponsor,uint16 labels,uint16 leastPoints)Terms(address asset,address[] parties,Tranche[] tranches)Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32 reviewPeriod)"
    );
    bytes32 private constant SPLIT_TYPEHASH =
        keccak256("Split(bytes32 tradeId,uint256 tranche,uint256 performerBps,uint40 deadline)");

    function hashOffer(Offer calldata offer) internal pure returns (bytes32) {
        return hashOffer(offer.asset, offer.parties, offer.tranches, offer.contentHash, offer.conditions);
    }

    function hashOffer(
        address asset,
        address[] calldata parties,
        Tranche[] calldata tranches,
        bytes32 contentHash,
        Conditions conditions
    ) internal pure returns (bytes32) {
        return _hash3(
            OFFER_TYPEHASH, hashTerms(asset, parties, tranches, PinWord.NO_SEAT), hashListing(contentHash, conditions)
        );
    }

    function hashListing(bytes32 contentHash, Conditions c) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                LISTING_TYPEHASH,
                contentHash,
                c.kind(),
                c.maxFeeBps(),
                c.createdAt(),
                c.expiresAt(),
                c.startsAt(),
                c.fills(),
                c.salt(),
                c.sponsor(),
                c.labels(),
                c.leastPoints()
            )
        );
    }

    /// @param openSeat the party that counts as zero, as it was in the offer
    function hashTerms(address asset, address[] calldata parties, Tranche[] calldata tranches, uint256 openSeat)
        internal
        pure
        returns (bytes32 hash)
    {
        bytes32 typehash = TRANCHE_TYPEHASH;
        bytes32 termsTypehash = TERMS_TYPEHASH;
        assembly ("memory-safe") {
            let free := mload(0x40)

            // Parties: in calldata as EIP-712 has them, a word each.
            let size := shl(5, parties.length)
            calldatacopy(free, parties.offset, size)
            if lt(openSeat, parties.length) { mstore(add(free, shl(5, openSeat)), 0) }
            let partiesHash := keccak256(free, size)

            // Tranches: [ hash of each ... ][ typehash, the six fields of the one at hand ]
            size := shl(5, tranches.length)
            let fields := add(free, size)
            mstore(fields, typehash)
            for { let i := 0 } lt(i, size) { i := add(i, 0x20) } {
                let t := calldataload(add(tranches.offset, i))
                mstore(add(fields, 0x20), and(shr(192, t), 0xff)) // funder
                mstore(add(fields, 0x40), and(shr(200, t), 0xff)) // performer
                mstore(add(fields, 0x60), and(shr(208, t), 0xff)) // checker
                mstore(add(fields, 0x80), and(t, 0xffffffffffffffffffffffffffffffff)) // amount
                mstore(add(fields, 0xa0), and(shr(128, t), 0xffffffff)) // dueIn
                mstore(add(fields, 0xc0), and(shr(160, t), 0xffffffff)) // reviewPeriod
                mstore(add(free, i), keccak256(fields, 0xe0))
            }
            let tranchesHash := keccak256(free, size)

            mstore(free, termsTypehash)
            mstore(add(free, 0x20), asset)
            mstore(add(free, 0x40), partiesHash)
            mstore(add(free, 0x60), tranchesHash)
            hash := keccak256(free, 0x80)
        }
    }

    function hashSplit(bytes32 tradeId, uint256 tranche, uint256 performerBps, uint40 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SPLIT_TYPEHASH, tradeId, tranche, performerBps, deadline));
    }

    /// @return the id of the trade that a fill of an offer opens
    function hashTrade(bytes32 offerHash, uint32 fill) internal pure returns (bytes32) {
        return _hash2(offerHash, bytes32(uint256(fill)));
    }

    /// @return the id of the trade that these terms, listing and fill have
    function hashTrade(
        address asset,
        address[] calldata parties,
        Tranche[] calldata tranches,
        bytes32 listingHash,
        Pin pin
    ) internal pure returns (bytes32) {
        bytes32 termsHash = hashTerms(asset, parties, tranches, pin.openSeat());
        return hashTrade(_hash3(OFFER_TYPEHASH, termsHash, listingHash), pin.fill());
    }

    /// @param taker who filled the open seat; zero if there was none
    /// @return the upper 128 bits of the hash over a trade's id and the facts of its opening
    function fingerprint(bytes32 tradeId, address taker, Pin pin) internal pure returns (uint256) {
        return uint256(_hash3(tradeId, bytes32(uint256(uint160(taker))), bytes32(Pin.unwrap(pin)))) >> 128;
    }

    function _hash2(bytes32 a, bytes32 b) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            mstore(0x00, a)
            mstore(0x20, b)
            hash := keccak256(0x00, 0x40)
        }
    }

    function _hash3(bytes32 a, bytes32 b, bytes32 c) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, a)
            mstore(add(free, 0x20), b)
            mstore(add(free, 0x40), c)
            hash := keccak256(free, 0x60)
        }
    }
}
