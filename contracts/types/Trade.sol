// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// One piece of a trade: the performer must perform by `dueIn`; the checker then has `reviewPeriod` to accept or to
/// dispute. Roles are indexes into the parties; times are seconds, `dueIn` from the start of the trade and
/// `reviewPeriod` from the performance, or from the start if that is later; `amount` is in base units of the asset and
/// includes the fee.
///
///   255    216 215   208 207     200 199   192 191        160 159  128 127    0
///   [ unused  ][ checker ][ performer ][ funder ][ reviewPeriod ][ dueIn ][ amount ]
///
/// Signed (EIP-712) as `Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,uint32
/// reviewPeriod)`; the unused bits are zero.
type Tranche is uint256;

/// The conditions under which an offer may be taken. `kind` is a row of the fee table (1 to 10, see `KINDS`);
/// `maxFeeBps` the highest fee the makers accept, in basis points; times are unix seconds of the chain; `fills` is how
/// many trades may be opened; `salt` tells equal offers apart. The rest is zero where it is not wanted. The times of the
/// tranches count from `startsAt`, or from the opening of the trade. `sponsor` is the place, counted from 1, of the party
/// whose amounts come out of a budget (see `lockBudget`). Who takes the offer has all `labels` (bit i is label i of the
/// attestations) and `leastPoints` whole points of reputation, or more.
///
///   255     240 239  224 223   216 215    176 175  136 135  104 103      64 63       24 23       8 7    0
///   [ leastPoints ][ labels ][ sponsor ][ startsAt ][ salt ][ fills ][ expiresAt ][ createdAt ][ maxFeeBps ][ kind ]
///
/// Signed (EIP-712) field by field in `Listing`.
type Conditions is uint256;

/// The facts that opening adds to an offer, fixed for the life of the trade: which fill of the offer it is, when it was
/// opened (unix seconds), under which version of the rules, at which fee, and the index of the party that was open (255
/// if all were named). `salt` is taken from the parent block's hash, so that nobody can search beforehand for two
/// openings with one fingerprint. The trade starts `startsIn` seconds after it was opened.
///
///   255    224 223     192 191      184 183  120 119   104 103        72 71       32 31   0
///   [ unused  ][ startsIn ][ openSeat  ][ salt  ][ feeBps ][ rulesVersion ][ openedAt ][ fill ]
type Pin is uint256;

/// What the makers sign (EIP-712, as `Offer(Terms terms,Listing listing)`): every named party, the taker excepted.
/// `asset` is the zero address for the chain's own coin. `parties` has 2 to 4 different accounts, at most one of them
/// zero: the open party, whose place the taker fills. `contentHash` is the hash of the human-readable text.
struct Offer {
    address asset;
    address[] parties;
    Tranche[] tranches;
    bytes32 contentHash;
    Conditions conditions;
}

/// An opened trade, as every later call names it. The Escrow stores a fingerprint only; this is rebuilt from the
/// `TradeOpened` log. `parties` are those of the offer with the taker in the open place; `listingHash` is the EIP-712
/// hash of the offer's `Listing`.
struct Trade {
    address asset;
    address[] parties;
    Tranche[] tranches;
    bytes32 listingHash;
    Pin pin;
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
    Defaulted // final: nobody ruled in time or the arbitrator gave up, split by the pinned default
}

/// A tranche as it stands. `since` is when it entered this status (unix seconds, and the start of the trade if that is
/// later; for the three kinds of split rounded down to 16,384 s after the start). For a final status the three sums add up to the tranche's amount; else they are zero.
struct TrancheState {
    TrancheStatus status;
    uint256 since;
    uint256 performerBps;
    uint256 toPerformer;
    uint256 toChecker;
    uint256 fee;
}

/// What happens to a tranche if nobody acts: from `dueAt` on (unix seconds, exclusive: the first moment is one second
/// later) anyone may close it as `outcome`. All zero for a final tranche.
struct DefaultOutcome {
    TrancheStatus outcome;
    uint256 dueAt;
    uint256 toPerformer;
    uint256 toChecker;
    uint256 fee;
}
