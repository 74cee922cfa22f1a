"""Draws and tallies derived from logs alone agree with the court's; forged logs are noticed."""

import subprocess
import sys
from dataclasses import replace

import pytest
from brownie import chain, web3

from scripts.recompute import Addresses, Replay, read
from scripts.toolchain import ROOT
from tests.contracts.court.world import CHECKER, PERFORMER

OTHER = "0x" + "11" * 20


@pytest.fixture
def url() -> str:
    return str(web3.provider.endpoint_uri)


@pytest.fixture
def played(room):
    """One who does not reveal, an appeal that overturns the ruling, and all settled."""
    dispute = room.dispute()
    dispute.to_ruling(8_000, None, 7_500)
    dispute.appeal(CHECKER)
    dispute.to_decision(2_000, 2_100, 1_900, 9_000, 2_000, 2_000, None)
    dispute.execute()
    for round_ in (0, 1):
        dispute.settle(round_)
    return dispute


@pytest.fixture
def logs(url, room, played):
    return read(url, Addresses.of_court(url, room.court.address))


def replayed(room, logs):
    return Replay(chain.id, room.court.address, room.randomness.address).run(logs)


def test_recompute(url, room, played):
    command = [sys.executable, "-m", "scripts.recompute", "--rpc-url", url]
    command += ["--court", room.court.address]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 cases" in done.stdout
    assert "0 differences" in done.stdout


def test_recompute_of_no_court(url, room):
    command = [sys.executable, "-m", "scripts.recompute", "--rpc-url", url, "--court", OTHER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2


def test_two_cases_at_once(room, url):
    """Who sits in the one has less to lock for the other; a stake that is used up passes over."""
    disputes = [room.dispute() for _ in range(2)]
    for dispute in disputes:
        dispute.to_evidence()
        dispute.seed()
    for dispute in disputes:
        dispute.draw()
    replay = Replay(chain.id, room.court.address, room.randomness.address)
    assert replay.run(read(url, Addresses.of_court(url, room.court.address))) == []
    assert replay.checked["JurorDrawn"] == 2 * 3 * 2  # juror and seat of each


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("SeedSet", {"seed": 7}),
        ("WeightSet", {"weight": 1}),
        ("JurorDrawn", {"juror": OTHER}),
        ("JurorDrawn", {"draw": 9_999}),
        ("JurorDrawn", {"seat": 2}),
        ("VoteCommitted", {"commitment": bytes(32)}),
        ("VoteRevealed", {"performerBps": 1}),
        ("PanelRuled", {"performerBps": 1}),
        ("PanelRuled", {"reveals": 1}),
        ("CaseDecided", {"performerBps": 9_999}),
        ("RoundSettled", {"paid": 0b111}),
        ("RoundSettled", {"feeShare": 1}),
        ("RoundSettled", {"slash": 1}),
        ("RoundSettled", {"stakeToTreasury": 5}),
    ],
)
def test_forged_log(room, logs, name, changed):
    """The first log of this name says something else."""
    assert replayed(room, logs) == []
    number = next(n for n, log in enumerate(logs) if log.name == name)
    forged = replace(logs[number], values=logs[number].values | changed)
    assert replayed(room, [*logs[:number], forged, *logs[number + 1 :]])


@pytest.mark.parametrize("name", ["JurorDrawn", "VoteRevealed", "PanelRequested", "SeedSet"])
def test_missing_log(room, logs, name):
    number = next(n for n, log in enumerate(logs) if log.name == name)
    assert replayed(room, [*logs[:number], *logs[number + 1 :]])


def test_sides_are_told_apart(room, played, logs):
    """A juror who is a side must not sit."""
    drawn = next(log for log in logs if log.name == "JurorDrawn")
    opened = next(n for n, log in enumerate(logs) if log.name == "CaseOpened")
    side = {PERFORMER: "performer", CHECKER: "checker"}[PERFORMER]
    forged = replace(logs[opened], values=logs[opened].values | {side: drawn["juror"]})
    assert replayed(room, [*logs[:opened], forged, *logs[opened + 1 :]])
