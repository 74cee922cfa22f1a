// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReviewState, SignedReview} from "contracts/types/Review.sol";
import {Trade} from "contracts/types/Trade.sol";

/// @title Reviews: what the sides of a closed trade say of each other
/// @notice Two accounts are *sides* if one tranche of the trade has both among its funder, performer and checker. Once
/// every tranche is final, each side may review each other side once: a rating from 1 to 5, and the hash of what it says.
///
/// Nobody can answer a review with a review. Within the commit window both sides commit to the hash of theirs. A review
/// can be revealed, by anyone who can open it, as soon as both have committed, or when the window is over, until the end
/// of the reveal window; one that is not revealed counts as none. There are two shorter ways. Reviews that each signed
/// over a commitment to the other's are revealed together in one transaction. And if neither side has committed by the
/// end of the window, the first to review openly does; the other, who was silent, may reply only. Whoever reveals last
/// can still keep silent, and that is all.
///
/// The side that was reviewed may reply once to each review, at any time.
///
/// There is no money here, no owner, and nothing that the Escrow asks: reviews are never in the way of a payment.
/// @dev The commit window begins when the last tranche was closed, as the Escrow tells: for a split, ruled or defaulted
/// tranche it tells of a time up to 16,383 s before, so that the window is up to so much longer. A trade closed before its
/// start counts as closed at its start. One word is stored per review; events tell the rest.
interface IReviews {
    /// @notice `author` committed to a review of `subject`. Commitments are taken up to and including `commitUntil`, and
    /// what is not revealed up to and including `revealUntil` (unix seconds) counts as none.
    event ReviewCommitted(
        bytes32 indexed tradeId,
        address indexed author,
        address indexed subject,
        bytes26 commitment,
        uint40 commitUntil,
        uint40 revealUntil
    );
    /// @notice `author` gives `subject` this rating (1 to 5), and says what has this hash (sha2-256); zero: no words.
    event ReviewRevealed(
        bytes32 indexed tradeId, address indexed author, address indexed subject, uint8 rating, bytes32 contentHash
    );
    /// @notice `subject` replies to the review by `author` with what has this hash (sha2-256).
    event ReplyGiven(bytes32 indexed tradeId, address indexed author, address indexed subject, bytes32 contentHash);

    /// @notice Deployment: the escrow is missing.
    error Reviews_ZeroAddress();
    /// @notice Deployment: a window (seconds) is zero or longer than 90 days.
    error Reviews_BadWindow(uint256 window);
    /// @notice A tranche of this trade is not final yet, or the trade, which is over, has not started yet.
    error Reviews_NotClosed(bytes32 tradeId);
    /// @notice No tranche of the trade has both among its funder, performer and checker.
    error Reviews_NotSides(address author, address subject);
    /// @notice A rating is 1 to 5.
    error Reviews_BadRating(uint256 rating);
    /// @notice The author has committed to a review of this side or has reviewed it.
    error Reviews_AlreadyReviewed(bytes32 tradeId, address author, address subject);
    /// @notice The author has not committed to a review of this side, or it is revealed.
    error Reviews_NotCommitted(bytes32 tradeId, address author, address subject);
    /// @notice The other side has committed to a review of the author or has reviewed it: this would be an answer.
    error Reviews_WouldAnswer(bytes32 tradeId, address author, address subject);
    /// @notice This can be done once `until` (unix seconds) has passed, or, of what was committed, both sides have.
    error Reviews_TooEarly(uint256 until);
    /// @notice This could be done up to and including `until` (unix seconds).
    error Reviews_TooLate(uint256 until);
    /// @notice This rating, hash and salt are not what the author committed to.
    error Reviews_WrongOpening(bytes32 tradeId, address author, address subject);
    /// @notice This account did not sign that, or its wallet contract denies it.
    error Reviews_BadSignature(address signer);
    /// @notice The caller was not reviewed by this author.
    error Reviews_NotReviewed(bytes32 tradeId, address author, address subject);
    /// @notice The caller has replied to this review.
    error Reviews_AlreadyReplied(bytes32 tradeId, address author, address subject);
    /// @notice A reply has words.
    error Reviews_NoContent();

    /// @notice A side of a closed trade commits to its review of another, within the commit window.
    /// @param commitment see `commitmentOf`
    function commit(Trade calldata trade, address subject, bytes26 commitment) external;

    /// @notice Anyone who can open it: reveal a review, once both sides have committed or the commit window is over, and
    /// within the reveal window.
    function reveal(bytes32 tradeId, address author, address subject, uint8 rating, bytes32 contentHash, bytes32 salt)
        external;

    /// @notice Anyone: reveal two reviews of each other, as their authors signed them (EIP-712, ERC-1271 too), up to the
    /// end of the reveal window. The signature of one who calls may be empty.
    function revealTogether(Trade calldata trade, SignedReview[2] calldata reviews) external;

    /// @notice A side of a closed trade reviews another openly: in the reveal window, if neither has committed.
    function review(Trade calldata trade, address subject, uint8 rating, bytes32 contentHash) external;

    /// @notice The side that `author` reviewed replies, once.
    function reply(bytes32 tradeId, address author, bytes32 contentHash) external;

    /// @notice A review as it stands.
    function reviewOf(bytes32 tradeId, address author, address subject) external view returns (ReviewState memory);

    /// @notice The last seconds (unix) in which reviews of this trade are committed to, and revealed. Reverts for a trade
    /// that is not closed.
    function windowsOf(Trade calldata trade)
        external
        view
        returns (bytes32 tradeId, uint256 commitUntil, uint256 revealUntil);

    /// @notice The first 26 bytes of the hash of (chain id, this contract, trade, author, subject, rating, content hash,
    /// salt), each encoded as a word. The salt must be secret, and new for each review.
    function commitmentOf(
        bytes32 tradeId,
        address author,
        address subject,
        uint8 rating,
        bytes32 contentHash,
        bytes32 salt
    ) external view returns (bytes26);

    /// @notice The escrow whose trades are reviewed.
    function escrow() external view returns (address);

    /// @notice How long commitments are taken, from the closing of a trade on (seconds).
    function commitWindow() external view returns (uint256);

    /// @notice How long after that reviews can be revealed (seconds).
    function revealWindow() external view returns (uint256);
}
