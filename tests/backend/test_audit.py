"""The audit names every value that was changed by hand, and nothing else."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Engine, Table, delete, insert, update

from backend.audit import AuditError, Difference
from backend.audit.book import Book
from backend.audit.offers import audit_offers
from backend.audit.run import NONSENSE, VIEWS
from backend.chain import Node, Rpc
from backend.db import migrate, open_engine, reading, tables, writing
from backend.db.types import Json, Uint
from backend.indexer.constants import contracts_of
from backend.terms.shelf import shelf_of
from scripts.people import Person
from scripts.toolchain import ROOT
from scripts.toolchain.node import Anvil
from tests.backend.following import audit, catch_up, rows
from tests.backend.market import Market
from tests.backend.saved import Saved

ROW = "(the row)"


@pytest.fixture(scope="module")
def indexed(played: Saved, played_node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of everything that can happen, with one posted offer."""
    path = tmp_path_factory.mktemp("indexed") / "db.sqlite"
    engine = open_engine(str(path))
    migrate(engine)
    catch_up(engine, played_node.url, played.deployment)
    post_offer(engine, played_node.url, played)
    engine.dispose()
    return path


def post_offer(engine: Engine, url: str, saved: Saved) -> None:
    market = Market(url, saved.deployment)
    offer = market.offer()
    signature = market.sign(Person.ALICE, offer)
    offer_hash = market.view("Escrow", "hashOffer", offer.pack())
    market.close()
    of_market = {
        "chain_id": saved.deployment.chain_id,
        "escrow": saved.deployment.address("Escrow"),
        "offer_hash": offer_hash,
    }
    terms, listing = offer.terms, offer.listing
    signatures = {Person.ALICE.address: "0x" + signature.hex()}
    with writing(engine) as connection:
        connection.execute(
            insert(tables.offers).values(
                **of_market,
                asset=terms.asset,
                kind=listing.kind,
                content_hash="0x" + listing.content_hash.hex(),
                max_fee_bps=listing.max_fee_bps,
                created_at=listing.created_at,
                expires_at=listing.expires_at,
                starts_at=listing.starts_at,
                sponsor=listing.sponsor,
                labels=listing.labels,
                least_points=listing.least_points,
                fills=listing.fills,
                salt=listing.salt,
                parties=list(terms.parties),
                tranches=[str(tranche.pack()) for tranche in terms.tranches],
                signatures=signatures,
                text="a thing",
                posted_at=1,
                **asdict(shelf_of(offer, signatures, "a thing")),
            )
        )
        connection.execute(
            insert(tables.offer_parties).values(**of_market, seat=1, account=Person.ALICE.address)
        )


@pytest.fixture
def copy(indexed: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "copy.sqlite"
    shutil.copy(indexed, path)
    engine = open_engine(str(path))
    yield engine
    engine.dispose()


def other(table: Table, column: str, value: Any) -> Any:
    """A value of the same kind that is not the same."""
    kind = table.c[column].type
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Json):
        return {"changed": value}
    if column in ("executed_at", "canceled_at"):
        return 1 if value is None else None
    if isinstance(kind, Uint) or kind.python_type is int:
        return 1 if value is None else value + 1
    if value is None:
        return "0x" + "12" * 32
    return value[:-1] + ("1" if value[-1:] != "1" else "2")


def key_of(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {part.name: row[part.name] for part in table.primary_key}


def change(engine: Engine, table: Table, row: dict[str, Any], column: str) -> dict[str, Any]:
    """Changes one value of one row; its key."""
    key = key_of(table, row)
    with writing(engine) as connection:
        match = [table.c[name] == value for name, value in key.items()]
        changed = {column: other(table, column, row[column])}
        assert connection.execute(update(table).where(*match).values(changed)).rowcount == 1
    return key


def named(found: list[Difference], table: Table, key: dict[str, Any], column: str) -> bool:
    return any(
        (one.table, one.key, one.column) == (table.name, key, column) and one.database != one.chain
        for one in found
    )


def test_nothing_is_found_where_nothing_was_changed(
    copy: Engine, played: Saved, played_node: Anvil
) -> None:
    assert audit(copy, played_node.url, played.deployment) == []


def test_every_column_of_every_table_is_compared(
    copy: Engine, played: Saved, played_node: Anvil
) -> None:
    """Each in another row, as far as there are enough of them."""
    wanted = []
    for table in tables.FACTS:
        if table in (tables.checkpoint, tables.market):
            continue  # these two say what to compare with: a test each
        keys = {column.name for column in table.primary_key}
        columns = [column.name for column in table.c if column.name not in keys]
        found = sample(copy, table)
        for index, column in enumerate(columns):
            row = found[index % len(found)]
            wanted.append((table, change(copy, table, row, column), column))
    differences = audit(copy, played_node.url, played.deployment)
    missed = [
        (table.name, key, column)
        for table, key, column in wanted
        if not named(differences, table, key, column)
    ]
    assert missed == []


def sample(engine: Engine, table: Table) -> list[dict[str, Any]]:
    """Rows to change, the last one first.

    Without trades of offers with several fills, whose numbers must differ, and without blocks that
    have no event: how many of those are kept is no fact.
    """
    found = [row for row in rows(engine, table) if row.get("fills", 1) == 1]
    if table is tables.blocks:
        told = {row["block_number"] for row in rows(engine, tables.events)}
        found = [row for row in found if row["number"] in told]
    return found[::-1]


def test_rows_that_are_gone_are_named(copy: Engine, played: Saved, played_node: Anvil) -> None:
    """The last one of every table but the checkpoint, without which nothing is indexed."""
    wanted = []
    for table in tables.FACTS:
        if table is tables.checkpoint:
            continue
        key = key_of(table, sample(copy, table)[0])
        with writing(copy) as connection:
            connection.execute(delete(table).where(*(table.c[name] == key[name] for name in key)))
        wanted.append((table.name, key))
    found = audit(copy, played_node.url, played.deployment)
    gone = [(one.table, one.key) for one in found if (one.column, one.database) == (ROW, "nothing")]
    assert [place for place in wanted if place not in gone] == []


def test_rows_that_should_not_be_there_are_named(
    copy: Engine, played: Saved, played_node: Anvil
) -> None:
    wanted = []
    for table in tables.PROJECTED:
        row = rows(copy, table)[-1]
        last = [part.name for part in table.primary_key][-1]
        made_up = {**row, last: other(table, last, row[last])}
        made_up[last] = made_up[last] + 9_000 if isinstance(made_up[last], int) else made_up[last]
        if table is tables.trades:
            made_up["fill"] = 9_000
        with writing(copy) as connection:
            connection.execute(insert(table).values(made_up))
        wanted.append((table.name, key_of(table, made_up)))
    found = audit(copy, played_node.url, played.deployment)
    extra = [(one.table, one.key) for one in found if (one.column, one.chain) == (ROW, "nothing")]
    assert [place for place in wanted if place not in extra] == []


@pytest.mark.parametrize("column", ["hash", "time"])
def test_the_checkpoint_is_compared(
    copy: Engine, played: Saved, played_node: Anvil, column: str
) -> None:
    (row,) = rows(copy, tables.checkpoint)
    key = change(copy, tables.checkpoint, row, column)
    found = audit(copy, played_node.url, played.deployment)
    assert named(found, tables.checkpoint, key, column)


@pytest.mark.parametrize("column", ["chain_id", "start_block", "start_hash", "contracts"])
def test_the_market_is_compared(
    copy: Engine, played: Saved, played_node: Anvil, column: str
) -> None:
    (row,) = rows(copy, tables.market)
    key = change(copy, tables.market, row, column)
    found = audit(copy, played_node.url, played.deployment)
    assert named(found, tables.market, key, column)


def test_what_undoes_is_compared(copy: Engine, played: Saved, played_node: Anvil) -> None:
    undone = [row for row in rows(copy, tables.undo) if row["before"] is not None]
    columns = ["block_number", "table_name", "key", "before"]
    for row, column in zip(undone[-4:], columns, strict=True):
        change(copy, tables.undo, row, column)
    found = audit(copy, played_node.url, played.deployment)
    assert {one.table for one in found} == {"undo"}
    assert sorted(one.column for one in found) == sorted(columns)


@pytest.mark.parametrize(
    "column",
    [
        "asset",
        "kind",
        "content_hash",
        "max_fee_bps",
        "created_at",
        "expires_at",
        "starts_at",
        "sponsor",
        "labels",
        "least_points",
        "fills",
        "salt",
        "parties",
        "tranches",
        "signatures",
        "text",
        "offer_hash",
        "side",
        "is_private",
        "amount",
        "template",
        "area",
        "calendar",
        "answers",
    ],
)
def test_posted_offers_prove_themselves(
    copy: Engine, played: Saved, played_node: Anvil, column: str
) -> None:
    with sqlite3.connect(copy.url.database or "") as connection:
        (old,) = connection.execute(f"SELECT {column} FROM offers").fetchone()
        new = old + 1 if isinstance(old, int) else swap(old or "made up")
        connection.execute(f"UPDATE offers SET {column} = ?", [new])
    connection.close()
    with book_of(copy, played, played_node.url) as book:
        found = list(audit_offers(book))
    assert found
    assert {one.table for one in found} <= {"offers", "offer_parties"}


def swap(text: str) -> str:
    """The same with its last digit or letter changed."""
    place = max(index for index, sign in enumerate(text) if sign.isalnum())
    return text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :]


TOLD_BY_VIEWS = {
    "trades": "offer_hash fill amount kind content_hash listing_hash max_fee_bps created_at"
    " expires_at starts_at sponsor labels least_points fills salt opened_at rules_version fee_bps"
    " open_seat pin tranche_count open_tranches asset",
    "tranches": "funder performer checker amount due_in review_period status since performer_bps"
    " to_performer to_checker fee default_status default_due_at default_to_performer"
    " default_to_checker default_fee",
    "parties": "account",
    "cancelled_until": "created_until",
    "budgets": "amount",
    "credits": "amount settled",
    "rules": "effective_at fee_bps arbitrator ruling_period default_performer_bps juror_fee"
    " seat_stake deposit_period evidence_period commit_period reveal_period appeal_period"
    " conflict_period jurors max_appeals appeal_multiplier_bps slash_bps coherence_bps",
    "asset_rules": "allowed rate old_allowed old_rate",
    "pauses": "paused_until",
    "governance_settings": "value",
    "members": "units held delegate votes",
    "vote_checkpoints": "votes",
    "supply_checkpoints": "units",
    "listed_escrows": "listed",
    "proposal_terms": "quorum_bps approval_bps delay old_quorum_bps old_approval_bps old_delay",
    "proposals": "types quorum_bps approval_bps delay proposer description_hash targets"
    " call_values calldatas snapshot deadline eta"
    " against_votes for_votes abstain_votes executed_at canceled_at",
    "votes": "weight voter",
    "timelock_calls": "target value data predecessor salt executed_at",
    "roles": "held",
    "disputes": "trade_id tranche performer checker rules_version depositor deposit opened_at"
    " status deadline round redrawn ruled_rounds performer_bps decision",
    "panels": "state jurors request_id epoch seated voids commits reveals performer_bps",
    "seats": "seat state performer_bps commitment salt",
    "appeals": "needed performer_raised checker_raised appellant",
    "contributions": "amount",
    "court_credits": "amount settled",
    "jurors": "stake locked leaving available_at drawable position weight",
    "juror_credits": "amount settled",
    "pool_callers": "status slashed",
    "seeds": "phase deadline target reveal_from target_hash epoch givers commits reveals seed",
    "seed_givers": "giver state commitment secret",
    "reviews": "rating revealed_at",
    "attestations": "recipient attester claim value attested_at expires_at revoked_at",
    "attestors": "allowed",
    "constants": "value",
    "blocks": "hash parent_hash time",
    "checkpoint": "hash time",
}
# The Escrow's cells keep the time of these to 16,384 seconds only: its view cannot tell a second.
PARTIAL = ("split", "ruled", "defaulted")


@contextmanager
def book_of(engine: Engine, saved: Saved, url: str) -> Iterator[Book]:
    with Rpc(url) as connection, reading(engine) as database:
        node = Node(connection)
        contracts = contracts_of(node, saved.deployment.contracts)
        block = node.head()
        yield Book(database, node, contracts, saved.deployment, block)


@pytest.mark.parametrize("table", TOLD_BY_VIEWS)
def test_the_views_alone_find_it_without_any_projection(
    copy: Engine, played: Saved, played_node: Anvil, table: str
) -> None:
    """So that a projection that is wrong is found, and not done wrong twice."""
    known = tables.metadata.tables[table]
    about = {"parties": "trades", "tranches": "trades"}.get(table, table)
    (view,) = [
        one
        for one in VIEWS
        if one.__name__ == f"audit_{about}".replace("governance_settings", "settings")
    ]
    row = next(row for row in sample(copy, known) if row.get("status") not in PARTIAL)
    for column in TOLD_BY_VIEWS[table].split():
        before = row[column]
        key = change(copy, known, row, column)
        with book_of(copy, played, played_node.url) as book:
            found = nonsense_or(view, book)
        assert found, column
        with writing(copy) as connection:
            match = [known.c[name] == value for name, value in key.items()]
            connection.execute(update(known).where(*match).values({column: before}))


def nonsense_or(view: Any, book: Book) -> Any:
    try:
        return list(view(book))
    except NONSENSE as error:
        return error


def test_a_user_sees_the_row_and_an_exit_code(
    copy: Engine, played: Saved, played_node: Anvil
) -> None:
    path = str(copy.url.database)
    options = ["--rpc-url", played_node.url, "--database", path, "--deployment", str(played.record)]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "backend.cli.main", "audit", *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "no difference" in done.stdout
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tranches SET to_checker = 'a lot' WHERE status = 'missed'")
        connection.execute("UPDATE trades SET content_hash = 'garbage'")
    connection.close()
    done = run()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    row = rows_of(path, "SELECT trade_id, tranche FROM tranches WHERE status = 'missed'")[0]
    assert (
        f"tranches [trade_id={row[0]}, tranche={row[1]}] to_checker: the database says a lot"
        in done.stderr
    )
    assert "content_hash: the database says garbage, the chain 0x" in done.stderr


def rows_of(path: str, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_an_empty_database_and_a_chain_that_is_behind(
    engine: Engine, market: Market, copy: Engine, played: Saved
) -> None:
    with pytest.raises(AuditError, match="Nothing is indexed yet"):
        audit(engine, market.url, market.deployment)
    with pytest.raises(AuditError, match=r"the chain ends at .* indexer catch up"):
        audit(copy, market.url, played.deployment)
