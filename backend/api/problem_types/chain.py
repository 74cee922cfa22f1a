"""What is known of the chain, and things that are not there."""

from __future__ import annotations

from backend.api.problem_types.kind import new

BLOCK_NOT_INDEXED = new(
    "block-not-indexed",
    409,
    "That block is not indexed yet",
    "Ask again after `Retry-After`; `indexedBlock` is how far the index is.",
)
NOT_READY = new(
    "not-ready", 503, "Nothing is indexed yet", "Start the indexer, or wait for its first block."
)
DATABASE_BUSY = new(
    "database-busy", 503, "The database cannot be used now", "Ask again after `Retry-After`."
)
NODE_UNREACHABLE = new(
    "node-unreachable", 503, "The node does not answer", "Ask again after `Retry-After`."
)
NODE_OTHER_CHAIN = new(
    "node-on-another-chain",
    503,
    "The node is on another chain",
    "For the operator: point the service at a node of the chain it was set up for.",
)

UNKNOWN_TRADE = new("unknown-trade", 404, "No such trade", "Or it is in a block not indexed yet.")
UNKNOWN_DISPUTE = new(
    "unknown-dispute",
    404,
    "No such dispute",
    "Or it is in a block not indexed yet; a disputed tranche has no case until a side deposits.",
)
UNKNOWN_JUROR = new(
    "unknown-juror",
    404,
    "No such juror",
    "Nobody staked from this account; `/jurors/{account}/duties` answers for any.",
)
UNKNOWN_SEED = new("unknown-seed", 404, "No such seed", "Or it is in a block not indexed yet.")
UNKNOWN_OFFER = new("unknown-offer", 404, "No such offer", "Nobody posted an offer of this hash.")
UNKNOWN_TEMPLATE = new("unknown-template", 404, "No such template", "`/templates` lists them.")
UNKNOWN_PROPOSAL = new(
    "unknown-proposal", 404, "No such proposal", "Or it is in a block not indexed yet."
)
UNKNOWN_VERSION = new(
    "unknown-rules-version", 404, "No such version of the rules", "`latest` is the newest."
)
NOT_LOCAL = new(
    "not-a-local-chain",
    404,
    "There are no known people here",
    "Only a chain on one's own machine has accounts that anybody may use: bring a wallet.",
)
UNKNOWN_MEMBER = new("unknown-member", 404, "No such member", "`/accounts` knows any account.")
