"""The commands as a user types them: help, clear errors, and no stack trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from backend.cli.main import app
from backend.db import migrate, open_engine, tables, writing
from backend.settings import CONTRACTS, Deployment, Settings, SettingsError
from scripts.toolchain import ROOT
from scripts.toolchain.network import start_anvil
from scripts.toolchain.node import Anvil
from tests.backend.conftest import Saved
from tests.backend.following import rows
from tests.backend.market import Market

COMMANDS = ("index", "serve", "status", "audit")


def run(*arguments: object, **environment: str) -> tuple[int, str]:
    """In a process of its own, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli.main", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert "This should not happen" not in told
    return done.returncode, told


def invoke(*arguments: object) -> tuple[int, str]:
    """The same in this process: much faster."""
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "This should not happen" not in result.output
    return result.exit_code, result.output


def options(saved: Saved, url: str, database: Path) -> list[str]:
    return ["--rpc-url", url, "--database", str(database), "--deployment", str(saved.record)]


def test_help_everywhere() -> None:
    code, told = run("--help")
    assert code == 0
    for command in (*COMMANDS, "dev", "deploy"):
        assert command in told
    for command in COMMANDS:
        code, told = invoke(command, "--help")
        assert (code, "Usage" in told) == (0, True)


@pytest.mark.parametrize("command", ["dev", "deploy"])
def test_other_programs_get_their_arguments_and_give_their_exit_code(command: str) -> None:
    code, told = run(command, "--help")
    assert code == 0
    assert f"scripts.{command}" in told
    code, told = run(command, "--no-such-option")
    assert code == 2
    assert "--no-such-option" in told


def test_a_market_from_nothing_to_audited(market: Market, deployed: Saved, tmp_path: Path) -> None:
    market.open()
    where = options(deployed, market.url, tmp_path / "new" / "db.sqlite")
    code, told = invoke("status", *where)
    assert (code, "nothing is indexed yet: run `commonhold index`" in told) == (1, True)
    code, told = invoke("audit", *where)
    assert (code, "Nothing is indexed yet: run `commonhold index` first." in told) == (1, True)
    code, told = invoke("index", "--once", *where)
    assert code == 0
    head = market.rpc("eth_getBlockByNumber", "latest", False)
    assert f"In step with {market.url} at block {market.head} ({head['hash']})." in told
    code, told = invoke("status", *where)
    assert code == 0
    shown = dict(line.split(maxsplit=1) for line in told.splitlines() if " " in line)
    assert shown["indexed"] == shown["head"] == f"{market.head} {head['hash']}"
    assert shown["lag"] == "0 blocks"
    assert shown["health"] == "well"
    assert str(int(head["timestamp"], 16)) in told
    code, told = invoke("audit", *where)
    assert (code, "no difference" in told) == (0, True)
    market.mine(3)
    code, told = invoke("status", *where)
    assert (code, "no indexer is at work" in told) == (1, True)
    market.rpc("anvil_rollback", 4)
    code, told = invoke("status", *where)
    assert (code, "is not on the node's chain" in told) == (1, True)


def test_a_rebuild_keeps_what_is_not_on_the_chain(
    market: Market, deployed: Saved, tmp_path: Path
) -> None:
    path = tmp_path / "db.sqlite"
    where = options(deployed, market.url, path)
    _, first = invoke("index", "--once", *where)
    engine = open_engine(str(path))
    with writing(engine) as connection:
        connection.execute(
            insert(tables.offers).values(
                {column.name: 1 for column in tables.offers.c}
                | {"parties": [], "tranches": [], "signatures": {}}
            )
        )
    before = rows(engine, tables.offers)
    code, told = invoke("index", "--rebuild", "--once", *where)
    assert code == 0
    assert told == first
    assert len(before) == 1
    assert rows(engine, tables.offers) == before
    engine.dispose()


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


def test_a_node_that_is_away(deployed: Saved, tmp_path: Path) -> None:
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


def test_a_node_on_another_chain(deployed: Saved, tmp_path: Path) -> None:
    with start_anvil(chain_id=4242) as other:
        where = options(deployed, other.url, tmp_path / "db.sqlite")
        for command in ("index", "status", "audit"):
            code, told = invoke(command, *where)
            assert (code, "is on chain 4242; the deployment is on chain 31337" in told) == (1, True)


def test_a_database_that_is_none(deployed: Saved, node: Anvil, tmp_path: Path) -> None:
    """The API starts all the same, and says so when it is asked."""
    path = tmp_path / "db.sqlite"
    path.write_text("not a database at all " * 100)
    for command in ("index", "status", "audit"):
        code, told = invoke(command, *options(deployed, node.url, path))
        assert (code, "is not a database" in told) == (1, True), told
        code, told = invoke(command, *options(deployed, node.url, tmp_path))
        assert (code, "cannot be opened" in told) == (1, True), told


def test_a_port_in_use(deployed: Saved, node: Anvil, tmp_path: Path) -> None:
    where = options(deployed, node.url, tmp_path / "db.sqlite")
    code, told = run("serve", "--port", node.port, *where)
    assert (code, f"Port {node.port} of 127.0.0.1 cannot be used" in told) == (1, True)


def test_settings_come_from_the_command_line_then_the_environment() -> None:
    given = {"COMMONHOLD_PORT": "81", "COMMONHOLD_RPC_URL": "http://a", "PORT": "82"}
    settings = Settings.read(given, rpc_url="http://b", database=None)
    assert (settings.rpc_url, settings.port) == ("http://b", 81)
    assert settings.database == Settings().database
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "COMMONHOLD_PORT must be a number, not 'http'"),
        ("FINALITY", "0", "COMMONHOLD_FINALITY must be more than zero"),
        ("POLL_SECONDS", "-1", "COMMONHOLD_POLL_SECONDS must be more than zero"),
        ("RPC_TIMEOUT", "nan", "COMMONHOLD_RPC_TIMEOUT must be more than zero"),
    ],
)
def test_settings_that_make_no_sense(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.read({f"COMMONHOLD_{name}": value})


def test_settings_that_make_no_sense_end_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONHOLD_PORT", "http")
    code, told = invoke("status")
    assert (code, "COMMONHOLD_PORT must be a number, not 'http'" in told) == (1, True)


def test_a_deployment_has_every_contract(deployed: Saved) -> None:
    found = Deployment.read(deployed.record)
    assert tuple(found.contracts) == CONTRACTS
    assert found.chain_id == 31337


def test_an_empty_database_is_made_by_every_command(
    deployed: Saved, node: Anvil, tmp_path: Path
) -> None:
    for command in ("status", "audit"):
        path = tmp_path / command / "deep" / "db.sqlite"
        invoke(command, *options(deployed, node.url, path))
        engine = open_engine(str(path))
        migrate(engine)
        assert rows(engine, tables.market) == []
        engine.dispose()
