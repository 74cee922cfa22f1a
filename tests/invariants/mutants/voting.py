"""Bugs of the types of proposals."""

from tests.invariants.mutants.bug import Bug

TYPES = "contracts/governance/ProposalTypes.sol"
TYPED = "contracts/governance/GovernorTyped.sol"
TESTS = "tests/contracts/governor/test_types"

VOTING = (
    Bug(
        "a mixed proposal takes the terms of its last type",
        TYPES,
        "strictest.quorumBps = uint16(Math.max(strictest.quorumBps, terms.quorumBps));",
        "strictest.quorumBps = terms.quorumBps;",
        TESTS + ".py",
    ),
    Bug(
        "another arbitrator is a dispute rule",
        TYPES,
        "return _keepsArbitrator(data) ? DISPUTE_RULES : DISPUTE_RULES | ASSETS_AND_ARBITRATOR;",
        "_keepsArbitrator(data);\n        return DISPUTE_RULES;",
        TESTS + ".py",
    ),
    Bug(
        "coin makes any call a payment",
        TYPES,
        "return isPayment ? TREASURY : TREASURY | _typesOfCall(target, data);",
        "return isPayment ? TREASURY : TREASURY;",
        TESTS + ".py",
    ),
    Bug(
        "a type takes more than anything",
        TYPES,
        "if (value > largest) revert",
        "if (value > largest + 1e9) revert",
        TESTS + "_terms.py",
    ),
    Bug(
        "terms are those of the end of the vote",
        TYPED,
        "terms = _types.termsOf(types, uint48(snapshot));",
        "terms = _types.termsOf(types, uint48(block.timestamp));",
        TESTS + "_decide.py",
    ),
    Bug(
        "calls may become another type's",
        TYPED,
        "if (current | proposed != proposed) revert",
        "if (current | proposed != proposed && current == 0) revert",
        TESTS + "_decide.py",
    ),
    Bug(
        "a tie is an approval",
        TYPED,
        "return votesFor * BPS > (votesFor + against) * terms.approvalBps;",
        "return votesFor * BPS >= (votesFor + against) * terms.approvalBps;",
        TESTS + "_decide.py",
    ),
    Bug(
        "a longer delay is not kept",
        TYPED,
        "if (clock() < eta) revert MarketGovernor_NotDue(proposalId, eta);",
        "eta;",
        TESTS + "_decide.py",
    ),
)
