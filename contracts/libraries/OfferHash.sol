// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Listing, Offer, Opening, Terms, Tranche} from "contracts/types/Trade.sol";

/// @title EIP-712 hashes of what is signed, and the hashes that name a trade
/// @dev Static structs lie in calldata just as EIP-712 encodes them, so they are copied, not encoded anew. A word with
/// dirty upper bits gives another hash than any signed one; where a field is used, the compiler checks it.
library OfferHash {
    string private constant LISTING =
        "Listing(bytes32 contentHash,uint16 maxFeeBps,uint40 createdAt,uint40 expiresAt,uint32 fills,uint64 salt)";
    string private constant TRANCHE =
        "Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32 reviewPeriod)";
    string private constant TERMS = "Terms(address asset,uint8 kind,address[] parties,Tranche[] tranches)";

    bytes32 internal constant LISTING_TYPEHASH = keccak256(bytes(LISTING));
    bytes32 internal constant TRANCHE_TYPEHASH = keccak256(bytes(TRANCHE));
    bytes32 internal constant TERMS_TYPEHASH = keccak256(abi.encodePacked(TERMS, TRANCHE));
    bytes32 internal constant OFFER_TYPEHASH =
        keccak256(abi.encodePacked("Offer(Terms terms,Listing listing)", LISTING, TERMS, TRANCHE));
    bytes32 internal constant SPLIT_TYPEHASH =
        keccak256("Split(bytes32 tradeId,uint256 tranche,uint256 performerBps,uint40 deadline)");

    function hashOffer(Offer calldata offer) internal pure returns (bytes32) {
        return hashOffer(hashTerms(offer.terms), hashListing(offer.listing));
    }

    function hashOffer(bytes32 termsHash, bytes32 listingHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(OFFER_TYPEHASH, termsHash, listingHash));
    }

    function hashListing(Listing calldata listing) internal pure returns (bytes32 hash) {
        bytes32 typehash = LISTING_TYPEHASH;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typehash)
            calldatacopy(add(free, 0x20), listing, 0xc0)
            hash := keccak256(free, 0xe0)
        }
    }

    function hashTerms(Terms calldata terms) internal pure returns (bytes32) {
        address[] calldata parties = terms.parties;
        bytes32 partiesHash;
        assembly ("memory-safe") {
            let free := mload(0x40)
            let size := mul(parties.length, 0x20)
            calldatacopy(free, parties.offset, size)
            partiesHash := keccak256(free, size)
        }
        return keccak256(
            abi.encode(TERMS_TYPEHASH, terms.asset, terms.kind, partiesHash, _hashTranches(terms.tranches))
        );
    }

    function hashSplit(bytes32 tradeId, uint256 tranche, uint256 performerBps, uint40 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SPLIT_TYPEHASH, tradeId, tranche, performerBps, deadline));
    }

    function hashTrade(bytes32 offerHash, uint32 fill) internal pure returns (bytes32) {
        return keccak256(abi.encode(offerHash, fill));
    }

    /// @return the upper 128 bits of the hash over the trade's id and the facts of its opening
    function fingerprint(bytes32 id, Opening memory opening) internal pure returns (uint128) {
        return uint128(bytes16(keccak256(abi.encode(id, opening))));
    }

    function _hashTranches(Tranche[] calldata tranches) private pure returns (bytes32 hash) {
        bytes32 typehash = TRANCHE_TYPEHASH;
        assembly ("memory-safe") {
            // [ hash of each tranche ... ][ typehash, the 6 words of one tranche ]
            let free := mload(0x40)
            let size := mul(tranches.length, 0x20)
            let scratch := add(free, size)
            mstore(scratch, typehash)
            let source := tranches.offset
            for { let i := 0 } lt(i, size) { i := add(i, 0x20) } {
                calldatacopy(add(scratch, 0x20), source, 0xc0)
                mstore(add(free, i), keccak256(scratch, 0xe0))
                source := add(source, 0xc0)
            }
            hash := keccak256(free, size)
        }
    }
}
