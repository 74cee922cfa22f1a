"""The commands as a user types them."""

from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import insert

from backend.db import migrate, open_engine, tables, writing
from backend.settings import CONTRACTS, Deployment, Settings
from scripts.toolchain import ROOT
from scripts.toolchain.node import Anvil
from tests.backend.commands import COMMANDS, invoke, options, run
from tests.backend.following import rows
from tests.backend.market import Market
from tests.backend.saved import Saved


def test_help_everywhere() -> None:
    code, told = run("--help")
    assert code == 0
    for command in (*COMMANDS, "juror", "dev", "deploy"):
        assert command in told
    for command in COMMANDS:
        code, told = invoke(command, "--help")
        assert (code, "Usage" in told) == (0, True)
    code, told = invoke("juror", "--help")
    assert code == 0
    for command in ("stake", "leave", "withdraw", "duties", "commit", "reveal", "seed"):
        assert command in told
        code, one = invoke("juror", command, "--help")
        assert (code, "--key-file" in one) == (0, True)


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


def test_settings_come_from_the_command_line_then_the_environment() -> None:
    given = {"COMMONHOLD_PORT": "81", "COMMONHOLD_RPC_URL": "http://a", "PORT": "82"}
    settings = Settings.read(given, rpc_url="http://b", database=None)
    assert (settings.rpc_url, settings.port) == ("http://b", 81)
    assert settings.database == Settings().database
    assert Settings.read({}) == Settings()


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


def test_every_setting_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    names = {f"COMMONHOLD_{field.name.upper()}" for field in fields(Settings)}
    assert {name for name in names if f"`{name}`" not in page} == set()
