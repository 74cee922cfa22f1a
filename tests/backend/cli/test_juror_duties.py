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
from tests.backend.conftest import Saved
from tests.backend.court import Case
from tests.backend.following import catch_up

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
    assert "No open case. Who stakes can be drawn" in ask(other)

    told = ask(one)
    assert f"Case {voting.hex}\n  Commit to a split, until {moment(voting.deadline)}\n" in told
    assert f"  commonhold juror commit {voting.hex} --performer PERCENT" in told
    juror(where, one, "commit", voting.hex, "--bps", 5_000)
    told = ask(one)
    assert f"Committed. Reveal once all have, or after {moment(voting.deadline)}" in told
    juror(where, two, "commit", voting.hex, "--bps", 5_000)

    # Nobody has moved the case on: the first reveal does.
    committed_until = voting.deadline
    market = voting.market
    market.wait_until(committed_until + 1)
    reveal_period = market.view("RuleBook", "juryRules", 1)[5]
    told = ask(one)
    assert voting.status == CaseStatus.COMMIT
    assert f"Reveal your vote, until {moment(committed_until + reveal_period)}" in told
    assert f"  commonhold juror reveal {voting.hex}" in told
    assert "You did not vote in time" in ask(three)
    juror(where, one, "reveal", voting.hex)
    assert "Revealed: nothing to do until the case is decided." in ask(one)
    assert f"Reveal your vote, until {moment(voting.deadline)}" in ask(two)
    market.wait_until(voting.deadline + 1)
    assert "You did not vote in time" in ask(two)


def test_jurors_wait_while_evidence_is_shown(ask: Ask, voting: Case, where: list[str]) -> None:
    case = Case.of(voting.market, Person.DAVE)
    case.to_evidence()
    case.seat_panel()
    one = seated(case)[0]
    told = ask(one)
    words = f"Seated. Look at the evidence; commit later, from {moment(case.deadline + 1)} on."
    assert f"Case {case.hex}\n  {words}\n" in told
    case.market.wait_until(case.deadline + 1)
    assert case.status == CaseStatus.EVIDENCE
    until = case.deadline + case.market.view("RuleBook", "juryRules", 1)[4]
    assert f"Case {case.hex}\n  Commit to a split, until {moment(until)}\n" in ask(one)
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


def test_something_else_than_the_api() -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        told = refused(["--api-url", url], None, "duties", Person.ADA.address)
        server.shutdown()
        thread.join()
    assert f"{url} is not the API of a market: it answers HTTP 200 without JSON" in told
