"""`python -m scripts.deploy` and `scripts.check_deployment`, as a person would call them."""

import json
import re
from pathlib import Path

import pytest
from eth_account import Account

from scripts.people import Person
from scripts.toolchain.network import Anvil, start_anvil

DEPLOY, CHECK = "scripts.deploy", "scripts.check_deployment"
KEY = "0x" + "c0ffee" * 10 + "beef"  # nobody's on any live chain
MEMBER = "0x00000000000000000000000000000000000000AA"
LIVE = f"""
[guardian]
account = "none"
[[reputation.genesis]]
account = "{MEMBER}"
points = "1000 points"
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record.json"


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Parameters of a live deployment."""
    path = tmp_path / "live.toml"
    path.write_text(LIVE)
    return path


def held(output: str) -> tuple[int, int]:
    """How many checks hold, of how many; there are some."""
    found = re.search(r"^([1-9]\d*) of (\d+) checks hold", output, re.MULTILINE)
    assert found, output
    return int(found[1]), int(found[2])


def test_deploys_goes_on_and_checks(node: Anvil, run, record: Path) -> None:
    target = ("--rpc-url", node.url, "--record", record)
    code, output = run(DEPLOY, *target)
    assert (code, "checks hold" in output) == (0, True), output
    head = node.rpc("eth_blockNumber")
    assert run(DEPLOY, *target)[0] == 0
    assert node.rpc("eth_blockNumber") == head
    code, output = run(CHECK, *target)
    assert (code, held(output)[0] == held(output)[1]) == (0, True), output


def test_check_names_what_was_tampered_with(node: Anvil, run, record: Path) -> None:
    target = ("--rpc-url", node.url, "--record", record)
    assert run(DEPLOY, *target)[0] == 0
    escrow = json.loads(record.read_text())["contracts"]["Escrow"]
    node.rpc("anvil_setCode", escrow, node.rpc("eth_getCode", escrow, "latest") + "00")
    code, output = run(CHECK, *target)
    assert code == 1
    assert "Escrow has the code of this build should be True and is False" in output
    holding, looked_at = held(output)
    assert holding == looked_at - 1


def test_reset_chain_is_refused_until_told_to_begin_anew(run, record: Path) -> None:
    with start_anvil() as first:
        assert run(DEPLOY, "--rpc-url", first.url, "--record", record)[0] == 0
    with start_anvil(timestamp=2_000_000_000) as second:
        target = ("--rpc-url", second.url, "--record", record)
        code, output = run(DEPLOY, *target)
        assert (code, "The chain was reset" in output) == (1, True), output
        assert run(CHECK, *target)[0] == 1
        assert run(DEPLOY, *target, "--fresh")[0] == 0
        assert run(CHECK, *target)[0] == 0
    assert len(list(record.parent.glob("record*.old"))) == 1


def test_live_deployment_with_a_private_key(node: Anvil, run, record: Path, live: Path) -> None:
    deployer = Account.from_key(KEY).address
    node.rpc("anvil_setBalance", deployer, hex(10**20))
    target = ("--rpc-url", node.url, "--record", record, "--profile", "live", "--parameters", live)
    given = {"COMMONHOLD_DEPLOYER_KEY": KEY}
    code, output = run(DEPLOY, *target, given=given)
    assert (code, "give --yes" in output) == (1, True), output
    code, output = run(DEPLOY, *target, "--yes", given=given)
    assert (code, "checks hold" in output) == (0, True), output
    assert json.loads(record.read_text())["deployer"] == deployer
    assert KEY[2:] not in output + record.read_text()
    code, output = run(CHECK, *target)
    assert code == 0, output


def test_keystore(node: Anvil, run, record: Path, live: Path, tmp_path: Path) -> None:
    node.rpc("anvil_setBalance", Account.from_key(KEY).address, hex(10**20))
    keystore = tmp_path / "key.json"
    keystore.write_text(json.dumps(Account.encrypt(KEY, "a password", iterations=2)))
    target = ("--rpc-url", node.url, "--record", record, "--profile", "live", "--parameters", live)
    arguments = (*target, "--keystore", keystore, "--yes")
    code, output = run(DEPLOY, *arguments, given={"COMMONHOLD_KEYSTORE_PASSWORD": "another"})
    assert (code, "the password does not open" in output) == (1, True), output
    code, output = run(DEPLOY, *arguments, given={"COMMONHOLD_KEYSTORE_PASSWORD": "a password"})
    assert (code, "checks hold" in output) == (0, True), output


def test_deployer_without_money_goes_on_when_it_has_some(
    node: Anvil, run, record: Path, live: Path
) -> None:
    target = ("--rpc-url", node.url, "--record", record, "--profile", "live", "--parameters", live)
    given = {"COMMONHOLD_DEPLOYER_KEY": KEY}
    code, output = run(DEPLOY, *target, "--yes", given=given)
    assert (code, "run it again to go on" in output) == (1, True), output
    assert "Traceback" not in output
    node.rpc("anvil_setBalance", Account.from_key(KEY).address, hex(10**20))
    code, output = run(DEPLOY, *target, "--yes", given=given)
    assert (code, "checks hold" in output) == (0, True), output


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "set COMMONHOLD_DEPLOYER_KEY"),
        ("0x1234", "COMMONHOLD_DEPLOYER_KEY is not a private key"),
        ("0x" + Person.DEPLOYER.account.key.hex(), "it cannot be the deployer"),
    ],
)
def test_unfit_key(node: Anvil, run, record: Path, live: Path, key: str, message: str) -> None:
    target = ("--rpc-url", node.url, "--record", record, "--profile", "live", "--parameters", live)
    code, output = run(DEPLOY, *target, "--yes", given={"COMMONHOLD_DEPLOYER_KEY": key})
    assert (code, message in output) == (1, True), output
    assert "Traceback" not in output
    assert node.rpc("eth_blockNumber") == "0x0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--network", "mars"], "knows no network mars; it knows: local"),
        (["--network", "sepolia"], "set SEPOLIA_RPC_URL"),
        (["--rpc-url", "http://127.0.0.1:1"], "no answer from the node"),
        (["--profile", "live"], "no members are given"),
        (["--parameters", "nowhere.toml"], "there is no such file"),
    ],
)
def test_what_cannot_be_deployed(run, record: Path, arguments: list[str], message: str) -> None:
    code, output = run(DEPLOY, "--record", record, *arguments)
    assert (code, message in output) == (1, True), output
    assert "Traceback" not in output
    assert not record.exists()


def test_public_keys_are_refused_as_members(node: Anvil, run, record: Path, live: Path) -> None:
    live.write_text(LIVE.replace(MEMBER, Person.MARA.address))
    target = ("--rpc-url", node.url, "--record", record, "--profile", "live", "--parameters", live)
    code, output = run(DEPLOY, *target, "--yes", given={"COMMONHOLD_DEPLOYER_KEY": KEY})
    assert (code, "it cannot be a genesis member" in output) == (1, True), output
