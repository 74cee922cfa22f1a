// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {ICourt} from "contracts/interfaces/ICourt.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {PinWord} from "contracts/libraries/Packed.sol";
import {Conditions, Offer, Trade, Tranche} from "contracts/types/Trade.sol";

interface IVoting {
    function castVote(uint256 proposalId, uint8 support) external returns (uint256);
}

/// @title Somebody who does what the crowd says, and signs everything
contract StubPerson is IERC1271 {
    address private immutable _crowd = msg.sender;

    error StubPerson_NotCrowd(address caller);

    receive() external payable {}

    function act(address target, bytes calldata data) external payable {
        if (msg.sender != _crowd) revert StubPerson_NotCrowd(msg.sender);
        (bool success, bytes memory answer) = target.call{value: msg.value}(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

/// @title Many people in one transaction: they trade, go to court and vote
contract StubCrowd {
    IEscrow public immutable escrow;
    ICourt public immutable court;
    IVoting public immutable governor;
    IReputation public immutable reputation;
    uint16 public immutable feeBps; // of goods, in basis points
    uint256 public immutable courtFee; // in wei

    StubPerson[] public people;
    uint40 private _salt;

    constructor(
        IEscrow escrow_,
        ICourt court_,
        IVoting governor_,
        IReputation reputation_,
        uint16 feeBps_,
        uint256 courtFee_
    ) payable {
        (escrow, court, governor, reputation) = (escrow_, court_, governor_, reputation_);
        (feeBps, courtFee) = (feeBps_, courtFee_);
    }

    receive() external payable {}

    function grow(uint256 count) external {
        for (uint256 i; i < count; ++i) {
            people.push(new StubPerson());
        }
    }

    /// @notice So many trades whose fees are claimed, so that who made them can vote.
    function enrol(uint256 trades) external {
        Trade[] memory claimed = new Trade[](1);
        for (uint256 i; i < trades; ++i) {
            claimed[0] = _trade();
            reputation.claim(address(escrow), claimed);
        }
    }

    /// @notice Trades that are performed and accepted, trades that are disputed and taken to the Court, and votes of the
    /// people from place `first` on: three events, five and one each.
    function play(uint256 trades, uint256 disputes, uint256 proposalId, uint256 first, uint256 votes) external {
        for (uint256 i; i < trades; ++i) {
            _trade();
        }
        for (uint256 i; i < disputes; ++i) {
            _dispute();
        }
        for (uint256 i = first; i < first + votes; ++i) {
            // No cut: below three.
            // forge-lint: disable-next-line(unsafe-typecast)
            people[i].act(address(governor), abi.encodeCall(IVoting.castVote, (proposalId, uint8(i % 3))));
        }
    }

    function _trade() private returns (Trade memory made) {
        StubPerson buyer;
        (made, buyer) = _perform();
        buyer.act(address(escrow), abi.encodeCall(IEscrow.accept, (made, 0)));
    }

    function _dispute() private {
        (Trade memory made, StubPerson buyer) = _perform();
        buyer.act(address(escrow), abi.encodeCall(IEscrow.dispute, (made, 0)));
        buyer.act{value: courtFee}(address(court), abi.encodeCall(ICourt.openCase, (made, 0)));
    }

    function _perform() private returns (Trade memory made, StubPerson buyer) {
        uint40 salt = ++_salt;
        buyer = people[salt % people.length];
        StubPerson seller = people[(salt + 1 + (salt / people.length) % (people.length - 1)) % people.length];

        Offer memory offer;
        offer.parties = new address[](2);
        offer.parties[1] = address(seller);
        offer.tranches = new Tranche[](1);
        // Funder and checker the buyer, performer the seller; a day each.
        offer.tranches[0] = Tranche.wrap((1 << 200) | (1 days << 160) | (1 days << 128) | (1 ether + salt));
        offer.contentHash = keccak256(abi.encode(salt));
        offer.conditions = Conditions.wrap(
            (uint256(salt) << 136) | (1 << 104) | ((block.timestamp + 1 days) << 64) | (block.timestamp << 24)
                | (1_000 << 8) | 1
        );
        buyer.act{value: 1 ether + salt}(address(escrow), abi.encodeCall(IEscrow.openTrade, (offer, 0, new bytes[](1))));

        made.parties = new address[](2);
        (made.parties[0], made.parties[1]) = (address(buyer), address(seller));
        made.tranches = offer.tranches;
        made.listingHash = escrow.hashListing(offer.contentHash, offer.conditions);
        made.pin = PinWord.pack(0, block.timestamp, 1, feeBps, bytes8(blockhash(block.number - 1)), 0, 0);
        seller.act(address(escrow), abi.encodeCall(IEscrow.perform, (made, 0)));
    }
}
