"""Offers that were posted: each must be what its makers signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from backend.audit.book import Book, Row, compare
from backend.audit.difference import Difference
from backend.audit.signatures import is_signed
from backend.db.tables import offer_parties, offers, presigned_splits
from backend.queries.offers import signed_offer
from backend.terms.acceptability import seats_of_takers
from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.shelf import shelf_of
from backend.terms.signatures import digest_of, offer_digest
from backend.terms.typed_data import signable_split, trade_id


def audit_offers(book: Book) -> Iterator[Difference]:
    """Those of this market. When one was posted, only the database knows."""
    chain_id, escrow = book.deployment.chain_id, book.deployment.address("Escrow")
    of_market = {"chain_id": chain_id, "escrow": escrow}
    for row in book.rows(offers, **of_market):
        offer = signed_offer(row)
        offer_hash = book.ask("Escrow", "hashOffer", offer.pack())
        yield from compare(offers, row, "Escrow.hashOffer", offer_hash=offer_hash)
        if row["text"] is not None:
            found = "0x" + content_hash(row["text"]).hex()
            yield from compare(offers, row, "the hash of the text", content_hash=found)
        try:
            found_by = asdict(shelf_of(offer, row["signatures"], row["text"]))
        except ValueError:
            found_by = {"text": "one that cannot be used"}
        yield from compare(offers, row, "its terms and its text", **found_by)
        digest = offer_digest(chain_id, escrow, offer)
        makers = [party for party in row["parties"] if party != ZERO_ADDRESS]
        for maker in _signers(offer, row["signatures"], makers):
            if not is_signed(book, maker, digest, row["signatures"].get(maker, "0x")):
                told_by = f"the signature of {maker}"
                yield from compare(offers, row, told_by, signatures="no valid signature")
        named = list(book.rows(offer_parties, **of_market, offer_hash=row["offer_hash"]))
        for seat in named:
            known = dict(enumerate(row["parties"]))
            account = known.get(seat["seat"], "nobody")
            yield from compare(offer_parties, seat, "the offer", account=account)
        if len(named) != len(makers):
            yield from compare(offers, row, "the table offer_parties", parties=named)
        yield from _audit_splits(book, row, bytes.fromhex(offer_hash[2:]))


def _audit_splits(book: Book, offer: Row, offer_hash: bytes) -> Iterator[Difference]:
    """What was signed beforehand must hold for the trade that it names."""
    of_offer = {name: offer[name] for name in ("chain_id", "escrow", "offer_hash")}
    for row in book.rows(presigned_splits, **of_offer):
        message = signable_split(
            book.deployment.chain_id,
            book.deployment.address("Escrow"),
            trade_id(offer_hash, row["fill"]),
            row["tranche"],
            row["performer_bps"],
            row["deadline"],
        )
        if not is_signed(book, row["party"], digest_of(message), row["signature"]):
            told_by = f"the signature of {row['party']}"
            yield from compare(presigned_splits, row, told_by, signature="no valid signature")


def _signers(offer: Offer, signatures: Mapping[str, str], named: list[str]) -> list[str]:
    """Whose signatures must hold: all, but for the one account that an offer is for."""
    missing = [party for party in named if party not in signatures]
    takers = [offer.terms.parties[seat] for seat in seats_of_takers(offer)]
    return [party for party in named if [party] != missing or party not in takers]
