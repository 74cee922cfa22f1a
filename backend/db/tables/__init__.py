"""Every table, and which of them are facts of the chain."""

from sqlalchemy import Table

from backend.db.tables.base import metadata
from backend.db.tables.chain import blocks, checkpoint, constants, events, market, progress, undo
from backend.db.tables.content import contents
from backend.db.tables.court import (
    appeals,
    contributions,
    court_credits,
    dispute_periods,
    disputes,
    evidence,
    panels,
    seats,
    settlements,
)
from backend.db.tables.governance import (
    proposal_terms,
    proposals,
    roles,
    timelock_calls,
    votes,
)
from backend.db.tables.inbox import offer_parties, offers, presigned_splits
from backend.db.tables.jurors import (
    juror_credits,
    jurors,
    pool_callers,
    seed_givers,
    seed_requests,
    seeds,
)
from backend.db.tables.listing import moderation, withdrawn_offers
from backend.db.tables.membership import (
    claims,
    earnings,
    forfeits,
    listed_escrows,
    members,
    supply_checkpoints,
    vote_checkpoints,
)
from backend.db.tables.messaging import (
    message_seats,
    message_threads,
    messages,
    messaging_keys,
)
from backend.db.tables.names import asset_names
from backend.db.tables.reporting import condition_reports
from backend.db.tables.rule_book import asset_rules, governance_settings, pauses, rules
from backend.db.tables.standing import attestations, attestors, reviews
from backend.db.tables.trading import (
    budgets,
    cancelled_offers,
    cancelled_until,
    credits,
    parties,
    trades,
    tranches,
)

# Written by projections, and only by them.
PROJECTED: tuple[Table, ...] = (
    events,
    trades,
    parties,
    tranches,
    budgets,
    cancelled_offers,
    cancelled_until,
    credits,
    rules,
    asset_rules,
    pauses,
    governance_settings,
    members,
    vote_checkpoints,
    supply_checkpoints,
    earnings,
    forfeits,
    claims,
    listed_escrows,
    proposal_terms,
    proposals,
    votes,
    timelock_calls,
    roles,
    disputes,
    dispute_periods,
    panels,
    seats,
    settlements,
    appeals,
    contributions,
    evidence,
    court_credits,
    jurors,
    juror_credits,
    pool_callers,
    seeds,
    seed_requests,
    seed_givers,
    reviews,
    attestations,
    attestors,
)

# All that a rebuild writes anew, in one and the same way.
FACTS: tuple[Table, ...] = (market, checkpoint, blocks, constants, *PROJECTED)

__all__ = [
    "FACTS",
    "PROJECTED",
    "appeals",
    "asset_names",
    "asset_rules",
    "attestations",
    "attestors",
    "blocks",
    "budgets",
    "cancelled_offers",
    "cancelled_until",
    "checkpoint",
    "claims",
    "condition_reports",
    "constants",
    "contents",
    "contributions",
    "court_credits",
    "credits",
    "dispute_periods",
    "disputes",
    "earnings",
    "events",
    "evidence",
    "forfeits",
    "governance_settings",
    "juror_credits",
    "jurors",
    "listed_escrows",
    "market",
    "members",
    "message_seats",
    "message_threads",
    "messages",
    "messaging_keys",
    "metadata",
    "moderation",
    "offer_parties",
    "offers",
    "panels",
    "parties",
    "pauses",
    "pool_callers",
    "presigned_splits",
    "progress",
    "proposal_terms",
    "proposals",
    "reviews",
    "roles",
    "rules",
    "seats",
    "seed_givers",
    "seed_requests",
    "seeds",
    "settlements",
    "supply_checkpoints",
    "timelock_calls",
    "trades",
    "tranches",
    "undo",
    "vote_checkpoints",
    "votes",
    "withdrawn_offers",
]
