// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IReviews} from "contracts/interfaces/IReviews.sol";
import {TrancheWord} from "contracts/libraries/Packed.sol";
import {ReviewWords} from "contracts/libraries/ReviewWords.sol";
import {Signatures} from "contracts/libraries/Signatures.sol";
import {ReviewState, ReviewStatus, ReviewWord, SignedReview} from "contracts/types/Review.sol";
import {Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

/// @title Reviews: see IReviews
contract Reviews is IReviews, EIP712 {
    using ReviewWords for ReviewWord;
    using TrancheWord for Tranche;

    uint8 private constant BEST = 5;
    uint256 private constant LONGEST_WINDOW = 90 days;
    // By so much the Escrow may tell too early when a tranche was split, ruled or defaulted (seconds).
    uint256 private constant ROUNDED_BY = (1 << 14) - 1;

    bytes32 private constant REVIEW_TYPEHASH = keccak256(
        "Review(bytes32 tradeId,address author,address subject,uint8 rating,bytes32 contentHash,bytes32 counterpart)"
    );

    /// @inheritdoc IReviews
    address public immutable escrow;
    /// @inheritdoc IReviews
    uint256 public immutable commitWindow;
    /// @inheritdoc IReviews
    uint256 public immutable revealWindow;

    mapping(bytes32 tradeId => mapping(address author => mapping(address subject => ReviewWord))) private _words;

    constructor(address escrow_, uint256 commitWindow_, uint256 revealWindow_) EIP712("Commonhold Reviews", "1") {
        if (escrow_ == address(0)) revert Reviews_ZeroAddress();
        if (commitWindow_ == 0 || commitWindow_ > LONGEST_WINDOW) revert Reviews_BadWindow(commitWindow_);
        if (revealWindow_ == 0 || revealWindow_ > LONGEST_WINDOW) revert Reviews_BadWindow(revealWindow_);
        (escrow, commitWindow, revealWindow) = (escrow_, commitWindow_, revealWindow_);
    }

    /// @inheritdoc IReviews
    function commit(Trade calldata trade, address subject, bytes26 commitment) external {
        (bytes32 tradeId, uint256 commitUntil) = _closed(trade);
        _checkSides(trade, msg.sender, subject);
        if (block.timestamp > commitUntil) revert Reviews_TooLate(commitUntil);
        _checkNone(tradeId, msg.sender, subject);

        // forge-lint: disable-next-line(unsafe-typecast)
        (uint40 until, uint40 revealUntil) = (uint40(commitUntil), uint40(commitUntil + revealWindow));
        _words[tradeId][msg.sender][subject] = ReviewWords.committed(commitment, until);
        emit ReviewCommitted(tradeId, msg.sender, subject, commitment, until, revealUntil);
    }

    /// @inheritdoc IReviews
    function reveal(bytes32 tradeId, address author, address subject, uint8 rating, bytes32 contentHash, bytes32 salt)
        external
    {
        ReviewWord word = _words[tradeId][author][subject];
        if (word.status() != ReviewStatus.Committed) revert Reviews_NotCommitted(tradeId, author, subject);
        uint256 commitUntil = word.commitUntil();
        if (block.timestamp <= commitUntil && _words[tradeId][subject][author].status() == ReviewStatus.None) {
            revert Reviews_TooEarly(commitUntil);
        }
        _checkReveal(commitUntil);
        if (word.commitment() != commitmentOf(tradeId, author, subject, rating, contentHash, salt)) {
            revert Reviews_WrongOpening(tradeId, author, subject);
        }
        _reveal(tradeId, author, subject, rating, contentHash);
    }

    /// @inheritdoc IReviews
    function revealTogether(Trade calldata trade, SignedReview[2] calldata reviews) external {
        (bytes32 tradeId, uint256 commitUntil) = _closed(trade);
        _checkReveal(commitUntil);
        SignedReview calldata first = reviews[0];
        SignedReview calldata second = reviews[1];
        _checkSides(trade, first.author, second.author);
        _checkNone(tradeId, first.author, second.author);
        _checkNone(tradeId, second.author, first.author);
        _checkSigned(tradeId, first, second);
        _checkSigned(tradeId, second, first);
        _reveal(tradeId, first.author, second.author, first.rating, first.contentHash);
        _reveal(tradeId, second.author, first.author, second.rating, second.contentHash);
    }

    /// @inheritdoc IReviews
    function review(Trade calldata trade, address subject, uint8 rating, bytes32 contentHash) external {
        (bytes32 tradeId, uint256 commitUntil) = _closed(trade);
        _checkSides(trade, msg.sender, subject);
        if (block.timestamp <= commitUntil) revert Reviews_TooEarly(commitUntil);
        _checkReveal(commitUntil);
        _checkNone(tradeId, msg.sender, subject);
        if (_words[tradeId][subject][msg.sender].status() != ReviewStatus.None) {
            revert Reviews_WouldAnswer(tradeId, msg.sender, subject);
        }
        _reveal(tradeId, msg.sender, subject, rating, contentHash);
    }

    /// @inheritdoc IReviews
    function reply(bytes32 tradeId, address author, bytes32 contentHash) external {
        ReviewWord word = _words[tradeId][author][msg.sender];
        if (word.status() != ReviewStatus.Revealed) revert Reviews_NotReviewed(tradeId, author, msg.sender);
        if (word.isReplied()) revert Reviews_AlreadyReplied(tradeId, author, msg.sender);
        if (contentHash == 0) revert Reviews_NoContent();
        _words[tradeId][author][msg.sender] = word.withReply();
        emit ReplyGiven(tradeId, author, msg.sender, contentHash);
    }

    /// @inheritdoc IReviews
    function reviewOf(bytes32 tradeId, address author, address subject) external view returns (ReviewState memory) {
        return _words[tradeId][author][subject].stateOf();
    }

    /// @inheritdoc IReviews
    function windowsOf(Trade calldata trade)
        external
        view
        returns (bytes32 tradeId, uint256 commitUntil, uint256 revealUntil)
    {
        (tradeId, commitUntil) = _closed(trade);
        revealUntil = commitUntil + revealWindow;
    }

    /// @inheritdoc IReviews
    function commitmentOf(
        bytes32 tradeId,
        address author,
        address subject,
        uint8 rating,
        bytes32 contentHash,
        bytes32 salt
    ) public view returns (bytes26) {
        return bytes26(
            keccak256(abi.encode(block.chainid, address(this), tradeId, author, subject, rating, contentHash, salt))
        );
    }

    function _reveal(bytes32 tradeId, address author, address subject, uint8 rating, bytes32 contentHash) private {
        if (rating == 0 || rating > BEST) revert Reviews_BadRating(rating);
        _words[tradeId][author][subject] = ReviewWords.revealed(rating);
        emit ReviewRevealed(tradeId, author, subject, rating, contentHash);
    }

    /// @return tradeId the trade's; the Escrow refuses one that it does not know
    /// @return commitUntil the last second (unix) of commitments
    function _closed(Trade calldata trade) private view returns (bytes32 tradeId, uint256 commitUntil) {
        TrancheState[] memory states;
        (tradeId, states) = IEscrow(escrow).tranchesOf(trade);
        for (uint256 i; i < states.length; ++i) {
            (TrancheStatus status, uint256 since) = (states[i].status, states[i].since);
            if (status < TrancheStatus.Accepted || since > block.timestamp) revert Reviews_NotClosed(tradeId);
            commitUntil = Math.max(commitUntil, status < TrancheStatus.Split ? since : since + ROUNDED_BY);
        }
        commitUntil += commitWindow;
    }

    function _checkReveal(uint256 commitUntil) private view {
        uint256 until = commitUntil + revealWindow;
        if (block.timestamp > until) revert Reviews_TooLate(until);
    }

    function _checkNone(bytes32 tradeId, address author, address subject) private view {
        if (_words[tradeId][author][subject].status() != ReviewStatus.None) {
            revert Reviews_AlreadyReviewed(tradeId, author, subject);
        }
    }

    /// @dev The signature is over the review, and over a commitment to the other's as it is shown.
    function _checkSigned(bytes32 tradeId, SignedReview calldata signed, SignedReview calldata other) private view {
        if (msg.sender == signed.author) return;
        bytes26 counterpart =
            commitmentOf(tradeId, other.author, signed.author, other.rating, other.contentHash, other.salt);
        bytes32 structHash = keccak256(
            abi.encode(
                REVIEW_TYPEHASH,
                tradeId,
                signed.author,
                other.author,
                signed.rating,
                signed.contentHash,
                bytes32(counterpart)
            )
        );
        if (!Signatures.isSignedBy(signed.author, _hashTypedDataV4(structHash), signed.signature)) {
            revert Reviews_BadSignature(signed.author);
        }
    }

    /// @dev The Escrow knows the trade: each role names a party.
    function _checkSides(Trade calldata trade, address author, address subject) private pure {
        if (author != subject) {
            for (uint256 i; i < trade.tranches.length; ++i) {
                Tranche t = trade.tranches[i];
                if (_has(trade.parties, t, author) && _has(trade.parties, t, subject)) return;
            }
        }
        revert Reviews_NotSides(author, subject);
    }

    function _has(address[] calldata parties, Tranche t, address account) private pure returns (bool) {
        return account == parties[t.funder()] || account == parties[t.performer()] || account == parties[t.checker()];
    }
}
