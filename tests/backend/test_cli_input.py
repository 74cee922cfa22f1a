"""Commands that cannot do what they are told say why and what to do, without a stack trace."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backend.db import open_engine
from backend.settings import Settings, SettingsError
from scripts.toolchain import ROOT
from scripts.toolchain.network import start_anvil
from scripts.toolchain.node import Anvil
from tests.backend.commands import COMMANDS, invoke, options, run
from tests.backend.saved import Saved


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "There is no deployment recorded in"),
        ("{", "cannot be read"),
        ("[]", "is not the record of a deployment"),
        ('{"complete": true, "chainId": 1}', "is not the record of a deployment"),
    ],
)
def test_a_deployment_that_cannot_be_read(
    tmp_path: Path, command: str, record: str | None, message: str
) -> None:
    path = tmp_path / "record.json"
    if record is not None:
        path.write_text(record)
    code, told = invoke(command, "--deployment", path, "--database", tmp_path / "db.sqlite")
    assert (code, message in told) == (1, True), told


def test_a_deployment_that_broke_half_way(deployed: Saved, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    record = json.loads(deployed.record.read_text())
    path.write_text(json.dumps(record | {"complete": False, "contracts": {}}))
    code, told = invoke("index", "--deployment", path, "--database", tmp_path / "db.sqlite")
    assert (code, "is not finished. Run `commonhold deploy` again" in told) == (1, True)


def test_S7_a_node_that_is_away(deployed: Saved, tmp_path: Path) -> None:
    """Only `index` waits for it."""
    where = options(deployed, "http://127.0.0.1:1", tmp_path / "db.sqlite")
    for command in ("status", "audit"):
        code, told = invoke(command, *where)
        assert (code, "http://127.0.0.1:1 does not answer" in told) == (1, True)
    started = subprocess.Popen(
        [sys.executable, "-m", "backend.cli.main", "index", *where],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline().startswith("Waiting: http://127.0.0.1:1 does not answer")
    started.terminate()
    assert started.stdout.read().endswith("Stopped.\n")
    started.stdout.close()
    started.wait(20)
    assert started.returncode == 130


@pytest.mark.parametrize("once", [[], ["--once"]])
def test_S7_a_node_that_stays_away_is_given_up(
    deployed: Saved, tmp_path: Path, once: list[str]
) -> None:
    where = options(deployed, "http://127.0.0.1:1", tmp_path / "db.sqlite")
    code, told = invoke("index", "--wait", "0.2", *once, *where)
    first, *_, second, last = told.splitlines()
    assert (code, second) == (1, "Gave up after 0.2 s.")
    assert first.startswith("Waiting: http://127.0.0.1:1 does not answer")
    assert last.startswith("http://127.0.0.1:1 does not answer")
    code, told = invoke("index", "--wait", "0", *once, *where)
    assert (code, len(told.splitlines())) == (1, 1)


def test_S4_S7_a_node_on_another_chain(deployed: Saved, tmp_path: Path) -> None:
    with start_anvil(chain_id=4242) as other:
        where = options(deployed, other.url, tmp_path / "db.sqlite")
        for command in ("index", "status", "audit"):
            code, told = invoke(command, *where)
            assert (code, "is on chain 4242; the deployment is on chain 31337" in told) == (1, True)


def test_S13_a_database_that_is_none(deployed: Saved, node: Anvil, tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    path.write_text("not a database at all " * 100)
    (tmp_path / "file").write_text("")
    for command in ("index", "status", "audit"):
        for database, message in (
            (path, "is not a database"),
            (tmp_path, "cannot be opened"),
            (tmp_path / "file" / "db.sqlite", "cannot be made"),
            ("", "COMMONHOLD_DATABASE must name a file"),
            ("://", "cannot be used as a database"),
            ("sqlite://host/db", "cannot be used as a database"),
            ("abacus://db", "cannot be used as a database"),
        ):
            code, told = invoke(command, *options(deployed, node.url, database))
            assert (code, message in told) == (1, True), told


@pytest.fixture
def indexed(deployed: Saved, node: Anvil, tmp_path: Path) -> Path:
    """A database in step with its chain."""
    path = tmp_path / "db.sqlite"
    assert invoke("index", "--once", *options(deployed, node.url, path))[0] == 0
    return path


def test_S13_a_database_that_is_read_only(deployed: Saved, node: Anvil, indexed: Path) -> None:
    """Looking at it still works."""
    where = options(deployed, node.url, f"sqlite:///file:{indexed}?mode=ro&uri=true")
    code, told = invoke("index", "--once", *where)
    assert (code, "cannot be written" in told) == (1, True), told
    for command in ("status", "audit"):
        code, told = invoke(command, *where)
        assert code == 0, told


@pytest.fixture
def held(indexed: Path) -> Iterator[Path]:
    """A database that another program has for itself."""
    path = indexed.with_name("held.sqlite")
    with (
        closing(sqlite3.connect(indexed)) as source,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        source.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        yield path


@pytest.mark.parametrize("command", ["index", "status", "audit"])
def test_S13_a_database_that_is_locked(
    deployed: Saved, node: Anvil, held: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_engine, "__defaults__", (0.05,))  # instead of five seconds
    code, told = invoke(command, *options(deployed, node.url, held))
    assert (code, f"Another program holds the database {held}" in told) == (1, True), told


def test_S12_a_database_of_another_chain(
    deployed: Saved, node: Anvil, indexed: Path, tmp_path: Path
) -> None:
    """The deployment names one chain, the database was filled from another."""
    record = json.loads(deployed.record.read_text())
    other = Saved(deployed.state, tmp_path / "other.json")
    other.record.write_text(json.dumps(record | {"chainId": 4242}))
    with start_anvil(chain_id=4242, state=deployed.state.with_name("other")) as elsewhere:
        found = elsewhere.rpc("eth_getBlockByNumber", "0x0", False)
        start = {"number": 0, "hash": found["hash"], "timestamp": 0}
        other.record.write_text(json.dumps(record | {"chainId": 4242, "startBlock": start}))
        for command in ("index", "status"):
            code, told = invoke(command, *options(other, elsewhere.url, indexed))
            assert (code, "is of another deployment (chain 31337" in told) == (1, True), told
        code, told = invoke("audit", *options(other, elsewhere.url, indexed))
        assert code == 1, told


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "url", ["", "localhost:8545", "ftp://node", "http://", "http://[::1", "http://node:port", "a b"]
)
def test_S4_an_address_of_a_node_that_is_none(
    deployed: Saved, tmp_path: Path, command: str, url: str
) -> None:
    code, told = invoke(command, *options(deployed, url, tmp_path / "db.sqlite"))
    assert (code, "COMMONHOLD_RPC_URL must be an address like" in told) == (1, True), told


@pytest.mark.parametrize("address", ["nonsense", "0x12", 5, None, "0x" + "5A" * 19 + "5aZZ"])
def test_S4_an_address_of_a_contract_that_is_none(
    deployed: Saved, tmp_path: Path, address: object
) -> None:
    record = json.loads(deployed.record.read_text())
    record["contracts"]["RuleBook"] = address
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    code, told = invoke("index", "--deployment", path, "--database", tmp_path / "db.sqlite")
    assert (code, "is not the record of a deployment" in told) == (1, True), told


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_does_not_exist(command: str) -> None:
    code, told = invoke(command, "--speed", "9")
    assert (code, "No such option: --speed" in told) == (2, True), told


def test_a_command_that_does_not_exist() -> None:
    code, told = invoke("fly")
    assert (code, "No such command 'fly'" in told) == (2, True), told


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("deploy", "--network", "mars"), 1, "knows no network mars; it knows: local"),
        (("deploy", "--rpc-url", "mars"), 1, "mars is not the address of a node"),
        (("deploy", "--rpc-url", "http://127.0.0.1:port"), 1, "is not the address of a node"),
        (("deploy", "--rpc-url", "http://[::1"), 1, "is not the address of a node"),
        (("deploy", "--rpc-url", "http://127.0.0.1:1"), 1, "no answer from the node"),
        (("dev", "--port", "99999"), 2, "invalid port value: '99999'"),
        (("dev", "--chain-port", "x"), 2, "invalid port value: 'x'"),
        (("serve", "--port", "99999"), 1, "COMMONHOLD_PORT must be from 0 to 65535"),
    ],
)
def test_other_programs_refuse_it_too(
    tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    record = ["--record", str(tmp_path / "record.json")] if arguments[0] == "deploy" else []
    done, told = run(*arguments, *record)
    assert (done, message in told) == (code, True), told
    assert not list(tmp_path.iterdir())


def test_a_port_in_use(deployed: Saved, node: Anvil, tmp_path: Path) -> None:
    where = options(deployed, node.url, tmp_path / "db.sqlite")
    code, told = run("serve", "--port", node.port, *where)
    assert (code, f"Port {node.port} of 127.0.0.1 cannot be used" in told) == (1, True)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "COMMONHOLD_PORT must be a number, not 'http'"),
        ("FINALITY", "0", "COMMONHOLD_FINALITY must be more than zero"),
        ("POLL_SECONDS", "-1", "COMMONHOLD_POLL_SECONDS must be more than zero"),
        ("RPC_TIMEOUT", "nan", "COMMONHOLD_RPC_TIMEOUT must be more than zero"),
        ("WAIT_SECONDS", "-1", "COMMONHOLD_WAIT_SECONDS must not be negative"),
        ("PORT", "65536", "COMMONHOLD_PORT must be from 0 to 65535, not 65536"),
    ],
)
def test_settings_that_make_no_sense(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.read({f"COMMONHOLD_{name}": value})


def test_settings_that_make_no_sense_end_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONHOLD_PORT", "http")
    code, told = invoke("status")
    assert (code, "COMMONHOLD_PORT must be a number, not 'http'" in told) == (1, True)
