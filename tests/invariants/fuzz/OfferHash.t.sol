// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {PinWord} from "contracts/libraries/Packed.sol";
import {Offer, Pin, Tranche} from "contracts/types/Trade.sol";
import {PlainConditions, PlainTranche, Reference} from "tests/invariants/support/Reference.sol";
import {Test, between, check, mix} from "tests/invariants/support/Vm.sol";

/// Arguments of the library are calldata.
contract Hasher {
    function hashOffer(Offer calldata offer) external pure returns (bytes32) {
        return OfferHash.hashOffer(offer);
    }

    function hashTrade(address asset, address[] calldata parties, Tranche[] calldata tranches, bytes32 listing, Pin pin)
        external
        pure
        returns (bytes32)
    {
        return OfferHash.hashTrade(asset, parties, tranches, listing, pin);
    }

    function hashSplit(bytes32 tradeId, uint256 tranche, uint256 bps, uint40 deadline) external pure returns (bytes32) {
        return OfferHash.hashSplit(tradeId, tranche, bps, deadline);
    }

    function fingerprint(bytes32 tradeId, address taker, Pin pin) external pure returns (uint256) {
        return OfferHash.fingerprint(tradeId, taker, pin);
    }
}

/// @title The hashes made in assembly are those of EIP-712, made with `abi.encode`
contract OfferHashFuzz is Test {
    Hasher private hasher = new Hasher();

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_anOfferHasItsEip712Hash(uint256 seed, address asset, PlainConditions memory listing) public view {
        address[] memory parties = _parties(seed);
        (PlainTranche[] memory plain, Tranche[] memory packed) = _tranches(seed);
        bytes32 content = bytes32(mix(seed, "content"));
        bytes32 found = hasher.hashOffer(Offer(asset, parties, packed, content, Reference.pack(listing)));
        bytes32 terms = Reference.hashTerms(asset, parties, plain);
        check(found == Reference.hashOffer(terms, Reference.hashListing(content, listing)), "another hash");
    }

    /// An opened trade has the id of its offer, the taker standing where nobody stood.
    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_aTradeHasTheIdOfItsOffer(uint256 seed, address asset, uint32 fill, bytes32 listing) public view {
        address[] memory parties = _parties(seed);
        (PlainTranche[] memory plain, Tranche[] memory packed) = _tranches(seed);
        uint256 seat = mix(seed, "seat") % (parties.length + 1);
        if (seat < parties.length) parties[seat] = address(0);
        bytes32 offerHash = Reference.hashOffer(Reference.hashTerms(asset, parties, plain), listing);

        if (seat < parties.length) parties[seat] = address(uint160(mix(seed, "taker")));
        Pin pin = PinWord.pack(fill, 1, 1, 1, 0, seat < parties.length ? seat : PinWord.NO_SEAT, uint32(seed));
        bytes32 found = hasher.hashTrade(asset, parties, packed, listing, pin);
        check(found == keccak256(abi.encode(offerHash, fill)), "another id");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_split(bytes32 tradeId, uint256 tranche, uint256 bps, uint40 deadline) public view {
        bytes32 found = hasher.hashSplit(tradeId, tranche, bps, deadline);
        check(found == Reference.hashSplit(tradeId, tranche, bps, deadline), "another hash");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_fingerprint(bytes32 tradeId, address taker, uint256 pin) public view {
        uint256 found = hasher.fingerprint(tradeId, taker, Pin.wrap(pin));
        check(found == uint256(keccak256(abi.encode(tradeId, taker, pin))) >> 128, "another fingerprint");
    }

    function _parties(uint256 seed) private pure returns (address[] memory parties) {
        parties = new address[](between(mix(seed, "parties"), 2, 4));
        for (uint256 i; i < parties.length; ++i) {
            parties[i] = address(uint160(mix(seed, i)));
        }
    }

    function _tranches(uint256 seed) private pure returns (PlainTranche[] memory plain, Tranche[] memory packed) {
        uint256 count = between(mix(seed, "tranches"), 1, 20);
        (plain, packed) = (new PlainTranche[](count), new Tranche[](count));
        for (uint256 i; i < count; ++i) {
            // Every bit of every field may be set.
            bytes32 word = bytes32(mix(seed, 100 + i));
            plain[i] = abi.decode(
                abi.encode(
                    uint8(word[0]),
                    uint8(word[1]),
                    uint8(word[2]),
                    uint128(uint256(word)),
                    uint32(uint256(word) >> 128),
                    uint32(uint256(word) >> 160)
                ),
                (PlainTranche)
            );
            packed[i] = Reference.pack(plain[i]);
        }
    }
}
