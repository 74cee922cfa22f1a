"""Votes at the command line, on a real chain: committed, found again, and revealed."""

from __future__ import annotations

import json
from pathlib import Path

from eth_account import Account

from backend.cli.wallet import KEY_ENV, PASSWORD_ENV
from backend.people import JURORS, Person
from backend.terms.court import CaseStatus, SeatState
from tests.backend.cli.acting import juror, refused, seated
from tests.backend.commands import run
from tests.backend.court import Case, stake_all
from tests.backend.market import Market

ADA, CAROL = Person.ADA, Person.CAROL


def test_a_vote_with_nothing_kept_between(market: Market, where: list[str], tmp_path: Path) -> None:
    """Each command is a process of its own; the first juror's key is in a keystore."""
    assert run("juror", "stake", "1", "--as", "ada", *where)[0] == 0
    stake_all(market, [one for one in JURORS if one is not ADA])
    case = Case.of(market, CAROL)
    case.to_commit()
    shares = {
        0: ("--performer", "62.5", 6_250),
        1: ("--bps", 0, 0),
        2: ("--performer", 100, 10_000),
    }
    panel = seated(case)
    keystore = tmp_path / "key.json"
    key = bytes(panel[0].account.key)
    keystore.write_text(json.dumps(Account.encrypt(key, "secret", iterations=2)))
    wallets = [
        (["--key-file", str(keystore)], {PASSWORD_ENV: "secret"}),
        (["--as", panel[1].name.lower()], {}),
        ([], {KEY_ENV: "0x" + bytes(panel[2].account.key).hex()}),
    ]
    for seat, (option, value, _) in shares.items():
        name, given = wallets[seat]
        code, told = run("juror", "commit", case.hex, option, value, *name, *where, **given)
        assert code == 0, told
        assert f"commonhold juror reveal {case.hex}" in told
    assert case.status == CaseStatus.REVEAL
    for seat in shares:
        name, given = wallets[seat]
        code, told = run("juror", "reveal", case.hex, *name, *where, **given)
        assert code == 0, told
    assert "the panel ruled 62.5% for the performer" in told
    _, seats = case.market.view("Court", "panelOf", case.id, 0, 0)
    assert [seat[2] for seat in seats] == [bps for *_, bps in shares.values()]
    assert case.status == CaseStatus.APPEAL

    assert "You revealed already: 62.5% for the performer." in refused(
        where, panel[0], "reveal", case.hex
    )
    told = refused(where, panel[0], "commit", case.hex, "--bps", 1)
    assert "Your seat was revealed: it votes no more." in told
    case.past()
    case.execute()
    case.settle(0)
    told = juror(where, panel[0], "withdraw")
    assert "owed by the Court" in told
    assert market.view("Court", "creditOf", panel[0].address) == 0


def test_who_does_not_sit(where: list[str], voting: Case) -> None:
    other = next(one for one in JURORS if one not in seated(voting))
    for command in (("commit", voting.hex, "--bps", 1), ("reveal", voting.hex)):
        assert f"{other.address} does not sit on this jury." in refused(where, other, *command)


def test_cases_that_are_none(where: list[str], voting: Case) -> None:
    one = seated(voting)[0]
    for case in ("5", "0x12", "", voting.hex + "0", "0x" + "g" * 64):
        told = refused(where, one, "reveal", case)
        assert "is not the id of a case: 0x and 64 hexadecimal digits." in told
    told = refused(where, one, "reveal", voting.opened.trade_id)
    assert "has no case 0x" in told
    assert "A case has an id of its own, not that of its trade." in told


def test_votes_that_are_none(where: list[str], voting: Case) -> None:
    one = seated(voting)[0]
    for share, message in (
        ((), "How do you vote?"),
        (("--bps", 1, "--performer", 1), "How do you vote?"),
        (("--bps", 10_001), "A share is 0 to 100 percent"),
        (("--performer", "101"), "A share is 0 to 100 percent"),
        (("--performer=-1",), "is no share"),
        (("--performer", "1.234"), "is no share"),
        (("--performer", "half"), "is no share"),
    ):
        assert message in refused(where, one, "commit", voting.hex, *share)
    assert voting.seat_states()[0] == SeatState.SEATED


def test_too_early_and_too_late(market: Market, where: list[str], voting: Case) -> None:
    one, two, three = seated(voting)
    told = refused(where, one, "reveal", voting.hex)
    assert "You have not committed yet: `commonhold juror commit" in told
    juror(where, one, "commit", voting.hex, "--bps", 7)
    assert "Too early: others may commit until" in refused(where, one, "reveal", voting.hex)
    told = refused(where, one, "commit", voting.hex, "--bps", 8)
    assert "You committed already, and a vote cannot be changed." in told
    juror(where, two, "commit", voting.hex, "--bps", 7)
    market.wait_until(voting.deadline + 1)
    told = refused(where, three, "commit", voting.hex, "--bps", 7)
    assert "Too late: votes could be committed until" in told
    # The case is moved on by the reveal itself.
    told = refused(where, one, "reveal", voting.hex, "--bps", 8)
    assert "You committed to 0.07% for the performer, not to 8 basis points." in told
    juror(where, one, "reveal", voting.hex, "--bps", 7)
    told = refused(where, three, "commit", voting.hex, "--bps", 7)
    assert "Too late: the commit period of this round is over." in told
    told = refused(where, three, "reveal", voting.hex)
    assert "You did not commit in time, so there is no vote to reveal." in told
    market.wait_until(voting.deadline + 1)
    assert "Too late: votes could be revealed until" in refused(where, two, "reveal", voting.hex)
    voting.send(Person.RITA, "advance")
    told = refused(where, two, "reveal", voting.hex)
    assert "Too late: " in told


def test_a_jury_that_is_not_drawn_yet(market: Market, where: list[str]) -> None:
    stake_all(market)
    case = Case.of(market, CAROL)
    assert "has no case" in refused(where, ADA, "commit", case.hex, "--bps", 1)
    case.to_evidence()
    assert "which is not drawn yet." in refused(where, ADA, "commit", case.hex, "--bps", 1)
    case.seat_panel()
    told = refused(where, seated(case)[0], "commit", case.hex, "--bps", 1)
    assert "Too early: jurors commit from" in told


def test_a_salt_kept_in_a_file(where: list[str], voting: Case, tmp_path: Path) -> None:
    one, *others = seated(voting)
    file = tmp_path / "salt"
    told = juror(where, one, "commit", voting.hex, "--bps", 5_000, "--salt-file", file)
    assert f"commonhold juror reveal {voting.hex} --salt-file {file}" in told
    assert file.stat().st_mode & 0o777 == 0o600
    for other in others:
        juror(where, other, "commit", voting.hex, "--bps", 5_000)
    told = refused(where, one, "reveal", voting.hex)
    assert "This wallet's signature does not open your commitment" in told
    told = refused(where, one, "reveal", voting.hex, "--salt-file", tmp_path / "none")
    assert "There is no file" in told
    wrong = tmp_path / "wrong"
    for text, message in (("salt", "holds no salt"), ("0x" + "1" * 64, "does not open")):
        wrong.write_text(text)
        assert message in refused(where, one, "reveal", voting.hex, "--salt-file", wrong)
    juror(where, one, "reveal", voting.hex, "--salt-file", file)
    assert voting.seat_states()[0] == SeatState.REVEALED


def test_a_salt_is_never_written_over_another(
    where: list[str], voting: Case, tmp_path: Path
) -> None:
    file = tmp_path / "salt"
    file.write_text("mine")
    one = seated(voting)[0]
    told = refused(where, one, "commit", voting.hex, "--bps", 1, "--salt-file", file)
    assert "exists, and may hold the salt of a vote" in told
    assert file.read_text() == "mine"
    gone = tmp_path / "none" / "salt"
    told = refused(where, one, "commit", voting.hex, "--bps", 1, "--salt-file", gone)
    assert "cannot be written: No such file or directory" in told
