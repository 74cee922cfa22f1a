"""Following the pool of jurors and the seeds: every block as the contracts see it, and reorgs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.audit import Difference, jurors, seeds
from backend.audit.book import Book
from backend.chain import Node, Rpc
from backend.db import reading, tables
from backend.events import Record
from backend.indexer.constants import contracts_of
from scripts.people import JURORS, Person
from tests.backend import pool_play
from tests.backend.court import COIN, Case, stake_all
from tests.backend.following import audit, catch_up, digest_of, fresh_digest, rows
from tests.backend.market import Market
from tests.backend.saved import Saved

BOB, RITA = Person.BOB, Person.RITA
VIEWS = [
    view
    for module in (jurors, seeds)
    for name, view in vars(module).items()
    if name.startswith("audit_")
]


class Followed(Market):
    """Indexed after each transaction, and held against the views; `digests` by height."""

    engine: Engine
    digests: dict[int, str]

    def send(self, *args: Any, **named: Any) -> list[Record]:
        told = super().send(*args, **named)
        self.digests[self.head] = catch_up(self.engine, self.url, self.deployment)
        assert self.differences() == []
        return told

    def differences(self) -> list[Difference]:
        """Between every row of jurors and seeds and what the views say in this block."""
        with Rpc(self.url) as connection, reading(self.engine) as database:
            node = Node(connection)
            contracts = contracts_of(node, self.deployment.contracts)
            book = Book(database, node, contracts, self.deployment, node.head())
            return [found for view in VIEWS for found in view(book)]


@pytest.fixture
def followed(deployed: Saved, node: Any, engine: Engine) -> Any:
    with closing(Followed(node.url, deployed.deployment)) as found:
        found.engine, found.digests = engine, {}
        yield found


def test_stakes_and_seeds_are_right_in_every_block(
    followed: Followed, engine: Engine, tmp_path: Path
) -> None:
    """Then back over the last seed, and forth again."""
    stake_all(followed)
    pool_play.play_pool(followed)
    states = [row["state"] for row in rows(engine, tables.seed_givers)]
    assert states == [
        *("absent", "revealed", "absent"),
        *("revealed", "silent", "revealed"),
        *("absent", "absent", "absent"),
    ]
    bond = followed.view("BondedSeed", "bond")
    first, second, _ = rows(engine, tables.seeds)
    assert (first["commits"], first["reveals"], second["commits"]) == (1, 1, 3)
    sole = rows(engine, tables.seed_givers, seed_id=1, seat=1)[0]["giver"]
    (found,) = rows(engine, tables.jurors, juror=sole)
    assert found["awarded"] == 2 * bond
    taken = sum(row["slashed"] for row in rows(engine, tables.jurors))
    assert taken == 6 * bond
    callers = {row["caller"]: row for row in rows(engine, tables.pool_callers)}
    assert {row["status"] for row in callers.values()} == {"listed"}
    assert {row["slashed"] for row in callers.values()} == {0}

    assert audit(engine, followed.url, followed.deployment) == []
    assert digest_of(engine) == fresh_digest(tmp_path, followed.url, followed.deployment)
    for _ in range(4):
        followed.rpc("anvil_rollback", 4)
        told = catch_up(engine, followed.url, followed.deployment)
        assert told == followed.digests.get(followed.head, told)
        assert followed.differences() == []
    assert digest_of(engine) == fresh_digest(tmp_path, followed.url, followed.deployment)


def test_a_case_locks_slashes_and_awards(followed: Followed, engine: Engine) -> None:
    """Two agree, the third is far off; the seat's stake is locked until the panel is settled."""
    stake_all(followed)
    case = Case.of(followed, BOB)
    case.to_commit()
    panel = [one.address for one in case.jurors() if isinstance(one, Person)]
    seat_stake = followed.view("RuleBook", "juryRules", 1)[1]
    for juror in panel:
        (row,) = rows(engine, tables.jurors, juror=juror)
        assert (row["stake"], row["locked"]) == (COIN, seat_stake)
    case.to_ruling(6_000, 6_000, 0)
    followed.wait_until(case.deadline + 1)
    case.send(RITA, "advance")
    case.execute()
    case.settle(0)
    lost = seat_stake * followed.view("RuleBook", "juryRules", 1)[11] // 10_000
    stakes = [rows(engine, tables.jurors, juror=juror)[0] for juror in panel]
    assert [row["stake"] - COIN for row in stakes] == [lost // 2, lost // 2, -lost]
    assert {row["locked"] for row in stakes} == {0}
    assert [row["slashed"] for row in stakes] == [0, 0, lost]
    assert audit(engine, followed.url, followed.deployment) == []


def test_a_contract_cut_off_is_told(followed: Followed, engine: Engine) -> None:
    court = followed.deployment.address("Court")
    for number, name in ((1, "closing"), (0, "none"), (2, "listed")):
        followed.by_timelock("JurorPool", "setCaller", court, number)
        (row,) = rows(engine, tables.pool_callers, caller=court)
        assert row["status"] == name


def test_everything_withdrawn_leaves_no_weight(followed: Followed, engine: Engine) -> None:
    """Its position is another's then; the row stays, and says so."""
    juror, next_ = JURORS[0], JURORS[1]
    followed.send(juror, "JurorPool", "stake", COIN, value=COIN)
    (row,) = rows(engine, tables.jurors)
    assert (row["position"], row["drawable"]) == (0, True)
    followed.send(juror, "JurorPool", "requestLeave", COIN)
    followed.wait_until(followed.now + followed.view("JurorPool", "leaveDelay"))
    followed.send(juror, "JurorPool", "withdraw")
    (row,) = rows(engine, tables.jurors)
    assert (row["stake"], row["leaving"], row["weight"], row["position"]) == (0, 0, 0, None)
    followed.send(next_, "JurorPool", "stake", COIN, value=COIN)
    (other,) = rows(engine, tables.jurors, juror=next_.address)
    assert other["position"] == 0
