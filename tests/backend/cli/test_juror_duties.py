"""What a juror is told to do, from the API over a real chain, through a whole round."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.api.app import create_app
from backend.db import migrate, open_engine
from backend.people import JURORS, Person
from backend.settings import Settings
from backend.terms.court import CaseStatus
from backend.terms.words import moment
from tests.backend.api.serving import running
from tests.backend.cli.acting import juror, refused, seated
from tests.backend.commands import invoke
from tests.backend.court import Case
from tests.backend.following import catch_up
from tests.backend.saved import Saved

Ask = Callable[[Person], str]


@pytest.fixture
def ask(deployed: Saved, voting: Case, tmp_path: Path) -> Iterator[Ask]:
    """Indexes what has happened, and asks the API for somebody's duties."""
    market = voting.market
    path = str(tmp_path / "db.sqlite")
    engine = open_engine(path)
    migrate(engine)
    settings = Settings(rpc_url=market.url, database=path, deployment=str(deployed.record))
    with running(create_app(settings)) as address:

        def told(who: Person) -> str:
            catch_up(engine, market.url, market.deployment)
            code, said = invoke("juror", "duties", who.address, "--api-url", address)
            assert code == 0, said
            return said

        catch_up(engine, market.url, market.deployment)
        yield told
    engine.dispose()


def test_duties_through_a_round(ask: Ask, voting: Case, where: list[str]) -> None:
    one, two, three = seated(voting)
    other = next(who for who in JURORS if who not in (one, two, three))
    assert "Nothing to do. Who stakes can be drawn" in ask(other)

    until = voting.deadline
    told = ask(one)
    words = f"Commit to a choice at seat 0 of round 0, until {moment(until)}"
    assert f"Case {voting.hex}\n  {words}\n" in told
    assert "  Earns 0.004 ETH, silence, or a vote far off, costs 0.008 ETH.\n" in told
    assert f"  commonhold juror commit {voting.hex} --performer PERCENT\n" in told
    juror(where, one, "commit", voting.hex, "--bps", 5_000)
    told = ask(one)
    assert f"later: show it to nobody before, from {moment(until + 1)} on at the latest" in told
    assert "commonhold juror reveal" not in told
    juror(where, two, "commit", voting.hex, "--bps", 5_000)

    # Nobody has moved the case on: the first reveal does.
    market = voting.market
    market.wait_until(until + 1)
    reveal_period = market.view("RuleBook", "juryRules", 1)[5]
    told = ask(one)
    assert voting.status == CaseStatus.COMMIT
    words = f"Reveal the choice at seat 0 of round 0, until {moment(until + reveal_period)}"
    assert f"Case {voting.hex}\n  {words}\n" in told
    assert f"  commonhold juror reveal {voting.hex}\n" in told
    assert "Case" not in ask(three)
    juror(where, one, "reveal", voting.hex)
    assert "Case" not in ask(one)
    assert f"until {moment(voting.deadline)}" in ask(two)
    juror(where, two, "reveal", voting.hex)

    # Nobody appeals: what waits for the juror is to be settled, and then its fee.
    voting.past()
    told = ask(one)
    assert "Settle round 0: it pays its jurors, and lets their stakes go" in told
    assert f"anyone: settleRound of {market.addresses['Court']}" in told
    voting.settle(0)
    assert "Withdraw what the Court owes (0.006 ETH)\n  commonhold juror withdraw\n" in ask(one)
    juror(where, one, "withdraw")
    assert "Nothing to do." in ask(one)


def test_jurors_wait_while_evidence_is_shown(ask: Ask, voting: Case, where: list[str]) -> None:
    case = Case.of(voting.market, Person.DAVE)
    case.to_evidence()
    givers = voting.market.view("BondedSeed", "roundOf", 2)[-1]
    giver = next(one for one in JURORS if one.address == givers[0])
    told = ask(giver)
    assert "Seed 2\n  Commit to a secret for seed 2, until" in told
    assert "  Silence costs 0.02 ETH.\n  commonhold juror seed 2\n" in told
    case.seat_panel()
    one = seated(case)[0]
    told = ask(one)
    assert f"later, from {moment(case.deadline + 1)} on at the latest" in told
    case.market.wait_until(case.deadline + 1)
    assert case.status == CaseStatus.EVIDENCE
    until = case.deadline + case.market.view("RuleBook", "juryRules", 1)[4]
    words = f"Commit to a choice at seat 0 of round 0, until {moment(until)}"
    assert f"Case {case.hex}\n  {words}\n" in ask(one)
    juror(where, one, "commit", case.hex, "--bps", 1)
    assert case.deadline == until


def test_the_wallet_says_who(deployed: Saved) -> None:
    away = ["--api-url", "http://127.0.0.1:1"]
    record = ["--deployment", str(deployed.record)]
    told = refused([*away, *record], Person.ADA, "duties")
    assert "The API at http://127.0.0.1:1 does not answer" in told
    assert "Start it with `commonhold serve`, or name another with --api-url." in told
    told = refused([*away, *record], Person.ADA, "duties", Person.BEN.address)
    assert "Give an address or a wallet, not both." in told
    told = refused([*away, *record], None, "duties")
    assert "Whose wallet?" in told
    for wrong in ("ada", "0x12", Person.ADA.address + "0"):
        assert f"{wrong} is not an address" in refused(away, None, "duties", wrong)
    for url in ("127.0.0.1", "http://[::1", "ftp://here", "a b"):
        told = refused(["--api-url", url], None, "duties", Person.ADA.address)
        assert "does not answer" in told


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (b"<html>", "is not the API of a market: it answers HTTP 200 without JSON"),
        (b"[]", "is not the API of a market: it answers HTTP 200 without JSON"),
        (b"{}", "tells duties in a form unknown here: is it of another version?"),
    ],
)
def test_something_else_than_the_api(page: bytes, message: str) -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        told = refused(["--api-url", url], None, "duties", Person.ADA.address)
        server.shutdown()
        thread.join()
    assert f"{url} {message}" in told
