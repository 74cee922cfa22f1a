// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bounds} from "contracts/types/Rules.sol";

/// What a call of a proposal changes. Several types are one number: type t is bit t - 1.
enum ProposalType {
    None,
    Fees,
    DisputeRules,
    AssetsAndArbitrator,
    Treasury,
    Anything
}

// The number of types, `None` not being one.
uint8 constant PROPOSAL_TYPES = 5;

/// What a proposal takes: the share of all votes at its snapshot that must vote for or abstain, and the share of the
/// votes for and against that the votes for must exceed, both in basis points; and the seconds between its queueing and
/// its execution.
struct ProposalTerms {
    uint16 quorumBps;
    uint16 approvalBps;
    uint32 delay;
}

/// What the types are deployed with. The bounds hold for every type and have the same `notice`, which must be longer
/// than the governor's voting delay can ever be; `terms[t - 1]` are those of type t.
struct ProposalTypesSetup {
    address timelock;
    address ruleBook;
    address escrow;
    Bounds quorumBounds;
    Bounds approvalBounds;
    Bounds delayBounds;
    ProposalTerms[PROPOSAL_TYPES] terms;
}
