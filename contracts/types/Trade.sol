// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// One piece of a trade: the performer must perform by `dueIn`; the checker then has `reviewPeriod` to accept or to
/// dispute. Roles are indexes into `Terms.parties`; times are seconds, `dueIn` from the opening of the trade and
/// `reviewPeriod` from the performance; `amount` is in base units of the asset and includes the fee.
struct Tranche {
    uint8 funder;
    uint8 performer;
    uint8 checker;
    uint128 amount;
    uint32 dueIn;
    uint32 reviewPeriod;
}

/// What the parties agree on. `asset` is the zero address for the chain's own coin. `kind` is a row of the fee table
/// (1 to 10, see `Kinds`). `parties` has 2 to 4 different accounts, at most one of them zero: the open party, whose
/// place the taker fills.
struct Terms {
    address asset;
    uint8 kind;
    address[] parties;
    Tranche[] tranches;
}

/// Under which conditions the terms may be taken. `contentHash` is the hash of the human-readable text. Times are unix
/// seconds of the chain; `maxFeeBps` the highest fee the makers accept, in basis points; `fills` how many trades may be
/// opened; `salt` tells equal offers apart.
struct Listing {
    bytes32 contentHash;
    uint16 maxFeeBps;
    uint40 createdAt;
    uint40 expiresAt;
    uint32 fills;
    uint64 salt;
}

/// What the makers sign (EIP-712): every named party, the taker excepted.
struct Offer {
    Terms terms;
    Listing listing;
}

/// The facts that opening adds to an offer. They are pinned: no later vote changes them. `salt` is taken from the
/// parent block's hash, so that nobody can search beforehand for two openings with one fingerprint.
struct Opening {
    address taker;
    uint32 rulesVersion;
    uint16 feeBps;
    uint40 openedAt;
    bytes8 salt;
}

/// An opened trade, as every later call names it. The Escrow stores a fingerprint only; this is rebuilt from the
/// `TradeOpened` log.
struct Trade {
    Terms terms;
    bytes32 listingHash;
    uint32 fill;
    Opening opening;
}

/// An ERC-2612 permit for the Escrow to spend `value` base units of the owner's tokens.
struct Permit {
    address owner;
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// Where a tranche stands. Zero means that there is no such trade.
enum TrancheStatus {
    None,
    Open, // waiting for the performer
    Performed, // waiting for the checker
    Disputed, // waiting for the arbitrator
    Accepted, // final: the checker accepted, the performer is paid
    Refunded, // final: the performer gave up, the checker is paid
    Lapsed, // final: the review ran out in silence, the performer is paid
    Missed, // final: not performed in time, the checker is paid
    Split, // final: split as both sides signed
    Ruled, // final: split as the arbitrator ruled
    Defaulted // final: nobody ruled in time, split by the pinned default
}

/// A tranche as it stands. `since` is when it entered this status (unix seconds; for the three kinds of split rounded
/// down to 16,384 s). For a final status the three sums add up to the tranche's amount; else they are zero.
struct TrancheState {
    TrancheStatus status;
    uint40 since;
    uint16 performerBps;
    uint256 toPerformer;
    uint256 toChecker;
    uint256 fee;
}

/// What happens to a tranche if nobody acts: from `dueAt` on (unix seconds, exclusive: the first moment is one second
/// later) anyone may close it as `outcome`. All zero for a final tranche.
struct DefaultOutcome {
    TrancheStatus outcome;
    uint40 dueAt;
    uint256 toPerformer;
    uint256 toChecker;
    uint256 fee;
}
