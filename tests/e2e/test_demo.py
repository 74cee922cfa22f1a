"""The demo as a whole, and that it would not hide a difference."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts.check_deployment import Finding, fails
from scripts.demo.answers import compare
from scripts.demo.disputes import compare_disputes
from scripts.demo.opinions import compare_opinions
from scripts.demo.ways import Season, compare_ways
from scripts.local.market import chain, open_market
from scripts.local.place import Place
from scripts.local.service import Service, serve
from scripts.local.stall import traders_of
from scripts.people import Person
from scripts.story import Stage
from scripts.story import play as tell
from scripts.ways import WAYS, play, way_of


def test_everything_holds(run) -> None:
    code, output = run("scripts.demo")
    assert code == 0, output
    assert "comparisons hold" in output
    assert "DIFFERS" not in output
    for told in (
        "says nothing",  # one of three jurors does not reveal
        "the jury gives 30 % to the performer",
        "guitar: decided: 90 % to the performer",  # after the appeal
        "proposed: Raise the first jury from 3 to 5",
        "0.012 ETH deposited; a jury of 3 is called",  # opened before the vote
        "0.02 ETH deposited; a jury of 5 is called",
        "Rita may attest person verified",
        "drone asks for `person verified`",  # and Dave, who has no label, is refused
        'drone: Bob gives Alice 2 stars: "It came late"',
        "shade 2: Dave gives Alice 4 stars",  # alone, when the time to commit was over
    ):
        assert told in output
    for way in WAYS:
        gas = rf"│ {way.name} +│ .* │ {next(iter(way.cast))} [0-9,]+ +│"
        assert re.search(gas, output), way.name
        assert f"{way.name}, {way.unhappy.words}"[:40] in output
    assert "Alice: TUSD won or lost in all of them" in output


@pytest.fixture(scope="module")
def played() -> Iterator[tuple[Stage, Service]]:
    """A market whose story is told, with its service."""
    place = Place.aside()
    with chain(place):
        stage, _ = open_market(place, lambda _: None)
        for _ in tell(stage):
            pass
        with serve(place) as service:
            service.wait_for_head()
            yield stage, service
    place.leave()


def all_of(stage: Stage, service: Service) -> list[Finding]:
    return [
        *compare(stage, service, {}),
        *compare_disputes(stage, service),
        *compare_opinions(stage, service),
    ]


# A change by hand, what of the story then differs, and the line of the audit that names the row.
CHANGES = (
    (
        "UPDATE trades SET fee_bps = fee_bps + 1 WHERE fill = 1 AND rules_version = 1",
        "bicycle 2: rules and fee",
        r"^trades \[trade_id=0x[0-9a-f]{64}\] fee_bps: the database says \d+, the chain",
    ),
    (
        "UPDATE tranches SET status = 'accepted' WHERE status = 'lapsed'",
        "table, tranche 0",
        r"^tranches \[trade_id=0x[0-9a-f]{64}, tranche=0\] status: the database says accepted",
    ),
    (
        "UPDATE seats SET performer_bps = 3501 WHERE performer_bps = 3500",
        "dispute about guitar, round 0: seats",
        r"^seats \[case_id=0x[0-9a-f]{64}, .*\] performer_bps: the database says 3501, the",
    ),
    (
        "UPDATE reviews SET rating = 5 WHERE rating = 2",
        "drone: Bob of Alice, stars and reply",
        r"^reviews \[trade_id=0x[0-9a-f]{64}, .*\] rating: the database says 5, the chain",
    ),
    (
        "UPDATE votes SET weight = '1' WHERE support = 0 AND block_number ="
        " (SELECT min(block_number) FROM votes WHERE support = 0)",
        "weight of Olu",
        r"^votes \[block_number=\d+, log_index=\d+\] weight: the database says 1, the chain",
    ),
)


def test_changed_rows_are_named_each(played: tuple[Stage, Service], tmp_path: Path) -> None:
    stage, service = played
    assert fails(all_of(stage, service)) == []
    code, output = service.run("audit")
    assert (code, "no difference" in output) == (0, True), output
    with (
        closing(sqlite3.connect(service.place.database)) as database,
        closing(sqlite3.connect(tmp_path / "kept.sqlite")) as kept,
    ):
        database.backup(kept)
        for change, _, _ in CHANGES:
            assert database.execute(change).rowcount == 1
        database.commit()
        found = fails(all_of(stage, service))
        code, output = service.run("audit")
        kept.backup(database)
    told = "\n".join(finding.what for finding in found)
    assert [named for _, named, _ in CHANGES if named not in told] == []
    assert code == 1
    lines = {row: len(re.findall(row, output, re.MULTILINE)) for _, _, row in CHANGES}
    assert set(lines.values()) == {1}, output


@pytest.mark.parametrize("key", ["toPerformer", "fee"])
def test_a_payout_that_no_sentence_told_of_is_named(
    played: tuple[Stage, Service], key: str
) -> None:
    """Or that nobody has got."""
    traders, way = traders_of(*played), way_of("goods")
    people = (Person.ALICE, Person.BOB)
    before = {who: traders.balance(who) for who in people}
    sold = play(traders, way, way.happy)
    gained = {who: traders.balance(who) - before[who] for who in people}
    season = Season("TUSD", [sold], {}, gained)
    assert fails(list(compare_ways(season))) == []
    told = sold.told["tranches"][0]["payout"][key]
    told["value"] = str(int(told["value"]) - 1)
    found = {finding.what for finding in fails(list(compare_ways(season)))}
    assert any("a sentence told of it" in what for what in found)
    assert (key == "toPerformer") == any("Alice: TUSD" in what for what in found)
