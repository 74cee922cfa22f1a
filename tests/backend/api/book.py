"""A database as the indexer would leave it, written by hand: small facts that tests can foresee.

Time: the market starts at 1,000,000; every block is 10 seconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_utils.crypto import keccak
from sqlalchemy import delete, insert, update

from backend.db import migrate, open_engine, tables, writing
from backend.settings import Settings
from backend.terms.offer import NO_SEAT, ZERO_ADDRESS, Listing, Offer, Pin, Terms, Tranche
from backend.terms.typed_data import hash_listing, hash_offer, signable_offer, trade_id

CHAIN = 31337
START = 1_000_000
GENESIS = "0x" + "00" * 31 + "01"


def address(number: int) -> str:
    """The key's address of a number, with its checksum."""
    return key(number).address


def key(number: int) -> Any:
    return Account.from_key(number.to_bytes(32, "big"))


CONTRACTS = {
    "BondedSeed": address(110),
    "Court": address(108),
    "Escrow": address(101),
    "JurorPool": address(109),
    "MarketGovernor": address(102),
    "MarketTimelock": address(103),
    "ProposalTypes": address(107),
    "Attestations": address(111),
    "Reviews": address(112),
    "Reputation": address(104),
    "RuleBook": address(105),
}
TOKEN = address(106)
JURY = {
    "juror_fee": 2**90,
    "seat_stake": 10**16,
    "deposit_period": 3_600,
    "evidence_period": 1_800,
    "commit_period": 1_200,
    "reveal_period": 900,
    "appeal_period": 7_200,
    "conflict_period": 2_592_000,
    "jurors": 3,
    "max_appeals": 2,
    "appeal_multiplier_bps": 15_000,
    "slash_bps": 2_000,
    "coherence_bps": 1_000,
}
ALICE, BOB, CAROL = address(1), address(2), address(3)


def case_id_of(trade: str, tranche: int = 0) -> str:
    return "0x" + keccak(bytes.fromhex(trade[2:]) + tranche.to_bytes(32, "big")).hex()


def hash_of(number: int) -> str:
    return "0x" + number.to_bytes(32, "big").hex()


def time_of(number: int) -> int:
    return START + 10 * number


def fact(number: int, index: int = 0) -> dict[str, Any]:
    return {
        "block_number": number,
        "block_hash": hash_of(number),
        "block_time": time_of(number),
        "tx_hash": hash_of(number * 1000 + index),
        "log_index": index,
    }


def offer_by(maker: str = ALICE, **changed: Any) -> Offer:
    """Alice sells for 1,000 base units of coin; whoever takes it buys."""
    tranche = Tranche(
        funder=1,
        performer=0,
        checker=1,
        amount=changed.pop("amount", 1000),
        due_in=3600,
        review_period=600,
    )
    terms = Terms(
        changed.pop("asset", ZERO_ADDRESS),
        changed.pop("parties", (maker, ZERO_ADDRESS)),
        changed.pop("tranches", (tranche,)),
    )
    values = {
        "content_hash": bytes(32),
        "kind": 1,
        "max_fee_bps": 500,
        "created_at": START,
        "expires_at": START + 10_000,
        "fills": 3,
        "salt": 7,
    }
    return Offer(terms, Listing(**(values | changed)))


def offer_hash(offer: Offer) -> bytes:
    return hash_offer(offer.terms, hash_listing(offer.listing))


def body_of(
    offer: Offer, *signers: int, chain_id: int = CHAIN, escrow: str = CONTRACTS["Escrow"]
) -> dict[str, Any]:
    """What is posted: the offer, signed by the keys of these numbers."""
    message = signable_offer(chain_id, escrow, offer)
    terms, listing = offer.terms, offer.listing
    return {
        "chainId": chain_id,
        "escrow": escrow,
        "offer": {
            "terms": {
                "asset": terms.asset,
                "parties": list(terms.parties),
                "tranches": [
                    {
                        "funder": t.funder,
                        "performer": t.performer,
                        "checker": t.checker,
                        "amount": str(t.amount),
                        "dueIn": t.due_in,
                        "reviewPeriod": t.review_period,
                    }
                    for t in terms.tranches
                ],
            },
            "listing": {
                "contentHash": "0x" + listing.content_hash.hex(),
                "kind": listing.kind,
                "maxFeeBps": listing.max_fee_bps,
                "createdAt": listing.created_at,
                "expiresAt": listing.expires_at,
                "startsAt": listing.starts_at,
                "fills": listing.fills,
                "salt": str(listing.salt),
                "sponsor": listing.sponsor,
                "labels": listing.labels,
                "leastPoints": listing.least_points,
            },
        },
        "signatures": [
            {
                "party": address(signer),
                "signature": "0x" + key(signer).sign_message(message).signature.hex(),
            }
            for signer in signers
        ],
    }


@dataclass
class Book:
    """Writes rows; each method is one event."""

    folder: Path
    rpc_url: str = "http://127.0.0.1:9"  # nobody answers there
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        deployment = self.folder / "deployment.json"
        start = {"number": 1, "hash": GENESIS}
        deployment.write_text(
            json.dumps(
                {"chainId": CHAIN, "startBlock": start, "contracts": CONTRACTS, "complete": True}
            )
        )
        self.settings = Settings(
            rpc_url=self.rpc_url,
            database=str(self.folder / "market.sqlite"),
            deployment=str(deployment),
            rpc_timeout=2.0,
        )
        self.engine = open_engine(self.settings.database)
        migrate(self.engine)

    def write(self, table: Any, *rows: dict[str, Any]) -> None:
        with writing(self.engine) as connection:
            connection.execute(insert(table), list(rows))

    def begin(self) -> Book:
        """A market with its first rules and members, at block 1."""
        self.write(
            tables.market,
            {"id": 1, "chain_id": CHAIN, "start_block": 1, "start_hash": GENESIS,
             "contracts": CONTRACTS},
        )  # fmt: skip
        numbers = {"quorumFloor": "1000000", "grace": "1000"}
        self.write(
            tables.constants,
            {"contract": "Reputation", "name": "start", "value": str(START)},
            {"contract": "JurorPool", "name": "asset", "value": ZERO_ADDRESS},
            {"contract": "Reviews", "name": "commitWindow", "value": "300"},
            {"contract": "Reviews", "name": "revealWindow", "value": "200"},
            *(
                {"contract": "MarketGovernor", "name": name, "value": value}
                for name, value in numbers.items()
            ),
        )
        self.rules(1, 1, [100] * 10, changed="all", effective_at=START)
        self.asset(1, ZERO_ADDRESS, allowed=True)
        self.asset(1, TOKEN, allowed=True, index=3)
        self.write(tables.asset_names, {"asset": TOKEN, "symbol": "GLD", "decimals": 6})
        self.at(1)
        return self

    def at(self, number: int, rollbacks: int = 0) -> None:
        """The index is at this block, and so is the head; so often were blocks undone."""
        with writing(self.engine) as connection:
            connection.execute(delete(tables.checkpoint))
            connection.execute(delete(tables.progress))
        block = {"number": number, "hash": hash_of(number), "time": time_of(number)}
        self.write(tables.checkpoint, {"id": 1, **block})
        progress = {"id": 1, "head": number, "final": 0, "seen_at": 1_800_000_000, "halted": None}
        self.write(tables.progress, progress | {"rollbacks": rollbacks})

    def rules(
        self, block: int, version: int, fees: list[int], changed: str, effective_at: int
    ) -> None:
        row = {
            "version": version,
            "effective_at": effective_at,
            "changed": changed,
            "fee_bps": fees,
            "arbitrator": CONTRACTS["MarketTimelock"],
            "ruling_period": 86400,
            "default_performer_bps": 5000,
            **JURY,
        }
        self.write(tables.rules, row | fact(block))

    def asset(
        self, block: int, asset: str, allowed: bool, effective_at: int = START, index: int = 2
    ) -> None:
        row = {
            "asset": asset,
            "effective_at": effective_at,
            "allowed": allowed,
            "rate": 10**9,
            "old_allowed": not allowed,
            "old_rate": 0,
        }
        self.write(tables.asset_rules, row | fact(block, index))

    def setting(self, block: int, name: str, value: int) -> None:
        row = {"contract": "MarketGovernor", "name": name, "value": value, "old_value": 0}
        self.write(tables.governance_settings, row | fact(block, 9))

    def member(self, block: int, account: str, units: int, owed: int = 0) -> None:
        base = {"account": account, "votes": units}
        row = base | {"units": units, "held": 0, "allotted_points": 0, "delegate": account}
        row["owed"] = owed
        self.write(tables.members, row | fact(block))
        self.write(tables.vote_checkpoints, base | {"since": time_of(block)} | fact(block))

    def supply(self, block: int, units: int) -> None:
        row = {"since": time_of(block), "units": units}
        self.write(tables.supply_checkpoints, row | fact(block))

    def trade(
        self, block: int, offer: Offer, taker: str = BOB, fill: int = 0, index: int = 0
    ) -> str:
        """Opens a trade; every tranche waits for its performer."""
        terms, listing = offer.terms, offer.listing
        trade = "0x" + trade_id(offer_hash(offer), fill).hex()
        seats = [index for index, party in enumerate(terms.parties) if party == ZERO_ADDRESS]
        pin = Pin(
            fill,
            time_of(block),
            1,
            100,
            99,
            seats[0] if seats else NO_SEAT,
            listing.starts_at - time_of(block) if listing.starts_at else 0,
        )
        row = {
            "trade_id": trade,
            "offer_hash": "0x" + offer_hash(offer).hex(),
            "fill": fill,
            "taker": taker,
            "asset": terms.asset,
            "amount": sum(t.amount for t in terms.tranches),
            "kind": listing.kind,
            "content_hash": "0x" + listing.content_hash.hex(),
            "listing_hash": "0x" + hash_listing(listing).hex(),
            "max_fee_bps": listing.max_fee_bps,
            "created_at": listing.created_at,
            "expires_at": listing.expires_at,
            "starts_at": listing.starts_at,
            "sponsor": listing.sponsor,
            "labels": listing.labels,
            "least_points": listing.least_points,
            "fills": listing.fills,
            "salt": listing.salt,
            "opened_at": time_of(block),
            "rules_version": 1,
            "fee_bps": 100,
            "open_seat": seats[0] if seats else None,
            "pin": pin.pack(),
            "tranche_count": len(terms.tranches),
            "open_tranches": len(terms.tranches),
            "closed_at": None,
        }
        self.write(tables.trades, row | fact(block, index))
        parties = [taker if party == ZERO_ADDRESS else party for party in terms.parties]
        self.write(
            tables.parties,
            *(
                {"trade_id": trade, "seat": seat, "account": party} | fact(block, index)
                for seat, party in enumerate(parties)
            ),
        )
        self.write(
            tables.tranches,
            *(
                {
                    "trade_id": trade,
                    "tranche": number,
                    "funder": t.funder,
                    "performer": t.performer,
                    "checker": t.checker,
                    "amount": t.amount,
                    "due_in": t.due_in,
                    "review_period": t.review_period,
                    "status": "open",
                    "since": time_of(block),
                    "default_status": "missed",
                    "default_due_at": time_of(block) + t.due_in,
                    "default_to_performer": 0,
                    "default_to_checker": t.amount,
                    "default_fee": 0,
                }
                | fact(block, index)
                for number, t in enumerate(terms.tranches)
            ),
        )
        event = {
            "contract": "Escrow",
            "address": CONTRACTS["Escrow"],
            "name": "TradeOpened",
            "trade_id": trade,
            "proposal_id": None,
            "args": {"tradeId": trade, "taker": taker},
        }
        self.write(tables.events, event | fact(block, index))
        return trade

    def close(self, block: int, trade: str, fee: int, to_performer: int) -> None:
        """Its only tranche is accepted."""
        with writing(self.engine) as connection:
            mine = tables.tranches.c.trade_id == trade
            connection.execute(
                update(tables.tranches)
                .where(mine)
                .values(
                    status="accepted",
                    since=time_of(block),
                    closed_at=time_of(block),
                    performer_bps=10_000,
                    to_performer=to_performer,
                    to_checker=0,
                    fee=fee,
                    default_status=None,
                    default_due_at=None,
                    default_to_performer=None,
                    default_to_checker=None,
                    default_fee=None,
                    **fact(block),
                )
            )
            connection.execute(
                update(tables.trades)
                .where(tables.trades.c.trade_id == trade)
                .values(open_tranches=0, closed_at=time_of(block))
            )

    def proposal(self, block: int, number: int, **changed: Any) -> None:
        row = {
            "proposal_id": number,
            "proposer": ALICE,
            "description": "# Lower the fee for goods\n\nIt is too high.",
            "description_hash": hash_of(4242),
            "targets": [CONTRACTS["RuleBook"]],
            "call_values": ["0"],
            "calldatas": ["0x"],
            "snapshot": time_of(block) + 100,
            "vote_end": time_of(block) + 1100,
            "deadline": time_of(block) + 1100,
            "types": 1,
            "quorum_bps": 1_000,
            "approval_bps": 5_000,
            "delay": 3_600,
            "against_votes": 0,
            "for_votes": 0,
            "abstain_votes": 0,
            "eta": None,
            "queued_at": None,
            "executed_at": None,
            "canceled_at": None,
        }
        self.write(tables.proposals, row | fact(block) | changed)

    def vote(self, block: int, proposal: int, voter: str, weight: int, index: int = 0) -> None:
        row = {
            "proposal_id": proposal,
            "voter": voter,
            "support": 1,
            "weight": weight,
            "against_votes": 0,
            "for_votes": weight,
            "abstain_votes": 0,
            "reason": "<script>alert(1)</script> \x00 'DROP TABLE votes;--",
            "params": None,
        }
        self.write(tables.votes, row | fact(block, index))

    def credit(self, block: int, account: str, asset: str, amount: int) -> None:
        row = {"account": account, "asset": asset, "amount": amount, "settled": amount == 0}
        self.write(tables.credits, row | fact(block))

    def case(self, block: int, trade: str, ruled_rounds: int) -> None:
        """A case of a trade's first tranche that was decided by a jury."""
        row = {
            "case_id": case_id_of(trade),
            "trade_id": trade,
            "tranche": 0,
            "performer": ALICE,
            "checker": BOB,
            "rules_version": 1,
            "depositor": "checker",
            "deposit": 3 * JURY["juror_fee"],
            "opened_at": time_of(block),
            "status": "decided",
            "deadline": time_of(block),
            "round": ruled_rounds - 1,
            "ruled_rounds": ruled_rounds,
            "performer_bps": 2_000,
            "decision": "jury",
        }
        self.write(tables.disputes, row | fact(block))

    def cancel(self, block: int, offer: Offer, by: str = ALICE) -> None:
        row = {"offer_hash": "0x" + offer_hash(offer).hex(), "by": by}
        self.write(tables.cancelled_offers, row | fact(block))

    def cancel_all(self, block: int, party: str, until: int) -> None:
        row = {"party": party, "created_until": until}
        self.write(tables.cancelled_until, row | fact(block))
