"""The audit: which tables, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eth_abi.exceptions import EncodingError
from sqlalchemy import Connection, Engine, func, select

from backend.audit import (
    blocks,
    court,
    governance,
    jurors,
    members,
    messages,
    offers,
    replay,
    reports,
    rules,
    seeds,
    standing,
    trades,
)
from backend.audit.book import Book
from backend.audit.difference import Difference
from backend.chain import Block, Node
from backend.db import reading
from backend.db.tables import checkpoint, metadata, progress
from backend.indexer.constants import contracts_of
from backend.indexer.errors import Reorged
from backend.indexer.market import check_node
from backend.settings import Deployment

VIEWS: tuple[Callable[[Book], Iterator[Difference]], ...] = (
    blocks.audit_market,
    blocks.audit_constants,
    blocks.audit_checkpoint,
    blocks.audit_progress,
    blocks.audit_blocks,
    trades.audit_trades,
    trades.audit_cancelled_offers,
    trades.audit_cancelled_until,
    trades.audit_budgets,
    trades.audit_credits,
    rules.audit_rules,
    rules.audit_asset_rules,
    rules.audit_pauses,
    rules.audit_settings,
    members.audit_members,
    members.audit_formula,
    members.audit_vote_checkpoints,
    members.audit_supply_checkpoints,
    members.audit_claims,
    members.audit_listed_escrows,
    governance.audit_proposals,
    governance.audit_proposal_terms,
    governance.audit_votes,
    governance.audit_timelock_calls,
    governance.audit_roles,
    court.audit_disputes,
    court.audit_dispute_periods,
    court.audit_panels,
    court.audit_seats,
    court.audit_settlements,
    court.audit_appeals,
    court.audit_contributions,
    court.audit_court_credits,
    jurors.audit_jurors,
    jurors.audit_juror_credits,
    jurors.audit_pool_callers,
    seeds.audit_seeds,
    seeds.audit_seed_requests,
    seeds.audit_seed_givers,
    standing.audit_reviews,
    standing.audit_attestations,
    standing.audit_labels,
    standing.audit_attestors,
    offers.audit_offers,
    reports.audit_condition_reports,
    messages.audit_messaging_keys,
    messages.audit_messages,
)

# What values that cannot be asked about, or calculated with, end in.
NONSENSE = (ArithmeticError, AssertionError, EncodingError, LookupError, TypeError, ValueError)


class AuditError(Exception):
    """There is nothing to compare, or the chain changed meanwhile; the message says what to do."""


class Audit:
    """Compares one state of the database with the chain at the indexed block.

    `tell` is told how many steps are done, of how many.
    """

    def __init__(
        self,
        engine: Engine,
        node: Node,
        deployment: Deployment,
        tell: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        self._engine = engine
        self._node = node
        self._deployment = deployment
        self._tell = tell

    def run(self) -> tuple[Block, int, list[Difference]]:
        """The block compared at, how many rows were compared, and every difference.

        Raises AuditError, and the errors of the node.
        """
        check_node(self._node, self._deployment)
        with reading(self._engine) as connection:
            block = self._block(connection)
            final = connection.scalar(select(progress.c.final)) or self._deployment.start_block
            contracts = contracts_of(self._node, self._deployment.contracts)
            book = Book(connection, self._node, contracts, self._deployment, block)
            found: dict[object, Difference] = {}
            for difference in self._differences(book, min(final, block.number)):
                found.setdefault(difference.place, difference)
            rows = sum(
                connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
            )
        if self._node.block(block.number) != block:
            raise AuditError("The chain was reorganised during the audit; run it again.")
        return block, rows, list(found.values())

    def _differences(self, book: Book, final: int) -> Iterator[Difference]:
        for index, view in enumerate(VIEWS):
            self._tell(index, 2 * len(VIEWS))
            try:
                yield from view(book)
            except NONSENSE as error:
                what = view.__name__.removeprefix("audit_")
                told_by = f"{type(error).__name__}: {error}"
                yield Difference(what, {}, "(some row)", "what makes no sense", "other", told_by)
        steps = len(VIEWS)

        def tell(done: int, total: int) -> None:
            self._tell(steps + steps * done // (total + 1), 2 * steps)

        try:
            with replay.replayed(book, final, tell) as engine:
                yield from replay.differences(book, engine, final)
        except Reorged as error:
            raise AuditError("The chain was reorganised during the audit; run it again.") from error
        self._tell(2 * steps, 2 * steps)

    def _block(self, connection: Connection) -> Block:
        """The chain's block at the height of the checkpoint."""
        row = connection.execute(select(checkpoint)).one_or_none()
        if row is None:
            raise AuditError("Nothing is indexed yet: run `commonhold index` first.")
        block = self._node.block(row.number)
        if block is None:
            head = self._node.head()
            raise AuditError(
                f"The checkpoint is block {row.number}; the chain ends at {head.number}. Let the"
                " indexer catch up (`commonhold index --once`), then run the audit again."
            )
        return block
