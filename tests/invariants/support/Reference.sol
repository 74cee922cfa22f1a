// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Conditions, Offer, Tranche} from "contracts/types/Trade.sol";

/// A tranche and conditions as one would write them without packing: the reference the packed words are held against.
struct PlainTranche {
    uint8 funder;
    uint8 performer;
    uint8 checker;
    uint128 amount;
    uint32 dueIn;
    uint32 reviewPeriod;
}

struct PlainConditions {
    uint8 kind;
    uint16 maxFeeBps;
    uint40 createdAt;
    uint40 expiresAt;
    uint40 startsAt;
    uint32 fills;
    uint40 salt;
    uint8 sponsor;
    uint16 labels;
    uint16 leastPoints;
}

/// @title What is signed, by the book: EIP-712 with `abi.encode`, no packing, no assembly
library Reference {
    string private constant TRANCHE =
        "Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32 reviewPeriod)";
    string private constant TERMS = "Terms(address asset,address[] parties,Tranche[] tranches)";
    string private constant LISTING =
        "Listing(bytes32 contentHash,uint8 kind,uint16 maxFeeBps,uint40 createdAt,uint40 expiresAt,uint40 startsAt,uint32 fills,uint40 salt,uint8 sponsor,uint16 labels,uint16 leastPoints)";
    string private constant OFFER = "Offer(Terms terms,Listing listing)";

    function pack(PlainTranche memory t) internal pure returns (Tranche) {
        return Tranche.wrap(
            uint256(
                bytes32(
                    abi.encodePacked(uint40(0), t.checker, t.performer, t.funder, t.reviewPeriod, t.dueIn, t.amount)
                )
            )
        );
    }

    function pack(PlainConditions memory c) internal pure returns (Conditions) {
        return Conditions.wrap(
            uint256(
                bytes32(
                    abi.encodePacked(
                        c.leastPoints,
                        c.labels,
                        c.sponsor,
                        c.startsAt,
                        c.salt,
                        c.fills,
                        c.expiresAt,
                        c.createdAt,
                        c.maxFeeBps,
                        c.kind
                    )
                )
            )
        );
    }

    function hashOffer(bytes32 termsHash, bytes32 listingHash) internal pure returns (bytes32) {
        bytes32 typehash = keccak256(abi.encodePacked(OFFER, LISTING, TERMS, TRANCHE));
        return keccak256(abi.encode(typehash, termsHash, listingHash));
    }

    function hashTerms(address asset, address[] memory parties, PlainTranche[] memory tranches)
        internal
        pure
        returns (bytes32)
    {
        bytes memory accounts;
        for (uint256 i; i < parties.length; ++i) {
            accounts = abi.encodePacked(accounts, abi.encode(parties[i]));
        }
        bytes memory pieces;
        for (uint256 i; i < tranches.length; ++i) {
            pieces = abi.encodePacked(pieces, keccak256(abi.encode(keccak256(bytes(TRANCHE)), tranches[i])));
        }
        return keccak256(
            abi.encode(keccak256(abi.encodePacked(TERMS, TRANCHE)), asset, keccak256(accounts), keccak256(pieces))
        );
    }

    function hashListing(bytes32 contentHash, PlainConditions memory c) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(bytes(LISTING)), contentHash, c));
    }

    function hashSplit(bytes32 tradeId, uint256 tranche, uint256 performerBps, uint40 deadline)
        internal
        pure
        returns (bytes32)
    {
        string memory form = "Split(bytes32 tradeId,uint256 tranche,uint256 performerBps,uint40 deadline)";
        return keccak256(abi.encode(keccak256(bytes(form)), tradeId, tranche, performerBps, deadline));
    }

    /// @return what is signed for the Escrow at this address
    function digest(address escrow, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Commonhold Escrow"),
                keccak256("1"),
                block.chainid,
                escrow
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, structHash));
    }
}
