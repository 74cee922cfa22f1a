"""Following the Court: cases that take unusual ways, reorgs in the middle of one, and rebuilds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from backend.audit import Difference, court
from backend.audit.book import Book
from backend.chain import Node, Rpc
from backend.db import reading, tables
from backend.events import Record
from backend.indexer.constants import contracts_of
from backend.terms.court import Side
from scripts.people import JURORS, Person
from tests.backend.court import Case, give_seed, stake_all
from tests.backend.court_play import play_no_panel, play_settled, play_two_rounds
from tests.backend.following import audit, catch_up, digest_of, fresh_digest, rows
from tests.backend.market import Market
from tests.backend.saved import Saved

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA
COURT_VIEWS = [view for name, view in vars(court).items() if name.startswith("audit_")]


class Followed(Market):
    """Indexed after each transaction, and held against the Court's views; `digests` by height."""

    engine: Engine
    digests: dict[int, str]

    def send(self, *args: Any, **named: Any) -> list[Record]:
        told = super().send(*args, **named)
        self.digests[self.head] = catch_up(self.engine, self.url, self.deployment)
        assert self.differences() == []
        return told

    def differences(self) -> list[Difference]:
        """Between every row of the Court's tables and what its views say in this block."""
        with Rpc(self.url) as connection, reading(self.engine) as database:
            node = Node(connection)
            contracts = contracts_of(node, self.deployment.contracts)
            book = Book(database, node, contracts, self.deployment, node.head())
            return [found for view in COURT_VIEWS for found in view(book)]


def test_a_case_undone_block_by_block_and_rebuilt(
    deployed: Saved, node: Any, engine: Engine, tmp_path: Path
) -> None:
    """Whole cases, right in every block; then back over them, as far as blocks are kept."""
    with closing(Followed(node.url, deployed.deployment)) as market:
        market.engine, market.digests = engine, {}
        stake_all(market)
        play_two_rounds(market)
        play_no_panel(market)
        play_settled(market)
        assert digest_of(engine) == fresh_digest(tmp_path, market.url, market.deployment)
        assert audit(engine, market.url, market.deployment) == []
        back = 0
        while back < 55:
            market.rpc("anvil_rollback", 5)
            back += 5
            found = catch_up(engine, market.url, market.deployment)
            if market.head in market.digests:
                assert found == market.digests[market.head]
        assert audit(engine, market.url, market.deployment) == []
        assert digest_of(engine) == fresh_digest(tmp_path, market.url, market.deployment)


def test_a_panel_whose_seed_could_not_be_asked_for(market: Market, engine: Engine) -> None:
    """The other side can join all the same; whoever draws asks again."""
    stake_all(market)
    catch_up(engine, market.url, market.deployment)  # what the contracts were built with, too
    seeds = market.addresses["BondedSeed"]
    code = market.rpc("eth_getCode", seeds, "latest")
    market.rpc("anvil_setCode", seeds, "0xfe")  # it fails whatever is asked
    case = Case.of(market, BOB)
    case.to_evidence()
    catch_up(engine, market.url, market.deployment)
    (panel,) = rows(engine, tables.panels)
    assert (panel["state"], panel["request_id"], panel["epoch"]) == ("sitting", None, None)

    market.rpc("anvil_setCode", seeds, code)
    case.draw()
    catch_up(engine, market.url, market.deployment)
    (panel,) = rows(engine, tables.panels)
    assert panel["request_id"] == market.view("BondedSeed", "currentRound")
    assert panel["epoch"] == market.view("JurorPool", "currentEpoch") - 1
    case.seat_panel()
    catch_up(engine, market.url, market.deployment)
    assert audit(engine, market.url, market.deployment) == []


def test_panels_that_are_never_filled(market: Market, engine: Engine) -> None:
    """Two jurors for three seats, twice: the Court gives up, and the Escrow splits by default."""
    stake_all(market, JURORS[:2])
    case = Case.of(market, BOB)
    case.to_evidence()
    give_seed(market)
    case.draw()
    period = market.view("RuleBook", "juryRules", 1)[4]
    for _ in range(2):
        market.wait_until(case.deadline + period + 1)
        case.send(RITA, "advance")
    case.execute()
    case.settle(0, 0)
    case.settle(0, 1)
    catch_up(engine, market.url, market.deployment)
    (dispute,) = rows(engine, tables.disputes)
    assert (dispute["decision"], dispute["closing"]) == ("noPanel", "declined")
    assert (dispute["performer_bps"], dispute["redrawn"]) == (None, 0)
    assert [panel["state"] for panel in rows(engine, tables.panels)] == ["missing", "missing"]
    drawn = rows(engine, tables.seats)
    assert {seat["juror"] for seat in drawn} == {one.address for one in JURORS[:2]}
    assert {(seat["fee_paid"], seat["stake_won"], seat["stake_lost"]) for seat in drawn} == {
        (0, 0, 0)
    }
    (tranche,) = rows(engine, tables.tranches)
    assert tranche["status"] == "defaulted"
    assert audit(engine, market.url, market.deployment) == []


def test_settled_before_the_other_side_deposits(market: Market, engine: Engine) -> None:
    case = Case.of(market, BOB)
    case.open(ALICE)
    market.act(BOB, "accept", case.opened, 0)
    case.execute()
    catch_up(engine, market.url, market.deployment)
    (dispute,) = rows(engine, tables.disputes)
    assert (dispute["decision"], dispute["closing"]) == (None, "settled")
    returned = (dispute["returned_to_performer"], dispute["returned_to_checker"])
    assert returned == (case.fee, 0)
    assert market.view("Court", "creditOf", ALICE.address) == case.fee
    assert rows(engine, tables.panels) == []
    assert audit(engine, market.url, market.deployment) == []


def test_settled_after_a_ruling_that_was_appealed(market: Market, engine: Engine) -> None:
    """The larger panel is let go; who put up the appeal shares what is left of it."""
    stake_all(market)
    case = Case.of(market, BOB)
    case.to_ruling(9_000, 8_000, 8_500)
    case.fund(Side.CHECKER, BOB)
    case.fund(Side.PERFORMER, ALICE)
    case.to_commit()
    case.commit(3, 1)
    market.split(case.opened, 0, 5_000, ALICE, BOB)
    case.execute()
    for round_ in (0, 1):
        case.settle(round_)
    case.claim(0, Side.CHECKER, BOB)
    case.claim(0, Side.PERFORMER, ALICE)
    catch_up(engine, market.url, market.deployment)
    assert [panel["state"] for panel in rows(engine, tables.panels)] == ["ruled", "dismissed"]
    (dispute,) = rows(engine, tables.disputes)
    assert (dispute["closing"], dispute["performer_bps"]) == ("settled", 8_500)
    for who, name in ((ALICE, "performer"), (BOB, "checker")):
        (put_up,) = rows(engine, tables.contributions, side=name)
        credited = put_up["claimed"] + dispute[f"returned_to_{name}"]
        assert market.view("Court", "creditOf", who.address) == credited
    assert audit(engine, market.url, market.deployment) == []
