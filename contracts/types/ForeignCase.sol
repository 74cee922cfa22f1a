// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Where a case before a foreign arbitrator stands. Zero means that there is no such case.
enum ForeignStatus {
    None,
    Deposited, // by one side; the other may until the deadline
    Joined, // by both; anyone may submit it to the foreign arbitrator
    Submitted, // waiting for the foreign arbitrator
    Ruled, // by the foreign arbitrator; anyone may have it carried out
    Closed // final: the tranche is closed at the Escrow, the deposits are credited
}

/// A case before a foreign arbitrator. Times are unix seconds: the last one to join in, and the last one in which the
/// Escrow takes a ruling. `deposit` is what each side put in, `held` what is left of that here, in wei. `disputeId` and
/// `ruling` are the foreign arbitrator's: they mean nothing before it was submitted, and before it ruled.
struct ForeignCase {
    // slot 0
    address performer;
    uint40 deadline;
    uint40 dueAt;
    ForeignStatus status;
    uint8 tranche;
    // slot 1
    address checker;
    uint96 deposit;
    // slot 2
    uint128 held;
    bool openedByPerformer;
    uint8 ruling;
    // slot 3
    uint256 disputeId;
}
