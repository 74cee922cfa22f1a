// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Where a side's review of another side stands. Zero means that there is none.
enum ReviewStatus {
    None,
    Committed, // its hash is known
    Revealed // final: anyone can read it
}

/// What is stored of a review, in one word:
///
///   255   248 247         208 207              9 8       8 7      0
///   [ status ][ commitUntil  ][            commitment            ]     Committed
///   [ status ][ revealedAt   ][ unused         ][ replied ][ rating ]  Revealed
///
/// Times are unix seconds.
type ReviewWord is uint256;

/// A review as it stands. `commitUntil` and `commitment` are told while it is committed, the other three once it is
/// revealed.
struct ReviewState {
    ReviewStatus status;
    uint40 commitUntil;
    bytes26 commitment;
    uint8 rating;
    uint40 revealedAt;
    bool replied;
}

/// One of two reviews that are revealed together. The author has signed (EIP-712) `Review(bytes32 tradeId,address
/// author,address subject,uint8 rating,bytes32 contentHash,bytes32 counterpart)`, in which `counterpart` is the
/// commitment to the other's review, filled up with zeros: it was made before this one was seen.
struct SignedReview {
    address author;
    uint8 rating;
    bytes32 contentHash;
    bytes32 salt;
    bytes signature;
}
