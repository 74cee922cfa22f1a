"""Reviews, attestations and attestors, as the views of their contracts tell of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import Difference
from backend.db.tables import attestations, attestors, reviews
from backend.terms.attestations import CLAIM_NAMES, LABELS, Claim, labels_of, schema_of
from backend.terms.reviews import ReviewStatus

CLAIMS = {name: claim for claim, name in CLAIM_NAMES.items()}


def audit_reviews(book: Book) -> Iterator[Difference]:
    """Words, replies, and what was hidden before it was revealed, are in the logs only."""
    window = book.ask("Reviews", "revealWindow")
    for row in book.rows(reviews):
        status, commit_until, commitment, rating, revealed_at, _replied = book.ask(
            "Reviews", "reviewOf", _bytes(row["trade_id"]), row["author"], row["subject"]
        )
        told_by = "Reviews.reviewOf"
        if status == ReviewStatus.COMMITTED:
            yield from compare(
                reviews,
                row,
                told_by,
                commitment=commitment,
                commit_until=commit_until,
                reveal_until=commit_until + window,
                rating=None,
                revealed_at=None,
            )
        else:
            known = (rating, revealed_at) if status == ReviewStatus.REVEALED else (None, None)
            yield from compare(reviews, row, told_by, rating=known[0], revealed_at=known[1])


def audit_attestations(book: Book) -> Iterator[Difference]:
    for row in book.rows(attestations):
        (
            _uid,
            schema,
            time,
            expires_at,
            revoked_at,
            _reference,
            recipient,
            attester,
            _revocable,
            data,
        ) = book.ask("Attestations", "getAttestation", _bytes(row["uid"]))
        claim = next((one for one in Claim if "0x" + schema_of(one).hex() == schema), None)
        yield from compare(
            attestations,
            row,
            "Attestations.getAttestation",
            recipient=recipient,
            attester=attester,
            claim=None if claim is None else CLAIM_NAMES[claim],
            value=int(data, 16),
            attested_at=time,
            expires_at=expires_at,
            revoked_at=revoked_at or None,
        )


def audit_labels(book: Book) -> Iterator[Difference]:
    """What the attestations make together: the labels that each account has at this block."""
    now, holds = book.block.time, defaultdict[str, dict[int, int]](dict)
    for row in book.rows(attestations):
        labels = holds[row["recipient"]]
        if row["revoked_at"] is None and row["expires_at"] >= now:
            given = labels_of(CLAIMS[row["claim"]], row["value"])
            labels |= dict.fromkeys(given, int(row["expires_at"]))
    for account, labels in holds.items():
        for label in range(len(LABELS)):
            until = book.ask("Attestations", "labelUntil", account, label)
            told = until if until >= now else None
            if labels.get(label) != told:
                yield Difference(
                    attestations.name,
                    {"recipient": account},
                    f"label {label}",
                    labels.get(label),
                    told,
                    "Attestations.labelUntil",
                )


def audit_attestors(book: Book) -> Iterator[Difference]:
    for row in book.rows(attestors):
        claim = CLAIMS[row["claim"]]
        allowed = book.ask("Attestations", "isAttestor", row["attestor"], int(claim))
        yield from compare(attestors, row, "Attestations.isAttestor", allowed=allowed)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text[2:])
