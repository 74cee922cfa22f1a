"""Rules, assets, pauses and settings, as the views of RuleBook, governor and timelock tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from backend.audit.book import REFUSED, Book, compare
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db.tables import asset_rules, governance_settings, pauses, rules
from backend.terms.jury import JuryRules

JURY_FIELDS = tuple(one.name for one in fields(JuryRules))


def audit_rules(book: Book) -> Iterator[Difference]:
    latest = book.ask("RuleBook", "latestVersion")
    versions = list(book.rows(rules))
    for row in versions:
        version = row["version"]
        if version > latest:
            yield Difference(
                rules.name, {"version": version}, ROW, "is there", NOTHING, "RuleBook.latestVersion"
            )
            continue
        (fees,) = book.ask("RuleBook", "feeRules", version)
        yield from compare(rules, row, "RuleBook.feeRules", fee_bps=list(fees))
        arbitrator, ruling_period, share = book.ask("RuleBook", "disputeRules", version)
        yield from compare(
            rules,
            row,
            "RuleBook.disputeRules",
            arbitrator=arbitrator,
            ruling_period=ruling_period,
            default_performer_bps=share,
        )
        told = book.ask("RuleBook", "juryRules", version)
        yield from compare(
            rules, row, "RuleBook.juryRules", **dict(zip(JURY_FIELDS, told, strict=True))
        )
        effective_at = book.ask("RuleBook", "effectiveAt", version)
        yield from compare(rules, row, "RuleBook.effectiveAt", effective_at=effective_at)
    for version in set(range(1, latest + 1)) - {row["version"] for row in versions}:
        yield Difference(
            rules.name, {"version": version}, ROW, NOTHING, "is there", "RuleBook.latestVersion"
        )


def audit_asset_rules(book: Book) -> Iterator[Difference]:
    for row in book.rows(asset_rules):
        asset, since = row["asset"], row["effective_at"]
        told_by = "RuleBook.assetRuleAt"
        allowed, rate = book.ask("RuleBook", "assetRuleAt", asset, since)
        yield from compare(asset_rules, row, told_by, allowed=allowed, rate=rate)
        if since > 0:
            allowed, rate = book.ask("RuleBook", "assetRuleAt", asset, since - 1)
            yield from compare(asset_rules, row, told_by, old_allowed=allowed, old_rate=rate)


def audit_pauses(book: Book) -> Iterator[Difference]:
    """The last one tells how long no trade can be opened."""
    until = book.ask("RuleBook", "pausedUntil")
    last = list(book.rows(pauses))[-1:]
    for row in last:
        yield from compare(pauses, row, "RuleBook.pausedUntil", paused_until=until)


def audit_settings(book: Book) -> Iterator[Difference]:
    """The last change of each holds."""
    newest = {(row["contract"], row["name"]): row for row in book.rows(governance_settings)}
    for (contract, name), row in newest.items():
        value = book.ask(contract, name)
        number = int(value, 16) if isinstance(value, str) and value != REFUSED else value
        yield from compare(
            governance_settings,
            row,
            f"{contract}.{name}",
            value=int(number) if isinstance(number, bool) else number,
        )
